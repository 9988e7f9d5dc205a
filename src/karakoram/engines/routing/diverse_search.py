"""How are the cheapest pairs of paths without a common risk found, and proven, at machine speed?

Compiled; branching on conflicts, best first. A subproblem says which risks the first path avoids
and which the second. Its bound is the cheapest first plus the cheapest second path, each on its
own. Where the two meet a risk, no pair of the subproblem is lost if it splits in two: the first
path avoids that risk, or the second does.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.routing.collected import CollectedPaths, PairOrder, no_paths, noted
from karakoram.engines.routing.heaps import pop, push
from karakoram.engines.routing.tree_search import (
    AHEAD,
    COST,
    END,
    ENTERED,
    FIRST,
    HEAD,
    LABELLED,
    SO_FAR,
    TAIL,
    UNREACHED,
    TreeSearch,
    grow_tree,
)

FOUND, NONE_EXISTS, GIVEN_UP, NO_PATH = 0, 1, 2, 3
"""What became of a pair: proven by branching; proven that there is none; not proven within the
subproblems allowed; not even one path."""

# Columns of the ways.
LENGTH_OF_WAY = 0
"""How many slots it has, -1 when no path avoids what it must."""
COST_OF_WAY = 1
WAY_COLUMNS = 2


class RiskSearch(NamedTuple):
    """Risks of the slots, and room for the subproblems of one pair.

    A way is the cheapest path that avoids some risks. A subproblem is two ways: its number is that
    of the first times the number of ways there may be, plus that of the second.
    """

    risks: UInt64[np.ndarray, "slot word"]
    spread: Int[np.ndarray, " risk"]
    """On how many slots each risk lies."""
    site_risk: Int[np.ndarray, " vertex"]
    """The risk that a vertex is, which is free where it is an end; -1 where it is none."""
    ways: Int[np.ndarray, "way column"]
    way_slots: Int[np.ndarray, "way place"]
    avoided: UInt64[np.ndarray, "way word"]
    met: UInt64[np.ndarray, "way word"]
    """The risks on each way, those that are free left out."""
    free: UInt64[np.ndarray, " word"]
    waiting: Int[np.ndarray, "row 2"]
    """A heap of subproblems by their bounds."""
    made: Int[np.ndarray, " one"]
    """How many ways there are."""


@compiled
def _find_way(search: TreeSearch, pair: RiskSearch, where: tuple[int, int]) -> None:
    """Fill in way ``where[1]``: the cheapest from ``where[0]`` that avoids what it must; A*."""
    source, way = where
    vertices, heap = search.vertices, search.heap
    serial = search.serial[0] + 1
    search.serial[0] = serial
    vertices[source, LABELLED] = serial
    vertices[source, SO_FAR] = 0
    heap[0, 0] = 0
    push(heap, vertices[source, AHEAD], source)
    pair.ways[way, LENGTH_OF_WAY] = -1
    while heap[0, 0] > 0:
        bound, vertex = pop(heap)
        if vertices[vertex, AHEAD] == 0:
            _note_way(search, pair, (vertex, source, way))
            return
        if bound == vertices[vertex, SO_FAR] + vertices[vertex, AHEAD]:
            _relax(search, pair, (vertex, way))


@compiled
def _relax(search: TreeSearch, pair: RiskSearch, where: tuple[int, int]) -> None:
    """Label what can be reached from a vertex without what the way avoids."""
    vertex, way = where
    vertices, slots, serial = search.vertices, search.slots, search.serial[0]
    for slot in range(vertices[vertex, FIRST], vertices[vertex, END]):
        head = slots[slot, HEAD]
        ahead = vertices[vertex, SO_FAR] + slots[slot, COST]
        if vertices[head, LABELLED] == serial and vertices[head, SO_FAR] <= ahead:
            continue
        barred = False
        for word in range(pair.risks.shape[1]):
            barred |= pair.risks[slot, word] & pair.avoided[way, word] != 0
        if not barred:
            vertices[head, LABELLED] = serial
            vertices[head, SO_FAR] = ahead
            vertices[head, ENTERED] = slot
            push(search.heap, ahead + vertices[head, AHEAD], head)


@compiled
def _note_way(search: TreeSearch, pair: RiskSearch, where: tuple[int, int, int]) -> None:
    """Take the slots, the cost and the risks of the way that is labelled."""
    target, source, way = where
    words = pair.risks.shape[1]
    for word in range(words):
        pair.met[way, word] = 0
    length, vertex = 0, target
    while vertex != source:  # from its end, so the slots lie in reverse
        slot = search.vertices[vertex, ENTERED]
        pair.way_slots[way, length] = slot
        length += 1
        for word in range(words):
            pair.met[way, word] |= pair.risks[slot, word]
        vertex = search.slots[slot, TAIL]
    for word in range(words):
        pair.met[way, word] &= ~pair.free[word]
    pair.ways[way, LENGTH_OF_WAY] = length
    pair.ways[way, COST_OF_WAY] = search.vertices[target, SO_FAR]


@compiled
def _conflict(pair: RiskSearch, first: int, second: int) -> int:
    """The risk on fewest slots that both ways meet; -1 for none."""
    best, least = -1, 1 << 40
    for word in range(pair.risks.shape[1]):
        shared = pair.met[first, word] & pair.met[second, word]
        risk = word * 64
        while shared != 0:
            if shared & np.uint64(1) and pair.spread[risk] < least:
                best, least = risk, pair.spread[risk]
            shared >>= np.uint64(1)
            risk += 1
    return best


@compiled
def _branch(search: TreeSearch, pair: RiskSearch, where: tuple[int, int, int, int]) -> None:
    """Let the subproblem wait in which the first way avoids the risk too, unless it has none."""
    source, first, second, risk = where
    new = pair.made[0]
    for word in range(pair.risks.shape[1]):
        pair.avoided[new, word] = pair.avoided[first, word]
    pair.avoided[new, risk >> 6] |= np.uint64(1) << np.uint64(risk & 63)
    _find_way(search, pair, (source, new))
    if pair.ways[new, LENGTH_OF_WAY] >= 0:
        pair.made[0] = new + 1
        bound = pair.ways[new, COST_OF_WAY] + pair.ways[second, COST_OF_WAY]
        push(pair.waiting, bound, new * len(pair.ways) + second)


@compiled
def _set_out(search: TreeSearch, pair: RiskSearch, ends: tuple[int, int]) -> None:
    """Let the subproblem wait in which nothing is avoided."""
    for word in range(len(pair.free)):
        pair.free[word] = 0
        pair.avoided[0, word] = 0
    for vertex in ends:
        risk = pair.site_risk[vertex]
        if risk >= 0:
            pair.free[risk >> 6] |= np.uint64(1) << np.uint64(risk & 63)
    _find_way(search, pair, (ends[0], 0))
    pair.made[0] = 1
    pair.waiting[0, 0] = 0
    push(pair.waiting, 2 * pair.ways[0, COST_OF_WAY], 0)


@compiled
def _is_unavoidable(search: TreeSearch, pair: RiskSearch, source: int) -> bool:
    """Whether some risk lies on every path: then it is on way 0, and on every way round others.

    Way 1 keeps what has been met always, way 2 is the next way round; both are free afterwards.
    """
    words = pair.risks.shape[1]
    for word in range(words):
        pair.met[1, word] = pair.met[0, word]
    risk = _conflict(pair, 0, 1)
    while risk >= 0:
        for word in range(words):
            pair.avoided[2, word] = 0
        pair.avoided[2, risk >> 6] = np.uint64(1) << np.uint64(risk & 63)
        _find_way(search, pair, (source, 2))
        if pair.ways[2, LENGTH_OF_WAY] < 0:
            return True
        for word in range(words):
            pair.met[1, word] &= pair.met[2, word]
        risk = _conflict(pair, 0, 1)
    return False


@compiled
def _solved(search: TreeSearch, pair: RiskSearch, ends: tuple[int, int]) -> tuple[int, int, int]:
    """What became of the pair, and its two ways where they were found."""
    if search.vertices[ends[0], AHEAD] >= UNREACHED:
        return NO_PATH, 0, 0
    _set_out(search, pair, ends)
    if _is_unavoidable(search, pair, ends[0]):
        return NONE_EXISTS, 0, 0
    room = len(pair.ways)
    while pair.waiting[0, 0] > 0:
        _, both = pop(pair.waiting)
        first, second = both // room, both % room
        risk = _conflict(pair, first, second)
        if risk < 0:
            return FOUND, first, second
        if pair.made[0] + 2 > room:
            return GIVEN_UP, 0, 0
        _branch(search, pair, (ends[0], first, second, risk))
        if first != second:  # they are the same at the start only: mirror images are not needed
            _branch(search, pair, (ends[0], second, first, risk))
    return NONE_EXISTS, 0, 0


@compiled
def diverse_batch(
    search: TreeSearch, pair: RiskSearch, asked: tuple[PairOrder, np.ndarray, np.ndarray]
) -> CollectedPaths:
    """The cheapest pair of paths without a common risk, for every pair that has one.

    ``asked`` holds the pairs, room for what became of each, and the arc of each slot.
    """
    order, became, arc_of_slot = asked
    found, grown_for = no_paths(order), -1
    path = np.empty(len(search.vertices), dtype=np.int64)
    for number in order.order:
        source, target = order.pairs[number]
        if target != grown_for:
            grown_for = target
            grow_tree(search, target)
        became[number], first, second = _solved(search, pair, (source, target))
        if became[number] == FOUND:
            if pair.ways[second, COST_OF_WAY] < pair.ways[first, COST_OF_WAY]:
                first, second = second, first
            for way in (first, second):
                length = pair.ways[way, LENGTH_OF_WAY]
                for place in range(length):
                    path[place] = pair.way_slots[way, length - 1 - place]
                found = noted(found, path, (0, length, arc_of_slot))
            found.path_counts[number] = 2
    return found
