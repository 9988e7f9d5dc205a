"""Which sites are named on a strip, and where, so that the names do not meet?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from karakoram.adapters.formats.report.places import Duty, PathSite
from karakoram.adapters.formats.report.strip_scale import StripScale

NAME_PITCH = 14.0
"""Least distance of two slanting names, in units of the drawing."""

_PUSH_MAX = 44.0
"""Farthest a name may stand from its tick; more, and the leader can no longer be followed."""

_RANK: Mapping[Duty, int] = {
    Duty.END: 0,
    Duty.HANDOVER: 1,
    Duty.LANDING: 2,
    Duty.ROADM: 3,
    Duty.PASSAGE: 4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamePlace:
    """A site and where its name stands."""

    site: PathSite
    tick_x: float
    name_x: float


def name_places(sites: Sequence[PathSite], *, scale: StripScale) -> tuple[NamePlace, ...]:
    """As many sites as there is room for, in travel order; where it is tight, the plain ones go.

    Names keep to their ticks where they can and are pushed apart, symmetrically, where they
    cannot (isotonic regression: least squares under a least distance).
    """
    named = list(sites)
    while True:
        ticks = [scale.x(site.km) for site in named]
        places = _apart(ticks, scale.knots[0][1], scale.knots[-1][1])
        spare = _most_crowded(named, ticks)
        is_tight = max(abs(x - tick) for x, tick in zip(places, ticks, strict=True)) > _PUSH_MAX
        if not is_tight or spare is None:
            return tuple(
                NamePlace(site=site, tick_x=tick, name_x=x)
                for site, tick, x in zip(named, ticks, places, strict=True)
            )
        del named[spare]


def _most_crowded(sites: Sequence[PathSite], ticks: Sequence[float]) -> int | None:
    """The least important site, of these the one with the nearest neighbours; ends stay."""
    inner = range(1, len(sites) - 1)
    return max(
        inner,
        key=lambda i: (
            _RANK[sites[i].duty] - 2 * sites[i].is_regenerator,
            ticks[i - 1] - ticks[i + 1],
        ),
        default=None,
    )


def _apart(wanted: Sequence[float], low: float, high: float) -> list[float]:
    """Places nearest to the wanted ones, in order, ``NAME_PITCH`` apart, between the bounds."""
    blocks: list[tuple[float, int]] = []
    for i, x in enumerate(wanted):
        total, count = x - i * NAME_PITCH, 1
        while blocks and blocks[-1][0] / blocks[-1][1] > total / count:
            before_total, before_count = blocks.pop()
            total, count = total + before_total, count + before_count
        blocks.append((total, count))
    starts = [total / count for total, count in blocks for _ in range(count)]
    last = high - low - (len(wanted) - 1) * NAME_PITCH
    return [
        low + min(max(start - low, 0.0), max(last, 0.0)) + i * NAME_PITCH
        for i, start in enumerate(starts)
    ]
