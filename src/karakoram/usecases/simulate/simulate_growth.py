"""As traffic grows year by year, what is full first, and what does restoration save whom?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence
from karakoram.engines.availability.failure_history import RepairTimes
from karakoram.engines.restoration.policy import Scheme
from karakoram.network.network import Network
from karakoram.planning.prepare import prepare
from karakoram.planning.restoration.drills import RestorationChoices
from karakoram.planning.restoration.growth import GrowthPath, SchemeGrowth, scheme_growth
from karakoram.planning.restoration.network_plant import network_plant
from karakoram.planning.restoration.plant import Pair, RestorablePlant, pairs_of
from karakoram.planning.restoration.years import years_of_failures
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.simulate.failure_words import (
    ConnectionWords,
    connections_from_words,
    figure_findings,
    main_connections,
    scheme_from_word,
)
from karakoram.usecases.simulate.simulate_failures import SHARING_ANY
from karakoram.usecases.words import (
    bit_rate_gbps_from_text,
    question_finding,
    reading,
    site_reading,
)

_LIMITS: Mapping[str, tuple[int, int]] = {"years": (1, 50), "k": (1, 100)}


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthQuestion:
    """What is asked about growth."""

    first: str = "1T"
    """Carried in the first year."""
    last: str = "10T"
    years: int = 10
    wave: str = "400G"
    """Bit rate of each wavelength."""
    schemes: tuple[str, ...] = ("unprotected", "1+1", "dynamic")
    pairs: tuple[ConnectionWords, ...] | None = None
    """Pairs that share the growth in turn; ``None`` is the main pairs of the corridor."""
    k: int = 8
    failure_years: float = 100.0
    """Of random failures in each year of growth."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GrowthAnswer:
    """Every scheme over the same years and failures."""

    network: Network
    question: GrowthQuestion
    plant: RestorablePlant
    growth: GrowthPath
    schemes: tuple[SchemeGrowth, ...]

    @property
    def loss_confidence(self) -> Confidence:
        """How far what is lost may be trusted: as the worst of what fails, see the plant."""
        return self.plant.loss_confidence


def simulate_growth(
    question: GrowthQuestion,
    *,
    networks: NetworkSource,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> GrowthAnswer:
    """Year by year, scheme by scheme: what is carried, what is full, what is lost.

    Parameters
    ----------
    question
        What is asked.
    networks
        Where the network comes from.
    rng
        Random failures.
    progress
        Told what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question means nothing; with every finding.
    """
    growth, schemes = _checked(question)
    progress("Reading the network")
    network = networks.read_network()
    pairs = _pairs(question, network)
    progress("Preparing the network")
    plant = network_plant(
        prepare(network), pairs, bit_rates_gbps=(growth.wave_gbps,), ways_max=question.k
    )
    histories = years_of_failures(
        plant, years=question.failure_years, repair_times=RepairTimes.EXPONENTIAL, rng=rng
    )
    answers = []
    for number, scheme in enumerate(schemes, start=1):

        def told(year: int, place: str = f"scheme {number} of {len(schemes)}") -> None:
            progress(f"Year {year} of {growth.years}, {place}")

        answers.append(
            scheme_growth(
                plant,
                growth,
                scheme=scheme,
                choices=RestorationChoices(sharing_max=SHARING_ANY),
                histories=histories,
                told=told,
            )
        )
    return GrowthAnswer(
        network=network,
        question=question,
        plant=plant,
        growth=growth,
        schemes=tuple(answers),
    )


def _checked(question: GrowthQuestion) -> tuple[GrowthPath, tuple[Scheme, ...]]:
    """The growth and the schemes that are meant.

    Raises
    ------
    InvalidDataError
        With a finding for each word that means nothing and each figure out of bounds.
    """
    bit_rates = {
        name: reading(name, getattr(question, name), bit_rate_gbps_from_text)
        for name in ("first", "last", "wave")
    }
    schemes = [reading("scheme", word, scheme_from_word) for word in question.schemes]
    findings = [finding for one in bit_rates.values() for finding in one.findings]
    findings += [finding for one in schemes for finding in one.findings]
    findings += figure_findings(question, limits=_LIMITS, positive=("failure_years",))
    first, last = bit_rates["first"].read, bit_rates["last"].read
    if first is not None and last is not None and last < first:
        message = f"must be at least what the first year carries, {question.first}"
        findings.append(question_finding("to", f"{message}, got {question.last}"))
    if findings:
        raise InvalidDataError(tuple(findings))
    growth = GrowthPath(
        first_tbps=bit_rates["first"].value / 1e3,
        last_tbps=bit_rates["last"].value / 1e3,
        years=question.years,
        wave_gbps=bit_rates["wave"].value,
    )
    return growth, tuple(dict.fromkeys(one.value for one in schemes))


def _pairs(question: GrowthQuestion, network: Network) -> tuple[Pair, ...]:
    rows = question.pairs
    if rows is None:
        rows = main_connections(
            network, bit_rate=question.wave, field="pairs", what="the pairs that grow"
        )
    asked = connections_from_words(
        rows, site=lambda field, word: site_reading(field, word, network=network)
    )
    return pairs_of([one.demand for one in asked])
