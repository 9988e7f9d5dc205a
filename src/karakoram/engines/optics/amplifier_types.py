"""What can each type of amplifier do, and what does that mean at the channels in hand?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float, Int

from karakoram.core.arrays import read_only
from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.gain_shape import GainShape, tilt_response_span
from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ChannelColumns:
    """Where the lit channels are and how wide, in ascending order of frequency."""

    frequency_hz: Float[np.ndarray, " channel"]
    symbol_rate_hz: Float[np.ndarray, " channel"]
    slot_width_hz: Float[np.ndarray, " channel"]

    def __post_init__(self) -> None:
        for name in ("frequency_hz", "symbol_rate_hz", "slot_width_hz"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.frequency_hz.shape
        assert (np.diff(self.frequency_hz) > 0.0).all(), "channels must ascend"
        assert (self.symbol_rate_hz > 0.0).all()
        assert (self.slot_width_hz >= self.symbol_rate_hz).all()

    @property
    def quantum_noise_w(self) -> Float[np.ndarray, " channel"]:
        """Noise of one photon per symbol: h f R [W]."""
        return np.asarray(PLANCK_J_S * self.frequency_hz * self.symbol_rate_hz)

    def within(self, f_min_hz: float, f_max_hz: float) -> Bool[np.ndarray, " channel"]:
        """Whether the whole slot of each channel lies in a band."""
        half_hz = self.slot_width_hz / 2.0
        inside = (self.frequency_hz - half_hz >= f_min_hz) & (
            self.frequency_hz + half_hz <= f_max_hz
        )
        return np.asarray(inside)

    def part(self, channels: slice) -> "ChannelColumns":
        """Some of the channels."""
        return ChannelColumns(
            frequency_hz=self.frequency_hz[channels],
            symbol_rate_hz=self.symbol_rate_hz[channels],
            slot_width_hz=self.slot_width_hz[channels],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifierType:
    """One entry of an equipment library, in linear units.

    Curves are samples at equal steps of frequency from the lower to the upper edge of the
    band, each with its own number of samples, between which dB are interpolated.
    """

    noise: NoiseFigureModel
    output_power_max_w: float
    """Largest total output power, before the output attenuator."""
    f_min_hz: float
    f_max_hz: float
    """Edges of the band it amplifies."""
    tilt_response: Float[np.ndarray, " sample"]
    """Dynamic gain tilt [1], > 0; all ones for an amplifier that cannot tilt."""
    ripple: Float[np.ndarray, " ripple_sample"]
    """Gain over flat gain [1]."""
    noise_ripple: Float[np.ndarray, " noise_sample"]
    """Noise factor over that of the model [1]."""
    pmd_s: float = 0.0
    """Mean differential group delay; elements add in quadrature."""
    pdl_db: float = 0.0
    """Polarisation-dependent loss; elements add in quadrature of dB."""

    def __post_init__(self) -> None:
        for name in ("tilt_response", "ripple", "noise_ripple"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).size > 0, f"{name} has no samples"
            assert (getattr(self, name) > 0.0).all(), f"{name} must be positive"
        assert self.output_power_max_w > 0.0
        assert 0.0 < self.f_min_hz < self.f_max_hz
        assert self.pmd_s >= 0.0
        assert self.pdl_db >= 0.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PreparedAmplifiers:
    """All that can be known of a library and a comb before any power is: computed once."""

    channels: ChannelColumns
    models: tuple[NoiseFigureModel, ...]
    output_power_max_w: Float[np.ndarray, " type"]
    shape: GainShape
    """Gain shapes with axes [type, channel]."""
    noise_ripple: Float[np.ndarray, "type channel"]
    is_flat: Bool[np.ndarray, " type"]
    """Whether every channel has the same gain, whatever the power and the tilt."""
    quantum_noise_w: Float[np.ndarray, " channel"]
    slot_width_total_hz: float

    def noise_factor(
        self,
        *,
        kind: Int[np.ndarray, " row"],
        gain: Float[np.ndarray, " row"],
        input_power_w: Float[np.ndarray, " row"],
    ) -> Float[np.ndarray, "row channel"]:
        """Noise factor of every amplifier at every channel [1], ripple included."""
        if len(self.models) == 1:
            factor = self._factor(0, gain, input_power_w)
        else:
            factor = np.empty_like(gain)
            for one in set(kind.tolist()):
                rows = kind == one
                factor[rows] = self._factor(one, gain[rows], input_power_w[rows])
        return np.asarray(factor[:, None] * self.noise_ripple[kind])

    def _factor(
        self,
        one: int,
        gain: Float[np.ndarray, " some"],
        input_power_w: Float[np.ndarray, " some"],
    ) -> Float[np.ndarray, " some"]:
        point = OperatingPoint(
            gain=gain,
            input_power_w=input_power_w,
            slot_width_total_hz=self.slot_width_total_hz,
        )
        return self.models[one].noise_factor(point)

    def shape_of(self, kind: Int[np.ndarray, " row"]) -> GainShape:
        """Gain shapes of rows of amplifiers, axes [row, channel]."""
        if len(self.models) == 1:
            return self.shape
        return GainShape(
            tilt_response=self.shape.tilt_response[kind],
            tilt_response_span=self.shape.tilt_response_span[kind],
            log_ripple=self.shape.log_ripple[kind],
        )


def prepared_amplifiers(
    types: Sequence[AmplifierType], channels: ChannelColumns
) -> PreparedAmplifiers:
    """The library at the channels of one comb.

    Raises
    ------
    ValueError
        Where a type does not pass every channel: the comb must be cut to the band first.
    """
    assert types, "a library has at least one type"
    for number, kind in enumerate(types):
        passed = channels.within(kind.f_min_hz, kind.f_max_hz)
        if not passed.all():
            outside_thz = channels.frequency_hz[~passed][0] / 1e12
            raise ValueError(
                f"amplifier type {number} passes {kind.f_min_hz / 1e12:.4f} to "
                f"{kind.f_max_hz / 1e12:.4f} THz; the slot at {outside_thz:.4f} THz is not inside"
            )
    response = np.stack([_at(channels, kind, kind.tilt_response) for kind in types])
    ripple = np.stack([_at(channels, kind, np.log(kind.ripple)) for kind in types])
    noise_ripple = np.stack([_at(channels, kind, np.log(kind.noise_ripple)) for kind in types])
    return PreparedAmplifiers(
        channels=channels,
        models=tuple(kind.noise for kind in types),
        output_power_max_w=np.array([kind.output_power_max_w for kind in types]),
        shape=GainShape(
            tilt_response=response,
            tilt_response_span=tilt_response_span(
                tilt_response=response,
                frequency_hz=channels.frequency_hz,
                band_width_hz=np.array([kind.f_max_hz - kind.f_min_hz for kind in types]),
            ),
            log_ripple=ripple,
        ),
        noise_ripple=np.exp(noise_ripple),
        is_flat=(np.ptp(response, axis=1) == 0.0) & (np.ptp(ripple, axis=1) == 0.0),
        quantum_noise_w=channels.quantum_noise_w,
        slot_width_total_hz=float(channels.slot_width_hz.sum()),
    )


def _at(
    channels: ChannelColumns, kind: AmplifierType, samples: Float[np.ndarray, " sample"]
) -> Float[np.ndarray, " channel"]:
    grid_hz = np.linspace(kind.f_min_hz, kind.f_max_hz, samples.size)
    return np.asarray(np.interp(channels.frequency_hz, grid_hz, samples))
