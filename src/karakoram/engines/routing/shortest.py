"""Which path from the sources to the targets is cheapest?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

from karakoram.engines.routing.costs import ArcValues, listed
from karakoram.engines.routing.digraph import NOTHING_AVOIDED, Avoided, Digraph, Ends


@dataclass(frozen=True, slots=True, kw_only=True)
class ArcPath:
    """A loopless path: its arcs in travel order, the vertices they join, cost and risks."""

    arcs: tuple[int, ...]
    vertices: tuple[int, ...]
    """One more than arcs; the first is a source, the last a target."""
    cost: float | int
    """Sum over its arcs, in the unit in which they were given."""
    risk_mask: int
    """Every risk that some arc of the path is exposed to."""


def path_of_arcs(
    graph: Digraph, arcs: tuple[int, ...], *, values: Sequence[float | int]
) -> ArcPath:
    """The path along the given arcs: integer costs are added exactly, others rounded once.

    Parameters
    ----------
    graph
        The graph.
    arcs
        At least one arc, in travel order, each beginning where the one before ends.
    values
        Cost of each arc of the graph, shape (arc,).
    """
    assert arcs
    steps = [values[arc] for arc in arcs]
    mask = 0
    for arc in arcs:
        mask |= graph.risk_masks[arc]
    head_of = graph.head_of
    return ArcPath(
        arcs=arcs,
        vertices=(graph.tail_of[arcs[0]], *(head_of[arc] for arc in arcs)),
        cost=sum(steps) if all(isinstance(step, int) for step in steps) else math.fsum(steps),
        risk_mask=mask,
    )


def shortest_path(
    graph: Digraph,
    *,
    cost: ArcValues,
    ends: Ends,
    avoid: Avoided = NOTHING_AVOIDED,
) -> ArcPath | None:
    """The cheapest path that avoids what it must; None when there is none.

    Dijkstra's algorithm with a binary heap [1]_; the path is loopless, since no cost is negative.
    Among equally cheap paths the choice is deterministic.

    Parameters
    ----------
    graph
        The graph.
    cost
        Cost of each arc, >= 0, in any unit, shape (arc,).
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
    .. [1] E. W. Dijkstra, "A note on two problems in connexion with graphs", Numerische
       Mathematik 1, 1959, 269-271.
    """
    values = listed(cost, arc_count=graph.arc_count)
    found = _search(graph, values, ends=ends, avoid=avoid)
    if found is None:
        return None
    vertex, entering = found
    arcs = []
    while (arc := entering[vertex]) >= 0:
        arcs.append(arc)
        vertex = graph.tail_of[arc]
    return path_of_arcs(graph, tuple(reversed(arcs)), values=values)


def _search(
    graph: Digraph, values: list[float | int], *, ends: Ends, avoid: Avoided
) -> tuple[int, list[int]] | None:
    """The target reached and, per vertex, the arc by which it was reached (-1 for none)."""
    avoid_mask, targets = avoid.risk_mask, ends.targets
    out_arcs, masks = graph.out_arcs, graph.risk_masks
    distance = [math.inf] * graph.vertex_count
    entering = [-1] * graph.vertex_count
    for vertex in avoid.vertices:
        distance[vertex] = -1.0  # never improved upon, so never entered
    heap: list[tuple[float | int, int]] = []
    for start in sorted(ends.sources - avoid.vertices):
        distance[start] = 0
        heap.append((0, start))
    while heap:
        reached, vertex = heappop(heap)
        if reached > distance[vertex]:
            continue
        if vertex in targets:
            return vertex, entering
        for head, arc in out_arcs[vertex]:
            candidate = reached + values[arc]
            if candidate < distance[head] and not masks[arc] & avoid_mask:
                distance[head] = candidate
                entering[head] = arc
                heappush(heap, (candidate, head))
    return None
