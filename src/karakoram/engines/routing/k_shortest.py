"""Which loopless paths come first, second, third ... by cost?

Yen's scheme with Lawler's restriction: a path found is deviated from only at or after the
place where it left its parent. A deviation waits in the queue under a lower bound (the
reverse tree's cost from there on) and is searched only when it comes to the front; very
often the reverse tree's own way is loopless and no search is needed. Where vertices lie in
places that a path must not come back to, what a deviation has left is closed to its search; a
path that still comes back is dropped with all that begin as it does up to there.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import islice

from karakoram.engines.routing.costs import ArcValues, integer_costs, listed
from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided, Digraph, Ends
from karakoram.engines.routing.shortest import ArcPath, path_of_arcs

_Step = tuple[int, int, int]
"""(head, weight, arc); the weight orders by cost, then by number of arcs."""

_Waiting = tuple[int, tuple[int, ...], bool, int, frozenset[int]]
"""(weight, arcs, whether arcs reach the target, length of the fixed prefix, banned arcs).

Unsearched deviations hold only their prefix as arcs: a prefix sorts before whatever it can
become, so the queue's order is the order of the answers.
"""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """The usable part of the graph, all sources merged into one vertex, all targets too."""

    source: int
    target: int
    steps: list[list[_Step]]
    to_target: list[float | int]
    tree_step: dict[int, tuple[int, int]]
    """Per vertex: the arc by which the cheapest way to the target begins, and its head."""
    head_of: dict[int, int]
    weight_of: dict[int, int]
    place_of: Sequence[int]
    """Per vertex: the place that it lies in."""

    def enters(self, vertex: int, head: int, left: set[int]) -> bool:
        """Whether the step stays in its place or comes to one that is not among ``left``."""
        place = self.place_of[head]
        return place not in left or place == self.place_of[vertex]

    def came_back_at(self, arcs: tuple[int, ...]) -> int | None:
        """Which arc is the first that comes back to a place; ``None`` if none does."""
        vertex, left = self.source, {self.place_of[self.source]}
        for number, arc in enumerate(arcs):
            head = self.head_of[arc]
            if not self.enters(vertex, head, left):
                return number
            left.add(self.place_of[head])
            vertex = head
        return None

    def tree_way(self, arcs: tuple[int, ...], banned: frozenset[int]) -> tuple[int, ...] | None:
        """The reverse tree's way on from ``arcs``, unless it meets a vertex again."""
        visited = {self.source, *(self.head_of[arc] for arc in arcs)}
        left = {self.place_of[vertex] for vertex in visited}
        start = self.head_of[arcs[-1]] if arcs else self.source
        _, arc, vertex = min(
            (weight + self.to_target[head], arc, head)
            for head, weight, arc in self.steps[start]
            if arc not in banned and head not in visited and self.enters(start, head, left)
        )
        way = [*arcs, arc]
        while vertex != self.target:
            visited.add(vertex)
            left.add(self.place_of[vertex])
            arc, head = self.tree_step[vertex]
            if head in visited or not self.enters(vertex, head, left):
                return None
            way.append(arc)
            vertex = head
        return tuple(way)

    def searched_way(
        self, arcs: tuple[int, ...], banned: frozenset[int]
    ) -> tuple[int, tuple[int, ...]] | None:
        """The best loopless way on from ``arcs`` and its weight: A* on the reverse tree.

        It comes back to no place of ``arcs``; to one of its own it may.
        """
        closed = {self.source, *(self.head_of[arc] for arc in arcs)}
        left = {self.place_of[vertex] for vertex in closed}
        start = self.head_of[arcs[-1]] if arcs else self.source
        so_far = sum(self.weight_of[arc] for arc in arcs)
        heap = [
            (so_far + weight + int(self.to_target[head]), (*arcs, arc), so_far + weight, head)
            for head, weight, arc in self.steps[start]
            if arc not in banned and head not in closed and self.enters(start, head, left)
        ]
        heapify(heap)
        while heap:
            bound, way, reached, vertex = heappop(heap)
            if vertex == self.target:
                return bound, way
            if vertex in closed:
                continue
            closed.add(vertex)
            for head, weight, arc in self.steps[vertex]:
                if head not in closed and self.enters(vertex, head, left):
                    ahead = reached + weight
                    heappush(heap, (ahead + int(self.to_target[head]), (*way, arc), ahead, head))
        return None

    def deviations(self, found: _Waiting, *, end: int) -> Iterator[_Waiting]:
        """Every set of paths that leaves ``found`` before arc ``end``, with its lower bound."""
        _, arcs, _, fixed, banned = found
        vertices = [self.source, *(self.head_of[arc] for arc in arcs)]
        reached = sum(self.weight_of[arc] for arc in arcs[:fixed])
        visited = set(vertices[: fixed + 1])
        left = {self.place_of[vertex] for vertex in visited}
        for place in range(fixed, end):
            barred = (banned if place == fixed else frozenset()) | {arcs[place]}
            bounds = [
                weight + self.to_target[head]
                for head, weight, arc in self.steps[vertices[place]]
                if arc not in barred
                and head not in visited
                and self.enters(vertices[place], head, left)
            ]
            if bounds:
                yield reached + int(min(bounds)), arcs[:place], False, place, barred
            reached += self.weight_of[arcs[place]]
            visited.add(vertices[place + 1])
            left.add(self.place_of[vertices[place + 1]])


