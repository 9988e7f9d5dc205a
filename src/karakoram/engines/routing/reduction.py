"""What is left of a graph when only its choices between two ends matter?

Long-haul graphs are mostly chains: a path that enters a chain leaves it at the other end, so
the chain is one arc. Risks that lie on the same arcs are then one risk with the sum of the
weights, and risks that no path can avoid are no choice at all. What remains is a core of a
few dozen arcs and risks on which exact search is cheap.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from karakoram.engines.routing.digraph import Digraph, Ends, risks_in

_CoreArc = tuple[int, int, int, int, tuple[int, ...]]
"""(tail, head, cost, risks, arcs of the graph in travel order)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Risks of the graph that lie on exactly the same arcs of the core."""

    mask: int
    weight: int
    core_arcs: int
    """Bit ``a`` set: arc ``a`` of the core is exposed."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Core:
    """The reduced graph; its risk bit ``r`` stands for ``bundles[r]``.

    Above the bundles lie two more bits: arcs barred to the first path, and to the second.
    """

    graph: Digraph
    costs: tuple[int, ...]
    chains: tuple[tuple[int, ...], ...]
    """Per core arc: the arcs of the full graph it stands for."""
    source: int
    target: int
    vertices: tuple[int, ...]
    """Per core vertex: its number in the full graph."""
    bundles: tuple[Bundle, ...]
    unavoidable_mask: int
    """Risks of the full graph that every path is exposed to; no bundle holds them."""

    @property
    def barred(self) -> tuple[int, int]:
        """The avoid masks with which the first and the second path set out."""
        return 1 << len(self.bundles), 2 << len(self.bundles)

    @property
    def ends(self) -> Ends:
        """From the core's source to its target."""
        return Ends.between(self.source, self.target)

    def weight_of(self, bundle_mask: int) -> int:
        """Total weight of the bundles in a mask; bits above the bundles weigh nothing."""
        inside = bundle_mask & ((1 << len(self.bundles)) - 1)
        return sum(self.bundles[bundle].weight for bundle in risks_in(inside))

    def expanded(self, core_arcs: Iterable[int]) -> tuple[int, ...]:
        """The arcs of the full graph along these arcs of the core."""
        return tuple(arc for core_arc in core_arcs for arc in self.chains[core_arc])


@dataclass(frozen=True, slots=True, kw_only=True)
class Reducible:
    """What to reduce, and what the reduction must leave alone."""

    ends: Ends
    weights: tuple[int, ...]
    """Per risk of the graph; its length is the number of risks."""
    free_mask: int = 0
    barred: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset())
    """Arcs that the first, and that the second path must not use."""
    kept: frozenset[int] = frozenset()
    """Vertices that must survive."""
    keeps_dearer: bool = False
    """Whether an arc survives that is dearer and riskier than a parallel one."""


def reduced(graph: Digraph, *, costs: list[int], request: Reducible) -> Core | None:
    """The core of the graph for the request; None when one of the two paths does not exist."""
    source, target = min(request.ends.sources), min(request.ends.targets)
    fixed = request.kept | {source, target}
    arcs = _contracted(_usable_arcs(graph, costs, request), fixed, request.keeps_dearer)
    first, second = (1 << len(request.weights), 2 << len(request.weights))
    unavoidable = -1
    for own_bar in {first, second} if request.barred[0] != request.barred[1] else {first}:
        forced = _unavoidable(arcs, (source, target), own_bar, first | second)
        if forced is None:
            return None
        unavoidable &= forced
    if unavoidable:
        stripped = [(*arc[:3], arc[3] & ~unavoidable, arc[4]) for arc in arcs]
        arcs = _contracted(stripped, fixed, request.keeps_dearer)
    return _core(arcs, (source, target), request, unavoidable)


