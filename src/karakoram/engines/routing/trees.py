"""What are the cheapest paths from every source to everywhere, as trees?"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from jaxtyping import Int

from karakoram.engines.routing.costs import ArcValues, listed
from karakoram.engines.routing.digraph import Digraph


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PathTrees:
    """One tree of cheapest paths for each source; no path passes a vertex twice."""

    entering_arc: Int[np.ndarray, "source vertex"]
    """The last arc of the path to a vertex; -1 at the source and where no path leads."""
    arc_count: Int[np.ndarray, "source vertex"]
    """How many arcs the path has; 0 at the source, -1 where no path leads."""

    def __post_init__(self) -> None:
        for name in ("entering_arc", "arc_count"):
            values = np.array(getattr(self, name), dtype=np.int64)
            values.flags.writeable = False
            object.__setattr__(self, name, values)


def path_trees(graph: Digraph, *, cost: ArcValues, sources: Sequence[int]) -> PathTrees:
    """The cheapest paths from each source to every vertex.

    Dijkstra's algorithm, once for each source; among equally cheap paths the choice is
    deterministic. Risks of arcs are not looked at.

    Parameters
    ----------
    graph
        The graph.
    cost
        Cost of each arc, >= 0, in any unit, shape (arc,).
    sources
        Where paths begin, each a vertex.

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
    found = [_tree(graph, values, source) for source in sources]
    shape = (len(sources), graph.vertex_count)
    return PathTrees(
        entering_arc=np.array([entering for entering, _ in found], dtype=np.int64).reshape(shape),
        arc_count=np.array([count for _, count in found], dtype=np.int64).reshape(shape),
    )


def _tree(graph: Digraph, values: list[float | int], source: int) -> tuple[list[int], list[int]]:
    """Per vertex the arc by which it is reached (-1 for none), and the number of arcs to it."""
    distance = [math.inf] * graph.vertex_count
    entering = [-1] * graph.vertex_count
    count = [-1] * graph.vertex_count
    distance[source] = 0
    heap: list[tuple[float | int, int]] = [(0, source)]
    while heap:
        reached, vertex = heappop(heap)
        if reached > distance[vertex] or count[vertex] >= 0:
            continue
        arc_before = entering[vertex]
        count[vertex] = 0 if arc_before < 0 else count[graph.tail_of[arc_before]] + 1
        for head, arc in graph.out_arcs[vertex]:
            candidate = reached + values[arc]
            if candidate < distance[head]:
                distance[head] = candidate
                entering[head] = arc
                heappush(heap, (candidate, head))
    return entering, count
