"""How is a submarine system designed, where its repeaters are not in the plant records?"""

from dataclasses import dataclass
from enum import Enum

from karakoram.core.fields import Finite, Positive, check_fields
from karakoram.core.identifiers import AmplifierTypeId, CableId, OperatorId
from karakoram.core.provenance import Provenance


class DesignBasis(Enum):
    """Where the GSNR of a submarine line comes from."""

    REPEATERS = "repeaters"
    """Computed span by span from spacing, fibre, noise figure and output power."""
    PUBLISHED = "published"
    """Implied by the published design capacity of a fibre pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmarineSystem:
    """The wet plant of one cable; same identifier as the cable."""

    cable_id: CableId
    landing_party_id: OperatorId
    """Who lands it in the corridor's country."""
    rfs: str
    """Ready for service, as published."""
    design_capacity_tbps: Positive | None = None
    fibre_pairs: Positive | None = None
    design_basis: DesignBasis
    repeater_spacing_km: Positive
    repeater_type_id: AmplifierTypeId
    repeater_output_power_dbm: Finite
    """Total power of all channels at a repeater's output."""
    usable_bandwidth_thz: Positive
    supplier: str = ""
    landings: tuple[str, ...] = ()
    """Every landing published, also those that no span of the network reaches."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
