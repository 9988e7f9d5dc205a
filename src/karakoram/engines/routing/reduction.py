"""What is left of a graph when only its choices between two ends matter?

Long-haul graphs are mostly chains: a path that enters a chain leaves it at the other end, so
the chain is one arc. Risks that lie on the same arcs are then one risk with the sum of the
weights, and risks that no path can avoid are no choice at all. What remains is a core of a
few dozen arcs and risks on which exact search is cheap.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import permutations, product
from typing import NamedTuple

import numpy as np

from karakoram.engines.routing.digraph import Adjacency, Digraph, Ends, mask_of, risks_in

CHAIN_NEIGHBOURS = 2
"""Neighbours of a vertex inside a chain; a dead end has fewer."""


class _Run(NamedTuple):
    """Arcs of the graph that can only be used one after the other."""

    tail: int
    head: int
    cost: int
    risks: int
    arcs: tuple[int, ...]


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
    """The core of the graph for the request; None when one of the two paths does not exist.

    For every loopless path of the graph that the request allows the core has one that costs no
    more and meets no other risks (unavoidable ones are taken out), and every path of the core is
    one of the graph. So a best pair of the core is a best pair of the graph.

    Parameters
    ----------
    graph
        The graph.
    costs
        Cost of each arc, >= 0, shape (arc,).
    request
        Ends, weights, and what must survive.
    """
    source, target = _terminals(graph, request.ends)
    fixed = request.kept | {source, target}
    usable = _usable_runs(graph, costs, request)
    runs = _contracted(usable, fixed, keeps_dearer=request.keeps_dearer)
    bars = (1 << len(request.weights), 2 << len(request.weights))
    both_bars, unavoidable = sum(bars), -1
    for own_bar in bars if request.barred[0] != request.barred[1] else bars[:1]:
        open_runs = [
            run._replace(risks=run.risks & ~both_bars) for run in runs if not run.risks & own_bar
        ]
        forced = _unavoidable(open_runs, source, target)
        if forced is None:
            return None
        unavoidable &= forced
    if unavoidable:
        stripped = [run._replace(risks=run.risks & ~unavoidable) for run in runs]
        runs = _contracted(stripped, fixed, keeps_dearer=request.keeps_dearer)
    runs = sorted(runs, key=lambda run: (run.arcs, run.tail, run.head))
    return _core(runs, (source, target), request=request, unavoidable=unavoidable)


def _terminals(graph: Digraph, ends: Ends) -> tuple[int, int]:
    """One vertex to begin at and one to finish at; new ones before several sources or targets."""
    source, target = min(ends.sources), min(ends.targets)
    return (
        source if len(ends.sources) == 1 else graph.vertex_count,
        target if len(ends.targets) == 1 else graph.vertex_count + 1,
    )


def _usable_runs(graph: Digraph, costs: list[int], request: Reducible) -> list[_Run]:
    """Every arc of some way from source to target as a run of its own, by its number.

    Before them runs without arcs, from a new source and to a new target.
    """
    ends, (first, second) = request.ends, request.barred
    source, target = _terminals(graph, ends)
    on_way = _on_the_way(graph, ends, unusable=first & second)
    counted = ((1 << len(request.weights)) - 1) & ~request.free_mask
    bar_first, bar_second = 1 << len(request.weights), 2 << len(request.weights)
    runs = [_Run(source, vertex, 0, 0, ()) for vertex in sorted(ends.sources - {source})]
    runs += [_Run(vertex, target, 0, 0, ()) for vertex in sorted(ends.targets - {target})]
    differ = first != second
    for arc in on_way:
        risks = graph.risk_masks[arc] & counted
        if differ:
            risks |= (bar_first if arc in first else 0) | (bar_second if arc in second else 0)
        runs.append(_Run(graph.tail_of[arc], graph.head_of[arc], costs[arc], risks, (arc,)))
    return runs


def _on_the_way(graph: Digraph, ends: Ends, *, unusable: frozenset[int]) -> list[int]:
    """The usable arcs that can be reached from a source and from which a target can be, ascending.

    None leads into a source or out of a target.
    """
    near = _reached(graph.out_arcs, ends.sources, stop=ends.targets, unusable=unusable)
    far = _reached(graph.in_arcs, ends.targets, stop=ends.sources, unusable=unusable)
    tails, heads = (near & far) - ends.targets, (near & far) - ends.sources
    return sorted(
        arc
        for tail in tails
        for head, arc in graph.out_arcs[tail]
        if head in heads and head != tail and arc not in unusable
    )


def _reached(
    neighbours: Adjacency,
    starts: frozenset[int],
    *,
    stop: frozenset[int],
    unusable: frozenset[int],
) -> set[int]:
    """The vertices reached from the starts; where there is a stop, nothing is reached from it."""
    reached, waiting = set(starts), list(starts)
    while waiting:
        vertex = waiting.pop()
        if vertex in stop:
            continue
        for other, arc in neighbours[vertex]:
            if other not in reached and arc not in unusable:
                reached.add(other)
                waiting.append(other)
    return reached


class _Workbench:
    """Runs under contraction, found by either end. Lives inside ``_contracted`` only."""

    def __init__(self, *, keeps_dearer: bool) -> None:
        self.keeps_dearer = keeps_dearer
        self.leaving: dict[int, dict[int, list[_Run]]] = {}
        self.entering: dict[int, dict[int, list[_Run]]] = {}

    def add(self, run: _Run) -> None:
        """Put the run down unless a parallel one beats it; take up those that it beats."""
        beside = self.leaving.setdefault(run.tail, {}).setdefault(run.head, [])
        if not self.keeps_dearer and beside:
            if any(_beats(other, run) for other in beside):
                return
            beside[:] = [other for other in beside if not _beats(run, other)]
        beside.append(run)
        self.entering.setdefault(run.head, {})[run.tail] = beside

    def remove(self, tail: int, head: int) -> list[_Run]:
        """Take up all runs from tail to head."""
        taken = self.leaving.get(tail, {}).pop(head, [])
        self.entering.get(head, {}).pop(tail, None)
        return taken

    def neighbours(self, vertex: int) -> set[int]:
        """Vertices joined to this one by a run either way."""
        return {*self.leaving.get(vertex, ()), *self.entering.get(vertex, ())}

    def is_passed_straight(self, vertex: int, beside: set[int]) -> bool:
        """Whether a path that meets the vertex, if any does, has one way on only."""
        if len(beside) < CHAIN_NEIGHBOURS:
            return True
        return len(beside) == CHAIN_NEIGHBOURS and all(
            len(group) == 1
            for groups in (self.leaving.get(vertex, {}), self.entering.get(vertex, {}))
            for group in groups.values()
        )

    def bridge(self, vertex: int, beside: set[int]) -> None:
        """Take out a vertex that is passed straight; its two sides become one run."""
        into = {other: self.remove(other, vertex) for other in sorted(beside)}
        out_of = {other: self.remove(vertex, other) for other in into}
        for tail, head in permutations(into, 2):
            for before, after in product(into[tail], out_of[head]):
                self.add(_joined(before, after))


def _beats(run: _Run, other: _Run) -> bool:
    """Whether no path is worse off with ``run`` instead of the parallel ``other``."""
    return run.cost <= other.cost and not run.risks & ~other.risks


def _joined(before: _Run, after: _Run) -> _Run:
    return _Run(
        before.tail,
        after.head,
        before.cost + after.cost,
        before.risks | after.risks,
        before.arcs + after.arcs,
    )


def _contracted(runs: list[_Run], fixed: frozenset[int], *, keeps_dearer: bool) -> list[_Run]:
    """The runs with every dead end cut off and every chain made one run."""
    bench = _Workbench(keeps_dearer=keeps_dearer)
    for run in runs:
        bench.add(run)
    waiting = deque(sorted({end for run in runs for end in run[:2]} - fixed))
    while waiting:
        vertex = waiting.popleft()
        beside = bench.neighbours(vertex)
        if beside and bench.is_passed_straight(vertex, beside):
            bench.bridge(vertex, beside)
            waiting.extend(sorted(beside - fixed))
    return [run for heads in bench.leaving.values() for group in heads.values() for run in group]


def _unavoidable(runs: list[_Run], source: int, target: int) -> int | None:
    """Risks on every path; None when there is no path."""
    leaving: dict[int, list[tuple[int, int]]] = {}
    for run in runs:
        leaving.setdefault(run.tail, []).append((run.head, run.risks))
    undecided = _risks_of_some_path(leaving, (source, target), avoid=0)
    if undecided is None:
        return None
    unavoidable = 0
    while undecided:
        lowest = undecided & -undecided
        met = _risks_of_some_path(leaving, (source, target), avoid=lowest)
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


def _core(runs: list[_Run], ends: tuple[int, int], *, request: Reducible, unavoidable: int) -> Core:
    """Renumber vertices and bundle risks."""
    vertices = sorted({*ends, *request.kept, *(end for run in runs for end in run[:2])})
    number = {vertex: index for index, vertex in enumerate(vertices)}
    bundles = _bundles(runs, request.weights)
    masks = [run.risks >> len(request.weights) << len(bundles) for run in runs]
    for bit, bundle in enumerate(bundles):
        for index in risks_in(bundle.core_arcs):
            masks[index] |= 1 << bit
    return Core(
        graph=Digraph(
            vertex_count=len(vertices),
            tails=np.array([number[run.tail] for run in runs], dtype=np.int64),
            heads=np.array([number[run.head] for run in runs], dtype=np.int64),
            risk_masks=tuple(masks),
        ),
        costs=tuple(run.cost for run in runs),
        chains=tuple(run.arcs for run in runs),
        source=number[ends[0]],
        target=number[ends[1]],
        vertices=tuple(vertices),
        bundles=bundles,
        unavoidable_mask=unavoidable,
    )


def _bundles(runs: list[_Run], weights: tuple[int, ...]) -> tuple[Bundle, ...]:
    """Risks that lie on the same runs, in the order of their lowest risk."""
    exposed: dict[int, int] = {}
    for index, run in enumerate(runs):
        exposed[run.risks] = exposed.get(run.risks, 0) | 1 << index
    on_runs: dict[int, int] = {}
    for mask, indices in exposed.items():
        for risk in risks_in(mask & ((1 << len(weights)) - 1)):
            on_runs[risk] = on_runs.get(risk, 0) | indices
    members: dict[int, list[int]] = {}
    for risk in sorted(on_runs):
        members.setdefault(on_runs[risk], []).append(risk)
    return tuple(
        Bundle(
            mask=mask_of(risks),
            weight=sum(weights[risk] for risk in risks),
            core_arcs=indices,
        )
        for indices, risks in members.items()
    )
