"""Which path is cheapest when it must also obey a rule, such as a bound on latency?"""

import math
from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush

from karakoram.engines.routing.costs import ArcValues, integer_costs, listed
from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided, Digraph, Ends
from karakoram.engines.routing.shortest import ArcPath, path_of_arcs

LABELS_MAX = 50_000
"""Partial paths kept, at most, while loops are being forbidden; about 0.2 s."""

_ROUNDING = 1e-12
"""Relative slack on the resource bound: more than the error of adding a few hundred floats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRule:
    """What a path must obey besides being loopless."""

    avoid: Avoided = NOTHING_AVOIDED
    resource: tuple[float | int, ...] | None = None
    """A second additive quantity per arc, >= 0, for example latency in ms."""
    resource_max: float = math.inf
    """Bound on the sum of the resource along the path, in its unit."""
    via: tuple[frozenset[int], ...] = ()
    """The path visits a vertex of each set, in this order."""

    def __post_init__(self) -> None:
        if self.resource is None and self.resource_max != math.inf:
            raise ValueError("resource_max needs the resource of each arc")
        if not all(self.via):
            raise ValueError("each via set must name at least one vertex")

    def allows(self, graph: Digraph, path: ArcPath) -> bool:
        """Whether a loopless path of this graph obeys the rule."""
        return (
            not self.avoid.risk_mask & path.risk_mask
            and self.avoid.vertices.isdisjoint(path.vertices)
            and self._within_bound(graph, path)
            and self._visits(path)
        )

    def _within_bound(self, graph: Digraph, path: ArcPath) -> bool:
        if self.resource is None:
            return True
        resource = listed(self.resource, arc_count=graph.arc_count)
        total = math.fsum(resource[arc] for arc in path.arcs)
        return total <= self.resource_max * (1 + _ROUNDING)

    def _visits(self, path: ArcPath) -> bool:
        stage = 0
        for vertex in path.vertices:
            stage = _stage_at(vertex, stage, via=self.via)
        return stage == len(self.via)


NO_RULE = PathRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class PathAnswer:
    """The cheapest path that obeys a rule, and whether the search ran to its end.

    ``path`` is None and ``proven`` true: no path obeys the rule. ``path`` is None and
    ``proven`` false: the search was given up after LABELS_MAX partial paths, one may exist.
    """

    path: ArcPath | None
    proven: bool = True


_Successor = tuple[int, int, float | int, int, int]
"""(state, reduced cost, resource, arc, risks)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathSearch:
    """A search prepared once for a graph, a cost and a rule, then run for any risks to avoid.

    A state is a vertex together with the number of via sets already visited. Arcs carry
    costs reduced by the cheapest way to the target, so Dijkstra's algorithm on them is A*.
    States of one vertex are ``graph.vertex_count`` apart.
    """

    graph: Digraph
    values: tuple[float | int, ...]
    """Per arc: its cost as given, of which the cost of the answer is the sum."""
    ends: Ends
    rule: PathRule
    starts: tuple[int, ...]
    """States in which a path may begin."""
    goals: frozenset[int]
    """States in which a path is finished."""
    start_costs: tuple[int, ...]
    """Per start: cost of the cheapest way to a goal, rules and loops left aside."""
    successors: tuple[tuple[_Successor, ...], ...]
    resource_ahead: tuple[float | int, ...]
    """Per state: least resource on the way to a goal."""

    def path(self, avoid_mask: int = 0) -> PathAnswer:
        """The cheapest path that obeys the rule and avoids the risks of ``avoid_mask`` as well."""
        forbidden: frozenset[int] = frozenset()  # vertices not to be visited twice
        bounded = self.rule.resource is not None
        while True:
            if bounded or forbidden:
                arcs, proven = self._cheapest_of_labels(avoid_mask, forbidden)
            else:
                arcs, proven = self._cheapest(avoid_mask), True
            if arcs is None:
                return PathAnswer(path=None, proven=proven)
            path = path_of_arcs(self.graph, arcs, values=self.values)
            twice = frozenset(v for v, count in Counter(path.vertices).items() if count > 1)
            if not twice:
                return PathAnswer(path=path)
            assert not twice & forbidden
            forbidden |= twice

    def _cheapest(self, avoid_mask: int) -> tuple[int, ...] | None:
        best: dict[int, int] = {}
        entered: dict[int, tuple[int, int]] = {}
        heap: list[tuple[int, int]] = []
        for cost, start in zip(self.start_costs, self.starts, strict=True):
            best[start] = cost
            heappush(heap, (cost, start))
        while heap:
            reached, state = heappop(heap)
            if reached > best[state]:
                continue
            if state in self.goals:
                arcs = []
                while state in entered:
                    state, arc = entered[state]
                    arcs.append(arc)
                return tuple(reversed(arcs))
            for onward, reduced, _, arc, risks in self.successors[state]:
                if risks & avoid_mask:
                    continue
                ahead = reached + reduced
                if onward not in best or ahead < best[onward]:
                    best[onward] = ahead
                    entered[onward] = (state, arc)
                    heappush(heap, (ahead, onward))
        return None

    def _cheapest_of_labels(
        self, avoid_mask: int, forbidden: frozenset[int]
    ) -> tuple[tuple[int, ...] | None, bool]:
        """The cheapest path within the bound that visits no forbidden vertex twice.

        A label is a partial path. Labels leave the queue by cost, so a later one at the same
        state must use less resource, or have left some forbidden vertex unvisited. The flag
        says whether the search ran to its end.
        """
        bound = self.rule.resource_max * (1 + _ROUNDING)
        bit_of = {vertex: 1 << place for place, vertex in enumerate(sorted(forbidden))}
        count = self.graph.vertex_count
        settled: dict[int, list[tuple[float | int, int]]] = {}
        labels: list[tuple[int, int]] = []  # (label it came from, arc)
        heap: list[tuple[int, float | int, int, int, int]] = []
        for cost, start in zip(self.start_costs, self.starts, strict=True):
            if self.resource_ahead[start] <= bound:
                heappush(heap, (cost, 0, bit_of.get(start % count, 0), start, -1))
        while heap:
            reached, used, visited, state, label = heappop(heap)
            rivals = settled.setdefault(state, [])
            if any(less <= used and not seen & ~visited for less, seen in rivals):
                continue
            if state in self.goals:
                return _arcs_to(label, labels), True
            if len(labels) > LABELS_MAX:
                return None, False
            rivals.append((used, visited))
            for onward, reduced, resource, arc, risks in self.successors[state]:
                bit = bit_of.get(onward % count, 0)
                more = used + resource
                if (
                    risks & avoid_mask
                    or bit & visited
                    or more + self.resource_ahead[onward] > bound
                ):
                    continue
                labels.append((label, arc))
                heappush(heap, (reached + reduced, more, visited | bit, onward, len(labels) - 1))
        return None, True


