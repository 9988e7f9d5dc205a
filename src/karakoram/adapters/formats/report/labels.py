"""Where does each name stand on a map so that no two cover each other?

Greedy by importance: each name tries places around its mark, near ones first, and takes the one
that covers least of the lines; a name that finds no free place is left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.report.projection import Pixel

CHARACTER_WIDTH, STRONG_CHARACTER_WIDTH = 0.58, 0.66
"""Mean width of a letter of the wider sans-serif faces, plain and bold, in font sizes."""

_LINE_HEIGHT = 1.15
"""Height of a line of text, in font sizes."""

_REACHES = (0.0, 12.0, 26.0, 44.0, 66.0, 92.0)
"""How far from its mark a name may stand, in units of the drawing."""

_DIRECTIONS = (
    *((0, 0.0, -0.5), (180, -1.0, -0.5), (40, 0.0, -0.5), (-40, 0.0, -0.5)),
    *((140, -1.0, -0.5), (-140, -1.0, -0.5), (90, -0.5, 0.0), (-90, -0.5, -1.0)),
    *((20, 0.0, -0.5), (-20, 0.0, -0.5), (160, -1.0, -0.5), (-160, -1.0, -0.5)),
)
"""Bearings tried, clockwise from east [degrees], as reading continues best to the right; and which
point of the box stands there, as shares of its width and height to be moved by."""

_COST_OF_REACH = 0.12
_COST_OF_DIRECTION = 0.15
_COST_OF_COVERED_LINE = 1.0
_COST_OF_COVERED_MARK = 8.0

_TRIALS = tuple(
    sorted(
        (
            _COST_OF_REACH * reach + _COST_OF_DIRECTION * rank,
            reach,
            (cos(radians(bearing)), sin(radians(bearing))),
            shares,
        )
        for reach in _REACHES
        for rank, (bearing, *shares) in enumerate(_DIRECTIONS)
    )
)
"""Cost, distance, direction and shares of every place tried, cheapest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelWish:
    """A name that wants to stand by its mark."""

    text: str
    anchor: Pixel
    clearance: float
    """Distance kept from the middle of the mark."""
    font_size: float
    is_strong: bool = False
    reach_max: float = _REACHES[-1]
    """Farthest from its mark that the name is still worth having."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLabel:
    """A name and its box."""

    wish: LabelWish
    left: float
    top: float
    width: float
    height: float
    anchor_share: float
    """Where in its width the text is tied: 0 begins, 0.5 centred, 1 ends at ``baseline``."""
    has_leader: bool
    """Whether a fine line must tie the name to its mark."""

    @property
    def baseline(self) -> Pixel:
        """Where the text is tied, on its base line."""
        return self.left + self.anchor_share * self.width, self.top + 0.8 * self.height

    @property
    def nearest(self) -> Pixel:
        """The point of the box nearest to the mark: where a leader ends."""
        x, y = self.wish.anchor
        return (
            min(max(x, self.left), self.left + self.width),
            min(max(y, self.top + 0.15 * self.height), self.top + 0.85 * self.height),
        )

    def overlaps(self, other: "PlacedLabel") -> bool:
        """Whether the two boxes cover each other."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


def placed_labels(
    wishes: Sequence[LabelWish],
    *,
    frame: tuple[float, float],
    marks: Sequence[Pixel],
    lines: Float[np.ndarray, "n 2"],
) -> tuple[PlacedLabel, ...]:
    """The names that found a place, most important first.

    Parameters
    ----------
    wishes
        Most important first.
    frame
        Width and height of the drawing; names stay inside.
    marks
        Middles of marks that no name may cover.
    lines
        Points along the lines that names should rather not cover.
    """
    kept: list[PlacedLabel] = []
    covered = np.concatenate([lines, np.asarray(marks, dtype=float).reshape(-1, 2)])
    weights = np.repeat([_COST_OF_COVERED_LINE, _COST_OF_COVERED_MARK], [len(lines), len(marks)])
    for wish in wishes:
        best, best_cost = None, np.inf
        for cost, label in _trials(wish):
            if cost >= best_cost:
                break
            if not _is_inside(label, frame) or any(label.overlaps(other) for other in kept):
                continue
            whole_cost = cost + _covered_weight(label, covered, weights)
            if whole_cost < best_cost:
                best, best_cost = label, whole_cost
        if best is not None:
            kept.append(best)
    return tuple(kept)


def _trials(wish: LabelWish) -> Iterator[tuple[float, PlacedLabel]]:
    """Every place the name may take, cheapest first, before what it covers is counted."""
    letter = STRONG_CHARACTER_WIDTH if wish.is_strong else CHARACTER_WIDTH
    width = letter * wish.font_size * len(wish.text)
    height = _LINE_HEIGHT * wish.font_size
    for cost, reach, (east, south), (share_of_width, share_of_height) in _TRIALS:
        if reach > wish.reach_max:
            continue
        distance = wish.clearance + reach
        yield (
            cost,
            PlacedLabel(
                wish=wish,
                left=wish.anchor[0] + distance * east + share_of_width * width,
                top=wish.anchor[1] + distance * south + share_of_height * height,
                width=width,
                height=height,
                anchor_share=-share_of_width,
                has_leader=reach > 0.0,
            ),
        )


def _is_inside(label: PlacedLabel, frame: tuple[float, float]) -> bool:
    margin = 3.0
    return (
        label.left >= margin
        and label.top >= margin
        and label.left + label.width <= frame[0] - margin
        and label.top + label.height <= frame[1] - margin
    )


def _covered_weight(
    label: PlacedLabel, points: Float[np.ndarray, "n 2"], weights: Float[np.ndarray, "n"]
) -> float:
    x, y = points[:, 0], points[:, 1]
    inside = (
        (x > label.left - 1.0)
        & (x < label.left + label.width + 1.0)
        & (y > label.top)
        & (y < label.top + label.height)
    )
    return float(weights[inside].sum())
