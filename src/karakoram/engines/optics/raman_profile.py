"""How strongly does silica fibre shift power between two frequencies by Raman scattering?"""

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only

PEAK_GAIN_M_PER_W = 3.3295277e-14
"""Largest gain times effective overlap area, pump at 1454 nm; same source as the profile."""

PUMP_FREQUENCY_HZ = 206.184634112792e12
"""The pump of the measurement (1454 nm); gain is proportional to the pump's frequency."""

# Gain relative to its peak in units of 1e-5, by offset in units of 0.25 THz (the spacing
# is not uniform, to follow the shape of the peak). Measured on standard single-mode fibre:
# A. D'Amico et al., J. Lightwave Technol. 40, 3499 (2022), section III.D; the default
# profile of GNPy 3.0.1.
_PROFILE = (
    (0, 0), (2, 2560), (4, 7940), (6, 13247), (8, 18481), (10, 22480), (12, 25385),
    (14, 27336), (16, 28768), (18, 30060), (20, 32635), (22, 33941), (24, 36471), (26, 39739),
    (28, 43925), (30, 48095), (32, 52434), (34, 58027), (36, 65236), (38, 72495), (40, 78935),
    (42, 84219), (44, 89271), (46, 93988), (48, 97665), (50, 99710), (51, 100000), (52, 99508),
    (53, 98783), (54, 97488), (56, 91925), (58, 98093), (59, 88824), (60, 75653), (62, 52096),
    (64, 29743), (66, 21682), (68, 18260), (70, 17505), (72, 21642), (73, 22712), (74, 22890),
    (75, 20682), (76, 16907), (78, 11052), (80, 8276), (82, 7452), (84, 6656), (86, 6440),
    (88, 7024), (90, 7681), (92, 9130), (94, 14518), (96, 16413), (98, 15705), (100, 13548),
    (102, 9975), (104, 6789), (106, 5915), (108, 4559), (110, 3891), (112, 3395), (114, 2733),
    (116, 2533), (118, 2357), (120, 2351), (122, 2703), (124, 3912), (126, 4639), (128, 5645),
    (130, 5345), (132, 4787), (134, 3480), (136, 2555), (138, 2290), (140, 2446), (142, 2717),
    (144, 2894), (146, 2793), (148, 2508), (150, 2247), (152, 1874), (154, 1504), (156, 1067),
    (158, 611), (160, 429), (162, 270), (164, 90), (166, 45), (168, 22),
)  # fmt: skip

_OFFSET_HZ = read_only(np.array([offset for offset, _ in _PROFILE]) * 0.25e12)
_RELATIVE_GAIN = read_only(np.array([gain for _, gain in _PROFILE]) * 1e-5)


def relative_raman_gain(offset_hz: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """Gain of a wave ``offset_hz`` below its pump, relative to the peak near 13 THz [1].

    Odd in the offset: a wave above the other gives what it would gain below it. Beyond
    42 THz silica gives no gain. Between the points measured it is taken as straight.

    Parameters
    ----------
    offset_hz
        Frequency of the pump less that of the wave [Hz], any shape.

    Returns
    -------
    Gain over its peak [1], -1 to 1, the same shape.

    References
    ----------
    .. [1] A. D'Amico et al., J. Lightwave Technol. 40, 3499 (2022), section III.D.

    Examples
    --------
    >>> relative_raman_gain(np.array([-12.75e12, 0.0, 5e12, 50e12])).round(3).tolist()
    [-1.0, 0.0, 0.326, 0.0]
    """
    distance_hz = np.abs(offset_hz)
    gain = np.interp(distance_hz, _OFFSET_HZ, _RELATIVE_GAIN, right=0.0)
    return np.asarray(np.sign(offset_hz) * gain)
