"""What do many amplifiers, each at its own setting, do to their channels and the noise in them?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.amplifier_types import ChannelColumns, PreparedAmplifiers
from karakoram.engines.optics.gain_shape import shaped_gain
from karakoram.engines.optics.shares import NoiseShares

BLOCK_SIZE = 2**14
"""Channels of all rows computed at a time; larger arrays leave the cache, at thrice the cost."""


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
    parts = _blocks(power_w, amplifiers=amplifiers, settings=settings)
    ratio, after_w, gain, channel_gain, factor = (
        _joined(columns) for columns in zip(*parts, strict=True)
    )
    return Amplification(
        power_w=after_w,
        shares=shares.with_ase(ratio),
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
    """Total channel power [W] and shares after each amplifier of a row; see amplification.

    Parameters
    ----------
    power_w
        Of each channel that enters the first amplifier [W].
    shares
        Of signal and noise in it.
    amplifiers
        Their types, made ready for the comb.
    settings
        One for each row.
    """
    after_w, ratio = amplified_power_w(power_w, amplifiers=amplifiers, settings=settings)
    return after_w, shares.with_ase(ratio)


def amplified_power_w(
    power_w: Float[np.ndarray, "row channel"],
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
) -> tuple[Float[np.ndarray, "row channel"], Float[np.ndarray, "row channel"]]:
    """Total channel power [W] after each amplifier of a row, and which part of it is its ASE [1].

    As :func:`amplification`, for those who keep account of noise themselves.
    """
    parts = _blocks(power_w, amplifiers=amplifiers, settings=settings)
    return _joined([part.power_w for part in parts]), _joined([part.ase_ratio for part in parts])


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


class _Passage(NamedTuple):
    """What happened to the channels of some rows."""

    ase_ratio: Float[np.ndarray, "row channel"]
    """New ASE over total power with it."""
    power_w: Float[np.ndarray, "row channel"]
    effective_gain: Float[np.ndarray, " row"]
    channel_gain: Float[np.ndarray, "row channel"]
    noise_factor: Float[np.ndarray, "row channel"]


def _blocks(
    power_w: Float[np.ndarray, "row channel"],
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
) -> list[_Passage]:
    """All rows, a block of rows at a time so that a block stays in the cache."""
    count, channels = power_w.shape
    block = max(1, BLOCK_SIZE // channels)
    return [
        _block(power_w[rows], amplifiers=amplifiers, settings=settings, rows=rows)
        for rows in (slice(start, start + block) for start in range(0, count, block))
    ]


def _joined(parts: Sequence[Float[np.ndarray, "_ *channel"]]) -> Float[np.ndarray, "_ *channel"]:
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _block(
    power_w: Float[np.ndarray, "row channel"],
    *,
    amplifiers: PreparedAmplifiers,
    settings: AmplifierSettings,
    rows: slice,
) -> _Passage:
    kind = settings.kind[rows]
    entering_w = power_w / settings.input_loss[rows, None]
    total_w = entering_w.sum(axis=1)
    gain = np.minimum(settings.gain[rows], amplifiers.output_power_max_w[kind] / total_w)
    factor = amplifiers.noise_factor(kind=kind, gain=gain, input_power_w=total_w)
    ase_w = factor * amplifiers.quantum_noise_w
    noisy_w = entering_w + ase_w
    channel_gain = _channel_gain(
        entering_w, gain, kind=kind, amplifiers=amplifiers, tilt=settings.tilt[rows]
    )
    return _Passage(
        power_w=noisy_w * channel_gain / settings.output_loss[rows, None],
        ase_ratio=ase_w / noisy_w,
        effective_gain=gain,
        channel_gain=channel_gain,
        noise_factor=factor,
    )


def _channel_gain(
    entering_w: Float[np.ndarray, "row channel"],
    gain: Float[np.ndarray, " row"],
    *,
    kind: Int[np.ndarray, " row"],
    amplifiers: PreparedAmplifiers,
    tilt: Float[np.ndarray, " row"],
) -> Float[np.ndarray, "row channel"]:
    shaped = ~amplifiers.is_flat[kind]
    if shaped.all():
        return shaped_gain(
            shape=amplifiers.shape_of(kind), input_power_w=entering_w, gain=gain, tilt=tilt
        )
    channel_gain = np.repeat(gain[:, None], entering_w.shape[1], axis=1)
    if shaped.any():
        channel_gain[shaped] = shaped_gain(
            shape=amplifiers.shape_of(kind[shaped]),
            input_power_w=entering_w[shaped],
            gain=gain[shaped],
            tilt=tilt[shaped],
        )
    return channel_gain
