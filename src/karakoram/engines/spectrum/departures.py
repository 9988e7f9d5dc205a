"""Which connection ends next?

A binary heap in one array of two rows, moments and numbers; a number below 2⁵³ is exact as a
float64. Of equal moments any may come first. How many ends there are is told with each call.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Float64

from karakoram.core.compiled import compiled

Ends = Float64[np.ndarray, "2 room"]
"""Row 0: the moment, row 1: the number of the connection."""


class End(NamedTuple):
    """A connection and the moment at which it ends."""

    moment: float
    number: float


@compiled
def push_end(ends: Ends, end: End, size: int) -> None:
    """Add an end to the ``size`` that there are, in place."""
    place = size
    while place > 0:
        parent = (place - 1) >> 1
        if ends[0, parent] <= end.moment:
            break
        ends[0, place] = ends[0, parent]
        ends[1, place] = ends[1, parent]
        place = parent
    ends[0, place] = end.moment
    ends[1, place] = end.number


@compiled
def drop_first_end(ends: Ends, size: int) -> None:
    """Take the earliest of ``size`` ends out, in place."""
    last = size - 1
    moment, number = ends[0, last], ends[1, last]
    place, child = 0, 1
    while child < last:
        if child + 1 < last and ends[0, child + 1] < ends[0, child]:
            child += 1
        if moment <= ends[0, child]:
            break
        ends[0, place] = ends[0, child]
        ends[1, place] = ends[1, child]
        place = child
        child = 2 * place + 1
    ends[0, place] = moment
    ends[1, place] = number
