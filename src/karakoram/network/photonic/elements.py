"""What does light pass one after the other? Frozen records; a record checks only itself.

A field that is ``None`` is not stated for the element: its type or the design figures say it.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Annotated

from karakoram.core.fields import (
    Bounds,
    Decibels,
    Latitude,
    Longitude,
    bounds_by_field,
    check_fields,
)
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId, RoadmTypeId
from karakoram.network.photonic.equipment import (
    DispersionPsPerNmKm,
    EffectiveAreaUm2,
    GammaPerWKm,
    PmdPsPerSqrtKm,
)
from karakoram.network.photonic.spectral import (
    AttenuatorDb,
    DesignBand,
    ElementId,
    LossDb,
    OpticalThz,
    PmdPs,
    PowerTarget,
    RamanGainProfile,
    RoadmOsnrDb,
    SpectralProfile,
    TransceiverTypeId,
)

FibreKm = Annotated[float, Bounds(at_least=0.001, at_most=20_000.0)]
"""From a patch cord of 1 m to half the equator."""
LossDbPerKm = Annotated[float, Bounds(at_least=0.01, at_most=10.0)]
"""The best fibre ever drawn has 0.14 dB/km; far less or more has another unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """Where an element stands; for drawing only, light does not ask."""

    city: str = ""
    region: str = ""
    latitude_deg: Latitude | None = None
    longitude_deg: Longitude | None = None

    def __post_init__(self) -> None:
        check_fields(self)


NOWHERE = Location()
"""Of an element that states no place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LumpedLoss:
    """Loss in one point of a fibre, e.g. a bad splice."""

    position_km: Annotated[float, Bounds(above=0.0, at_most=20_000.0)]
    """From the input."""
    loss_db: LossDb

    def __post_init__(self) -> None:
        check_fields(self)


class PumpDirection(Enum):
    """Which way Raman pump light runs."""

    WITH_SIGNAL = "co"
    AGAINST_SIGNAL = "counter"


@dataclass(frozen=True, slots=True, kw_only=True)
class RamanPump:
    """Pump light at one end of a fibre."""

    power_mw: Annotated[float, Bounds(at_least=0.0, at_most=10_000.0)]
    """Before the connector at its end of the fibre."""
    frequency_thz: OpticalThz
    direction: PumpDirection

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class RamanPumping:
    """What makes a fibre amplify."""

    pumps: tuple[RamanPump, ...]
    temperature_k: Annotated[float, Bounds(at_least=150.0, at_most=400.0)]

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fibre:
    """One fibre, in the one direction in which light runs."""

    element_id: ElementId
    location: Location = NOWHERE
    fibre_type_id: FibreTypeId
    length_km: FibreKm
    loss_db_per_km: LossDbPerKm | SpectralProfile
    """One figure for all frequencies, or a profile."""
    connector_in_db: LossDb | None = None
    connector_out_db: LossDb | None = None
    padding_db: AttenuatorDb = 0.0
    """Attenuator before the input connector."""
    lumped_losses: tuple[LumpedLoss, ...] = ()
    pmd_ps_per_sqrt_km: PmdPsPerSqrtKm | None = None
    dispersion_ps_per_nm_km: DispersionPsPerNmKm | SpectralProfile | None = None
    dispersion_slope_ps_per_nm2_km: (
        Annotated[float, Bounds(at_least=-10.0, at_most=10.0)] | None
    ) = None
    reference_frequency_thz: OpticalThz | None = None
    """Where dispersion, slope, area and gamma hold; ``None`` is that of the type."""
    effective_area_um2: EffectiveAreaUm2 | None = None
    gamma_per_w_km: GammaPerWKm | None = None
    raman_gain: RamanGainProfile | None = None
    raman_pumping: RamanPumping | None = None
    """``None`` without pumps; with them the type is one of ``raman_fibre_types``."""

    def __post_init__(self) -> None:
        _check_scalar_fields(self)
        beyond = [
            lumped.position_km
            for lumped in self.lumped_losses
            if lumped.position_km >= self.length_km
        ]
        if beyond:
            raise ValueError(
                f"Fibre.lumped_losses must lie within the fibre of {self.length_km:g} km, "
                f"got one at {beyond[0]:g} km"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierSettings:
    """To what an amplifier is set; what is ``None`` the design sets."""

    gain_db: Decibels | None = None
    """Before the output attenuator."""
    launch_offset_db: Decibels | None = None
    """Output power of a channel above the reference."""
    tilt_db: Annotated[float, Bounds(at_least=-30.0, at_most=30.0)] | None = None
    """Gain at the longest less that at the shortest wavelength of the band."""
    output_voa_db: AttenuatorDb | None = None
    input_voa_db: AttenuatorDb = 0.0

    def __post_init__(self) -> None:
        check_fields(self)


AS_DESIGNED = AmplifierSettings()
"""Of an amplifier that states nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amplifier:
    """An amplifier of one band."""

    element_id: ElementId
    location: Location = NOWHERE
    amplifier_type_id: AmplifierTypeId | None
    """``None``: the design chooses."""
    settings: AmplifierSettings = AS_DESIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class BandAmplifier:
    """What stands in one band of a multiband amplifier."""

    amplifier_type_id: AmplifierTypeId
    settings: AmplifierSettings = AS_DESIGNED