def _arcs_to(label: int, labels: list[tuple[int, int]]) -> tuple[int, ...]:
    arcs = []
    while label >= 0:
        label, arc = labels[label]
        arcs.append(arc)
    return tuple(reversed(arcs))


def constrained_path(graph: Digraph, *, cost: ArcValues, ends: Ends, rule: PathRule) -> PathAnswer:
    """The cheapest loopless path that obeys the rule.

    A bound on a resource is met exactly by label setting with dominance [1]_; labels that
    cannot reach the target within the bound, by the reverse tree of the resource, are cut.
    Via sets are met by a search over (vertex, sets visited); when its answer visits a vertex
    twice, the search is repeated with labels that remember that vertex, until the answer is
    loopless (decremental state space relaxation [2]_) or LABELS_MAX labels are kept.

    Parameters
    ----------
    graph
        The graph.
    cost
        Cost of each arc, >= 0, in any unit, shape (arc,).
    ends
        Where the path begins and finishes.
    rule
        What the path must obey.

    Returns
    -------
    The path, and whether the search ran to its end.

    Raises
    ------
    ValueError
        If costs or resources do not fit the arcs or are negative.

    References
    ----------
    .. [1] S. Irnich, G. Desaulniers, "Shortest path problems with resource constraints", in
       Column Generation, Springer, 2005, ch. 2.
    .. [2] G. Righini, M. Salani, "New dynamic programming algorithms for the resource constrained
       elementary shortest path problem", Networks 51, 2008, 155-170.
    """
    return prepared_search(graph, cost=cost, ends=ends, rule=rule).path()