def _usable_arcs(graph: Digraph, costs: list[int], request: Reducible) -> list[_CoreArc]:
    source, target = min(request.ends.sources), min(request.ends.targets)
    merged = dict.fromkeys(request.ends.sources, source)
    merged |= dict.fromkeys(request.ends.targets, target)
    counted = ((1 << len(request.weights)) - 1) & ~request.free_mask
    first, second = request.barred
    bar_first, bar_second = 1 << len(request.weights), 2 << len(request.weights)
    arcs = []
    for arc, (end, other) in enumerate(zip(graph.tail_of, graph.head_of, strict=True)):
        tail, head = merged.get(end, end), merged.get(other, other)
        if head == source or tail in (target, head) or (arc in first and arc in second):
            continue
        risks = graph.risk_masks[arc] & counted
        if arc in first:
            risks |= bar_first
        if arc in second:
            risks |= bar_second
        arcs.append((tail, head, costs[arc], risks, (arc,)))
    return arcs


class _Workbench:
    """Arcs under contraction, found by either end. Lives inside ``_contracted`` only."""

    def __init__(self, *, keeps_dearer: bool) -> None:
        self.keeps_dearer = keeps_dearer
        self.leaving: dict[int, dict[int, list[_CoreArc]]] = {}
        self.entering: dict[int, dict[int, list[_CoreArc]]] = {}

    def add(self, arc: _CoreArc) -> None:
        """Put the arc down unless a parallel one is no dearer and no riskier; drop those it beats."""
        tail, head = arc[0], arc[1]
        beside = self.leaving.setdefault(tail, {}).setdefault(head, [])
        if not self.keeps_dearer and beside:
            if any(_beats(other, arc) for other in beside):
                return
            beside[:] = [other for other in beside if not _beats(arc, other)]
        beside.append(arc)
        self.entering.setdefault(head, {})[tail] = beside

    def remove(self, tail: int, head: int) -> list[_CoreArc]:
        """Take up all arcs from tail to head."""
        taken = self.leaving.get(tail, {}).pop(head, [])
        self.entering.get(head, {}).pop(tail, None)
        return taken

    def neighbours(self, vertex: int) -> set[int]:
        """Vertices joined to this one by an arc either way."""
        return {*self.leaving.get(vertex, ()), *self.entering.get(vertex, ())}


def _beats(arc: _CoreArc, other: _CoreArc) -> bool:
    return arc[2] <= other[2] and not arc[3] & ~other[3]


def _contracted(
    arcs: list[_CoreArc],
    fixed: frozenset[int],
    keeps_dearer: bool,  # noqa: FBT001
) -> list[_CoreArc]:
    """The arcs with every dead end cut off and every chain made one arc."""
    bench = _Workbench(keeps_dearer=keeps_dearer)
    for arc in arcs:
        bench.add(arc)
    waiting = deque(sorted({arc[end] for arc in arcs for end in (0, 1)} - fixed))
    while waiting:
        vertex = waiting.popleft()
        beside = bench.neighbours(vertex)
        if not 1 <= len(beside) <= 2 or not _is_chain(bench, vertex, beside):
            continue
        into = [bench.remove(other, vertex) for other in sorted(beside)]
        out_of = [bench.remove(vertex, other) for other in sorted(beside)]
        if len(beside) == 2:
            for entering, leaving in ((into[0], out_of[1]), (into[1], out_of[0])):
                for before in entering:
                    for after in leaving:
                        bench.add(_joined(before, after))
        waiting.extend(beside - fixed)
    return [arc for heads in bench.leaving.values() for group in heads.values() for arc in group]


def _is_chain(bench: _Workbench, vertex: int, beside: set[int]) -> bool:
    """Whether no two parallel arcs meet here (a dead end may have them: it is cut off)."""
    return len(beside) == 1 or all(
        len(group) <= 1
        for groups in (bench.leaving.get(vertex, {}), bench.entering.get(vertex, {}))
        for group in groups.values()
    )


def _joined(before: _CoreArc, after: _CoreArc) -> _CoreArc:
    return before[0], after[1], before[2] + after[2], before[3] | after[3], before[4] + after[4]


