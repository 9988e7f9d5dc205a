"""How do we know a figure, and how far may it be trusted?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class Confidence(Enum):
    """How a figure came to be; ``ASSUMED`` must be shown as assumed wherever it is used."""

    STATED = "stated"
    """A public page or specification says it."""
    DERIVED = "derived"
    """Computed from stated figures."""
    ASSUMED = "assumed"
    """A placeholder that nobody has confirmed."""


_RANK: Mapping[Confidence, int] = {
    Confidence.STATED: 0,
    Confidence.DERIVED: 1,
    Confidence.ASSUMED: 2,
}


def weakest(confidences: tuple[Confidence, ...]) -> Confidence:
    """The least trustworthy of several; a result is never better than its inputs.

    >>> weakest((Confidence.STATED, Confidence.ASSUMED, Confidence.DERIVED)).value
    'assumed'
    >>> weakest(()).value
    'stated'
    """
    return max(confidences, key=_RANK.__getitem__, default=Confidence.STATED)


def derived_confidence(confidences: Iterable[Confidence]) -> Confidence:
    """How far something computed may be trusted: no more than derived, nor than its inputs.

    >>> derived_confidence([Confidence.STATED]).value
    'derived'
    """
    return weakest((Confidence.DERIVED, *confidences))


def confidence_word(confidence: Confidence | None) -> str | None:
    """The confidence as documents write it; ``None`` where nothing is known."""
    return None if confidence is None else confidence.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a record's figures come from."""

    source: str
    """Address or title of the publication, or how the figure was derived."""
    source_date: str = ""
    """Date of the source as written there; a leading ``~`` means estimated."""
    confidence: Confidence
    note: str = ""


def computed_from(*sources: Provenance) -> Confidence:
    """Of a figure worked out from others: no better than the weakest, and at best derived."""
    return derived_confidence(source.confidence for source in sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number with its provenance, where no record holds it, e.g. a design rule."""

    value: float
    """In the unit that the name of the field says which holds the figure."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A figure that a file leaves out and that the format's default stands in for."""

    file: str
    field: str
    """Where in the file, indices left out, e.g. ``elements[].params.att_in``."""
    value: str
    """What was assumed, with its unit."""
    places: int
    """How many times."""
    provenance: Provenance


def computed_trust(assumptions: Iterable[Assumption]) -> Confidence:
    """How far what is computed from files may be trusted: as the worst that stands in for them.

    >>> computed_trust(()).value
    'derived'
    """
    return derived_confidence(one.provenance.confidence for one in assumptions)
