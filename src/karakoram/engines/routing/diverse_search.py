"""How are the cheapest pairs of paths without a common risk found, and proven, at machine speed?

Compiled; branching on conflicts, best first. A subproblem says which risks the first path avoids
and which the second. Its bound is the cheapest first plus the cheapest second path, each on its
own. Where the two meet a risk, no pair of the subproblem is lost if it splits in two: the first
path avoids that risk, or the second does.
"""

import numpy as np

from karakoram.core.compiled import compiled
from karakoram.engines.routing.collected import CollectedPaths, PairOrder, no_paths
from karakoram.engines.routing.heaps import pop, push
from karakoram.engines.routing.risk_search import (
    COST_OF_WAY,
    FOUND,
    GIVEN_UP,
    LENGTH_OF_WAY,
    NO_PATH,
    NONE_EXISTS,
    RiskSearch,
    find_way,
    free_the_ends,
    note_onward,
    with_ways,
)
from karakoram.engines.routing.sharing_search import SharingSearch, least_shared_ways
from karakoram.engines.routing.tree_search import AHEAD, UNREACHED, TreeSearch, grow_tree


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
    find_way(search, pair, (source, new))
    if pair.ways[new, LENGTH_OF_WAY] >= 0:
        pair.made[0] = new + 1
        bound = pair.ways[new, COST_OF_WAY] + pair.ways[second, COST_OF_WAY]
        push(pair.waiting, bound, new * len(pair.ways) + second)


@compiled
def _set_out(search: TreeSearch, pair: RiskSearch, ends: tuple[int, int]) -> None:
    """Let the subproblem wait in which nothing is avoided."""
    free_the_ends(pair, ends)
    for word in range(len(pair.free)):
        pair.avoided[0, word] = 0
    find_way(search, pair, (ends[0], 0))
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
        find_way(search, pair, (source, 2))
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
    search: TreeSearch,
    rooms: tuple[RiskSearch, SharingSearch, bool],
    asked: tuple[PairOrder, np.ndarray, np.ndarray],
) -> CollectedPaths:
    """The cheapest pair of paths without a common risk, for every pair that has one.

    ``rooms`` holds room for this and for what shares least, and whether the pairs that have none
    get that. ``asked`` holds the pairs, room for what became of each, and the arc of each slot.
    """
    apart, sharing, least_shared = rooms
    order, became, arc_of_slot = asked
    found, grown_for = no_paths(order), -1
    for number in order.order:
        source, target = order.pairs[number]
        if target != grown_for:
            grown_for = target
            grow_tree(search, target)
            note_onward(search, apart)
            note_onward(search, sharing.ways)
        became[number], first, second = _solved(search, apart, (source, target))
        if became[number] == FOUND:
            found = with_ways(found, apart, (first, second, number, arc_of_slot))
        elif became[number] == NONE_EXISTS and least_shared:
            became[number], first, second = least_shared_ways(search, sharing, (source, target))
            if became[number] == FOUND:
                found = with_ways(found, sharing.ways, (first, second, number, arc_of_slot))
    return found
