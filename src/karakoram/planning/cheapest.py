"""Which path, or which pair of paths, does the customer pay least for, everything counted?

Paths are listed by the price of their fibre, and each has a floor that its whole price cannot go
below. Once the floors exceed the least whole price known, nothing cheaper is left.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heapreplace

from karakoram.engines.routing import ArcPath, paths_without_return, risks_in
from karakoram.planning.lit_ways import LitWays
from karakoram.planning.price_floor import price_floor
from karakoram.planning.search_space import SearchSpace

LISTED_MAX = 256
"""Paths listed by the price of their fibre, at most: about 40 ms; the corridor has up to 256."""

LOOKED_AT_MAX = 4_000
"""Paths looked at for the list, at most, those that come back to a site counted: about 100 ms."""

TRIED_MAX = 32
"""Paths or pairs lit and priced, at most, besides the first: about 5 ms for each new path."""

PAIRS_MAX = 10_000
"""Pairs of listed paths looked at, at most, those that share too much counted: about 30 ms."""

Way = tuple[ArcPath, ...]
"""One path, or a working and a protection path."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheapest:
    """The ways that cost least."""

    ways: tuple[Way, ...]
    """All of the same whole price; the first is the one the search began with, if it is one."""
    proven: bool
    """Whether no way costs less; else the search was cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """Paths by rising floor that may be part of something cheaper."""

    floors: tuple[tuple[int, ArcPath], ...]
    complete: bool


def cheapest_path(lit: LitWays, *, start: ArcPath) -> Cheapest:
    """The paths of least whole price that the working path may take.

    Parameters
    ----------
    lit
        The demand, with what of it is lit already.
    start
        A path that obeys the working path's rule.
    """
    listed = _listed(lit.space, limit_minor=lit.price_minor(start), in_pairs=False)
    allowed = _allowed(lit.space, listed.floors, is_working=True)
    ways = [(floor, (path,)) for floor, path in allowed]
    return _cheapest(lit, ways, start=(start,), is_complete=listed.complete)


def cheapest_pair(lit: LitWays, *, start: Way) -> Cheapest:
    """The pairs of least whole price among those that share no more plant than ``start`` does.

    Parameters
    ----------
    lit
        The demand, with what of it is lit already.
    start
        A pair that obeys the rules of working and protection path, in this order.
    """
    space = lit.space
    limit_minor = sum(map(lit.price_minor, start))
    listed = _listed(space, limit_minor=limit_minor, in_pairs=True)
    pairs = _pairs(space, listed.floors, start=start)
    return _cheapest(lit, pairs, start=start, is_complete=listed.complete)


def _listed(space: SearchSpace, *, limit_minor: int, in_pairs: bool) -> _Listed:
    """Every path whose floor, with that of the cheapest partner in pairs, is within the limit."""
    floor, graph = price_floor(space), space.prepared.graph
    rule = space.rule(is_working=False)
    looked_at = paths_without_return(
        graph.digraph,
        cost=space.price_minor,
        ends=space.ends,
        avoid=rule.avoid,
        place_of=graph.site_number,
    )
    floors: list[tuple[int, ArcPath]] = []
    partner_minor: int | None = None if in_pairs else 0
    for number, path in enumerate(looked_at):
        if number == LOOKED_AT_MAX:
            return _Listed(floors=_by_floor(floors), complete=False)
        if path is None:
            continue
        before_light = floor.before_light(path)
        if before_light + (before_light if partner_minor is None else partner_minor) > limit_minor:
            break
        if not rule.allows(graph.digraph, path):
            continue
        if len(floors) == LISTED_MAX:
            return _Listed(floors=_by_floor(floors), complete=False)
        partner_minor = before_light if partner_minor is None else partner_minor
        floors.append((floor.of(path), path))
    return _Listed(floors=_by_floor(floors), complete=True)


def _by_floor(floors: Iterable[tuple[int, ArcPath]]) -> tuple[tuple[int, ArcPath], ...]:
    return tuple(sorted(floors, key=lambda entry: entry[0]))


def _pairs(
    space: SearchSpace, floors: Sequence[tuple[int, ArcPath]], *, start: Way
) -> Iterator[tuple[int, Way | None]]:
    """Every pair that obeys the rules, by rising floor; ``None`` if it shares more than ``start``.

    Begun by every path at once, each with the partner of least floor, and that partner then
    exchanged for the next.
    """
    weight_of = _weight_of_shared(space)
    weight_max = weight_of(_shared_mask(start))
    firsts, seconds = (_allowed(space, floors, is_working=role) for role in (True, False))
    is_symmetric = not space.demand.via_site_ids
    begun = ((place, place + 1 if is_symmetric else 0) for place in range(len(firsts)))
    heap = [
        (firsts[first][0] + seconds[second][0], first, second)
        for first, second in begun
        if second < len(seconds)
    ]
    heapify(heap)
    while heap:
        floor_minor, first, second = heap[0]
        way = (firsts[first][1], seconds[second][1])
        is_good = way[0] is not way[1] and weight_of(_shared_mask(way)) <= weight_max
        yield floor_minor, way if is_good else None
        if second + 1 == len(seconds):
            heappop(heap)
        else:
            heapreplace(heap, (firsts[first][0] + seconds[second + 1][0], first, second + 1))


def _allowed(
    space: SearchSpace, floors: Sequence[tuple[int, ArcPath]], *, is_working: bool
) -> list[tuple[int, ArcPath]]:
    rule, graph = space.rule(is_working=is_working), space.prepared.graph.digraph
    return [(floor, path) for floor, path in floors if rule.allows(graph, path)]


def _shared_mask(way: Way) -> int:
    return way[0].risk_mask & way[1].risk_mask


def _weight_of_shared(space: SearchSpace) -> Callable[[int], int]:
    """What it weighs that both paths meet the risks of a mask; many pairs share the same."""
    weights = space.risk_weights(all_risks=False)
    counted = ~weights.free_mask

    @cache
    def weight_of(counted_mask: int) -> int:
        return sum(weights.weights[risk] for risk in risks_in(counted_mask))

    return lambda mask: weight_of(mask & counted)


def _cheapest(
    lit: LitWays, ways: Iterable[tuple[int, Way | None]], *, start: Way, is_complete: bool
) -> Cheapest:
    """Lights and prices the ways by rising floor until the floor exceeds the least price."""
    spans_of = lit.space.prepared.graph.spans_of
    least_minor, cheapest = sum(map(lit.price_minor, start)), [start]
    known = {frozenset(map(spans_of, start))}
    tried = 0
    for looked_at, (floor_minor, way) in enumerate(ways):
        if floor_minor > least_minor:
            break
        if looked_at == PAIRS_MAX or tried == TRIED_MAX:
            return Cheapest(ways=tuple(cheapest), proven=False)
        if way is None or frozenset(map(spans_of, way)) in known:
            continue
        tried += 1
        price_minor = sum(map(lit.price_minor, way))
        assert price_minor >= floor_minor, "a price is never below its floor"
        if price_minor < least_minor:
            least_minor, cheapest = price_minor, [way]
        elif price_minor == least_minor:
            cheapest.append(way)
    return Cheapest(ways=tuple(cheapest), proven=is_complete)
