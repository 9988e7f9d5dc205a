"""How sure is a mean over independent, equally long histories?"""

import math
from collections.abc import Sequence

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle

_UPPER_TAIL = 0.975


def half_width_95(values: Sequence[float]) -> float:
    """Half of the 95 % interval of the mean, by Student's t; infinite for a single value.

    Parameters
    ----------
    values
        One for each history, in any unit.

    Examples
    --------
    >>> round(half_width_95([1.0, 2.0, 3.0]), 4)
    2.4841
    """
    count = len(values)
    if count == 1:
        return math.inf
    quantile = float(scipy.special.stdtrit(count - 1, _UPPER_TAIL))
    return quantile * float(np.std(values, ddof=1)) / math.sqrt(count)
