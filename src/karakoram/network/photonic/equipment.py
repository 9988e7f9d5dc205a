"""Which types can a photonic network be built of, and by which figures is it designed?"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import Enum
from types import MappingProxyType
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, NotNegative, check_fields
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId, RoadmTypeId
from karakoram.network.photonic.amplifiers import AmplifierType, MultibandAmplifierType
from karakoram.network.photonic.spectral import (
    AttenuatorDb,
    FrequencyBand,
    LossDb,
    OpticalThz,
    PmdPs,
    PowerTarget,
    RamanGainProfile,
    RoadmOsnrDb,
    SpacingGhz,
    SpectralProfile,
    SymbolRateGbaud,
    TransceiverTypeId,
)
from karakoram.network.photonic.transceivers import RollOff, TransceiverType, TransmitterOsnrDb

DispersionPsPerNmKm = Annotated[float, Bounds(at_least=-300.0, at_most=300.0)]
EffectiveAreaUm2 = Annotated[float, Bounds(at_least=5.0, at_most=1_000.0)]
GammaPerWKm = Annotated[float, Bounds(at_least=0.01, at_most=100.0)]
PmdPsPerSqrtKm = Annotated[float, Bounds(at_least=0.0, at_most=20.0)]
"""ITU-T G.652 allows 0.5 ps/√km; the worst fibre that was ever measured had some ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FibreType:
    """A fibre as its maker describes it; what is ``None`` a fibre of the type must state itself."""

    fibre_type_id: FibreTypeId
    dispersion_ps_per_nm_km: DispersionPsPerNmKm | None = None
    effective_area_um2: EffectiveAreaUm2 | None = None
    gamma_per_w_km: GammaPerWKm | None = None
    """Nonlinear coefficient; ``None`` follows from the effective area, and the other way round."""
    pmd_ps_per_sqrt_km: PmdPsPerSqrtKm
    reference_frequency_thz: OpticalThz | None = None
    """Where dispersion, area and gamma hold; ``None`` is 1550 nm."""
    loss_ripple_db_per_km: SpectralProfile | None = None
    """Added to the loss of a fibre that states one figure for all frequencies."""
    raman_gain: RamanGainProfile | None = None
    """``None`` is the profile of standard silica fibre."""

    def __post_init__(self) -> None:
        check_fields(self)


