"""What does an optical amplifier do to power, and how much noise does it add?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Bool, Float

from karakoram.core.arrays import read_only
from karakoram.core.units import PLANCK_J_S


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AmplifierColumns:
    """The amplifiers of a batch of lines: column 0 is the booster, column k follows section k.

    The amplifier after a line's last section is its preamplifier; later columns are padding
    and are never read.
    """

    gain: Float[np.ndarray, "line amplifier"]
    """Set gain [1]; the amplifier gives less where its output power is at its maximum."""
    noise_factor: Float[np.ndarray, "line amplifier"]
    """Noise factor [1], the linear form of the noise figure."""
    output_power_max_w: Float[np.ndarray, "line amplifier"]
    """Largest total output power [W]."""
    restores_profile: Bool[np.ndarray, "line amplifier"]
    """Whether filters in the amplifier bring every channel back to its launch power."""

    def __post_init__(self) -> None:
        for name in ("gain", "noise_factor", "output_power_max_w"):
            object.__setattr__(self, name, read_only(getattr(self, name)))
            assert getattr(self, name).shape == self.gain.shape, f"{name} has another shape"
        flags = np.array(self.restores_profile, dtype=np.bool_)
        flags.flags.writeable = False
        object.__setattr__(self, "restores_profile", flags)
        assert flags.shape == self.gain.shape
        assert (self.gain > 0.0).all()
        assert (self.noise_factor >= 0.0).all()
        assert (self.output_power_max_w > 0.0).all()


def amplifier_gain(
    *,
    input_power_w: Float[np.ndarray, "row channel"],
    set_gain: Float[np.ndarray, " #row"],
    output_power_max_w: Float[np.ndarray, " #row"],
) -> Float[np.ndarray, " row"]:
    """Gain that an amplifier really gives [1]: the set gain, or what its maximum power allows.

    The pumps bound the total output power, so G = min(G_set, P_max / P_in) with P_in the total
    input power. The noise that the amplifier itself adds is left out of P_in.

    Parameters
    ----------
    input_power_w
        Total power of each channel at the amplifier's input [W], shape (row, channel).
    set_gain
        Gain that the amplifier is set to [1], shape (row,).
    output_power_max_w
        Largest total output power [W], shape (row,).

    Returns
    -------
    Gain of each row, the same for all its channels [1], shape (row,).

    References
    ----------
    .. [1] GNPy 3.0.1, which bounds the gain of an amplifier in the same way.
    """
    return np.asarray(np.minimum(set_gain, output_power_max_w / input_power_w.sum(axis=-1)))


def photon_noise_w(
    *, frequency_hz: Float[np.ndarray, " channel"], symbol_rate_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, " channel"]:
    """What an amplifier of noise factor 1 adds at its input [W]: h f R; times F is its ASE.

    Both polarisations, in the signal bandwidth. F includes the shot-noise term.

    Parameters
    ----------
    frequency_hz
        Channel central frequencies f [Hz], shape (channel,).
    symbol_rate_hz
        Symbol rates R [Hz], shape (channel,).

    Returns
    -------
    Noise power in each channel [W], shape (channel,).

    References
    ----------
    .. [1] E. Desurvire, *Erbium-Doped Fiber Amplifiers*, Wiley, 1994, chapter 2; the shot-noise
       term as in GNPy 3.0.1.
    """
    return np.asarray(PLANCK_J_S * frequency_hz * symbol_rate_hz)
