"""Where is land, so that a map can show a coast?

Land only: borders are left out, because those around Kashmir are disputed.
"""

from functools import cache

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only
from karakoram.refdata.packaged import packaged_folder

_UNITS_PER_DEGREE = 100.0
"""The table holds hundredths of a degree, about a kilometre."""


@cache
def read_land() -> tuple[Float[np.ndarray, "point 2"], ...]:
    """Closed rings of longitude and latitude [degrees], from 10 W to 125 E and 15 S to 60 N.

    Fill them by the even-odd rule: the shore of the Caspian Sea is a ring within a ring. Edges
    along the frame are cuts, not coasts.

    Source: Natural Earth, 1:50 million land (public domain), clipped and thinned to 0.01 degree;
    islands of less than 0.01 square degree are left out.
    """
    text = packaged_folder("geometry").joinpath("land.txt").read_text(encoding="ascii")
    return tuple(
        read_only(np.array(line.split(), dtype=np.float64).reshape(-1, 2) / _UNITS_PER_DEGREE)
        for line in text.splitlines()
    )
