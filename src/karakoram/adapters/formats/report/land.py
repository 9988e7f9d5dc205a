"""How does the coast look on a drawing?"""

from collections.abc import Iterable

import numpy as np
from jaxtyping import Float, Int

from karakoram.adapters.formats.report.projection import Projection

_GRAIN = 0.5
"""Coast points are rounded to this many units of the drawing; repeats are dropped."""

_BLEED = 12.0
"""Land is drawn this far beyond the frame, where the cut edge is not seen."""

_RING_POINTS_MIN = 4
"""A ring of fewer different points encloses nothing that can be seen."""


def land_data(rings: Iterable[Float[np.ndarray, "_ 2"]], *, projection: Projection) -> str:
    """The ``d`` of one path of all land in the frame; fill it by the even-odd rule.

    Points beyond the frame are moved to its bleed, which cuts no visible coast.

    Parameters
    ----------
    rings
        Closed rings of longitude and latitude [degrees]: coasts and the shores of inland seas.
    projection
        The drawing.
    """
    extent, scale = projection.extent, projection.scale
    stretch = np.array([extent.squeeze * scale, -scale])
    corner = np.array([extent.west, extent.north])
    top_left, bottom_right = -_BLEED, np.array([projection.width, projection.height]) + _BLEED
    written = []
    for ring in rings:
        pixels = (ring - corner) * stretch
        if (pixels.max(axis=0) < top_left).any() or (pixels.min(axis=0) > bottom_right).any():
            continue
        grains = np.rint(np.clip(pixels, top_left, bottom_right) / _GRAIN).astype(int)
        moves = np.diff(grains, axis=0)
        kept = np.flatnonzero((moves != 0).any(axis=1)) + 1
        if kept.size >= _RING_POINTS_MIN:
            written.append(_ring_data(grains[np.concatenate([[0], kept])]))
    return "".join(written)


def _ring_data(grains: Int[np.ndarray, "point 2"]) -> str:
    """Relative moves, shorter to write than places."""
    start = grains[0] * _GRAIN
    moves = np.diff(grains, axis=0) * _GRAIN
    steps = " ".join(f"{x:g},{y:g}" for x, y in moves.tolist())
    return f"M{start[0]:g},{start[1]:g}l{steps}z"
