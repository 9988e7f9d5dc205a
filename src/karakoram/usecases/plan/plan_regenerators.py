"""Where do regenerators go for the wavelengths that somebody lists in words?"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.network.network import Network
from karakoram.planning.prepare import prepare
from karakoram.planning.regenerator_plan import (
    PATHS_MAX,
    PlanChoices,
    RegeneratorPlan,
    WavelengthDemand,
    regenerator_plan,
)
from karakoram.usecases.ports import NetworkSource, Progress, silent
from karakoram.usecases.words import (
    Reading,
    bit_rate_gbps_from_text,
    question_finding,
    reading,
    refuse_unread,
    site_reading,
    sites_reading,
)

MAIN_PAIRS = (
    ("URC", "RWP"),
    ("URC", "KHI"),
    ("URC", "MRS"),
    ("KHG", "RWP"),
    ("KHG", "KHI"),
    ("RWP", "LHE"),
    ("RWP", "KHI"),
    ("RWP", "MRS"),
    ("ISB", "KHI"),
    ("LHE", "KHI"),
    ("KHI", "MRS"),
    ("KHI", "SIN"),
)
"""The pairs planned for where no demands are named: the ends and the main towns of the reference
corridor, with the landings that its cables lead to. Our choice, no forecast."""

MAIN_BIT_RATE = "400G"

PATHS_ASKED_MAX = 100
"""Paths for each demand, at most: searching more takes minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandWords:
    """One demand as a person writes it."""

    from_site: str
    to_site: str
    bit_rate: str
    place: Place | None = None
    """The row of a file that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegeneratorQuestion:
    """What regenerators are asked for."""

    demands: tuple[DemandWords, ...] | None = None
    """``None`` is ``MAIN_PAIRS`` at ``MAIN_BIT_RATE``."""
    at: tuple[str, ...] = ()
    """The only sites where regenerators may stand; none named is every ROADM site."""
    paths: int = PATHS_MAX


@dataclass(frozen=True, slots=True, kw_only=True)
class RegeneratorAnswer:
    """The plan and the network that it speaks of."""

    network: Network
    plan: RegeneratorPlan


def plan_regenerators(
    question: RegeneratorQuestion, *, networks: NetworkSource, progress: Progress = silent
) -> RegeneratorAnswer:
    """The plan with the fewest transponders, then the fewest regenerator sites, then the least km.

    Raises
    ------
    InvalidDataError
        If the network breaks a rule or the question names what is not there.
    """
    progress("Reading the network")
    network = networks.read_network()
    at = sites_reading("at", question.at, network=network)
    read = (at, _paths_reading(question.paths), _demands_reading(question, network))
    refuse_unread(read)
    demands = read[-1].value
    progress("Preparing the network")
    prepared = prepare(network)
    progress("Placing regenerators")
    choices = PlanChoices(
        regenerator_site_ids=frozenset(at.value) or None, paths_max=question.paths
    )
    return RegeneratorAnswer(
        network=network, plan=regenerator_plan(prepared, demands, choices=choices)
    )


def _paths_reading(paths: int) -> Reading[int]:
    if 1 <= paths <= PATHS_ASKED_MAX:
        return Reading(read=paths)
    message = f"the number of paths must be 1 to {PATHS_ASKED_MAX}, got {paths}"
    return Reading(read=None, findings=(question_finding("paths", message),))


def _demands_reading(
    question: RegeneratorQuestion, network: Network
) -> Reading[tuple[WavelengthDemand, ...]]:
    try:
        return Reading(read=_demands(question, network))
    except InvalidDataError as refusal:
        return Reading(read=None, findings=refusal.findings)


def _demands(question: RegeneratorQuestion, network: Network) -> tuple[WavelengthDemand, ...]:
    if question.demands is not None:
        return _understood(question.demands, network)
    missing = sorted({site for pair in MAIN_PAIRS for site in pair} - set(network.sites))
    if missing:
        message = (
            "the demands planned for when none are named are those of the reference corridor, and "
            f"this network has no {', '.join(missing)}; name yours in a file"
        )
        raise InvalidDataError((question_finding("demands", message),))
    words = [DemandWords(from_site=a, to_site=z, bit_rate=MAIN_BIT_RATE) for a, z in MAIN_PAIRS]
    return _understood(words, network)


def _understood(words: Sequence[DemandWords], network: Network) -> tuple[WavelengthDemand, ...]:
    """The demands that the words mean.

    Raises
    ------
    InvalidDataError
        With a finding for every word that means nothing.
    """
    read = [_readings(one, network) for one in words]
    findings = [
        finding if one.place is None else replace(finding, place=replace(one.place, field=field))
        for one, readings in zip(words, read, strict=True)
        for field, reading_of in readings.items()
        for finding in reading_of.findings
    ]
    if not findings:
        findings = [
            _same_ends(one)
            for one, readings in zip(words, read, strict=True)
            if readings["from"].value == readings["to"].value
        ]
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(
        WavelengthDemand(
            a_site_id=readings["from"].value,
            z_site_id=readings["to"].value,
            bit_rate_gbps=readings["bit_rate"].value,
        )
        for readings in read
    )


def _readings(one: DemandWords, network: Network) -> dict[str, Reading[Any]]:
    return {
        "from": site_reading("from", one.from_site, network=network),
        "to": site_reading("to", one.to_site, network=network),
        "bit_rate": reading("bit_rate", one.bit_rate, bit_rate_gbps_from_text),
    }


def _same_ends(one: DemandWords) -> Finding:
    message = f"{one.from_site!r} and {one.to_site!r} are one site; a demand needs two"
    finding = question_finding("demands", message)
    return finding if one.place is None else replace(finding, place=replace(one.place, field="to"))
