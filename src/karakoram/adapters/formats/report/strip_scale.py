"""Where along a strip diagram does a glass kilometre stand?

Land is drawn at one scale; the sea, where nothing is placed, at a smaller one when it would take
the room of everything else. The diagram says so where it does.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from karakoram.adapters.formats.report.places import WetStretch

_WET_SHARE_MAX = 0.3
"""Most of the width that submarine stretches take while there is land to show."""

_TICK_STEPS_KM = (10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_TICK_SPACING = 58.0
"""Least distance of two figures on the axis, in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StripScale:
    """Kilometres to units of the drawing, piece by piece."""

    knots: tuple[tuple[float, float], ...]
    """Kilometre and x where the scale may change, in order."""
    sea_ratio: float
    """How many times smaller the sea is drawn; 1 where it is not."""

    def x(self, km: float) -> float:
        """Where the kilometre stands; clamped to the ends of the path."""
        for (begin_km, begin_x), (end_km, end_x) in pairwise(self.knots):
            if km <= end_km:
                share = (km - begin_km) / (end_km - begin_km)
                return begin_x + max(share, 0.0) * (end_x - begin_x)
        return self.knots[-1][1]

    def ticks_km(self) -> Iterator[float]:
        """Round kilometres with room for their figures, both ends of the path included."""
        last_km, last_x = self.knots[-1]
        taken = -_TICK_SPACING
        for (begin_km, begin_x), (end_km, end_x) in pairwise(self.knots):
            if end_x <= begin_x:
                continue
            step = _step_km((end_x - begin_x) / (end_km - begin_km))
            km = -(-begin_km // step) * step
            while km < end_km:
                x = self.x(km)
                if x - taken >= _TICK_SPACING and last_x - x >= _TICK_SPACING:
                    taken = x
                    yield km
                km += step
        yield last_km


def strip_scale(
    length_km: float, wet: Sequence[WetStretch], *, begin_x: float, end_x: float
) -> StripScale:
    """The scale of a path: true on land, and in the sea shrunk where the sea would take too much.

    Parameters
    ----------
    length_km
        Glass kilometres of the path.
    wet
        Its stretches in the sea, in travel order.
    begin_x, end_x
        Where the path begins and ends, in units of the drawing.
    """
    wet_km = sum(stretch.length_km for stretch in wet)
    land_km = length_km - wet_km
    is_shrunk = land_km > 0.0 and wet_km > _WET_SHARE_MAX * length_km
    wet_weight = land_km * _WET_SHARE_MAX / (1.0 - _WET_SHARE_MAX) / wet_km if is_shrunk else 1.0
    units_per_km = (end_x - begin_x) / (land_km + wet_weight * wet_km)
    knots = [(0.0, begin_x)]
    for stretch in wet:
        for km, weight in ((stretch.begin_km, 1.0), (stretch.end_km, wet_weight)):
            if km > knots[-1][0]:
                knots.append((km, knots[-1][1] + (km - knots[-1][0]) * weight * units_per_km))
    if knots[-1][0] < length_km:
        knots.append((length_km, end_x))
    return StripScale(knots=tuple(knots), sea_ratio=1.0 / wet_weight)


def _step_km(units_per_km: float) -> int:
    wanted = (step for step in _TICK_STEPS_KM if step * units_per_km >= _TICK_SPACING)
    return next(wanted, _TICK_STEPS_KM[-1])
