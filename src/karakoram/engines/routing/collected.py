"""How do compiled searches hand over the paths that they find, pair by pair?

Pairs with the same target are worked on one after the other, so that they share what is computed
for the target; their paths are put back into the order of the pairs at the end.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.route_records import RankedPaths
from karakoram.engines.routing.section_graph import SectionGraph

PATHS_EXPECTED = 16
"""Paths of a pair for which there is room from the start."""
ARCS_EXPECTED = 8
"""Arcs of a path for which there is room from the start."""


class PairOrder(NamedTuple):
    """Which pairs, in which order they are worked on, and how many paths of each at most."""

    pairs: Int[np.ndarray, "pair 2"]
    """Source and target of each pair."""
    order: Int[np.ndarray, " pair"]
    """Numbers of the pairs, those with one target side by side."""
    k: int


class CollectedPaths(NamedTuple):
    """The paths of all pairs so far, the pairs in the order in which they are worked on."""

    path_counts: Int[np.ndarray, " pair"]
    """By pair, in the order of ``PairOrder.pairs``."""
    arc_counts: Int[np.ndarray, " path"]
    arcs: Int[np.ndarray, " place"]
    used: Int[np.ndarray, " two"]
    """How many paths and how many arcs there are."""


def pair_order(pairs: Int[np.ndarray, "pair 2"], k: int) -> PairOrder:
    """The pairs by target."""
    return PairOrder(pairs, np.argsort(pairs[:, 1], kind="stable"), k)


@compiled
def no_paths(asked: PairOrder) -> CollectedPaths:
    """Nothing yet; the arrays grow when they have to."""
    paths = len(asked.pairs) * min(asked.k, PATHS_EXPECTED)
    return CollectedPaths(
        np.zeros(len(asked.pairs), dtype=np.int64),
        np.empty(paths, dtype=np.int64),
        np.empty(paths * ARCS_EXPECTED, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )


@compiled
def noted(
    found: CollectedPaths, path: np.ndarray, where: tuple[int, int, np.ndarray]
) -> CollectedPaths:
    """The paths with one more, the longer arrays where they had to grow.

    ``where`` says at which place of ``path`` its slots begin, how many there are, and which arc
    each slot of the graph stands for, -1 for none.
    """
    begin, length, arc_of_slot = where
    arc_counts, arcs = found.arc_counts, found.arcs
    number, begin_arc = found.used
    if number == len(arc_counts):
        arc_counts = np.empty(2 * number + 1, dtype=np.int64)
        for place in range(number):
            arc_counts[place] = found.arc_counts[place]
    if begin_arc + length > len(arcs):
        arcs = np.empty(2 * len(arcs) + length, dtype=np.int32)
        for place in range(begin_arc):
            arcs[place] = found.arcs[place]
    end_arc = begin_arc
    for place in range(begin, begin + length):
        arc = arc_of_slot[path[place]]
        if arc >= 0:
            arcs[end_arc] = arc
            end_arc += 1
    arc_counts[number] = end_arc - begin_arc
    found.used[0] = number + 1
    found.used[1] = end_arc
    return CollectedPaths(found.path_counts, arc_counts, arcs, found.used)


def paths_in_order(found: CollectedPaths, asked: PairOrder, *, graph: SectionGraph) -> RankedPaths:
    """The paths found, the pairs in the order in which they were asked for."""
    path_count, arc_count = found.used.tolist()
    path_offsets = np.zeros(path_count + 1, dtype=np.int64)
    arcs = np.empty(arc_count, dtype=np.int32)
    pair_offsets = np.zeros(len(asked.pairs) + 1, dtype=np.int64)
    np.cumsum(found.path_counts, out=pair_offsets[1:])
    _sort_out(found, asked.order, (pair_offsets, path_offsets, arcs))
    return RankedPaths(
        pair_offsets=pair_offsets,
        path_offsets=path_offsets,
        arcs=arcs,
        costs=_sums(path_offsets, arcs, graph.cost),
    )


def with_paths(
    paths: RankedPaths,
    more: Mapping[int, Sequence[Sequence[int]]],
    *,
    graph: SectionGraph,
) -> RankedPaths:
    """The same paths and, for pairs that have none yet, those given as arcs.

    Parameters
    ----------
    paths
        Paths of all pairs.
    more
        By pair without a path: the arcs of each of its paths.
    graph
        The graph, for the costs.
    """
    if not more:
        return paths
    numbers = [number for number in sorted(more) for _ in more[number]]
    ways = [way for number in sorted(more) for way in more[number]]
    lengths = np.array([len(way) for way in ways], dtype=np.int64)
    added = np.array([arc for way in ways for arc in way], dtype=paths.arcs.dtype)
    before = paths.pair_offsets[numbers]
    counts = paths.path_counts
    counts[list(more)] += [len(more[number]) for number in more]
    arc_counts = np.insert(paths.arc_counts, before, lengths)
    path_offsets = np.concatenate([[0], np.cumsum(arc_counts)])
    arcs = np.insert(paths.arcs, np.repeat(paths.path_offsets[before], lengths), added)
    return RankedPaths(
        pair_offsets=np.concatenate([[0], np.cumsum(counts)]),
        path_offsets=path_offsets,
        arcs=arcs,
        costs=_sums(path_offsets, arcs, graph.cost),
    )


@compiled
def _sort_out(
    found: CollectedPaths, order: np.ndarray, answer: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> None:
    """Fill offsets and arcs of the answer."""
    pair_offsets, path_offsets, arcs = answer
    path = 0
    for pair in order:
        for place in range(pair_offsets[pair], pair_offsets[pair + 1]):
            path_offsets[place + 1] = found.arc_counts[path]
            path += 1
    for place in range(path):
        path_offsets[place + 1] += path_offsets[place]
    begin = 0
    for pair in order:
        first = path_offsets[pair_offsets[pair]]
        last = path_offsets[pair_offsets[pair + 1]]
        for place in range(first, last):
            arcs[place] = found.arcs[begin]
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
