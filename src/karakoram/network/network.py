"""What is the network as a whole? An immutable set of records that belong together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import Any

from karakoram.core.fields import Bounds
from karakoram.core.identifiers import (
    AmplifierTypeId,
    CableId,
    EquipmentId,
    FailureClassId,
    HandoverId,
    OperatorId,
    PriceId,
    RiskGroupId,
    RoadmTypeId,
    SiteId,
    SpanId,
)
from karakoram.core.provenance import Figure
from karakoram.network.prices import PriceItem
from karakoram.network.records import (
    Cable,
    Equipment,
    FailureClass,
    Handover,
    Operator,
    RiskGroup,
    Site,
    Span,
)
from karakoram.network.submarine import SubmarineSystem
from karakoram.refdata.equipment import EquipmentLibrary

REFERENCE_SLOT_GHZ = 50.0
"""Launch powers are stated for a slot of this width (ITU-T G.694.1, 50 GHz spacing)."""

_RULE_BOUNDS: Mapping[str, Bounds] = {
    "ots_length_km_max": Bounds(at_least=1.0, at_most=300.0),
    "launch_power_dbm": Bounds(at_least=-40.0, at_most=30.0),
    "band_lower_thz": Bounds(at_least=150.0, at_most=300.0),
    "band_upper_thz": Bounds(at_least=150.0, at_most=300.0),
    "connector_loss_db": Bounds(at_least=0.0, at_most=30.0),
    "margin_db": Bounds(at_least=0.0, at_most=30.0),
    "published_design_gap_db": Bounds(at_least=0.0, at_most=30.0),
    "site_failures_fit": Bounds(at_least=0.0, at_most=1e8),
    "site_mttr_h": Bounds(at_least=0.0, at_most=100_000.0),
}
"""What the figures of the rules may be; silica fibre carries light from 150 to 300 THz."""


BAND_THZ_MAX = 12.0
"""Wider than the C and L bands together, which are the widest that amplifiers serve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignRules:
    """The figures a line is designed by where the plant records are silent."""

    ots_length_km_max: Figure
    """Longest fibre between two amplifiers; longer ones get derived huts in equal parts."""
    launch_power_dbm: Figure
    """Launch power of a 50 GHz slot into the fibre; wider slots get more, at equal density."""
    band_lower_thz: Figure
    band_upper_thz: Figure
    connector_loss_db: Figure
    """Loss of the connectors at each end of an OTS."""
    margin_db: Figure
    """GSNR above what the mode requires, for ageing and model error."""
    published_design_gap_db: Figure
    """How far a published capacity stays below Shannon's (see ``DesignBasis.PUBLISHED``)."""
    site_failures_fit: Figure
    """Failures of a site's power, in 1e9 hours."""
    site_mttr_h: Figure
    booster_type_id: AmplifierTypeId
    line_amplifier_type_id: AmplifierTypeId
    preamplifier_type_id: AmplifierTypeId
    roadm_type_id: RoadmTypeId

    def __post_init__(self) -> None:
        breaches = [
            f"DesignRules.{name} {breach}"
            for name, bounds in _RULE_BOUNDS.items()
            if (breach := bounds.breach(getattr(self, name).value)) is not None
        ]
        if self.band_upper_thz.value <= self.band_lower_thz.value:
            breaches.append(
                f"DesignRules.band_upper_thz must be above band_lower_thz "
                f"{self.band_lower_thz.value:g}, got {self.band_upper_thz.value:g}"
            )
        elif self.band_upper_thz.value - self.band_lower_thz.value > BAND_THZ_MAX:
            breaches.append(
                f"DesignRules.band_upper_thz must be at most {BAND_THZ_MAX:g} THz above "
                f"band_lower_thz, got {self.band_upper_thz.value:g}"
            )
        if breaches:
            raise ValueError("; ".join(breaches))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Records by identifier. To change one, apply a change set: it gives another network.

    The mappings are copied and read-only, those of the library too.
    """

    name: str
    description: str
    currency: str
    """ISO 4217; every price is in it."""
    operators: Mapping[OperatorId, Operator]
    sites: Mapping[SiteId, Site]
    cables: Mapping[CableId, Cable]
    submarine_systems: Mapping[CableId, SubmarineSystem]
    spans: Mapping[SpanId, Span]
    risk_groups: Mapping[RiskGroupId, RiskGroup]
    failure_classes: Mapping[FailureClassId, FailureClass]
    handovers: Mapping[HandoverId, Handover]
    equipment: Mapping[EquipmentId, Equipment]
    prices: Mapping[PriceId, PriceItem]
    rules: DesignRules
    library: EquipmentLibrary

    def __post_init__(self) -> None:
        tables: dict[str, Any] = _with_mappings(self.library, _read_only)
        if any(getattr(self.library, name) is not table for name, table in tables.items()):
            object.__setattr__(self, "library", replace(self.library, **tables))
        for name, mapping in _with_mappings(self, _read_only).items():
            object.__setattr__(self, name, mapping)

    def __reduce__(self) -> tuple[Any, ...]:
        """Itself from plain dictionaries, so that it survives the way between processes."""
        parts = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        tables = _with_mappings(self.library, dict)
        return _network_from_parts, ({**parts, **_with_mappings(self, dict), "library": tables},)


def _network_from_parts(parts: Mapping[str, Any]) -> Network:
    return Network(**{**parts, "library": EquipmentLibrary(**parts["library"])})


def _read_only(mapping: Mapping[Any, Any]) -> Mapping[Any, Any]:
    """A copy that nobody can change; what is read-only already is shared."""
    return mapping if isinstance(mapping, MappingProxyType) else MappingProxyType(dict(mapping))


def _with_mappings(
    record: Network | EquipmentLibrary, change: Callable[[Mapping[Any, Any]], Mapping[Any, Any]]
) -> dict[str, Mapping[Any, Any]]:
    """What becomes of the fields of a record that are mappings."""
    values = {entry.name: getattr(record, entry.name) for entry in fields(record)}
    return {name: change(value) for name, value in values.items() if isinstance(value, Mapping)}
