"""How are bands and figures that depend on frequency written down?"""

from dataclasses import dataclass
from typing import Annotated, NewType

from karakoram.core.fields import Bounds, Positive, check_fields

ElementId = NewType("ElementId", str)
"""Names one element of a photonic network; two directions of a line are two elements."""
TransceiverTypeId = NewType("TransceiverTypeId", str)

_OPTICAL = Bounds(at_least=150.0, at_most=300.0)
_OFFSET = Bounds(at_least=0.0, at_most=60.0)
"""Silica scatters light by up to some 42 THz."""
_GAIN = Bounds(at_least=-20.0, at_most=20.0)
"""Silica gives at most some 0.5 1/(W km), germania ten times as much."""

OpticalThz = Annotated[float, _OPTICAL]
"""Silica fibre carries light from 150 to 300 THz; a figure outside has another unit."""
SpacingGhz = Annotated[float, Bounds(at_least=1.0, at_most=5_000.0)]
SymbolRateGbaud = Annotated[float, Bounds(at_least=0.1, at_most=1_000.0)]
LossDb = Annotated[float, Bounds(at_least=0.0, at_most=100.0)]
AttenuatorDb = Annotated[float, Bounds(at_least=0.0, at_most=40.0)]
"""What attenuators are made for; more than that is another unit, or no light."""
PmdPs = Annotated[float, Bounds(at_least=0.0, at_most=1_000.0)]
RoadmOsnrDb = Annotated[float, Bounds(at_least=10.0, at_most=100.0)]
"""In 0.1 nm; below 10 dB nothing is left to route, 100 dB means no noise."""
ChannelPowerMw = Annotated[float, Bounds(at_least=1e-6, at_most=500.0)]
"""Power of one channel; 500 mW (27 dBm) is more than any transceiver or amplifier gives it, and
a nanowatt (-60 dBm) less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrequencyBand:
    """The optical frequencies from a lower to an upper edge."""

    lower_thz: OpticalThz
    upper_thz: OpticalThz

    def __post_init__(self) -> None:
        check_fields(self)
        if self.upper_thz < self.lower_thz:
            raise ValueError(
                f"FrequencyBand.upper_thz must not be below lower_thz {self.lower_thz:g}, "
                f"got {self.upper_thz:g}"
            )

    @property
    def centre_thz(self) -> float:
        """Middle of the band [THz]."""
        return (self.lower_thz + self.upper_thz) / 2.0

    def overlaps(self, other: "FrequencyBand") -> bool:
        """Whether the two have some frequency in common, an edge included."""
        return self.lower_thz <= other.upper_thz and other.lower_thz <= self.upper_thz


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectralProfile:
    """Values at rising frequencies; the field that holds the profile names their unit."""

    frequencies_thz: tuple[float, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.frequencies_thz) != len(self.values) or not self.values:
            raise ValueError(
                f"SpectralProfile.values must be as many as frequencies_thz and at least one, got "
                f"{len(self.values)} values for {len(self.frequencies_thz)} frequencies"
            )
        if any(
            a >= b for a, b in zip(self.frequencies_thz, self.frequencies_thz[1:], strict=False)
        ):
            raise ValueError("SpectralProfile.frequencies_thz must rise from one to the next")
        _check_all("SpectralProfile.frequencies_thz", self.frequencies_thz, bounds=_OPTICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class RamanGainProfile:
    """Measured Raman gain of a fibre by how far the signal lies below the pump."""

    reference_frequency_thz: OpticalThz
    """Frequency of the pump that the gain was measured with."""
    frequency_offsets_thz: tuple[float, ...]
    gains_per_w_km: tuple[float, ...]

    def __post_init__(self) -> None:
        check_fields(self)
        if len(self.gains_per_w_km) != len(self.frequency_offsets_thz) or not self.gains_per_w_km:
            raise ValueError(
                f"RamanGainProfile.gains_per_w_km must be as many as frequency_offsets_thz and at "
                f"least one, got {len(self.gains_per_w_km)} for {len(self.frequency_offsets_thz)}"
            )
        name = "RamanGainProfile.frequency_offsets_thz"
        _check_all(name, self.frequency_offsets_thz, bounds=_OFFSET)
        _check_all("RamanGainProfile.gains_per_w_km", self.gains_per_w_km, bounds=_GAIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignBand:
    """A band that a line is to be designed for, and how densely it will be lit."""

    band: FrequencyBand
    spacing_ghz: SpacingGhz | None = None
    channels: Annotated[int, Bounds(at_least=1.0, at_most=10_000.0)] | None = None

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPowerTarget:
    """Every channel leaves with the same power."""

    power_dbm: Annotated[float, Bounds(at_least=-60.0, at_most=30.0)]

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SymbolDensityTarget:
    """Every channel leaves with the same power in each GHz of its symbol rate."""

    density_mw_per_ghz: Positive

    def __post_init__(self) -> None:
        check_fields(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotDensityTarget:
    """Every channel leaves with the same power in each GHz of its slot."""

    density_mw_per_ghz: Positive

    def __post_init__(self) -> None:
        check_fields(self)


PowerTarget = ChannelPowerTarget | SymbolDensityTarget | SlotDensityTarget
"""To what a ROADM levels the channels of a degree."""


def _check_all(name: str, values: tuple[float, ...], *, bounds: Bounds) -> None:
    """Refuse values out of bounds.

    Raises
    ------
    ValueError
        Naming the first of them, and what would be right.
    """
    breach = next(filter(None, map(bounds.breach, values)), None)
    if breach is not None:
        raise ValueError(f"{name} {breach}; check the unit")
