"""Which paths of a pair share no section, or no site, and cost least together?

For many pairs in one call; exact. Importing this module loads the compiler.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from jaxtyping import Bool, Int

from karakoram.engines.routing.collected import pair_order, paths_in_order
from karakoram.engines.routing.disjoint_search import (
    BACK,
    COST,
    END,
    FIRST,
    HEAD,
    OPEN,
    PLACE_COLUMNS,
    SENT,
    STEP_COLUMNS,
    TAIL,
    VERTEX,
    FlowGraph,
    disjoint_batch,
)
from karakoram.engines.routing.ranked import section_weights
from karakoram.engines.routing.route_records import RankedPaths
from karakoram.engines.routing.section_graph import OutArcs, SectionGraph, checked_pairs, out_arcs
from karakoram.engines.routing.tree_search import tree_search

Disjointness = Literal["sections", "sites"]
"""What no two paths have in common; with sites, those at the ends are left aside."""


def disjoint_paths(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]],
    *,
    k: int = 2,
    disjoint: Disjointness = "sections",
    usable: Bool[np.ndarray, " section"] | None = None,
) -> RankedPaths:
    """As many disjoint paths of every pair as there are, ``k`` at most, that cost least together.

    With fewer than ``k`` paths of a pair, no ``k`` disjoint ones exist. Of the sets that cost
    equally little one with fewest arcs is taken. The least costly path of a set comes first.

    Successive shortest paths with potentials [1]_, which for two paths is the method of
    Suurballe and Tarjan [2]_.

    Parameters
    ----------
    graph
        Sections with their costs, which are added as by ``integer_costs``.
    pairs
        Source and target of each pair, two different vertices, shape (pair, 2).
    k
        How many paths at most, >= 1.
    disjoint
        Whether paths share no section, or no site besides the two ends, and no section.
    usable
        Whether a path may use each section, shape (section,); all may when not said.

    Raises
    ------
    ValueError
        If ``k`` is below 1, a pair is not two vertices, or costs are too large to be added.

    References
    ----------
    .. [1] R. K. Ahuja, T. L. Magnanti, J. B. Orlin, Network Flows, 1993, ch. 9.
    .. [2] J. W. Suurballe, R. E. Tarjan, "A quick method for finding shortest pairs of
       disjoint paths", Networks 14, 1984, 325-336.

    Examples
    --------
    >>> from karakoram.engines.routing.section_graph import section_graph
    >>> trap = section_graph(
    ...     4, ends=[(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)], cost=[1, 1, 1, 3, 3]
    ... )
    >>> disjoint_paths(trap, [(0, 3)]).arcs_of_pair(0)
    ((0, 8), (6, 4))
    """
    if k < 1:
        raise ValueError(f"k must be >= 1, got {k}")
    both = checked_pairs(graph, pairs)
    out = out_arcs(graph, usable)
    weights = section_weights(graph, "length")[out.arcs // 2]
    asked = pair_order(both, k)
    flow = _flow_through_sites(out, weights) if disjoint == "sites" else _flow(out, weights)
    return paths_in_order(
        disjoint_batch(flow, tree_search(out, weights), asked), asked, graph=graph
    )


def _flow(out: OutArcs, weights: np.ndarray) -> FlowGraph:
    """Units share no section: one that is sent both ways is one that nobody needs."""
    count = len(out.arcs)
    slot_of_arc = np.zeros(out.arcs.max(initial=-1) + 2, dtype=np.int64)
    slot_of_arc[out.arcs] = np.arange(count)
    steps = np.empty((count, STEP_COLUMNS), dtype=np.int64)
    steps[:, HEAD], steps[:, TAIL], steps[:, COST] = out.heads, out.tails, weights
    steps[:, BACK] = slot_of_arc[out.arcs ^ 1]
    steps[:, OPEN] = 1
    return FlowGraph(_places(steps, np.arange(len(out.offsets) - 1)), steps, out.arcs, 0)


def _flow_through_sites(out: OutArcs, weights: np.ndarray) -> FlowGraph:
    """Units share no vertex: each is two places, with one step from the way in to the way out."""
    vertex_count, arc_count = len(out.offsets) - 1, len(out.arcs)
    ways_in = np.arange(vertex_count)
    ways_out = ways_in + vertex_count
    one_way = np.empty((vertex_count + arc_count, STEP_COLUMNS), dtype=np.int64)
    one_way[:, HEAD] = np.concatenate([ways_out, out.heads])
    one_way[:, TAIL] = np.concatenate([ways_in, out.tails + vertex_count])
    one_way[:, COST] = np.concatenate([0 * ways_in, weights])
    one_way[:, OPEN] = 1
    back = one_way.copy()
    back[:, HEAD], back[:, TAIL] = one_way[:, TAIL], one_way[:, HEAD]
    back[:, OPEN] = 0
    order = np.argsort(np.concatenate([one_way, back])[:, TAIL], kind="stable")
    steps = np.concatenate([one_way, back])[order]
    steps[:, BACK] = np.roll(np.argsort(order), len(back))[order]
    arcs = np.concatenate([0 * ways_in - 1, out.arcs, 0 * back[:, 0] - 1])[order]
    arcs.flags.writeable = False
    return FlowGraph(_places(steps, np.tile(ways_in, 2)), steps, arcs, vertex_count)


def _places(steps: np.ndarray, vertices: np.ndarray) -> np.ndarray:
    """The table of the places with these vertices, and nothing sent yet."""
    steps[:, SENT] = -1
    offsets = np.searchsorted(steps[:, TAIL], np.arange(len(vertices) + 1))
    places = np.zeros((len(vertices), PLACE_COLUMNS), dtype=np.int64)
    places[:, FIRST], places[:, END], places[:, VERTEX] = offsets[:-1], offsets[1:], vertices
    return places
