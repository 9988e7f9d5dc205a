"""What do failures take from the connections that somebody lists, and what is saved?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Confidence
from karakoram.engines.availability.failure_history import RepairTimes
from karakoram.engines.restoration.policy import RestorationPolicy, Scheme
from karakoram.network.network import Network
from karakoram.network.topology import Topology
from karakoram.planning.prepare import prepare
from karakoram.planning.restoration.drills import (
    DrillReport,
    RestorationChoices,
    drill_report,
    every_failure,
)
from karakoram.planning.restoration.network_plant import network_plant
from karakoram.planning.restoration.plant import (
    ConnectionDemand,
    RestorablePlant,
    grades_of,
    pairs_of,
)
from karakoram.planning.restoration.topology_plant import TopologyFigures, topology_plant
from karakoram.planning.restoration.years import YearlyLoss, yearly_loss, years_of_failures
from karakoram.planning.traffic.widths import ReachStep, SlotRule
from karakoram.refdata.reach_tables import STUDY_REACH_KM_BY_EFFICIENCY
from karakoram.usecases.plan.topology_ports import TopologySource
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.simulate.failure_words import (
    AskedConnections,
    ConnectionWords,
    connections_from_words,
    figure_findings,
    main_connections,
    scheme_from_word,
)
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    question_finding,
    reading,
    refuse_unread,
    site_reading,
)

PUBLISHED_REACH = tuple(
    ReachStep(reach_km=reach_km, bit_per_s_per_hz=efficiency)
    for efficiency, reach_km in STUDY_REACH_KM_BY_EFFICIENCY.items()
)
"""For topologies that know no optics."""

BURIED_PER_1000_KM_YEAR = 2.13
"""Bellcore figure of buried cable (packaged fact F01)."""
BURIED_MTTR_H = 6.0
"""Repair of buried cable, "6 hours or longer" (packaged facts on failures)."""

SHARING_ANY = 2**40
"""More than any two paths share: the path that shares least will do, whatever it shares."""

DOUBLE_FAILURES = 2
_LIMITS: Mapping[str, tuple[int, int]] = {
    "together": (1, DOUBLE_FAILURES),
    "k": (1, 100),
    "slots": (1, 10_000),
    "connections": (1, 10_000),
    "waves": (1, 1_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresQuestion:
    """What is asked about failures."""

    demands: tuple[ConnectionWords, ...] | None = None
    """``None``: between the main pairs of the reference corridor, or random pairs."""
    bit_rate: str = "400G"
    """Of connections that are not listed."""
    waves: int = 2
    """Of each main pair, where none are listed."""
    connections: int = 100
    """Between random pairs of a plain topology, where none are listed."""
    schemes: tuple[str, ...] = ("unprotected", "1+1", "dynamic")
    together: int = 1
    k: int = 8
    slots: int = 320
    """Of each section of a plain topology."""
    is_disjoint: bool = False
    """Whether protection may share nothing with its working path; else it shares the least."""
    policy: RestorationPolicy = RestorationPolicy()  # noqa: RUF009 - a frozen value
    reverts: bool = True
    years: float = 200.0
    """Of random failures."""
    repair_times: RepairTimes = RepairTimes.EXPONENTIAL
    region_km: float | None = None
    failures_per_1000_km_year: float | None = None
    """Of a plain topology; ``None`` is the published figure of buried cable."""
    mttr_h: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SchemeAnswer:
    """What one scheme keeps up."""

    scheme: Scheme
    report: DrillReport
    loss: YearlyLoss


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FailuresAnswer:
    """Every scheme on the same plant and the same history of failures."""

    question: FailuresQuestion
    plant: RestorablePlant
    offered_gbps: float
    schemes: tuple[SchemeAnswer, ...]
    findings: tuple[Finding, ...] = ()
    """What is to be known of the topology."""

    @property
    def loss_confidence(self) -> Confidence:
        """How far what is lost in a year, and what is available, may be trusted."""
        return self.plant.loss_confidence


def simulate_failures(
    question: FailuresQuestion,
    *,
    source: NetworkSource | TopologySource,
    rng: np.random.Generator,
    progress: Progress = silent,
) -> FailuresAnswer:
    """What is lost, and what is saved, scheme by scheme.

    Parameters
    ----------
    question
        What is asked.
    source
        A network folder or a plain topology.
    rng
        Random failures, and random pairs where no connections are listed.
    progress
        Told what is being done.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question means nothing; with every finding.
    """
    schemes = _checked(question)
    progress("Reading")
    findings: tuple[Finding, ...] = ()
    if isinstance(source, TopologySource):
        topology, findings = source.read_topology()
        asked = _on_topology(question, topology, rng)
        progress("Finding ways")
        plant = _topology_plant(question, topology, asked)
    else:
        network = source.read_network()
        asked = _on_network(question, network)
        progress("Preparing the network")
        plant = _network_plant(question, network, asked)
    return FailuresAnswer(
        question=question,
        plant=plant,
        offered_gbps=sum(one.demand.bit_rate_gbps * one.count for one in asked),
        schemes=_answers(question, plant, asked, schemes=schemes, rng=rng, progress=progress),
        findings=findings,
    )


def _answers(
    question: FailuresQuestion,
    plant: RestorablePlant,
    asked: Sequence[AskedConnections],
    *,
    schemes: Sequence[Scheme],
    rng: np.random.Generator,
    progress: Progress,
) -> tuple[SchemeAnswer, ...]:
    failures = every_failure(plant.components, together=question.together)
    histories = years_of_failures(
        plant, years=question.years, repair_times=question.repair_times, rng=rng
    )
    choices = RestorationChoices(
        policy=question.policy, sharing_max=0 if question.is_disjoint else SHARING_ANY
    )
    answers = []
    for number, scheme in enumerate(schemes, start=1):
        progress(f"Playing {len(failures):,} failures through, scheme {number} of {len(schemes)}")
        demands = [demand for one in asked for demand in one.under(scheme)]
        report = drill_report(plant, demands, failures=failures, choices=choices)
        loss = yearly_loss(plant, report.loaded, histories, reverts=question.reverts)
        answers.append(SchemeAnswer(scheme=scheme, report=report, loss=loss))
    return tuple(answers)


def _checked(question: FailuresQuestion) -> tuple[Scheme, ...]:
    """The schemes that the question names.

    Raises
    ------
    InvalidDataError
        With a finding for each figure out of bounds and each word that means nothing.
    """
    findings = [
        *figure_findings(
            question,
            limits=_LIMITS,
            positive=("years", "region_km", "failures_per_1000_km_year", "mttr_h"),
        )
    ]
    read = [reading("scheme", word, scheme_from_word) for word in question.schemes]
    findings += [finding for one in read for finding in one.findings]
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(dict.fromkeys(one.value for one in read))


def _on_network(question: FailuresQuestion, network: Network) -> tuple[AskedConnections, ...]:
    rows = question.demands
    if rows is None:
        rows = main_connections(
            network,
            bit_rate=question.bit_rate,
            count=str(question.waves),
            field="demands",
            what="the connections taken",
        )
    return connections_from_words(
        rows, site=lambda field, word: site_reading(field, word, network=network)
    )


def _network_plant(
    question: FailuresQuestion, network: Network, asked: Sequence[AskedConnections]
) -> RestorablePlant:
    demands = [one.demand for one in asked]
    return network_plant(
        prepare(network),
        pairs_of(demands),
        bit_rates_gbps=_grades(question, demands),
        ways_max=question.k,
    )


def _grades(question: FailuresQuestion, demands: Sequence[ConnectionDemand]) -> tuple[float, ...]:
    """The bit rates asked for; halves and quarters too, where less will do."""
    grades = grades_of(demands)
    if not question.policy.reduces:
        return grades
    return tuple(sorted({bit_rate / share for bit_rate in grades for share in (1.0, 2.0, 4.0)}))


def _on_topology(
    question: FailuresQuestion, topology: Topology, rng: np.random.Generator
) -> tuple[AskedConnections, ...]:
    if question.demands is not None:
        return connections_from_words(
            question.demands, site=lambda field, word: _site_of(field, word, topology)
        )
    bit_rate = reading("bit_rate", question.bit_rate, bit_rate_gbps_from_text)
    refuse_unread((bit_rate,))
    count = len(topology.sites)
    drawn = rng.integers(0, [[count], [count - 1]], size=(2, question.connections))
    ends = np.stack([drawn[0], drawn[1] + (drawn[1] >= drawn[0])], axis=1)
    return tuple(
        AskedConnections(
            demand=ConnectionDemand(
                a_site_id=topology.sites[a].site_id,
                z_site_id=topology.sites[z].site_id,
                bit_rate_gbps=bit_rate.value,
            ),
            count=1,
            is_scheme_stated=False,
        )
        for a, z in ends.tolist()
    )


def _site_of(field: str, word: str, topology: Topology) -> Reading[SiteId]:
    known = {site.site_id for site in topology.sites}
    if word in known:
        return Reading(read=SiteId(word))
    message = f"{word!r} is no site of {topology.name}; it has {', '.join(sorted(known)[:20])}"
    return Reading(read=None, findings=(question_finding(field, message),))


def _topology_plant(
    question: FailuresQuestion, topology: Topology, asked: Sequence[AskedConnections]
) -> RestorablePlant:
    demands = [one.demand for one in asked]
    is_own = question.failures_per_1000_km_year is not None or question.mttr_h is not None
    figures = TopologyFigures(
        slot_rule=SlotRule(reach_table=PUBLISHED_REACH, bit_rates_gbps=_grades(question, demands)),
        slot_count=question.slots,
        ways_max=question.k,
        failures_per_1000_km_year=(question.failures_per_1000_km_year or BURIED_PER_1000_KM_YEAR),
        mttr_h=question.mttr_h or BURIED_MTTR_H,
        confidence=Confidence.ASSUMED if is_own else Confidence.STATED,
        region_km=question.region_km,
    )
    plant = topology_plant(topology, pairs_of(demands), figures)
    note = (
        f"Light needs slots by its length: {_reach_text()} (Chen et al. 2019), and one guard slot."
    )
    return replace(plant, notes=(*plant.notes, note))


def _reach_text() -> str:
    return ", ".join(
        f"{step.bit_per_s_per_hz:g} bit/s/Hz "
        + ("beyond" if step.reach_km == float("inf") else f"up to {step.reach_km:,.0f} km")
        for step in PUBLISHED_REACH
    )
