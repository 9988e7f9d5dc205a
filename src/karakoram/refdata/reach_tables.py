"""How far do modulations reach in the studies whose settings others repeat?

The reach of a real transceiver follows from its light (``engines/optics``); this table is what
studies of dynamic traffic agree on, so that their results can be compared.
"""

import math
from collections.abc import Mapping

STUDY_REACH_KM_BY_EFFICIENCY: Mapping[float, float] = {
    4.0: 625.0,
    3.0: 1250.0,
    2.0: 2500.0,
    1.0: math.inf,
}
"""Longest transparent length [km] by spectral efficiency [bit/s/Hz]. Source: X. Chen et al.,
"DeepRMSA", J. Lightwave Technology 37 (16), 2019, 4155; BPSK bridges any length there."""

STUDY_BIT_RATES_GBPS = tuple(float(gbps) for gbps in range(25, 101))
"""Bit rates [Gb/s], all equally likely. Source: the same."""
