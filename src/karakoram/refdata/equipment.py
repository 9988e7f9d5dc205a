"""Which fibres, amplifiers, ROADMs and transceiver modes can a network be built of?"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import log10
from typing import Annotated

from karakoram.core.fields import (
    AttenuationDbPerKm,
    BitRateGbps,
    Bounds,
    Decibels,
    Fit,
    Positive,
    RepairHours,
    check_fields,
)
from karakoram.core.grid import WIDTH_STEP_GHZ
from karakoram.core.identifiers import (
    AmplifierTypeId,
    FibreTypeId,
    RoadmTypeId,
    TransceiverModeId,
)
from karakoram.core.provenance import Provenance
from karakoram.core.units import OSNR_BANDWIDTH_HZ, hz_from_ghz

# Bounds catch a slip of a column or of a prefix: they lie well beyond what has been built, and
# say nothing about what is good.


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreType:
    """A single-mode fibre as cabled and planned with, at 1550 nm."""

    fibre_type_id: FibreTypeId
    name: str
    recommendation: str
    """ITU-T Recommendation and category, e.g. ``G.652.D``."""
    attenuation_db_per_km: AttenuationDbPerKm
    """Planning value: splices and ageing included."""
    dispersion_ps_per_nm_km: Annotated[float, Bounds(at_least=-300.0, at_most=300.0)]
    dispersion_slope_ps_per_nm2_km: Annotated[float, Bounds(at_least=-10.0, at_most=10.0)]
    effective_area_um2: Annotated[float, Bounds(at_least=5.0, at_most=1_000.0)]
    pmd_ps_per_sqrt_km: Annotated[float, Bounds(at_least=0.0, at_most=100.0)]
    group_index: Annotated[float, Bounds(at_least=1.0, at_most=3.0)]
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierType:
    """An erbium-doped fibre amplifier."""

    amplifier_type_id: AmplifierTypeId
    name: str
    noise_figure_db: Annotated[float, Bounds(at_least=0.0, at_most=40.0)]
    gain_db_max: Annotated[float, Bounds(above=0.0, at_most=60.0)]
    output_power_dbm_max: Decibels
    restores_profile: bool
    """Whether a gain-flattening filter gives the launch profile back (submarine repeaters)."""
    failures_fit: Fit
    """Failures in 1e9 hours, of the amplifier of one direction; a place has one for each."""
    mttr_h: RepairHours
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmType:
    """A reconfigurable optical add/drop multiplexer."""

    roadm_type_id: RoadmTypeId
    name: str
    output_power_dbm: Decibels
    """Target power of a 50 GHz slot at the output of a degree, before the booster."""
    add_drop_osnr_db: Decibels
    """OSNR in 0.1 nm that adding and dropping together leave."""
    express_osnr_db: Decibels
    """OSNR in 0.1 nm that one express pass leaves."""
    failures_fit: Fit
    mttr_h: RepairHours
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransceiverMode:
    """One way a coherent transceiver can be set."""

    transceiver_mode_id: TransceiverModeId
    name: str
    bit_rate_gbps: BitRateGbps
    symbol_rate_gbaud: Annotated[float, Bounds(at_least=0.001, at_most=1_000.0)]
    modulation: str
    required_osnr_db: Decibels
    """OSNR in 0.1 nm at which the mode just works, back to back."""
    spacing_ghz_min: Annotated[float, Bounds(at_least=WIDTH_STEP_GHZ, at_most=1_000.0)]
    """Smallest slot width, a multiple of 12.5 GHz."""
    tx_osnr_db: Decibels
    """OSNR in 0.1 nm of the transmitter itself."""
    cd_ps_per_nm_max: Positive
    pmd_ps_max: Positive
    failures_fit: Fit
    mttr_h: RepairHours
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if self.spacing_ghz_min % WIDTH_STEP_GHZ:
            raise ValueError(
                f"TransceiverMode.spacing_ghz_min must be a multiple of {WIDTH_STEP_GHZ:g} GHz "
                f"(ITU-T G.694.1), got {self.spacing_ghz_min:g}"
            )
        if self.symbol_rate_gbaud > self.spacing_ghz_min:
            raise ValueError(
                f"TransceiverMode.symbol_rate_gbaud must be at most spacing_ghz_min "
                f"{self.spacing_ghz_min:g}, got {self.symbol_rate_gbaud:g}"
            )

    @property
    def required_gsnr_db(self) -> float:
        """Required signal-to-noise ratio in the signal's own bandwidth [dB].

        SNR = OSNR + 10 lg(12.5 GHz / R): the same noise density in bandwidth R.
        """
        return self.required_osnr_db + 10.0 * log10(
            OSNR_BANDWIDTH_HZ / hz_from_ghz(self.symbol_rate_gbaud)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EquipmentLibrary:
    """Every type a network may name, by identifier."""

    fibre_types: Mapping[FibreTypeId, FibreType]
    amplifier_types: Mapping[AmplifierTypeId, AmplifierType]
    roadm_types: Mapping[RoadmTypeId, RoadmType]
    transceiver_modes: Mapping[TransceiverModeId, TransceiverMode]
