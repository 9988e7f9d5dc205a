"""What do the public sources say about the corridor besides its network?

Events, service bars, rival routes, failure figures, prices, offers of the operators, motorway
interchanges and tolls: one typed record a row, as published, each with source and confidence.
"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TypeVar

from karakoram.core.fields import (
    Finite,
    Latitude,
    LengthKm,
    Longitude,
    NotNegative,
    Positive,
    check_fields,
)
from karakoram.core.identifiers import SiteId
from karakoram.core.provenance import Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged

_Record = TypeVar("_Record")


class Comparison(Enum):
    """On which side of its bar a measured value must lie."""

    AT_LEAST = ">="
    AT_MOST = "<="
    ABOVE = ">"
    BELOW = "<"

    def holds(self, value: float, threshold: float) -> bool:
        """Whether a measured value lies on this side of a bar, both in one unit.

        >>> rtt = next(fact for fact in read_kpis() if "terrestrial round trip" in fact.kpi)
        >>> [rtt.comparison.holds(each, rtt.threshold) for each in (107.8, 110.0, 110.5)]
        [True, True, False]
        """
        match self:
            case Comparison.AT_LEAST:
                return value >= threshold
            case Comparison.AT_MOST:
                return value <= threshold
            case Comparison.ABOVE:
                return value > threshold
            case Comparison.BELOW:
                return value < threshold


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact:
    """A failure or a milestone on the corridor or on its cables."""

    event_id: str
    starts: str
    """Day or month as published, ISO 8601; ``~`` or ``?`` where the source is not sure."""
    ends: str = ""
    event_class: str
    """What kind: subsea, landslide, flood, milestone, ..."""
    place: str
    site_id: SiteId | None = None
    """Site of the reference network at or near the place."""
    assets: str
    duration_h: NotNegative | None = None
    effect: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiFact:
    """A bar that a regulator or a contract sets for a service."""

    kpi_id: str
    service: str
    kpi: str
    comparison: Comparison
    threshold: Finite
    unit: str
    scope: str = ""
    grade: str
    """A official, B press quoting an official, C secondary, D analyst."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteFact:
    """A rival way between two places, or a way over the corridor, with its latency."""

    route_id: str
    a_place: str
    z_place: str
    via: str
    length_km: LengthKm | None = None
    length_note: str = ""
    """How the length is known."""
    rtt_ms: Positive | None = None
    rtt_note: str = ""
    """How the round-trip time is known."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureFact:
    """A published failure rate, repair time or physical constant."""

    failure_id: str
    subject: str
    """What fails, or is measured."""
    parameter: str
    value: str
    """As published: a number, a range such as ``70-80``, or a bound."""
    unit: str
    grade: str
    """A official, B press quoting an official, C secondary, D analyst."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFact:
    """A published price, fee or tax, as found; no price book by itself."""

    fact_id: str
    item: str
    per_unit: str
    """What the price is for: a bit rate, a metre, a minute, ..."""
    value: NotNegative
    currency_or_percent: str
    """ISO 4217 code, perhaps with a scale such as ``USD m``, or ``%``."""
    period: str = ""
    starts: str = ""
    """When the price holds from, as published."""
    scope: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFact:
    """Something an operator of the corridor offers or says of itself."""

    fact_id: str
    operator: str
    service: str
    brand: str = ""
    description: str = ""
    metric: str = ""
    value: str = ""
    """As published."""
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class InterchangeFact:
    """An interchange or toll plaza of a motorway, where a duct can be reached."""

    interchange_id: str
    motorway: str
    sequence: int
    """Position along the motorway, from its start."""
    name: str
    kind: str
    """``interchange``, ``junction`` or ``toll_plaza``."""
    km_from_start: NotNegative
    km_note: str
    """How the kilometre is known."""
    motorway_length_km: LengthKm
    length_note: str
    """How the motorway's length is known, and its source."""
    longitude_deg: Longitude
    latitude_deg: Latitude
    coordinate_note: str
    has_toll_plaza: bool
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TollFact:
    """What one class of vehicle pays on one motorway; its tags and plazas ride on the duct."""

    toll_id: str
    motorway: str
    vehicle_class: str
    toll_pkr: NotNegative | None = None
    rate_pkr_per_km: NotNegative | None = None
    tag_condition: str
    valid_from: str
    last_day: str = ""
    """Last day on which the toll holds, as published."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


def read_events() -> tuple[EventFact, ...]:
    """28 failures and 7 milestones, 2005 to 2025."""
    return _read("events", EventFact)


def read_kpis() -> tuple[KpiFact, ...]:
    """Service bars of the Pakistani regulator, and placeholders where none was found."""
    return _read("kpis", KpiFact)


def read_competing_routes() -> tuple[RouteFact, ...]:
    """Ways between China and Europe that a customer compares the corridor with."""
    return _read("competing_routes", RouteFact)


def read_failures() -> tuple[FailureFact, ...]:
    """Failure rates and repair times, from which the failure classes were chosen."""
    return _read("failures", FailureFact)


def read_price_facts() -> tuple[PriceFact, ...]:
    """Prices, fees and taxes, from which the price books were derived."""
    return _read("price_facts", PriceFact)


def read_operator_offers() -> tuple[OfferFact, ...]:
    """What the operators of the corridor sell, and what they publish about themselves."""
    return _read("operator_offers", OfferFact)


def read_interchanges() -> tuple[InterchangeFact, ...]:
    """Interchanges of the motorways that carry the corridor's duct."""
    return _read("interchanges", InterchangeFact)


def read_tolls() -> tuple[TollFact, ...]:
    """Toll tariffs of those motorways."""
    return _read("tolls", TollFact)


@cache
def _read(table: str, record_type: type[_Record]) -> tuple[_Record, ...]:
    return read_packaged(packaged_folder("facts"), table, record_type=record_type)
