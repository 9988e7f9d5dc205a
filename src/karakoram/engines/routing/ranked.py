"""Which k loopless paths come first, for many pairs in one call?

The same answers in the same order as ``k_shortest_paths`` gives pair by pair. Importing this
module loads the compiler.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from jaxtyping import Bool, Int

from karakoram.engines.routing.collected import pair_order, paths_in_order
from karakoram.engines.routing.ranked_search import ranked_batch
from karakoram.engines.routing.route_records import RankedPaths
from karakoram.engines.routing.section_graph import SectionGraph, checked_pairs, out_arcs
from karakoram.engines.routing.tree_search import tree_search

PathOrder = Literal["length", "hops"]
"""What comes first: the less costly path, or the one with fewer arcs."""

WEIGHT_MAX = 1 << 61
"""What a path may weigh at most; two of them, and room, fit a 64-bit integer."""


def ranked_paths(
    graph: SectionGraph,
    pairs: Int[np.ndarray, "pair 2"] | Sequence[tuple[int, int]],
    *,
    k: int,
    order: PathOrder = "length",
    usable: Bool[np.ndarray, " section"] | None = None,
) -> RankedPaths:
    """The first ``k`` loopless paths of every pair; fewer where there are fewer.

    By length, equally costly paths come with fewer arcs first; by hops, those with equally many
    arcs come with the less costly first. What is equal in both comes by the arc numbers along
    the path, so the list is the same on every machine. Parallel sections make different paths.

    Parameters
    ----------
    graph
        Sections with their costs, which are ordered as by ``integer_costs``.
    pairs
        Source and target of each pair, two different vertices, shape (pair, 2).
    k
        How many paths of a pair at most, >= 0.
    order
        By length or by hops.
    usable
        Whether a path may use each section, shape (section,); all may when not said.

    Returns
    -------
    Arcs and costs of all paths, the pairs in the order given.

    Raises
    ------
    ValueError
        If ``k`` is negative, a pair is not two vertices, or costs are too large to be added.

    References
    ----------
    .. [1] J. Y. Yen, "Finding the K shortest loopless paths in a network", Management Science 17,
       1971, 712-716; E. L. Lawler, ibid. 18, 1972, 401-405.

    Examples
    --------
    >>> from karakoram.engines.routing.section_graph import section_graph
    >>> ring = section_graph(3, ends=[(0, 1), (1, 2), (0, 2)], cost=[1, 1, 3])
    >>> by_length = ranked_paths(ring, [(0, 2), (2, 1)], k=5)
    >>> by_length.arcs_of_pair(0), by_length.costs.tolist()
    (((0, 2), (4,)), [2, 3, 1, 4])
    >>> ranked_paths(ring, [(0, 2)], k=1, order="hops").arcs_of_pair(0)
    ((4,),)
    """
    if k < 0:
        raise ValueError(f"k must be >= 0, got {k}")
    both = checked_pairs(graph, pairs)
    out = out_arcs(graph, usable)
    weights = section_weights(graph, order)[out.arcs // 2]
    asked = pair_order(both, k)
    found = ranked_batch(tree_search(out, weights), out.arcs, asked)
    return paths_in_order(found, asked, graph=graph)


def section_weights(graph: SectionGraph, order: PathOrder) -> Int[np.ndarray, " section"]:
    """One whole number >= 1 per section; their sum along a path orders it among all others.

        by length   c (V + 1) + 1          by hops   c + 1 + the V - 1 largest c together

    with V vertices, so that whatever comes second never outweighs what comes first.

    Raises
    ------
    ValueError
        If a path could weigh WEIGHT_MAX or more: fewer digits are needed then.
    """
    cost = graph.integer_cost
    arcs_max = max(graph.vertex_count - 1, 1)
    dearest = int(np.sort(cost)[-arcs_max:].sum(dtype=np.float64))
    most = (dearest + 1) * (graph.vertex_count + 1)
    if most >= WEIGHT_MAX:
        raise ValueError(
            f"the {arcs_max} dearest sections cost {dearest} together; at most "
            f"{WEIGHT_MAX // (graph.vertex_count + 1)} can be ordered on {graph.vertex_count} "
            f"vertices: give whole numbers of a larger unit"
        )
    return cost * (graph.vertex_count + 1) + 1 if order == "length" else cost + (1 + dearest)
