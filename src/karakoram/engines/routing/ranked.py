"""Which k loopless paths come first, for many pairs in one call?

The same answers in the same order as ``k_shortest_paths`` gives pair by pair. Importing this
module loads the compiler.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
from jaxtyping import Bool, Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.ranked_search import RankedQuestion, RankedSlots, ranked_batch
from karakoram.engines.routing.route_records import RankedPaths
from karakoram.engines.routing.section_graph import SectionGraph, checked_pairs, out_arcs

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
    asked = RankedQuestion(both, np.argsort(both[:, 1], kind="stable"), k)
    found = ranked_batch(out, weights, asked)
    return _in_order(found, asked, graph=graph, arc_of_slot=out.arcs)


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


def sums_along(paths: RankedPaths, values: Int[np.ndarray, " section"] | np.ndarray) -> np.ndarray:
    """The sum of a quantity per section along each path, in its unit, shape (path,).

    Whole numbers are added exactly; others twice as precisely as they are given, then rounded once.
    """
    return _sums(paths.path_offsets, paths.arcs, values)


def _in_order(
    found: RankedSlots, asked: RankedQuestion, *, graph: SectionGraph, arc_of_slot: np.ndarray
) -> RankedPaths:
    """The paths found, the pairs in the order in which they were asked for."""
    path_count, arc_count = found.used.tolist()
    path_offsets = np.zeros(path_count + 1, dtype=np.int64)
    arcs = np.empty(arc_count, dtype=np.int32)
    pair_offsets = np.zeros(len(asked.pairs) + 1, dtype=np.int64)
    np.cumsum(found.path_counts, out=pair_offsets[1:])
    _sort_out(found, asked.order, (pair_offsets, path_offsets, arcs, arc_of_slot))
    return RankedPaths(
        pair_offsets=pair_offsets,
        path_offsets=path_offsets,
        arcs=arcs,
        costs=_sums(path_offsets, arcs, graph.cost),
    )


@compiled
def _sort_out(
    found: RankedSlots,
    order: np.ndarray,
    answer: tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray],
) -> None:
    """Fill offsets and arcs of the answer."""
    pair_offsets, path_offsets, arcs, arc_of_slot = answer
    path = 0
    for pair in order:
        for place in range(pair_offsets[pair], pair_offsets[pair + 1]):
            path_offsets[place + 1] = found.arc_counts[path]
            path += 1
    path_offsets[:] = np.cumsum(path_offsets)
    begin = 0
    for pair in order:
        first = path_offsets[pair_offsets[pair]]
        last = path_offsets[pair_offsets[pair + 1]]
        for place in range(first, last):
            arcs[place] = arc_of_slot[found.arcs[begin]]
            begin += 1


@compiled
def _sums(path_offsets: np.ndarray, arcs: np.ndarray, values: np.ndarray) -> np.ndarray:
    sums = np.zeros(len(path_offsets) - 1, dtype=values.dtype)
    for path in range(len(sums)):
        total = lost = values[0] - values[0]
        for place in range(path_offsets[path], path_offsets[path + 1]):
            value = values[arcs[place] >> 1]
            more = total + value
            gained = more - total
            lost += (total - (more - gained)) + (value - gained)  # exactly what rounding took
            total = more
        sums[path] = total + lost
    return sums
