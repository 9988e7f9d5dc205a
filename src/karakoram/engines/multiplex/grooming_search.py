"""Which ways does one demand after another find, and what is gained by routing some anew?

Each demand takes the way that opens for least, then passes for least, as many tributaries at once
as fit; begun in three orders, of which the best goes on. Then, as long as it gains: what is not
carried, or goes a longer way, takes the place of what stands in its shortest, and that finds
another; a new container is left out; the tributaries of a way are routed anew.
"""

from collections import Counter
from collections.abc import Sequence
from heapq import heappop, heappush
from operator import ge

from karakoram.engines.multiplex.edges import (
    GroomingEdge,
    GroomingWay,
    GroomingWays,
    costs_of,
    needs_of,
)
from karakoram.engines.multiplex.grooming import GroomingProblem, GroomingSearch
from karakoram.engines.multiplex.room import count_that_fits

_PASSES_MAX = 5
"""Rounds of routing anew; the later ones seldom gain."""

_IN_THE_WAY_MAX = 20
"""Ways that are asked to yield to another; each costs two searches."""


def ways_by_search(problem: GroomingProblem, edges: Sequence[GroomingEdge]) -> GroomingWays:
    """Ways found one after another, and the bounds that distances alone prove.

    No more is carried than has a way when alone; nothing opens for less than nothing; no tributary
    passes for less than when alone and everything is open. Where all three are reached, nothing is
    better.

    Parameters
    ----------
    problem
        What is to be carried.
    edges
        Its containers, those to be opened included.
    """
    state = _State(problem, edges)
    alone = [state.alone(demand) for demand in range(len(problem.demands))]
    reachable = [d for d, cost in enumerate(alone) if cost is not None]
    found = [state.filled(order) for order in _orders(state, reachable)]
    best = state.improved(min(found, key=state.value))
    counts = {d: problem.demands[d].count for d in reachable}
    carried_all = sum(best.values()) == sum(counts.values())
    return GroomingWays(
        ways=tuple(sorted(best.elements())),
        search=GroomingSearch.GREEDY,
        carried_bound=sum(counts.values()),
        opening_cost_bound=0,
        passage_cost_bound=sum(counts[d] * (alone[d] or 0) for d in reachable)
        if carried_all
        else 0,
    )


def _orders(state: "_State", reachable: list[int]) -> list[list[int]]:
    """Largest first, smallest first, and as given."""
    size = {demand: max(need[0] for need in state.needs[demand] if need) for demand in reachable}
    largest = sorted(reachable, key=lambda demand: (-size[demand], demand))
    smallest = sorted(reachable, key=lambda demand: (size[demand], demand))
    return [largest, smallest, reachable]


