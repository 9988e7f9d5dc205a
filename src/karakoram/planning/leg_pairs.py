"""Which two ways over legs share least, when neither may visit a site twice?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing import (
    Avoided,
    DisjointPair,
    Ends,
    PathRule,
    least_shared_pair,
)
from karakoram.planning.leg_graph import LegGraph

PAIRS_MAX = 200
"""Pairs searched, at most, for one answer."""

CAPPED = "capped"

_Rules = tuple[PathRule, PathRule]


@dataclass(frozen=True, slots=True, kw_only=True)
class BestLegPair:
    """A pair whose ways visit no site twice, and how it was proven to be the best."""

    pair: DisjointPair
    prover: str

    @property
    def merit(self) -> tuple[int, float | int]:
        """What pairs are compared by: the weight they share, then what they cost."""
        return self.pair.shared_weight, self.pair.cost

    @property
    def is_proven(self) -> bool:
        """Whether certainly no pair in the graph is better."""
        return self.prover != CAPPED


class _Waiting(NamedTuple):
    """The best pair under some rules, which may visit a site twice."""

    merit: tuple[int, float | int]
    number: int
    pair: DisjointPair
    rules: _Rules


def best_leg_pair(
    graph: LegGraph, *, cost: Sequence[int], ends: tuple[SiteId, SiteId], avoid: int
) -> BestLegPair | None:
    """The pair that shares least and costs least among those whose ways visit no site twice.

    Where a way of the best pair visits a site twice, one of the two legs or steps that do so is
    done without: two questions, answered by no better pairs, and the better answer is looked at
    next. So the first pair without such a way is the best. ``None`` when there is none, or none
    was found among ``PAIRS_MAX``.

    Parameters
    ----------
    graph, cost
        As from ``leg_graph``.
    ends
        Where both ways begin and end.
    avoid
        Legs not to be used.
    """
    rule = PathRule(avoid=Avoided(risk_mask=avoid | graph.steps_at(ends)))
    numbers = count()
    waiting: list[_Waiting] = []

    def search(rules: _Rules) -> None:
        pair = _least_shared(graph, cost, ends=ends, rules=rules)
        if pair is not None:
            merit = (pair.shared_weight, pair.cost)
            heappush(waiting, _Waiting(merit, next(numbers), pair, rules))

    search((rule, rule))
    prover = None
    while waiting:
        _, number, pair, rules = heappop(waiting)
        clash = _clash(graph, pair, start=ends[0])
        if number >= PAIRS_MAX or pair.proof == CAPPED:
            prover = CAPPED
        if not clash:
            return BestLegPair(pair=pair, prover=prover or pair.proof)
        if prover is None:
            for part in _parts(rules, clash):
                search(part)
    return None


def _least_shared(
    graph: LegGraph, cost: Sequence[int], *, ends: tuple[SiteId, SiteId], rules: _Rules
) -> DisjointPair | None:
    return least_shared_pair(
        graph.digraph,
        cost=cost,
        ends=Ends.between(graph.origin[ends[0]], graph.destination[ends[1]]),
        risks=graph.risk_weights(ends),
        rules=rules,
    )


def _clash(graph: LegGraph, pair: DisjointPair, *, start: SiteId) -> tuple[tuple[int, int], ...]:
    """Which of the two ways visits a site twice, with each unit that it could do without."""
    for place, path in enumerate((pair.first, pair.second)):
        units = graph.clash(path, start=start)
        if units:
            return tuple((place, unit) for unit in units)
    return ()


def _parts(rules: _Rules, clash: tuple[tuple[int, int], ...]) -> Iterator[_Rules]:
    """The rules with one of the units barred for the way that clashes, then with the other."""
    for place, unit in clash:
        avoid = replace(rules[place].avoid, risk_mask=rules[place].avoid.risk_mask | 1 << unit)
        barred = replace(rules[place], avoid=avoid)
        yield (barred, rules[1]) if place == 0 else (rules[0], barred)
