"""What do many amplifiers, each at its own setting, do to their channels and the noise in them?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplifier_types import ChannelColumns, PreparedAmplifiers
from karakoram.engines.optics.gain_shape import shaped_gain
from karakoram.engines.optics.shares import NoiseShares


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifierSettings:
    """A row of amplifiers: what each is, and what it is set to."""

    kind: Int[np.ndarray, " row"]
    """Which type of the library each one is."""
    gain: Float[np.ndarray, " row"]
    """Set gain [1], between the attenuators; saturation may allow less."""
    tilt: Float[np.ndarray, " row"]
    """Gain at the lower over gain at the upper edge of the band [1]; 1 is flat."""
    input_loss: Float[np.ndarray, " row"]
    """Attenuator before the amplifier: input over output power [1], >= 1."""
    output_loss: Float[np.ndarray, " row"]
    """Attenuator after the amplifier: input over output power [1], >= 1."""

    def __post_init__(self) -> None:
        kind = np.array(self.kind, dtype=np.int64)
        kind.flags.writeable = False
        object.__setattr__(self, "kind", kind)
        for name in ("gain", "tilt", "input_loss", "output_loss"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == kind.shape, f"{name} has another shape"
        assert (kind >= 0).all()
        assert (self.gain > 0.0).all()
        assert (self.tilt > 0.0).all()
        assert (self.input_loss >= 1.0).all()
        assert (self.output_loss >= 1.0).all()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Amplification:
    """Everything an amplifier does to its channels, for those who want to see it."""

    power_w: Float[np.ndarray, "row channel"]
    """Total channel power after the output attenuator."""
    shares: NoiseShares
    effective_gain: Float[np.ndarray, " row"]
    """min(set gain, largest output power / input power) [1]."""
    channel_gain: Float[np.ndarray, "row channel"]
    """Gain of each channel between the attenuators [1]."""
    noise_factor: Float[np.ndarray, "row channel"]

    def __post_init__(self) -> None:
        for name in ("power_w", "effective_gain", "channel_gain", "noise_factor"):
            object.__setattr__(self, name, read_only(getattr(self, name)))


def amplification(
    power_w: Float[np.ndarray, "row channel"],
    shares: NoiseShares,
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
) -> Amplification:
    """Power, noise and gains after each amplifier of a row.

    Order of effects: input attenuator; saturation by the total power that then enters; noise
    factor at that gain and power; amplified spontaneous emission F h f R at the input; gain of
    each channel; output attenuator. ASE outside the signal bandwidths loads nothing.

    Parameters
    ----------
    power_w
        Total channel power before the input attenuator [W].
    shares
        What of it is signal and noise, axes [row, channel].
    amplifiers
        Library at the comb in hand.
    settings
        One amplifier per row.
    """
    kind = settings.kind
    entering_w = power_w / settings.input_loss[:, None]
    total_w = entering_w.sum(axis=1)
    gain = np.minimum(settings.gain, amplifiers.output_power_max_w[kind] / total_w)
    factor = amplifiers.noise_factor(kind=kind, gain=gain, input_power_w=total_w)
    ase_w = factor * amplifiers.quantum_noise_w
    noisy_w = entering_w + ase_w
    channel_gain = _channel_gain(entering_w, gain, amplifiers=amplifiers, settings=settings)
    return Amplification(
        power_w=noisy_w * channel_gain / settings.output_loss[:, None],
        shares=shares.with_ase(ase_w / noisy_w),
        effective_gain=gain,
        channel_gain=channel_gain,
        noise_factor=factor,
    )


def amplified(
    power_w: Float[np.ndarray, "row channel"],
    shares: NoiseShares,
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
) -> tuple[Float[np.ndarray, "row channel"], NoiseShares]:
    """Total channel power [W] and shares after each amplifier of a row; see amplification."""
    after = amplification(power_w, shares, amplifiers=amplifiers, settings=settings)
    return after.power_w, after.shares


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BandAmplifiers:
    """The amplifiers of one band of a row of multi-band amplifiers."""

    channels: slice
    """Which channels of the comb the band has."""
    amplifiers: PreparedAmplifiers
    """Library at those channels only."""
    settings: AmplifierSettings


def band_channels(channels: ChannelColumns, *, f_min_hz: float, f_max_hz: float) -> slice:
    """The channels whose whole slot lies in a band; they stand next to each other."""
    inside = np.flatnonzero(channels.within(f_min_hz, f_max_hz))
    if inside.size == 0:
        return slice(0, 0)
    return slice(int(inside[0]), int(inside[-1]) + 1)


def amplified_in_bands(
    power_w: Float[np.ndarray, "row channel"],
    shares: NoiseShares,
    *,
    bands: Sequence[BandAmplifiers],
) -> tuple[Float[np.ndarray, "row channel"], NoiseShares]:
    """Total channel power [W] and shares after multi-band amplifiers: one amplifier per band.

    Each band saturates, tilts and makes noise on its own.

    Raises
    ------
    ValueError
        Where a channel is in no band, or in two.
    """
    times = np.zeros(power_w.shape[1], dtype=np.int64)
    for band in bands:
        times[band.channels] += 1
    if (times != 1).any():
        channel = int(np.flatnonzero(times != 1)[0])
        raise ValueError(f"channel {channel} is in {times[channel]} bands; it must be in one")
    after_w = np.empty_like(power_w)
    after = {name: np.empty_like(power_w) for name in ("signal", "ase", "nli")}
    for band in bands:
        part = (slice(None), band.channels)
        entering = NoiseShares(**{name: getattr(shares, name)[part] for name in after})
        after_w[part], leaving = amplified(
            power_w[part], entering, amplifiers=band.amplifiers, settings=band.settings
        )
        for name, column in after.items():
            column[part] = getattr(leaving, name)
    return after_w, NoiseShares(**after)


def _channel_gain(
    entering_w: Float[np.ndarray, "row channel"],
    gain: Float[np.ndarray, " row"],
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
) -> Float[np.ndarray, "row channel"]:
    flat = np.tile(gain[:, None], (1, entering_w.shape[1]))
    rows = np.flatnonzero(~amplifiers.is_flat[settings.kind])
    if rows.size == 0:
        return flat
    flat[rows] = shaped_gain(
        shape=amplifiers.shape_of(settings.kind[rows]),
        input_power_w=entering_w[rows],
        gain=gain[rows],
        tilt=settings.tilt[rows],
    )
    return flat