def loopless_paths(
    graph: Digraph,
    *,
    cost: ArcValues,
    ends: Ends,
    avoid: Avoided = NOTHING_AVOIDED,
) -> Iterator[ArcPath]:
    """Every loopless path, one by one, the cheapest first.

    Equally cheap paths come with fewer arcs first, then in the order of their arc numbers.
    Parallel arcs make different paths.

    Parameters
    ----------
    graph
        The graph.
    cost
        Cost of each arc, >= 0, in any unit, shape (arc,); ordered as by ``integer_costs``.
    ends
        Where the path begins and finishes.
    avoid
        Risks and vertices not to be touched; sources and targets among them are dropped.

    Raises
    ------
    ValueError
        If the costs do not fit the arcs or are negative.

    References
    ----------
    .. [1] J. Y. Yen, "Finding the K shortest loopless paths in a network", Management Science 17,
       1971, 712-716; E. L. Lawler, ibid. 18, 1972, 401-405.
    """
    # Each vertex is a place of its own: no path comes back to one.
    places = range(graph.vertex_count)
    found = paths_without_return(graph, cost=cost, ends=ends, avoid=avoid, place_of=places)
    return (path for path in found if path is not None)


def paths_without_return(
    graph: Digraph,
    *,
    cost: ArcValues,
    ends: Ends,
    place_of: Sequence[int],
    avoid: Avoided = NOTHING_AVOIDED,
) -> Iterator[ArcPath | None]:
    """The loopless paths by rising cost that come back to no place once they have left it.

    ``None`` stands for each path or search that was looked at in vain, so that who counts what
    comes bounds the work.

    Parameters
    ----------
    graph, cost, ends, avoid
        As for ``loopless_paths``; all sources in one place, and all targets in one.
    place_of
        The place that each vertex lies in, shape (vertex,).

    Raises
    ------
    ValueError
        If the costs do not fit the arcs or are negative.
    """
    values = listed(cost, arc_count=graph.arc_count)
    weights = integer_costs(cost, arc_count=graph.arc_count)
    prepared = _prepared(graph, weights, ends=ends, avoid=avoid, place_of=place_of)
    queue: list[_Waiting] = []
    if math.isfinite(prepared.to_target[prepared.source]):
        queue.append((int(prepared.to_target[prepared.source]), (), False, 0, frozenset()))
    while queue:
        waiting = heappop(queue)
        weight, arcs, complete, fixed, banned = waiting
        if complete:
            back = prepared.came_back_at(arcs)
            yield path_of_arcs(graph, arcs, values=values) if back is None else None
            end = len(arcs) if back is None else back + 1
            for deviation in prepared.deviations(waiting, end=end):
                heappush(queue, deviation)
        elif (way := prepared.tree_way(arcs, banned)) is not None:
            heappush(queue, (weight, way, True, fixed, banned))
        elif (searched := prepared.searched_way(arcs, banned)) is not None:
            heappush(queue, (*searched, True, fixed, banned))
        else:
            yield None


