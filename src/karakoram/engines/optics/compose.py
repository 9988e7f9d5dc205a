"""What is the quality of a lightpath, given the quality of each part it runs through?"""

import numpy as np
from jaxtyping import Float

from karakoram.core.units import OSNR_BANDWIDTH_HZ


def log_noise(gsnr: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """The figure that adds over the OMSs of a path: x = ln(1 + 1/GSNR) [1].

    Every OMS starts from the same total power per channel, so the signal's share of it
    is multiplied from OMS to OMS; x is minus its logarithm. The plain sum of 1/GSNR is the
    first order of this.

    Parameters
    ----------
    gsnr
        GSNR of each part [1], > 0, infinite without noise, any shape.

    >>> log_noise(np.array([np.inf])).tolist()
    [0.0]
    """
    return np.asarray(np.log1p(1.0 / gsnr))


def gsnr_from_log_noise(noise: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """GSNR [1] from x = ln(1 + 1/GSNR), so 1 / (e^x - 1); infinite where x is 0.

    Parameters
    ----------
    noise
        x [1], >= 0, any shape.

    >>> gsnr_from_log_noise(log_noise(np.array([100.0]))).round(9).tolist()
    [100.0]
    """
    ratio = np.expm1(noise)
    infinite = np.full(noise.shape, np.inf)
    return np.asarray(np.divide(1.0, ratio, out=infinite, where=ratio > 0.0))


def composed_gsnr(gsnr: Float[np.ndarray, "oms *shape"]) -> Float[np.ndarray, "*shape"]:
    """GSNR [1] of OMSs one after another, exact where every ROADM meets its power target.

        1/GSNR = prod_i (1 + 1/GSNR_i) - 1

    Parameters
    ----------
    gsnr
        GSNR of each OMS [1], in the signal bandwidth, from noiseless start; first axis is
        the OMS, the order does not matter.

    Returns
    -------
    GSNR of the path [1], in the signal bandwidth, the shape of one OMS.

    References
    ----------
    .. [1] docs/theory/optics.md, equation 8; agreement with a run through all ROADMs of GNPy
       3.0.1 is shown in tests/against.
    """
    return gsnr_from_log_noise(np.asarray(log_noise(gsnr).sum(axis=0)))


def snr_with_terminals(
    *,
    gsnr: Float[np.ndarray, "*path channel"],
    symbol_rate_hz: Float[np.ndarray, "*#path channel"],
    terminal_osnr: Float[np.ndarray, "*path element"],
) -> Float[np.ndarray, "*path channel"]:
    """SNR at the receiver [1], in the signal bandwidth R.

        1/SNR = 1/GSNR + (R / 12.5 GHz) sum 1/OSNR

    Parameters
    ----------
    gsnr
        GSNR of the path's lines [1], in the signal bandwidth, axes [*path, channel].
    symbol_rate_hz
        Symbol rate R [Hz], shape (channel,), or of each path and channel.
    terminal_osnr
        OSNR in 0.1 nm [1] of the transmitter and of every ROADM passed (add, express, drop),
        axes [*path, element]; infinite for an element that adds no noise.

    Returns
    -------
    SNR [1], axes [*path, channel].

    References
    ----------
    .. [1] docs/theory/optics.md, equation 9; as in the receiver of GNPy 3.0.1.
    """
    inverse_01nm = (1.0 / terminal_osnr).sum(axis=-1)[..., None]
    return np.asarray(1.0 / (1.0 / gsnr + inverse_01nm * symbol_rate_hz / OSNR_BANDWIDTH_HZ))


def osnr_01nm(
    *, snr: Float[np.ndarray, "*path channel"], symbol_rate_hz: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, "*path channel"]:
    """The ratio in the 12.5 GHz (0.1 nm) reference bandwidth [1]: SNR R / 12.5 GHz.

    Parameters
    ----------
    snr
        Signal over noise in the signal bandwidth [1], axes [*path, channel].
    symbol_rate_hz
        Symbol rate R [Hz], shape (channel,).

    >>> osnr_01nm(snr=np.array([100.0]), symbol_rate_hz=np.array([50e9])).tolist()
    [400.0]
    """
    return np.asarray(snr * symbol_rate_hz / OSNR_BANDWIDTH_HZ)


def gsnr_from_published_design(
    *,
    bit_rate_bit_per_s: Float[np.ndarray, "*shape"],
    bandwidth_hz: Float[np.ndarray, "*shape"],
    implementation_gap: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]:
    """GSNR [1] that a cable must have to carry its published design bit rate.

    Shannon's bound [1]_ for two polarisations, worsened by what real equipment lacks; the
    channels are taken to fill the bandwidth evenly.

        GSNR = (2^(SE/2) - 1) x gap,  SE = bit rate / bandwidth

    Parameters
    ----------
    bit_rate_bit_per_s
        Design bit rate of one fibre pair [bit/s].
    bandwidth_hz
        Usable optical bandwidth of the fibre pair [Hz].
    implementation_gap
        Required over theoretical SNR [1], >= 1.

    Returns
    -------
    GSNR in the signal bandwidth, over the whole length of the design [1], the inputs' shape.

    References
    ----------
    .. [1] C. E. Shannon, "Communication in the presence of noise", Proc. IRE 37, 1949, 10-21.

    Examples
    --------
    >>> gsnr_from_published_design(bit_rate_bit_per_s=np.array(18e12),
    ...                            bandwidth_hz=np.array(4.5e12),
    ...                            implementation_gap=np.array(2.0)).tolist()
    6.0
    """
    assert (implementation_gap >= 1.0).all()
    efficiency = bit_rate_bit_per_s / bandwidth_hz
    return np.asarray((2.0 ** (efficiency / 2.0) - 1.0) * implementation_gap)
