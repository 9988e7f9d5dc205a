"""Which path, or which pair of paths, does the customer pay least for, everything counted?

Paths are listed by the price of their fibre, and each has a floor that its whole price cannot go
below. Once the floors exceed the least whole price known, nothing cheaper is left.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from karakoram.engines.routing import ArcPath, RiskWeights, paths_without_return, risks_in
from karakoram.planning.lit_ways import LitWays
from karakoram.planning.price_floor import price_floor
from karakoram.planning.search_space import SearchSpace

LISTED_MAX = 256
"""Paths listed by the price of their fibre, at most: about 40 ms; the corridor has up to 256."""

LOOKED_AT_MAX = 4_000
"""Paths looked at for the list, at most, those that come back to a site counted: about 100 ms."""

TRIED_MAX = 32
"""Paths or pairs lit and priced, at most, besides the first: about 5 ms for each new path."""

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
    pairs = _pairs(space, listed.floors, limit_minor=limit_minor, start=start)
    return _cheapest(lit, sorted(pairs, key=_floor), start=start, is_complete=listed.complete)


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


def _floor(entry: tuple[int, Way]) -> int:
    return entry[0]


def _pairs(
    space: SearchSpace,
    floors: Sequence[tuple[int, ArcPath]],
    *,
    limit_minor: int,
    start: Way,
) -> list[tuple[int, Way]]:
    """Pairs within the limit that obey the rules and share no more plant than ``start``."""
    weights = space.risk_weights(all_risks=False)
    weight_max = _shared_weight(start, weights)
    first_floors, second_floors = (
        _allowed(space, floors, is_working=role) for role in (True, False)
    )
    is_symmetric = not space.demand.via_site_ids
    pairs: list[tuple[int, Way]] = []
    for place, (first_floor, first) in enumerate(first_floors):
        for second_floor, second in second_floors[place + 1 if is_symmetric else 0 :]:
            if first_floor + second_floor > limit_minor:
                break
            way = (first, second)
            if first is not second and _shared_weight(way, weights) <= weight_max:
                pairs.append((first_floor + second_floor, way))
    return pairs


def _allowed(
    space: SearchSpace, floors: Sequence[tuple[int, ArcPath]], *, is_working: bool
) -> list[tuple[int, ArcPath]]:
    rule, graph = space.rule(is_working=is_working), space.prepared.graph.digraph
    return [(floor, path) for floor, path in floors if rule.allows(graph, path)]


def _shared_weight(way: Way, weights: RiskWeights) -> int:
    """What it weighs that both paths meet the same risks."""
    shared = way[0].risk_mask & way[1].risk_mask & ~weights.free_mask
    return sum(weights.weights[risk] for risk in risks_in(shared))


def _cheapest(
    lit: LitWays, ways: Sequence[tuple[int, Way]], *, start: Way, is_complete: bool
) -> Cheapest:
    """Lights and prices the ways by rising floor until the floor exceeds the least price."""
    spans_of = lit.space.prepared.graph.spans_of
    least_minor, cheapest = sum(map(lit.price_minor, start)), [start]
    known = {frozenset(map(spans_of, start))}
    for tried, (floor_minor, way) in enumerate(ways):
        if floor_minor > least_minor:
            break
        if tried == TRIED_MAX:
            return Cheapest(ways=tuple(cheapest), proven=False)
        if frozenset(map(spans_of, way)) in known:
            continue
        price_minor = sum(map(lit.price_minor, way))
        assert price_minor >= floor_minor, "a price is never below its floor"
        if price_minor < least_minor:
            least_minor, cheapest = price_minor, [way]
        elif price_minor == least_minor:
            cheapest.append(way)
    return Cheapest(ways=tuple(cheapest), proven=is_complete)