def _unavoidable(
    arcs: list[_CoreArc], ends: tuple[int, int], own_bar: int, bars: int
) -> int | None:
    """Risks on every path that is not barred; None when there is no such path."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for tail, head, _, risks, _ in arcs:
        if not risks & own_bar:
            leaving.setdefault(tail, []).append((head, risks & ~bars))
    common = _risks_of_some_path(leaving, ends, avoid=0)
    if common is None:
        return None
    undecided, unavoidable = common, 0
    while undecided:
        lowest = undecided & -undecided
        met = _risks_of_some_path(leaving, ends, avoid=lowest)
        if met is None:
            together = _always_together(leaving, lowest, undecided)
            unavoidable |= together
            undecided &= ~together
        else:
            undecided &= met
    return unavoidable


def _always_together(leaving: dict[int, list[tuple[int, int]]], risk: int, among: int) -> int:
    """Those of the risks that lie on exactly the arcs on which this one lies."""
    for steps in leaving.values():
        for _, risks in steps:
            among &= risks if risks & risk else ~risks
    return among


def _risks_of_some_path(
    leaving: dict[int, list[tuple[int, int]]], ends: tuple[int, int], *, avoid: int
) -> int | None:
    """The risks met on the path with fewest arcs that avoids a mask; None without a path."""
    source, target = ends
    met = {source: 0}
    waiting = deque((source,))
    while waiting:
        vertex = waiting.popleft()
        for head, risks in leaving.get(vertex, ()):
            if head not in met and not risks & avoid:
                met[head] = met[vertex] | risks
                if head == target:
                    return met[head]
                waiting.append(head)
    return None


def _core(
    arcs: list[_CoreArc], ends: tuple[int, int], request: Reducible, unavoidable: int
) -> Core:
    """Renumber vertices and bundle risks."""
    arcs = sorted(arcs, key=lambda arc: arc[4])
    risk_count = len(request.weights)
    vertices = sorted({*ends, *request.kept, *(arc[end] for arc in arcs for end in (0, 1))})
    number = {vertex: index for index, vertex in enumerate(vertices)}
    exposed: dict[int, int] = {}
    for index, arc in enumerate(arcs):
        exposed[arc[3]] = exposed.get(arc[3], 0) | 1 << index
    on_arcs: dict[int, int] = {}
    for mask, core_arcs in exposed.items():
        for risk in risks_in(mask):
            on_arcs[risk] = on_arcs.get(risk, 0) | core_arcs
    members: dict[int, list[int]] = {}
    for risk in sorted(on_arcs):
        if risk < risk_count:
            members.setdefault(on_arcs[risk], []).append(risk)
    bundles = tuple(
        Bundle(
            mask=sum(1 << risk for risk in risks),
            weight=sum(request.weights[risk] for risk in risks),
            core_arcs=core_arcs,
        )
        for core_arcs, risks in members.items()
    )
    masks = [arc[3] >> risk_count << len(bundles) for arc in arcs]
    for bit, bundle in enumerate(bundles):
        for index in risks_in(bundle.core_arcs):
            masks[index] |= 1 << bit
    return Core(
        graph=_renumbered(arcs, number, masks),
        costs=tuple(arc[2] for arc in arcs),
        chains=tuple(arc[4] for arc in arcs),
        source=number[ends[0]],
        target=number[ends[1]],
        vertices=tuple(vertices),
        bundles=bundles,
        unavoidable_mask=unavoidable,
    )


def _renumbered(arcs: list[_CoreArc], number: dict[int, int], masks: list[int]) -> Digraph:
    return Digraph(
        vertex_count=len(number),
        tails=np.array([number[arc[0]] for arc in arcs], dtype=np.int64),
        heads=np.array([number[arc[1]] for arc in arcs], dtype=np.int64),
        risk_masks=tuple(masks),
    )
