"""Which path is cheapest when it must also obey a rule, such as a bound on latency?"""

import math
from collections import Counter
from dataclasses import dataclass
from heapq import heappop, heappush
from operator import add, gt, le

from karakoram.engines.routing.costs import ArcValues, integer_costs, listed
from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided, Digraph, Ends
from karakoram.engines.routing.shortest import ArcPath, path_of_arcs

LABELS_MAX = 50_000
"""Partial paths kept, at most, while loops are being forbidden; about 0.2 s."""

_ROUNDING = 1e-12
"""Relative slack on the resource bound: more than the error of adding a few hundred floats."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceLimit:
    """A bound on the sum of a quantity along a path: its latency, its km through one operator."""

    amounts: tuple[float | int, ...]
    """Per arc: what of the quantity it adds, >= 0, in one unit; 0 where the bound does not look,
    as outside the operator whose transit is limited."""
    most: float
    """The bound, in the same unit."""

    def keeps(self, graph: Digraph, path: ArcPath) -> bool:
        """Whether the path of this graph stays within the bound."""
        amounts = listed(self.amounts, arc_count=graph.arc_count)
        return math.fsum(amounts[arc] for arc in path.arcs) <= self.most * (1 + _ROUNDING)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRule:
    """What a path must obey besides being loopless."""

    avoid: Avoided = NOTHING_AVOIDED
    limits: tuple[ResourceLimit, ...] = ()
    """The path stays within every one of them."""
    via: tuple[frozenset[int], ...] = ()
    """The path visits a vertex of each set, in this order."""

    def __post_init__(self) -> None:
        if not all(self.via):
            raise ValueError("each via set must name at least one vertex")

    def allows(self, graph: Digraph, path: ArcPath) -> bool:
        """Whether a loopless path of this graph obeys the rule."""
        return (
            not self.avoid.risk_mask & path.risk_mask
            and self.avoid.vertices.isdisjoint(path.vertices)
            and all(limit.keeps(graph, path) for limit in self.limits)
            and (not self.via or self._visits(path))
        )

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


_Amounts = tuple[float | int, ...]
"""One amount for each limit."""

_Successor = tuple[int, int, _Amounts, int, int]
"""(state, reduced cost, amounts, arc, risks)."""


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
    amounts_ahead: tuple[_Amounts, ...]
    """Per state: the least of each amount on the way to a goal."""

    def path(self, avoid_mask: int = 0) -> PathAnswer:
        """The cheapest path that obeys the rule and avoids the risks of ``avoid_mask`` as well."""
        forbidden: frozenset[int] = frozenset()  # vertices not to be visited twice
        while True:
            if self.rule.limits or forbidden:
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
        """The cheapest path within the limits that visits no forbidden vertex twice.

        A label is a partial path. Labels leave the queue by cost, so a later one at the same
        state must use less of some resource, or have left some forbidden vertex unvisited. The
        flag says whether the search ran to its end.
        """
        bounds = tuple(limit.most * (1 + _ROUNDING) for limit in self.rule.limits)
        bit_of = {vertex: 1 << place for place, vertex in enumerate(sorted(forbidden))}
        count, ahead = self.graph.vertex_count, self.amounts_ahead
        settled: dict[int, list[tuple[_Amounts, int]]] = {}
        labels: list[tuple[int, int]] = []  # (label it came from, arc)
        heap: list[tuple[int, _Amounts, int, int, int]] = []
        for cost, start in zip(self.start_costs, self.starts, strict=True):
            if all(map(le, ahead[start], bounds)):
                nothing = (0,) * len(bounds)
                heappush(heap, (cost, nothing, bit_of.get(start % count, 0), start, -1))
        while heap:
            reached, used, visited, state, label = heappop(heap)
            rivals = settled.setdefault(state, [])
            if any(not seen & ~visited and all(map(le, less, used)) for less, seen in rivals):
                continue
            if state in self.goals:
                return _arcs_to(label, labels), True
            if len(labels) > LABELS_MAX:
                return None, False
            rivals.append((used, visited))
            for onward, reduced, amounts, arc, risks in self.successors[state]:
                bit = bit_of.get(onward % count, 0)
                if risks & avoid_mask or bit & visited:
                    continue
                more = tuple(map(add, used, amounts))
                if any(map(gt, map(add, more, ahead[onward]), bounds)):
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

    Limits are met exactly by label setting with dominance [1]_, whatever their number; labels
    that cannot reach the target within them, by the reverse tree of each resource, are cut.
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
        If costs or amounts do not fit the arcs or are negative.

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
    amounts_of = [listed(limit.amounts, arc_count=arc_count) for limit in rule.limits]
    steps = _layered_steps(graph, ends=ends, rule=rule)
    last = len(rule.via) * graph.vertex_count
    goals = frozenset(target + last for target in ends.targets - rule.avoid.vertices)
    state_count = last + graph.vertex_count
    cost_ahead = _ahead(steps, costs, goals=goals, state_count=state_count)
    ahead_of = [_ahead(steps, own, goals=goals, state_count=state_count) for own in amounts_of]
    successors: list[list[_Successor]] = [[] for _ in range(state_count)]
    for tail, head, arc in steps:
        if cost_ahead[head] < math.inf:
            reduced = costs[arc] + int(cost_ahead[head]) - int(cost_ahead[tail])
            amounts = tuple(own[arc] for own in amounts_of)
            successors[tail].append((head, reduced, amounts, arc, graph.risk_masks[arc]))
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
        amounts_ahead=tuple(
            tuple(ahead[state] for ahead in ahead_of) for state in range(state_count)
        ),
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
