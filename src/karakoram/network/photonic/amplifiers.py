"""Which amplifiers can a line be built of, and how does each make noise?"""

from dataclasses import dataclass
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, check_fields
from karakoram.core.identifiers import AmplifierTypeId
from karakoram.network.photonic.spectral import FrequencyBand, LossDb, PmdPs

NoiseFigureDb = Annotated[float, Bounds(at_least=-20.0, at_most=60.0)]
"""Below 0 dB only as the effective figure of distributed Raman gain."""
GainDb = Annotated[float, Bounds(at_least=-10.0, at_most=80.0)]

POLYNOMIAL_COEFFICIENTS_MAX = 20
"""Published ones are cubic; a longer list is a table in the wrong place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedNoise:
    """The same noise figure at every gain."""

    noise_figure_db: NoiseFigureDb

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCoilNoise:
    """Two coils with a variable attenuator between: noise falls as the gain rises."""

    noise_figure_db_min: NoiseFigureDb
    """At the highest flat gain."""
    noise_figure_db_max: NoiseFigureDb
    """At the lowest gain."""

    def __post_init__(self) -> None:
        check_fields(self)
        if self.noise_figure_db_max < self.noise_figure_db_min:
            raise ValueError(
                f"TwoCoilNoise.noise_figure_db_max must be at least noise_figure_db_min "
                f"{self.noise_figure_db_min:g}, got {self.noise_figure_db_max:g}"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class PolynomialNoise:
    """The noise figure as a polynomial of how far the gain lies below the highest flat one [dB]."""

    coefficients: tuple[float, ...]
    """Highest power first."""

    def __post_init__(self) -> None:
        _check_polynomial(self, self.coefficients)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoadmLineNoise:
    """OpenROADM in-line amplifier: a polynomial of the input power of a 50 GHz slot [dBm]."""

    coefficients: tuple[float, ...]
    """Highest power first; gives the OSNR mask [dB]."""

    def __post_init__(self) -> None:
        _check_polynomial(self, self.coefficients)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoadmPreamplifierNoise:
    """OpenROADM multi-wavelength preamplifier: the mask of the specification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoadmBoosterNoise:
    """OpenROADM multi-wavelength booster: adds no noise of its own to the mask."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DualStageNoise:
    """Two amplifiers in a row in one housing; their noise adds by Friis' formula."""

    preamplifier_type_id: AmplifierTypeId
    booster_type_id: AmplifierTypeId


NoiseModel = (
    FixedNoise
    | TwoCoilNoise
    | PolynomialNoise
    | OpenRoadmLineNoise
    | OpenRoadmPreamplifierNoise
    | OpenRoadmBoosterNoise
    | DualStageNoise
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AmplifierType:
    """An amplifier of one band as its maker describes it."""

    amplifier_type_id: AmplifierTypeId
    noise: NoiseModel
    band: FrequencyBand
    gain_flatmax_db: GainDb
    """Highest gain at which the profile is flat."""
    gain_min_db: GainDb
    output_power_dbm_max: Decibels
    """Total power of all channels."""
    gain_ripple_db: tuple[float, ...] = ()
    """Evenly over the band; empty when flat."""
    noise_figure_ripple_db: tuple[float, ...] = ()
    """Evenly over the band; empty when flat."""
    dynamic_gain_tilt: tuple[float, ...] = ()
    """Normalised gain change evenly over the band; empty when its maker states none."""
    tilt_ripple_db: tuple[float, ...] = ()
    """Evenly over the band; empty when none."""
    ripple_frequencies_thz: tuple[float, ...] = ()
    """Where the ripples hold, if not evenly over the band."""
    pmd_ps: PmdPs = 0.0
    pdl_db: LossDb = 0.0
    is_raman: bool = False
    optimises_output_voa: bool = False
    """Whether the design may set its output attenuator."""
    is_allowed_for_design: bool = False

    def __post_init__(self) -> None:
        check_fields(self)
        if self.gain_flatmax_db < self.gain_min_db:
            raise ValueError(
                f"AmplifierType.gain_flatmax_db must be at least gain_min_db "
                f"{self.gain_min_db:g}, got {self.gain_flatmax_db:g}"
            )
        if not self.band.lower_thz < self.band.upper_thz:
            raise ValueError("AmplifierType.band must be wider than nothing")
        sizes = {
            len(ripple)
            for ripple in (
                self.gain_ripple_db,
                self.noise_figure_ripple_db,
                self.tilt_ripple_db,
                self.ripple_frequencies_thz,
            )
            if ripple
        }
        if len(sizes) > 1:
            raise ValueError(
                f"AmplifierType: all ripples must have one size, got {sorted(sizes)} values"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class MultibandAmplifierType:
    """One amplifier for each band, side by side in one housing."""

    amplifier_type_id: AmplifierTypeId
    member_type_ids: tuple[AmplifierTypeId, ...]
    """Which single-band types may stand in it; several of one band are alternatives."""
    is_allowed_for_design: bool = False

    def __post_init__(self) -> None:
        if not self.member_type_ids:
            raise ValueError("MultibandAmplifierType.member_type_ids must name at least one type")


def _check_polynomial(record: object, coefficients: tuple[float, ...]) -> None:
    if not 1 <= len(coefficients) <= POLYNOMIAL_COEFFICIENTS_MAX:
        raise ValueError(
            f"{type(record).__name__}.coefficients must be 1 to {POLYNOMIAL_COEFFICIENTS_MAX} "
            f"numbers, highest power first, got {len(coefficients)}"
        )
