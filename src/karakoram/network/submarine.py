"""How is a submarine system designed, where its repeaters are not in the plant records?"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, check_fields
from karakoram.core.identifiers import AmplifierTypeId, CableId, OperatorId
from karakoram.core.provenance import Provenance


class DesignBasis(Enum):
    """Where the GSNR of a submarine line comes from."""

    REPEATERS = "repeaters"
    """Computed span by span from spacing, fibre, noise figure and output power."""
    PUBLISHED = "published"
    """Implied by the published design bit rate of a fibre pair."""


# Bounds catch a slip of a column or of a prefix: they lie well beyond what has been built.
@dataclass(frozen=True, slots=True, kw_only=True)
class SubmarineSystem:
    """The wet plant of one cable; same identifier as the cable."""

    cable_id: CableId
    landing_party_id: OperatorId
    """Who lands it in the corridor's country."""
    rfs: str
    """Ready for service, as published."""
    design_capacity_tbps: Annotated[float, Bounds(above=0.0, at_most=100_000.0)] | None = None
    """Bit rate of all fibre pairs together, as published."""
    fibre_pairs: Annotated[int, Bounds(at_least=1.0, at_most=1_000.0)] | None = None
    design_basis: DesignBasis
    repeater_spacing_km: Annotated[float, Bounds(at_least=1.0, at_most=1_000.0)]
    repeater_type_id: AmplifierTypeId
    repeater_output_power_dbm: Decibels
    """Total power of all channels at a repeater's output."""
    usable_bandwidth_thz: Annotated[float, Bounds(at_least=0.001, at_most=20.0)]
    supplier: str = ""
    landings: tuple[str, ...] = ()
    """Every landing published, also those that no span of the network reaches."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
