"""How strongly does a fibre whose Raman gain was measured shift power between its waves?"""

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.fibre import effective_area_m2


def measured_raman_gain_per_w_m(
    *,
    offset_hz: Float[np.ndarray, " point"],
    measured_per_w_m: Float[np.ndarray, " point"],
    pump_frequency_hz: float,
    reference_area_m2: float,
    frequency_hz: Float[np.ndarray, " wave"],
) -> Float[np.ndarray, "wave wave"]:
    """What one watt in wave j adds to the gain of wave i [1/(W m)], row i, column j.

        C_ij = g(f_j - f_i) A(f_p - |f_j - f_i|, f_p) max(f_i, f_j) / (f_p A(f_i, f_j))

    with the gain g measured with a pump at f_p and A the mean of the areas at two frequencies:
    the measurement is freed of the area at which it was made and of the pump's frequency.
    Beyond the last point there is no gain; the matrix is antisymmetric.

    Parameters
    ----------
    offset_hz
        How far the signal lay below the pump [Hz], rising from 0.
    measured_per_w_m
        Gain measured there [1/(W m)].
    pump_frequency_hz
        Frequency of the pump of the measurement [Hz].
    reference_area_m2
        Effective area at 1550 nm [m²].
    frequency_hz
        Waves [Hz].

    References
    ----------
    .. [1] A. D'Amico et al., J. Lightwave Technol. 40, 3499 (2022), section III.D: the scaling.
    """
    reference = np.array(reference_area_m2)

    def area_m2(at_hz: Float[np.ndarray, " some"]) -> Float[np.ndarray, " some"]:
        return effective_area_m2(reference_area_m2=reference, frequency_hz=at_hz)

    pump_area_m2 = area_m2(np.array([pump_frequency_hz]))
    mean_area_m2 = (area_m2(pump_frequency_hz - offset_hz) + pump_area_m2) / 2.0
    free = measured_per_w_m * mean_area_m2 / pump_frequency_hz
    apart_hz = frequency_hz[None, :] - frequency_hz[:, None]
    strength = np.sign(apart_hz) * np.interp(np.abs(apart_hz), offset_hz, free, right=0.0)
    areas_m2 = area_m2(frequency_hz)
    higher_hz = np.maximum(frequency_hz[:, None], frequency_hz[None, :])
    return np.asarray(strength * higher_hz * 2.0 / (areas_m2[:, None] + areas_m2[None, :]))
