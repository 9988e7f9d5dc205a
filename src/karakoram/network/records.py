"""What is a network made of? Frozen records; a record checks only itself."""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import (
    AttenuationDbPerKm,
    Bounds,
    Finite,
    Latitude,
    LengthKm,
    Longitude,
    NotNegative,
    Positive,
    RepairHours,
    check_fields,
)
from karakoram.core.identifiers import (
    CableId,
    EquipmentId,
    FailureClassId,
    FibreTypeId,
    HandoverId,
    OperatorId,
    RiskGroupId,
    SiteId,
    SpanId,
)
from karakoram.core.provenance import Provenance

FailuresPerYear = Annotated[float, Bounds(at_least=0.0, at_most=10_000.0)]
"""Failures in a year, of a group or of 1,000 km; at the limit more than one an hour."""


class Status(Enum):
    """Where something stands in its life; only ``IN_SERVICE`` is used unless asked for."""

    IN_SERVICE = "in_service"
    OPTION = "option"
    PLANNED = "planned"
    RETIRED = "retired"


class SiteKind(Enum):
    """What a site is to its operator."""

    POP = "pop"
    NODE = "node"
    TOWN = "town"
    LANDING_STATION = "cls"
    BORDER_STATION = "border_station"
    BORDER_HANDOVER = "border_handover"
    MOTORWAY_NODE = "motorway_node"
    ALTERNATIVE_NODE = "alt_node"
    AMPLIFIER = "ila"
    WAYPOINT = "waypoint"
    HAZARD = "hazard"


class CableMedium(Enum):
    """What protects the fibre, or stands in its place."""

    BURIED = "buried"
    DUCT = "duct"
    AERIAL = "aerial"
    SUBMARINE = "submarine"
    MICROWAVE = "microwave"


class LengthBasis(Enum):
    """What a length was measured along; glass is what light sees."""

    GLASS = "glass"
    ROAD = "road"
    SEA_ROUTE = "sea_route"
    GREAT_CIRCLE = "great_circle"


class RiskKind(Enum):
    """What kind of common cause takes several spans at once."""

    CORRIDOR = "corridor"
    WEATHER = "weather"
    LANDING_STATION = "landing_station"
    SEA_PASSAGE = "sea_passage"
    LAND_CROSSING = "land_crossing"


class EquipmentKind(Enum):
    """What a piece of equipment does on the line."""

    ROADM = "roadm"
    LINE_AMPLIFIER = "line_amplifier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A company or body that owns, operates or lands fibre."""

    operator_id: OperatorId
    name: str
    country: str
    """ISO 3166-1 alpha-2, or ``--`` for an international consortium."""
    role: str
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place on the map where fibre is spliced, amplified, switched or landed."""

    site_id: SiteId
    name: str
    country: str
    region: str
    kind: SiteKind
    role: str
    longitude_deg: Longitude
    latitude_deg: Latitude
    coordinate_accuracy_km: NotNegative | None = None
    elevation_m: Finite | None = None
    elevation_source: str = ""
    operator_ids: tuple[OperatorId, ...] = ()
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cable:
    """A cable or cable system; its spans are pieces of it between sites."""

    cable_id: CableId
    name: str
    medium: CableMedium
    owner_id: OperatorId
    status: Status
    fibre_type_id: FibreTypeId
    published_length_km: Positive | None = None
    """The length its owner publishes; may differ from the sum of the spans, and both are shown."""
    published_length_note: str = ""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """The fibre of one cable between two adjacent sites of the network."""

    span_id: SpanId
    a_site_id: SiteId
    z_site_id: SiteId
    cable_id: CableId
    operator_id: OperatorId
    """Who operates and sells the span."""
    owner_id: OperatorId
    """Whose glass it is, and who earns; another than the operator on a leased leg."""
    length_km: LengthKm
    """Glass kilometres: the only length used for latency, loss and price."""
    length_basis: LengthBasis
    """What ``length_km`` was derived from."""
    road_km: NotNegative | None = None
    great_circle_km: NotNegative | None = None
    status: Status
    status_note: str = ""
    attenuation_db_per_km: AttenuationDbPerKm | None = None
    """Measured attenuation; ``None`` takes the planning value of the fibre type."""
    failure_class_id: FailureClassId
    risk_group_ids: tuple[RiskGroupId, ...] = ()
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if self.a_site_id == self.z_site_id:
            raise ValueError(f"Span.z_site_id must differ from a_site_id, got {self.z_site_id!r}")

    def far_end(self, site_id: SiteId) -> SiteId:
        """The end that is not ``site_id``, which must be one of the two."""
        assert site_id in (self.a_site_id, self.z_site_id), f"{site_id} is no end of {self.span_id}"
        return self.z_site_id if self.a_site_id == site_id else self.a_site_id


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskGroup:
    """A shared risk link group (SRLG): spans that one event can take together."""

    risk_group_id: RiskGroupId
    name: str
    kind: RiskKind
    failures_per_year: FailuresPerYear
    """Common-cause failures, besides those of the spans themselves."""
    mttr_h: RepairHours
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureClass:
    """How often a kind of cable fails by length, and how long repair takes."""

    failure_class_id: FailureClassId
    name: str
    failures_per_1000_km_year: FailuresPerYear
    mttr_h: RepairHours
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """A site where one operator hands traffic to the next on the way to the sea."""

    handover_id: HandoverId
    site_id: SiteId
    from_operator_id: OperatorId
    to_operator_id: OperatorId
    status: Status
    provenance: Provenance

    def __post_init__(self) -> None:
        if self.from_operator_id == self.to_operator_id:
            raise ValueError(
                f"Handover.to_operator_id must differ from from_operator_id, "
                f"got {self.to_operator_id!r} twice"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """A ROADM or line amplifier that stands at a site."""

    equipment_id: EquipmentId
    site_id: SiteId
    kind: EquipmentKind
    type_id: str
    """Identifier of a ROADM type or amplifier type, by ``kind``."""
    status: Status
    provenance: Provenance
