"""How are lines and marks written as SVG?"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

from karakoram.adapters.formats.report.html import Attributes, Markup, element
from karakoram.adapters.formats.report.projection import Pixel

_TINY = 1e-6
"""Points nearer than this, in units of the drawing, are one."""

_MITRE_MAX = 2.0
"""A sharp corner of a shifted line moves at most this many times the shift."""


def path_data(points: Sequence[Pixel], *, closed: bool = False) -> str:
    """The ``d`` of a path through the points, to a tenth of a unit.

    >>> path_data([(0.0, 0.0), (1.25, 2.0)])
    'M0 0L1.2 2'
    """
    steps = "L".join(f"{_short(x)} {_short(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}"


def shifted(points: Sequence[Pixel], shift: float) -> list[Pixel]:
    """A line beside the line, so that two that share their course are both seen.

    Parameters
    ----------
    points
        At least one.
    shift
        Distance to the right of the direction of travel, in units of the drawing.
    """
    apart = _without_repeats(points)
    normals = [_normal(a, z) for a, z in pairwise(apart)]
    if not normals:
        return apart
    moved = []
    for i, (x, y) in enumerate(apart):
        before, after = normals[max(i - 1, 0)], normals[min(i, len(normals) - 1)]
        across_x, across_y = before[0] + after[0], before[1] + after[1]
        length = hypot(across_x, across_y)
        if length < _TINY:  # the line turns back on itself
            across_x, across_y, length = *after, 1.0
        mitre = shift * min(_MITRE_MAX, 2.0 / length) / length
        moved.append((x + mitre * across_x, y + mitre * across_y))
    return moved


def mark(shape: str, centre: Pixel, *, size: float, attributes: Attributes) -> Markup:
    """A mark told apart by its shape alone.

    Parameters
    ----------
    shape
        ``circle``, ``square``, ``diamond``, ``triangle`` or ``star``.
    centre
        Middle of the mark.
    size
        Half its width.
    attributes
        Class and data of the element.
    """
    x, y = centre
    if shape == "circle":
        return element("circle", {"cx": round(x, 1), "cy": round(y, 1), "r": size, **attributes})
    corners = {
        "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        "diamond": [(0.0, -1.3), (1.3, 0.0), (0.0, 1.3), (-1.3, 0.0)],
        "triangle": [(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        "star": _STAR,
    }[shape]
    points = [(x + size * dx, y + size * dy) for dx, dy in corners]
    return element("path", {"d": path_data(points, closed=True), **attributes})


_STAR = [
    *[(0.0, -1.7), (0.5, -0.55), (1.62, -0.53), (0.76, 0.25), (1.0, 1.38)],
    *[(0.0, 0.75), (-1.0, 1.38), (-0.76, 0.25), (-1.62, -0.53), (-0.5, -0.55)],
]
"""Five points, the first up."""


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _normal(a: Pixel, z: Pixel) -> Pixel:
    """Unit vector to the right of the way from ``a`` to ``z``; y points down."""
    east, south = z[0] - a[0], z[1] - a[1]
    length = hypot(east, south)
    return -south / length, east / length


def _without_repeats(points: Sequence[Pixel]) -> list[Pixel]:
    kept = list(points[:1])
    for point in points[1:]:
        if hypot(point[0] - kept[-1][0], point[1] - kept[-1][1]) > _TINY:
            kept.append(point)
    return kept