def k_shortest_paths(
    graph: Digraph,
    *,
    cost: ArcValues,
    ends: Ends,
    k: int,
    avoid: Avoided = NOTHING_AVOIDED,
) -> tuple[ArcPath, ...]:
    """The first ``k`` of ``loopless_paths``; fewer when the graph has fewer.

    Parameters
    ----------
    graph, cost, ends, avoid
        As for ``loopless_paths``.
    k
        How many paths at most, >= 0.

    Raises
    ------
    ValueError
        If ``k`` is negative, or the costs do not fit the arcs or are negative.

    Examples
    --------
    >>> from karakoram.engines.routing.digraph import digraph_of_sections
    >>> ring = digraph_of_sections(3, a=[0, 1, 0], z=[1, 2, 2], risk_masks=[1, 2, 4])
    >>> paths = k_shortest_paths(ring, cost=[1, 1, 1, 1, 3, 3], ends=Ends.between(0, 2), k=5)
    >>> [(path.cost, path.vertices) for path in paths]
    [(2, (0, 1, 2)), (3, (0, 2))]
    """
    if k < 0:
        raise ValueError(f"k must be >= 0, got {k}")
    return tuple(islice(loopless_paths(graph, cost=cost, ends=ends, avoid=avoid), k))


def _prepared(
    graph: Digraph, costs: list[int], *, ends: Ends, avoid: Avoided, place_of: Sequence[int]
) -> _Prepared:
    source, target = min(ends.sources), min(ends.targets)
    merged = dict.fromkeys(ends.sources, source) | dict.fromkeys(ends.targets, target)
    per_cost = graph.vertex_count + 1  # more than any number of arcs on a loopless path
    steps: list[list[_Step]] = [[] for _ in range(graph.vertex_count)]
    into: list[list[_Step]] = [[] for _ in range(graph.vertex_count)]
    head_of: dict[int, int] = {}
    weight_of: dict[int, int] = {}
    for arc, (end, other) in enumerate(zip(graph.tail_of, graph.head_of, strict=True)):
        if graph.risk_masks[arc] & avoid.risk_mask or {end, other} & avoid.vertices:
            continue
        tail, head = merged.get(end, end), merged.get(other, other)
        if head == source or tail in (target, head):
            continue
        if place_of[tail] != place_of[head] and (
            place_of[head] == place_of[source] or place_of[tail] == place_of[target]
        ):
            continue  # comes back to where the path began, or leaves where it has to end
        weight = costs[arc] * per_cost + 1
        head_of[arc], weight_of[arc] = head, weight
        steps[tail].append((head, weight, arc))
        into[head].append((tail, weight, arc))
    to_target = _distances(into, target)
    reaching = [[step for step in onward if math.isfinite(to_target[step[0]])] for onward in steps]
    best = {
        vertex: min((weight + to_target[head], arc, head) for head, weight, arc in onward)[1:]
        for vertex, onward in enumerate(reaching)
        if onward
    }
    return _Prepared(source, target, reaching, to_target, best, head_of, weight_of, place_of)


def _distances(into: list[list[_Step]], target: int) -> list[float | int]:
    distance = [math.inf] * len(into)
    distance[target] = 0
    heap: list[tuple[float | int, int]] = [(0, target)]
    while heap:
        reached, vertex = heappop(heap)
        if reached > distance[vertex]:
            continue
        for tail, weight, _ in into[vertex]:
            if reached + weight < distance[tail]:
                distance[tail] = reached + weight
                heappush(heap, (reached + weight, tail))
    return distance
