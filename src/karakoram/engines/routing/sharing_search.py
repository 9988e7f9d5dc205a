"""How is the pair of paths found, and proven, that shares least where something must be shared?

Compiled; branching on conflicts. A subproblem says which risks the first path avoids, which the
second avoids, and which both may share at their weight. Where the two cheapest paths meet a risk
that is in none of the three, no pair is lost if the subproblem splits: the first path avoids the
risk, the second does, or both may share it. Subproblems of less accepted weight come first, and
among these the cheaper ones, so the first that needs no split is the best pair.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.routing.heaps import pop, push
from karakoram.engines.routing.risk_search import (
    COST_OF_WAY,
    FOUND,
    GIVEN_UP,
    LENGTH_OF_WAY,
    RiskSearch,
    find_way,
    free_the_ends,
)
from karakoram.engines.routing.tree_search import TreeSearch

# Columns of the subproblems.
FIRST_WAY = 0
SECOND_WAY = 1
WEIGHT = 2
"""Of the risks that are accepted: no pair of the subproblem that lighter ones lack shares less."""
COST = 3
"""Of both ways: no pair of the subproblem costs less."""
SUBPROBLEM_COLUMNS = 4

# Places of the progress.
MADE = 0
"""How many subproblems there are."""
LEAST_WEIGHT = 1
"""What the best pair found so far shares,"""
LEAST_COST = 2
"""what it costs,"""
BEST_FIRST = 3
"""and its two ways."""
BEST_SECOND = 4
PROGRESS_PLACES = 5

NOTHING_YET = 1 << 62


class SharingSearch(NamedTuple):
    """Room for the subproblems of one pair, and what sharing each risk weighs.

    Risks that lie on the same sections are one here, with the sum of their weights.
    """

    ways: RiskSearch
    """``waiting`` holds the subproblems of the present weight by their costs."""
    weights: Int[np.ndarray, " risk"]
    implied: UInt64[np.ndarray, "risk word"]
    """The risks on at least the same sections, itself included: who shares it shares them."""
    subproblems: Int[np.ndarray, "subproblem column"]
    accepted: UInt64[np.ndarray, "subproblem word"]
    heavier: Int[np.ndarray, "row 2"]
    """A heap of the subproblems of more weight than the present one, by weight."""
    progress: Int[np.ndarray, " place"]


@compiled
def _set_out(search: TreeSearch, sharing: SharingSearch, ends: tuple[int, int]) -> None:
    """Let the subproblem wait in which nothing is avoided; what no path avoids is free."""
    pair, subproblems, progress = sharing.ways, sharing.subproblems, sharing.progress
    free_the_ends(pair, ends)
    for word in range(len(pair.free)):
        pair.avoided[0, word] = 0
        sharing.accepted[0, word] = 0
    find_way(search, pair, (ends[0], 0))
    _free_the_unavoidable(search, sharing, ends[0])
    pair.made[0] = 1
    pair.waiting[0, 0] = 0
    sharing.heavier[0, 0] = 0
    subproblems[0, FIRST_WAY] = 0
    subproblems[0, SECOND_WAY] = 0
    subproblems[0, WEIGHT] = 0
    subproblems[0, COST] = 2 * pair.ways[0, COST_OF_WAY]
    progress[MADE] = 1
    progress[LEAST_WEIGHT] = NOTHING_YET
    push(pair.waiting, subproblems[0, COST], 0)


@compiled
def _free_the_unavoidable(search: TreeSearch, sharing: SharingSearch, source: int) -> None:
    """Every pair shares what lies on every path, so it decides nothing.

    Way 1 keeps what every way has met, way 2 is the way round one of these; both are free
    afterwards.
    """
    pair = sharing.ways
    words = len(pair.free)
    for word in range(words):
        pair.met[1, word] = pair.met[0, word]
    for risk in range(len(sharing.weights)):
        bit = np.uint64(1) << np.uint64(risk & 63)
        if pair.met[1, risk >> 6] & bit == 0:
            continue
        for word in range(words):
            pair.avoided[2, word] = 0
        pair.avoided[2, risk >> 6] = bit
        find_way(search, pair, (source, 2))
        avoidable = pair.ways[2, LENGTH_OF_WAY] >= 0
        for word in range(words):
            if avoidable:
                pair.met[1, word] &= pair.met[2, word]
            else:
                pair.free[word] |= sharing.implied[risk, word]
                pair.met[1, word] &= ~sharing.implied[risk, word]
    for word in range(words):
        pair.met[0, word] &= ~pair.free[word]


@compiled
def _weight(weights: np.ndarray, risks: np.uint64, word: int) -> int:
    """Of a set of risks, one word of it and which."""
    weight, risk, left = 0, word * 64, risks
    while left != 0:
        if left & np.uint64(1):
            weight += weights[risk]
        left >>= np.uint64(1)
        risk += 1
    return weight


@compiled
def _offer(sharing: SharingSearch, subproblem: int) -> None:
    """Keep the two ways of a subproblem if no better pair is known."""
    row, met, progress = sharing.subproblems[subproblem], sharing.ways.met, sharing.progress
    first, second, weight = row[FIRST_WAY], row[SECOND_WAY], 0
    for word in range(met.shape[1]):
        weight += _weight(sharing.weights, met[first, word] & met[second, word], word)
    if not _is_hopeless(sharing, weight, row[COST]):
        progress[LEAST_WEIGHT] = weight
        progress[LEAST_COST] = row[COST]
        progress[BEST_FIRST] = first
        progress[BEST_SECOND] = second


@compiled
def _is_hopeless(sharing: SharingSearch, weight: int, cost: int) -> bool:
    """Whether a pair is known that is at least as good."""
    least = sharing.progress[LEAST_WEIGHT]
    equal: bool = weight == least and cost >= sharing.progress[LEAST_COST]
    return equal or weight > least


@compiled
def _conflict(sharing: SharingSearch, subproblem: int) -> int:
    """The heaviest risk that both ways meet and may not share, on most slots; -1 for none."""
    pair, row = sharing.ways, sharing.subproblems[subproblem]
    best, heaviest, widest = -1, 0, 0
    for word in range(len(pair.free)):
        shared = pair.met[row[FIRST_WAY], word] & pair.met[row[SECOND_WAY], word]
        shared &= ~sharing.accepted[subproblem, word]
        risk = word * 64
        while shared != 0:
            if shared & np.uint64(1):
                weight, spread = sharing.weights[risk], pair.spread[risk]
                if weight > heaviest or (weight == heaviest and spread > widest):
                    best, heaviest, widest = risk, weight, spread
            shared >>= np.uint64(1)
            risk += 1
    return best


@compiled
def _note(sharing: SharingSearch, what: tuple[int, int, int]) -> None:
    """Put down one more subproblem, of two ways and a weight; what it accepts is there already."""
    first, second, weight = what
    ways, number = sharing.ways.ways, sharing.progress[MADE]
    sharing.progress[MADE] = number + 1
    sharing.subproblems[number, FIRST_WAY] = first
    sharing.subproblems[number, SECOND_WAY] = second
    sharing.subproblems[number, WEIGHT] = weight
    sharing.subproblems[number, COST] = ways[first, COST_OF_WAY] + ways[second, COST_OF_WAY]


@compiled
def _avoid(search: TreeSearch, sharing: SharingSearch, where: tuple[int, int, int, int]) -> None:
    """Let the subproblem wait in which one way avoids the risk too, unless none can."""
    source, parent, risk, side = where
    pair, row = sharing.ways, sharing.subproblems[parent]
    mine, other = row[FIRST_WAY + side], row[SECOND_WAY - side]
    new = pair.made[0]
    for word in range(len(pair.free)):
        pair.avoided[new, word] = pair.avoided[mine, word]
    pair.avoided[new, risk >> 6] |= np.uint64(1) << np.uint64(risk & 63)
    find_way(search, pair, (source, new))
    if pair.ways[new, LENGTH_OF_WAY] < 0:
        return
    cost = pair.ways[new, COST_OF_WAY] + pair.ways[other, COST_OF_WAY]
    if not _is_hopeless(sharing, row[WEIGHT], cost):
        pair.made[0] = new + 1
        number = sharing.progress[MADE]
        for word in range(len(pair.free)):
            sharing.accepted[number, word] = sharing.accepted[parent, word]
        _note(sharing, (new, other, row[WEIGHT]))
        push(pair.waiting, cost, number)


@compiled
def _accept(sharing: SharingSearch, parent: int, risk: int) -> None:
    """Let the subproblem wait in which the risk may be shared, and what is shared with it."""
    row, free, number = sharing.subproblems[parent], sharing.ways.free, sharing.progress[MADE]
    weight = row[WEIGHT]
    for word in range(len(free)):
        before = sharing.accepted[parent, word]
        more = sharing.implied[risk, word] & ~before & ~free[word]
        sharing.accepted[number, word] = before | more
        weight += _weight(sharing.weights, more, word)
    if not _is_hopeless(sharing, weight, row[COST]):
        _note(sharing, (row[FIRST_WAY], row[SECOND_WAY], weight))
        push(sharing.heavier, weight, number)


@compiled
def _next(sharing: SharingSearch) -> int:
    """The most promising subproblem, taken out; -1 when none can be better than what is known."""
    waiting, heavier = sharing.ways.waiting, sharing.heavier
    if waiting[0, 0] == 0 and heavier[0, 0] > 0:
        weight = heavier[1, 0]
        while heavier[0, 0] > 0 and heavier[1, 0] == weight:
            _, subproblem = pop(heavier)
            push(waiting, sharing.subproblems[subproblem, COST], subproblem)
    if waiting[0, 0] == 0:
        return -1
    _, subproblem = pop(waiting)
    row = sharing.subproblems[subproblem]
    return -1 if _is_hopeless(sharing, row[WEIGHT], row[COST]) else subproblem


@compiled
def least_shared_ways(
    search: TreeSearch, sharing: SharingSearch, ends: tuple[int, int]
) -> tuple[int, int, int]:
    """What became of the pair, which has a path, and the two ways that share least.

    FOUND, or GIVEN_UP where the room does not suffice for the proof.
    """
    _set_out(search, sharing, ends)
    progress, room = sharing.progress, len(sharing.subproblems)
    subproblem = _next(sharing)
    while subproblem >= 0:
        _offer(sharing, subproblem)
        risk = _conflict(sharing, subproblem)
        if risk < 0:
            break  # what was offered now, or something better known, is the best
        if progress[MADE] + 3 > room:
            return GIVEN_UP, 0, 0
        row = sharing.subproblems[subproblem]
        _avoid(search, sharing, (ends[0], subproblem, risk, 0))
        if row[FIRST_WAY] != row[SECOND_WAY]:  # else mirror images
            _avoid(search, sharing, (ends[0], subproblem, risk, 1))
        _accept(sharing, subproblem, risk)
        subproblem = _next(sharing)
    return FOUND, progress[BEST_FIRST], progress[BEST_SECOND]
