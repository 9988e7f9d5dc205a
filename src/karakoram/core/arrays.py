"""How do we keep arrays from being changed by whoever they are passed to?"""

import numpy as np
from jaxtyping import Float


def read_only(values: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """A copy of the numbers as float64 that refuses to be written; the unit stays.

    >>> read_only(np.array([1.0, 2.0]))[0] = 3.0
    Traceback (most recent call last):
    ValueError: assignment destination is read-only
    """
    frozen = np.array(values, dtype=np.float64)
    frozen.flags.writeable = False
    return frozen
