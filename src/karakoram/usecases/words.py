"""What do the words of a question mean, and which of them mean nothing?

A person's words become typed values here. Every word that cannot be understood becomes a finding,
so that all of them are told at once.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from karakoram.core.cells import shown
from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import SiteId, near_misses
from karakoram.network.lookup import (
    operator_id_from_word,
    records_from_words,
    site_id_from_word,
)
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.demand import Exclusions, TransitLimit, TransitUnit

ReadT = TypeVar("ReadT")
ChoiceT = TypeVar("ChoiceT", bound=Enum)

QUESTION = "question"
"""The table that findings about a question name."""

_BIT_RATE = re.compile(r"\s*(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>[^\W\d]*)(?:b(?:it)?/s)?\s*")
_TRANSIT = re.compile(
    r"(?P<operator>[^=]+)=\s*(?P<number>\d{1,9}(?:\.\d{1,9})?)\s*(?P<unit>km|hand-?overs?)",
    flags=re.IGNORECASE,
)
_GBPS_PER_UNIT: Mapping[str, float] = {
    **dict.fromkeys(("", "g", "gb", "ge", "gbe", "gbps", "gbit"), 1.0),
    **dict.fromkeys(("t", "tb", "tbps", "tbit"), 1_000.0),
    **dict.fromkeys(("m", "mb", "mbps", "mbit"), 0.001),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[ReadT]):
    """What a word of the question was taken for, or the findings that say why for nothing."""

    read: ReadT | None
    findings: tuple[Finding, ...] = ()

    @property
    def value(self) -> ReadT:
        """What was read; ask only after ``refuse_unread``."""
        assert self.read is not None, "a reading with findings has no value"
        return self.read


def reading(field: str, word: str, reader: Callable[[str], ReadT]) -> Reading[ReadT]:
    """What ``reader`` makes of ``word``; its refusal becomes a finding about ``field``."""
    try:
        return Reading(read=reader(word))
    except (NotFoundError, ValueError) as refusal:
        return Reading(read=None, findings=(question_finding(field, str(refusal)),))


def optional_reading(field: str, word: str, reader: Callable[[str], ReadT]) -> Reading[ReadT]:
    """What ``reader`` makes of ``word``; an empty one means nothing, and is no mistake."""
    return reading(field, word, reader) if word else Reading(read=None)


def question_finding(field: str, message: str) -> Finding:
    """A finding about one field of a question; capitals name an argument, as usage does."""
    return Finding(
        code=f"question-{field.replace('_', '-').casefold()}",
        place=Place(table=QUESTION, field=field),
        message=message,
    )


def refuse_unread(readings: Iterable[Reading[Any]]) -> None:
    """Refuse the question if any of its words was not understood.

    Raises
    ------
    InvalidDataError
        Carrying the findings of every reading.
    """
    findings = tuple(finding for one in readings for finding in one.findings)
    if findings:
        raise InvalidDataError(findings)


def bit_rate_gbps_from_text(text: str) -> float:
    """Bit rate [Gbit/s] from what people write; without a unit it is Gbit/s.

    Raises
    ------
    ValueError
        If there is no number, the unit is unknown, or the bit rate is not positive.

    >>> [bit_rate_gbps_from_text(text) for text in ("400G", "400", "0.4T", "100 Gbit/s")]
    [400.0, 400.0, 400.0, 100.0]
    """
    match = _BIT_RATE.fullmatch(text.casefold())
    per_unit = _GBPS_PER_UNIT.get(match["unit"]) if match else None
    if match is None or per_unit is None:
        raise ValueError(
            f"cannot read the bit rate {text!r}: write a number and G or T, e.g. 400G or 0.4T"
        )
    bit_rate_gbps = float(match["number"]) * per_unit
    if not 0.0 < bit_rate_gbps < float("inf"):
        raise ValueError(f"the bit rate must be greater than 0, got {text!r}: write e.g. 400G")
    return bit_rate_gbps


def choice_from_word(word: str, choices: type[ChoiceT]) -> ChoiceT:
    """The member of ``choices`` whose value is ``word``; case, hyphen and blank are alike.

    Raises
    ------
    NotFoundError
        When no value fits, with every value that would.
    """
    known = {str(choice.value).casefold(): choice for choice in choices}
    wanted = re.sub(r"[\s-]", "_", word.strip().casefold())
    if wanted in known:
        return known[wanted]
    every = ", ".join(str(choice.value) for choice in choices)
    raise NotFoundError(
        f"{word!r} is not one of {every}.", near_misses=near_misses(wanted, known, at_most=1)
    )


def spacing_ghz_from_word(network: Network, word: str) -> float:
    """The slot width [GHz] that ``word`` means: one that a transceiver mode of the library has.

    Raises
    ------
    NotFoundError
        When no mode has it, with the widths there are.
    """
    known = sorted({mode.spacing_ghz_min for mode in network.library.transceiver_modes.values()})
    shown = ", ".join(f"{spacing:g}" for spacing in known)
    try:
        spacing_ghz = float(word)
    except ValueError:
        spacing_ghz = float("nan")
    if spacing_ghz in known:
        return spacing_ghz
    raise NotFoundError(f"no transceiver mode has a slot of {word!r} GHz; choose one of {shown}.")


def site_reading(field: str, word: str, *, network: Network) -> Reading[SiteId]:
    """The site that ``word`` means."""
    return reading(field, word, lambda text: site_id_from_word(network, text))


def sites_reading(
    field: str, words: Iterable[str], *, network: Network
) -> Reading[tuple[SiteId, ...]]:
    """The sites that ``words`` mean, in their order."""
    each = [site_reading(field, word, network=network) for word in words]
    findings = tuple(finding for one in each for finding in one.findings)
    return Reading(read=None if findings else tuple(one.value for one in each), findings=findings)


def exclusions_reading(words: Iterable[str], *, network: Network) -> Reading[Exclusions]:
    """What ``words`` exclude: sites, spans, operators, cables."""
    found, refusals = records_from_words(network, words)
    return Reading(
        read=Exclusions(
            site_ids=found.site_ids,
            span_ids=found.span_ids,
            operator_ids=found.operator_ids,
            cable_ids=found.cable_ids,
        ),
        findings=tuple(question_finding("avoid", str(refusal)) for refusal in refusals),
    )


def transit_limits_reading(
    words: Iterable[str], *, network: Network
) -> Reading[tuple[TransitLimit, ...]]:
    """The limits inside operators that ``words`` mean."""
    each = [
        reading("transit_limit", word, lambda text: _transit_limit(text, network)) for word in words
    ]
    findings = tuple(finding for one in each for finding in one.findings)
    return Reading(read=None if findings else tuple(one.value for one in each), findings=findings)


def _transit_limit(word: str, network: Network) -> TransitLimit:
    """The limit that ``ONE=900km`` or ``ONE=2handovers`` means.

    Raises
    ------
    NotFoundError
        When no operator is called so.
    ValueError
        If it is written otherwise, or counts parts of hand-overs.
    """
    match = _TRANSIT.fullmatch(word.strip())
    if match is None:
        raise ValueError(
            f"cannot read the limit {shown(word)}: write an operator and how far a path may go in "
            "its network, e.g. ONE=900km or ONE=2handovers"
        )
    is_km = match["unit"].casefold() == TransitUnit.KM.value
    return TransitLimit(
        operator_id=operator_id_from_word(network, match["operator"]),
        unit=TransitUnit.KM if is_km else TransitUnit.HANDOVERS,
        most=float(match["number"]),
    )


def statuses_reading(words: Iterable[str]) -> Reading[frozenset[Status]]:
    """The statuses that may be used: in service, and those that ``words`` name."""
    each = [reading("include", word, lambda text: choice_from_word(text, Status)) for word in words]
    return Reading(
        read=IN_SERVICE.union(one.read for one in each if one.read),
        findings=tuple(finding for one in each for finding in one.findings),
    )