class _State:
    """Room and ways while the search runs."""

    def __init__(self, problem: GroomingProblem, edges: Sequence[GroomingEdge]) -> None:
        self.problem, self.edges = problem, edges
        self.needs = needs_of(problem, edges)
        self.at_site: dict[int, list[tuple[int, int]]] = {}
        for number, edge in enumerate(edges):
            a_site, z_site = edge.container.a_site, edge.container.z_site
            self.at_site.setdefault(a_site, []).append((number, z_site))
            self.at_site.setdefault(z_site, []).append((number, a_site))
        self.room = [edge.room for edge in edges]
        self.ways: Counter[GroomingWay] = Counter()
        self.left = [demand.count for demand in problem.demands]
        self.passing = [0] * len(edges)
        self.barred = -1

    def alone(self, demand: int) -> int | None:
        """What one tributary passes for when nothing else is there and opening is free."""
        way = self._way(demand, opening_counts=False)
        return None if way is None else costs_of(self.edges, [way])[1]

    def filled(self, order: Sequence[int]) -> Counter[GroomingWay]:
        """All demands in an order; the state is as before."""
        self._route(order)
        found = Counter(self.ways)
        self._put_back(Counter())
        return found

    def improved(self, ways: Counter[GroomingWay]) -> Counter[GroomingWay]:
        """Ways routed anew as long as that gains."""
        alone = {d: self._way(d, opening_counts=False) for d in range(len(self.left))}
        self._put_back(ways)
        for _ in range(_PASSES_MAX):
            before = self.value(self.ways)
            for demand, way in alone.items():
                if way is not None and self.left[demand]:
                    self._make_way(demand, wanted=frozenset(way.edges))
            for edge in [n for n, e in enumerate(self.edges) if e.opening_cost and self.passing[n]]:
                self._try_anew([way for way in self.ways if edge in way.edges], barred=edge)
            for way in list(self.ways):
                self._try_anew([way])
            for way in list(self.ways):
                self._make_short(way, alone[way.demand])
            if self.value(self.ways) == before:
                break
        return self.ways

    def value(self, ways: Counter[GroomingWay]) -> tuple[int, int, int]:
        """What is to be least: less carried first, opened next, passages last."""
        opening, passages = costs_of(self.edges, list(ways.elements()))
        return -ways.total(), opening, passages

    def _make_way(self, demand: int, *, wanted: frozenset[int]) -> None:
        """Let a demand take its shortest way, and those that stand in it take others."""
        standing = [way for way in self.ways if wanted.intersection(way.edges)]
        for way in standing[:_IN_THE_WAY_MAX]:
            if not self.left[demand]:
                break
            self._try_anew([way], first=(demand,))

    def _make_short(self, way: GroomingWay, shortest: GroomingWay | None) -> None:
        """Let a longer way become the shortest, and those that stand in it take others."""
        if shortest is None or costs_of(self.edges, [way]) <= costs_of(self.edges, [shortest]):
            return
        wanted = frozenset(shortest.edges)
        standing = [w for w in self.ways if w != way and wanted.intersection(w.edges)]
        for other in standing[:_IN_THE_WAY_MAX]:
            if way not in self.ways:
                break
            self._try_anew([way, other], first=(way.demand,))

    def _try_anew(
        self, taken_out: list[GroomingWay], *, first: tuple[int, ...] = (), barred: int = -1
    ) -> None:
        """Take ways out and route their demands, others first; undone where it gains nothing."""
        before = Counter(self.ways)
        for way in taken_out:
            self._pass(way, -self.ways[way])
        self.barred = barred
        self._route([*first, *dict.fromkeys(way.demand for way in taken_out)])
        self.barred = -1
        if self.ways != before and self.value(self.ways) >= self.value(before):
            self._put_back(before)

    def _put_back(self, ways: Counter[GroomingWay]) -> None:
        for way in set(self.ways) | set(ways):
            if ways[way] != self.ways[way]:
                self._pass(way, ways[way] - self.ways[way])

    def _route(self, order: Sequence[int]) -> None:
        """Carry what is not carried yet of each demand in turn."""
        for demand in order:
            while self.left[demand] > 0 and (way := self._way(demand)) is not None:
                opens = any(self._opening(edge) for edge in way.edges)
                fitting = min(
                    count_that_fits(self.room[edge], self.needs[demand][edge] or ())
                    for edge in way.edges
                )
                # What was opened for one may let the next one pass for less elsewhere.
                self._pass(way, 1 if opens else min(self.left[demand], fitting))

    def _pass(self, way: GroomingWay, count: int) -> None:
        """Let so many more tributaries go a way, or fewer."""
        self.left[way.demand] -= count
        self.ways[way] += count
        if not self.ways[way]:
            del self.ways[way]
        for edge in way.edges:
            needed = self.needs[way.demand][edge]
            assert needed is not None, "a way has only edges that carry the demand"
            self.passing[edge] += count
            self.room[edge] = tuple(
                left - count * take for left, take in zip(self.room[edge], needed, strict=True)
            )

    def _opening(self, edge: int) -> int:
        """What it costs to open an edge, if it is not in use already."""
        return 0 if self.passing[edge] else self.edges[edge].opening_cost

    def _way(self, demand: int, *, opening_counts: bool = True) -> GroomingWay | None:
        """The way that opens for least, then passes for least; ``None`` where there is no room."""
        asked = self.problem.demands[demand]
        is_open = self._open_edges(demand)
        heap: list[tuple[int, int, int, tuple[int, ...]]] = [(0, 0, asked.a_site, ())]
        settled: set[int] = set()
        while heap:
            opening, passing, site, along = heappop(heap)
            if site == asked.z_site:
                return GroomingWay(demand=demand, edges=along)
            if site in settled:
                continue
            settled.add(site)
            for edge, beyond in self.at_site.get(site, ()):
                if beyond in settled or not is_open[edge]:
                    continue
                opened = opening + (self._opening(edge) if opening_counts else 0)
                passed = passing + self.edges[edge].passage_cost
                heappush(heap, (opened, passed, beyond, (*along, edge)))
        return None

    def _open_edges(self, demand: int) -> list[bool]:
        """Which edges have room for one more tributary of a demand."""
        return [
            needed is not None and edge != self.barred and all(map(ge, room, needed))
            for edge, (room, needed) in enumerate(zip(self.room, self.needs[demand], strict=True))
        ]
