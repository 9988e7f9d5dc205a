"""How much noise do the channels of a fibre make in each other by the Kerr effect?"""

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.fibre import nonlinear_coefficient_per_w_m
from karakoram.engines.optics.products import row_products
from karakoram.engines.optics.spectrum import Comb

SELF_WEIGHT = 16.0 / 27.0
"""Self-channel interference, arXiv:1209.0394, equation 120."""

CROSS_WEIGHT = 32.0 / 27.0
"""Cross-channel interference: twice the self-channel weight, same equation."""


def effective_length_m(
    *, attenuation_per_m: Float[np.ndarray, "*shape"], length_m: Float[np.ndarray, "*#shape"]
) -> Float[np.ndarray, "*shape"]:
    """Length of lossless fibre with the same nonlinear effect [m]: (1 - exp(-alpha L)) / alpha.

    Parameters
    ----------
    attenuation_per_m
        Power attenuation coefficient alpha [1/m], > 0, any shape.
    length_m
        Fibre length L [m], a shape that fits.

    >>> alpha, length = np.array([4.6e-5]), np.array([80e3])
    >>> effective_length_m(attenuation_per_m=alpha, length_m=length).round().tolist()
    [21191.0]
    """
    return np.asarray(-np.expm1(-attenuation_per_m * length_m) / attenuation_per_m)


def interference_kernel(
    *,
    comb: Comb,
    attenuation_per_m: Float[np.ndarray, " #channel"],
    beta2_s2_per_m: Float[np.ndarray, " channel"],
    reference_area_m2: float,
) -> Float[np.ndarray, "channel interferer"]:
    """What a fibre type contributes to the GN model, span length and power left out.

    One channel's ratio of interference to total power in a section is

        P_NLI,i / P_i = sum_j K_ij (L_eff,j P_j)²
        K_ij = gamma_i² w_ij / R_j² / (2 pi |b| L_a,j)
               x 1/2 [asinh(q (df + R_j/2)) - asinh(q (df - R_j/2))]
        q = pi² L_a,j |b| R_i,  b = (beta2_i + beta2_j)/2,  L_a = 1/alpha,  df = f_j - f_i

    so this matrix serves every section of the type in the whole network. Row i is the
    channel under test, column j its interferer [1/(W² m²)].

    Parameters
    ----------
    comb
        Channels; their launch powers are not used.
    attenuation_per_m
        Power attenuation coefficient alpha [1/m], shape (channel,) or (1,).
    beta2_s2_per_m
        Group-velocity dispersion at each channel [s²/m], of one sign.
    reference_area_m2
        Effective area at 1550 nm [m²].

    Returns
    -------
    K [1/(W² m²)], shape (channel, interferer).

    Notes
    -----
    Valid for dispersion that spreads a symbol over many neighbours; there is no Raman tilt inside
    the section and no modulation-format correction, so that it errs on the safe side.

    References
    ----------
    .. [1] P. Poggiolini et al., arXiv:1209.0394, equations 120 and 123.
    """
    frequency_hz, symbol_rate_hz = comb.frequency_hz, comb.symbol_rate_hz
    gamma_per_w_m = nonlinear_coefficient_per_w_m(
        reference_area_m2=np.array(reference_area_m2), frequency_hz=frequency_hz
    )
    # Dispersion times asymptotic length, row i and column j.
    spread_s2 = np.abs(beta2_s2_per_m[:, None] + beta2_s2_per_m[None, :]) / 2.0 / attenuation_per_m
    assert (spread_s2 > 0.0).all(), "the GN model needs dispersion at every frequency"
    offset_hz = frequency_hz[None, :] - frequency_hz[:, None]
    scale_s = np.pi**2 * spread_s2 * symbol_rate_hz[:, None]
    overlap = 0.5 * (
        np.arcsinh(scale_s * (offset_hz + symbol_rate_hz / 2.0))
        - np.arcsinh(scale_s * (offset_hz - symbol_rate_hz / 2.0))
    )
    weight = np.where(np.eye(comb.channel_count, dtype=bool), SELF_WEIGHT, CROSS_WEIGHT)
    kernel = (
        gamma_per_w_m[:, None] ** 2
        * weight
        * overlap
        / (2.0 * np.pi * spread_s2 * symbol_rate_hz**2)
    )
    return np.asarray(kernel)


def interference_ratio(
    *,
    power_w: Float[np.ndarray, "row channel"],
    length_eff_m: Float[np.ndarray, "#row #channel"],
    kernel: Float[np.ndarray, "channel channel"],
) -> Float[np.ndarray, "row channel"]:
    """Nonlinear interference over total channel power of sections of one fibre type [1].

    Booked at the fibre's input: r_i = sum_j K_ij (L_eff,j P_j)².

    Parameters
    ----------
    power_w
        Total channel power P after the input connector [W], shape (row, channel).
    length_eff_m
        Effective length of each section [m], shape (row, channel) or (row, 1).
    kernel
        K of the fibre type [1/(W² m²)], from :func:`interference_kernel`.

    Returns
    -------
    Ratio r [1], shape (row, channel).

    References
    ----------
    .. [1] P. Poggiolini et al., arXiv:1209.0394, equation 120.
    """
    interaction = length_eff_m * power_w
    interaction *= interaction
    return row_products(interaction, kernel)