@dataclass(frozen=True, slots=True, kw_only=True)
class MultibandAmplifier:
    """Amplifiers of several bands side by side."""

    element_id: ElementId
    location: Location = NOWHERE
    amplifier_type_id: AmplifierTypeId | None
    """A multiband type; ``None``: the design chooses."""
    bands: tuple[BandAmplifier, ...] = ()
    """Empty: the design chooses from the members of the type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DegreeTarget:
    """The power target of one degree of a ROADM, where it differs."""

    degree_id: ElementId
    """Element that follows the ROADM in this degree."""
    target: PowerTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class DegreeImpairment:
    """Which impairments of its type count between two degrees of a ROADM."""

    from_degree_id: ElementId
    """Element that stands before the ROADM."""
    to_degree_id: ElementId
    """Element that follows it."""
    impairment_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DegreeDesignBands:
    """For which bands the line of one degree is to be designed."""

    degree_id: ElementId
    bands: tuple[DesignBand, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierChoice:
    """Which amplifiers the design may put around a ROADM; empty for any."""

    preamplifier_type_ids: tuple[AmplifierTypeId, ...] | None = None
    """``None`` is that of the ROADM's type."""
    booster_type_ids: tuple[AmplifierTypeId, ...] | None = None
    """``None`` is that of the ROADM's type."""


ANY_AMPLIFIER = AmplifierChoice()
"""Of a ROADM that states no choice: that of its type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roadm:
    """A reconfigurable optical add/drop multiplexer."""

    element_id: ElementId
    location: Location = NOWHERE
    roadm_type_id: RoadmTypeId
    target: PowerTarget | None = None
    degree_targets: tuple[DegreeTarget, ...] = ()
    """At most one a degree; kept in the order of the degrees' identifiers."""
    degree_impairments: tuple[DegreeImpairment, ...] = ()
    amplifier_choice: AmplifierChoice = ANY_AMPLIFIER
    design_bands: tuple[DesignBand, ...] = ()
    degree_design_bands: tuple[DegreeDesignBands, ...] = ()
    add_drop_osnr_db: RoadmOsnrDb | None = None
    pmd_ps: PmdPs | None = None
    pdl_db: LossDb | None = None

    def __post_init__(self) -> None:
        check_fields(self)
        degrees = [target.degree_id for target in self.degree_targets]
        if len(set(degrees)) < len(degrees):
            raise ValueError("Roadm.degree_targets must name each degree at most once")
        ordered = sorted(self.degree_targets, key=lambda target: target.degree_id)
        object.__setattr__(self, "degree_targets", tuple(ordered))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fused:
    """Fibres spliced or patched together, with a loss."""

    element_id: ElementId
    location: Location = NOWHERE
    loss_db: LossDb

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transceiver:
    """Where light begins and ends."""

    element_id: ElementId
    location: Location = NOWHERE
    transceiver_type_id: TransceiverTypeId | None = None
    design_bands: tuple[DesignBand, ...] = ()
    degree_design_bands: tuple[DegreeDesignBands, ...] = ()


Element = Fibre | Amplifier | MultibandAmplifier | Roadm | Fused | Transceiver


def _check_scalar_fields(fibre: Fibre) -> None:
    """Refuse figures out of bounds; those of a profile count one by one.

    Raises
    ------
    ValueError
        Naming every field that is out of bounds.
    """
    profiled = {
        "loss_db_per_km": fibre.loss_db_per_km,
        "dispersion_ps_per_nm_km": fibre.dispersion_ps_per_nm_km,
    }
    breaches = []
    for name, bounds in bounds_by_field(Fibre).items():
        value = profiled.get(name, getattr(fibre, name))
        values = value.values if isinstance(value, SpectralProfile) else (value,)
        breaches += [
            f"Fibre.{name} {breach}"
            for figure in values
            if figure is not None and (breach := bounds.breach(float(figure))) is not None
        ]
    if breaches:
        raise ValueError("; ".join(breaches))