def prepared_search(graph: Digraph, *, cost: ArcValues, ends: Ends, rule: PathRule) -> PathSearch:
    """The search of ``constrained_path``, to be run many times with other risks to avoid.

    Parameters and errors are those of ``constrained_path``.
    """
    arc_count = graph.arc_count
    costs = integer_costs(cost, arc_count=arc_count)
    resource = (
        [0.0] * arc_count if rule.resource is None else listed(rule.resource, arc_count=arc_count)
    )
    steps = _layered_steps(graph, ends=ends, rule=rule)
    last = len(rule.via) * graph.vertex_count
    goals = frozenset(target + last for target in ends.targets - rule.avoid.vertices)
    state_count = last + graph.vertex_count
    cost_ahead = _ahead(steps, costs, goals=goals, state_count=state_count)
    resource_ahead = _ahead(steps, resource, goals=goals, state_count=state_count)
    successors: list[list[_Successor]] = [[] for _ in range(state_count)]
    for tail, head, arc in steps:
        if cost_ahead[head] < math.inf:
            reduced = costs[arc] + int(cost_ahead[head]) - int(cost_ahead[tail])
            successors[tail].append((head, reduced, resource[arc], arc, graph.risk_masks[arc]))
    starts = [
        (int(cost_ahead[state]), state)
        for vertex in sorted(ends.sources - rule.avoid.vertices)
        if cost_ahead[state := _state(vertex, 0, graph=graph, via=rule.via)] < math.inf
    ]
    return PathSearch(
        graph=graph,
        values=tuple(listed(cost, arc_count=arc_count)),
        ends=ends,
        rule=rule,
        starts=tuple(state for _, state in starts),
        goals=goals,
        start_costs=tuple(bound for bound, _ in starts),
        successors=tuple(
            tuple(sorted(entries, key=lambda entry: entry[1])) for entries in successors
        ),
        resource_ahead=tuple(resource_ahead),
    )


def _layered_steps(graph: Digraph, *, ends: Ends, rule: PathRule) -> list[tuple[int, int, int]]:
    """Every usable arc between states, as (state, state, arc)."""
    never_left = ends.targets | rule.avoid.vertices
    never_entered = ends.sources | rule.avoid.vertices
    usable = [
        (tail, head, arc)
        for arc, (tail, head) in enumerate(zip(graph.tail_of, graph.head_of, strict=True))
        if tail not in never_left
        and head not in never_entered
        and not graph.risk_masks[arc] & rule.avoid.risk_mask
    ]
    if not rule.via:
        return usable
    return [
        (
            tail + stage * graph.vertex_count,
            _state(head, stage, graph=graph, via=rule.via),
            arc,
        )
        for stage in range(len(rule.via) + 1)
        for tail, head, arc in usable
    ]


def _state(vertex: int, stage: int, *, graph: Digraph, via: tuple[frozenset[int], ...]) -> int:
    return vertex + _stage_at(vertex, stage, via=via) * graph.vertex_count


def _stage_at(vertex: int, stage: int, *, via: tuple[frozenset[int], ...]) -> int:
    """The number of via sets visited once ``vertex`` is reached with ``stage`` visited before."""
    while stage < len(via) and vertex in via[stage]:
        stage += 1
    return stage


def _ahead(
    steps: list[tuple[int, int, int]],
    values: list[int] | list[float | int],
    *,
    goals: frozenset[int],
    state_count: int,
) -> list[float | int]:
    """The least sum of values from every state to a goal, inf where none is reached."""
    into: list[list[tuple[int, int]]] = [[] for _ in range(state_count)]
    for tail, head, arc in steps:
        into[head].append((tail, arc))
    ahead: list[float | int] = [math.inf] * state_count
    heap: list[tuple[float | int, int]] = []
    for goal in goals:
        ahead[goal] = 0
        heappush(heap, (0, goal))
    while heap:
        reached, state = heappop(heap)
        if reached > ahead[state]:
            continue
        for before, arc in into[state]:
            candidate = reached + values[arc]
            if candidate < ahead[before]:
                ahead[before] = candidate
                heappush(heap, (candidate, before))
    return ahead
