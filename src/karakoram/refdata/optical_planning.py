"""Which bands can a line be built for, and how far may its figures be from the plan?"""

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Annotated

from karakoram.core.fields import Bounds, Decibels, Finite, NotNegative, check_fields
from karakoram.core.provenance import Provenance
from karakoram.refdata.packaged import packaged_folder, read_packaged

_LIBRARY = "library"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpticalBand:
    """A part of the spectrum with amplifiers of its own, in lines of more than one band."""

    optical_band_id: str
    """``C`` or ``L``."""
    name: str
    lower_thz: Annotated[float, Bounds(at_least=150.0, at_most=300.0)]
    upper_thz: Annotated[float, Bounds(at_least=150.0, at_most=300.0)]
    noise_figure_extra_db: Decibels
    """Above the noise figure of the amplifier that stands at a place for one band."""
    output_power_dbm_max: Decibels
    restores_profile: bool
    """Whether the amplifiers of the band bring every channel back to its launch power."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)
        if self.upper_thz <= self.lower_thz:
            raise ValueError(
                f"OpticalBand.upper_thz must be above lower_thz {self.lower_thz:g}, "
                f"got {self.upper_thz:g}"
            )


class UncertainFigure(Enum):
    """Which figure of a line is uncertain."""

    FIBRE_LOSS = "fibre_loss"
    """Attenuation of the fibre in dB/km."""
    CONNECTOR_LOSS = "connector_loss"
    """Loss of each connector in dB."""
    ADDED_LOSS = "added_loss"
    """Loss that comes to each section over the years, in dB."""
    NOISE_FIGURE = "noise_figure"
    """Of each amplifier in dB."""
    RECEIVED_SNR = "received_snr"
    """What a transceiver lacks of its figure, in dB."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpticalUncertainty:
    """How one kind of figure is spread around the plan, normally and apart from the others."""

    optical_uncertainty_id: str
    name: str
    figure: UncertainFigure
    shift: Finite
    """Mean of the difference from plan, in the unit of the figure; > 0 is worse."""
    own_spread: NotNegative
    """Standard deviation of each piece's own difference."""
    common_spread: NotNegative
    """Standard deviation of the difference that all pieces of a line share."""
    provenance: Provenance

    def __post_init__(self) -> None:
        check_fields(self)


@cache
def read_optical_bands() -> tuple[OpticalBand, ...]:
    """The bands of a line of two bands, the C band first.

    >>> [band.optical_band_id for band in read_optical_bands()]
    ['C', 'L']
    """
    return read_packaged(packaged_folder(_LIBRARY), "optical_bands", record_type=OpticalBand)


@cache
def read_optical_uncertainties() -> tuple[OpticalUncertainty, ...]:
    """What is known of how far losses, noise figures and transceivers are from the plan."""
    return read_packaged(
        packaged_folder(_LIBRARY), "optical_uncertainties", record_type=OpticalUncertainty
    )