class RoadmPath(Enum):
    """Which way light takes through a ROADM."""

    EXPRESS = "express"
    ADD = "add"
    DROP = "drop"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmImpairment:
    """What a way through a ROADM does to light of one band; ``None`` where nothing is stated."""

    band: FrequencyBand | None
    pmd_ps: PmdPs | None = None
    cd_ps_per_nm: Annotated[float, Bounds(at_least=-1e5, at_most=1e5)] | None = None
    pdl_db: LossDb | None = None
    inband_crosstalk_db: Decibels | None = None
    loss_db_max: LossDb | None = None
    osnr_db: RoadmOsnrDb | None = None
    """In 0.1 nm."""
    power_dbm_max: Decibels | None = None
    noise_figure_db: LossDb | None = None
    loss_db_min: LossDb | None = None
    loss_db_typical: LossDb | None = None
    power_dbm_min: Decibels | None = None
    power_dbm_typical: Decibels | None = None

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmPathImpairments:
    """One numbered set of impairments of a way through a ROADM, band by band."""

    impairment_id: int
    path: RoadmPath
    bands: tuple[RoadmImpairment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadmType:
    """A ROADM as its maker describes it."""

    roadm_type_id: RoadmTypeId
    target: PowerTarget
    add_drop_osnr_db: RoadmOsnrDb
    """In 0.1 nm."""
    pmd_ps: PmdPs
    pdl_db: LossDb
    preamplifier_type_ids: tuple[AmplifierTypeId, ...] = ()
    """Which preamplifiers the design may choose from; empty for any."""
    booster_type_ids: tuple[AmplifierTypeId, ...] = ()
    impairments: tuple[RoadmPathImpairments, ...] = ()
    """The first of each way counts where a degree names none; empty: the figures above count."""

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepDb:
    """Values from a lowest to a highest in equal steps."""

    lowest_db: Decibels
    highest_db: Decibels
    step_db: NotNegative

    def __post_init__(self) -> None:
        check_fields(self)
        if self.highest_db < self.lowest_db:
            raise ValueError(
                f"SweepDb.highest_db must be at least lowest_db {self.lowest_db:g}, "
                f"got {self.highest_db:g}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanDesign:
    """The figures by which amplifiers are placed and set."""

    is_power_mode: bool
    """Whether amplifiers keep a launch power; else they keep a gain."""
    launch_offset: SweepDb | None
    """How far the launch power may leave the reference, by span loss; ``None`` keeps it."""
    raman_loss_db_per_km_max: NotNegative
    """Fibre with more loss gets no Raman amplifier."""
    extended_gain_db: LossDb
    """How far the gain may exceed the highest flat one."""
    length_km_max: Annotated[float, Bounds(at_least=1.0, at_most=1_000.0)]
    """Longer fibre is cut by amplifiers in equal parts."""
    loss_db_max: LossDb | None
    padding_db: AttenuatorDb
    """An amplifier's input sees at least this loss."""
    end_of_life_db: LossDb
    """Repairs to come; added to the output connector."""
    connector_in_db: LossDb
    connector_out_db: LossDb
    reference_loss_db: LossDb
    """Span loss at which the launch power is the reference."""
    power_slope: Annotated[float, Bounds(at_least=-10.0, at_most=10.0)]
    """dB of launch power for each dB of span loss beyond the reference."""
    voa_margin_db: LossDb
    voa_step_db: LossDb

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectrumInformation:
    """The comb a network is designed for, and what its transceivers give."""

    band: FrequencyBand
    symbol_rate_gbaud: SymbolRateGbaud
    spacing_ghz: SpacingGhz
    power_dbm: Annotated[float, Bounds(at_least=-60.0, at_most=30.0)]
    """Launch power of a channel into a span."""
    power_sweep: SweepDb
    roll_off: RollOff
    tx_osnr_db: TransmitterOsnrDb
    """In 0.1 nm."""
    system_margin_db: Annotated[float, Bounds(at_least=-30.0, at_most=30.0)]
    tx_power_dbm: Decibels | None = None
    """Power of a channel out of its transceiver; ``None`` is ``power_dbm``."""
    counts_channels_of_band: bool = False
    """Whether the design counts the channels of this comb also where a request states its own."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.symbol_rate_gbaud > self.spacing_ghz:
            raise ValueError(
                f"SpectrumInformation.symbol_rate_gbaud must be at most spacing_ghz "
                f"{self.spacing_ghz:g}, got {self.symbol_rate_gbaud:g}"
            )
        if self.band.lower_thz >= self.band.upper_thz:
            raise ValueError("SpectrumInformation.band must be wider than nothing")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotonicLibrary:
    """Every type a photonic network may name; its mappings refuse to be written."""

    fibre_types: Mapping[FibreTypeId, FibreType]
    raman_fibre_types: Mapping[FibreTypeId, FibreType]
    """Types of fibre that carry Raman pumps."""
    amplifier_types: Mapping[AmplifierTypeId, AmplifierType]
    multiband_amplifier_types: Mapping[AmplifierTypeId, MultibandAmplifierType]
    roadm_types: Mapping[RoadmTypeId, RoadmType]
    transceiver_types: Mapping[TransceiverTypeId, TransceiverType]
    spans: Mapping[str, SpanDesign]
    """By name; ``default`` counts where nothing else is asked for."""
    spectra: Mapping[str, SpectrumInformation]
    """By name; ``default`` counts where nothing else is asked for."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, MappingProxyType(dict(getattr(self, field.name))))
