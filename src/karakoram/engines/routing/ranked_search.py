"""How are the first k loopless paths of many pairs found at machine speed?

Compiled; Yen's scheme with Lawler's restriction, as in ``k_shortest``: a deviation waits under
its lower bound and becomes a path only when it comes to the front. A candidate is a row of
numbers; its arcs lie in one long array of slots. Paths that weigh the same come in the order
of their arcs.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.section_graph import OutArcs
from karakoram.engines.routing.tree_search import (
    UNREACHED,
    TreeSearch,
    grow_tree,
    searched_way,
    tree_search,
    tree_way,
)

WEIGHT = 0
"""Of a path; of a deviation not yet searched, what it weighs at least."""
REACHED = 1
"""Weight of the fixed arcs."""
BEGIN = 2
"""Where its slots begin; those of a deviation are its parent's."""
LENGTH = 3
"""How many they are; of a deviation, how many are fixed."""
FIXED = 4
"""How many arcs it has in common with its parent."""
SPUR = 5
"""Slot that would come next by the lower bound; -1 once it is a path."""
BARRED = 6
"""Slot not to be taken after the fixed ones; -1 for none."""
MORE_BARRED = 7
"""Candidate whose barred slots are barred too; -1 for none."""
COLUMNS = 8


class Deviations(NamedTuple):
    """Candidates of one pair, and which of them wait."""

    rows: Int[np.ndarray, "candidate column"]
    waiting: Int[np.ndarray, " candidate"]
    """A binary heap of candidates."""
    slots: Int[np.ndarray, " place"]
    used: Int[np.ndarray, " three"]
    """How many candidates there are, how many wait, how many slots are taken."""
    source: Int[np.ndarray, " one"]
    """Where all of them begin."""


class RankedQuestion(NamedTuple):
    """Which pairs, in which order they are worked on, and how many paths of each at most."""

    pairs: Int[np.ndarray, "pair 2"]
    """Source and target of each pair."""
    order: Int[np.ndarray, " pair"]
    """Pairs with one target stand together, so that they share its tree."""
    k: int


class RankedSlots(NamedTuple):
    """The paths of all pairs, the pairs in the order in which they were worked on."""

    path_counts: Int[np.ndarray, " pair"]
    """By pair, in the order of ``RankedQuestion.pairs``."""
    arc_counts: Int[np.ndarray, " path"]
    arcs: Int[np.ndarray, " place"]
    used: Int[np.ndarray, " two"]
    """How many paths and how many arcs there are."""


@compiled
def _comes_before(queue: Deviations, one: int, other: int) -> bool:
    rows, slots = queue.rows, queue.slots
    if rows[one, WEIGHT] != rows[other, WEIGHT]:
        return bool(rows[one, WEIGHT] < rows[other, WEIGHT])
    begin, begin_other = rows[one, BEGIN], rows[other, BEGIN]
    for place in range(min(rows[one, LENGTH], rows[other, LENGTH])):
        if slots[begin + place] != slots[begin_other + place]:
            return bool(slots[begin + place] < slots[begin_other + place])
    return bool(rows[one, LENGTH] < rows[other, LENGTH])


@compiled
def _wait(queue: Deviations, candidate: int) -> None:
    waiting = queue.waiting
    place = queue.used[1]
    queue.used[1] = place + 1
    while place > 0:
        above = (place - 1) >> 1
        if not _comes_before(queue, candidate, waiting[above]):
            break
        waiting[place] = waiting[above]
        place = above
    waiting[place] = candidate


@compiled
def _next(queue: Deviations) -> int:
    waiting = queue.waiting
    first: int = waiting[0]
    size = queue.used[1] - 1
    queue.used[1] = size
    last, place = waiting[size], 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and _comes_before(queue, waiting[below + 1], waiting[below]):
            below += 1
        if not _comes_before(queue, waiting[below], last):
            break
        waiting[place] = waiting[below]
        place = below
    waiting[place] = last
    return first


@compiled
def _grown(queue: Deviations, more_candidates: int, more_slots: int) -> Deviations:
    """The same with room for as many more; nothing happens while there is room."""
    rows, waiting, slots = queue.rows, queue.waiting, queue.slots
    if queue.used[0] + more_candidates > len(rows):
        longer = 2 * len(rows) + more_candidates
        rows = np.empty((longer, COLUMNS), dtype=np.int64)
        rows[: queue.used[0]] = queue.rows[: queue.used[0]]
        waiting = np.empty(longer, dtype=np.int64)
        waiting[: queue.used[1]] = queue.waiting[: queue.used[1]]
    if queue.used[2] + more_slots > len(slots):
        slots = np.empty(2 * len(slots) + more_slots, dtype=np.int64)
        slots[: queue.used[2]] = queue.slots[: queue.used[2]]
    return Deviations(rows, waiting, slots, queue.used, queue.source)


@compiled
def _close_fixed(search: TreeSearch, queue: Deviations, candidate: int) -> int:
    """Close what the fixed arcs touch, bar what is barred, for a new search; the last vertex."""
    rows, slots, heads = queue.rows, queue.slots, search.out.heads
    serial = search.serial[0] + 1
    search.serial[0] = serial
    begin = rows[candidate, BEGIN]
    vertex: int = queue.source[0]
    search.closed[vertex] = serial
    for place in range(begin, begin + rows[candidate, FIXED]):
        vertex = heads[slots[place]]
        search.closed[vertex] = serial
    while candidate >= 0 and rows[candidate, BARRED] >= 0:
        search.barred[rows[candidate, BARRED]] = serial
        candidate = rows[candidate, MORE_BARRED]
    return vertex


@compiled
def _completed(search: TreeSearch, queue: Deviations, candidate: int) -> bool:
    """Make a path of a deviation, its best one; false when it has none."""
    rows, slots = queue.rows, queue.slots
    start = _close_fixed(search, queue, candidate)
    fixed, begin, new = rows[candidate, FIXED], rows[candidate, BEGIN], queue.used[2]
    rest = slots[new + fixed :]
    rest[0] = rows[candidate, SPUR]
    count = 1 + tree_way(search, search.out.heads[rest[0]], rest[1:])
    if count == 0:
        count = searched_way(search, start, rest)
        if count < 0:
            return False
        weight = rows[candidate, REACHED]
        for place in range(count):
            weight += search.weights[rest[place]]
        rows[candidate, WEIGHT] = weight
    slots[new : new + fixed] = slots[begin : begin + fixed]
    rows[candidate, BEGIN] = new
    rows[candidate, LENGTH] = fixed + count
    rows[candidate, SPUR] = -1
    queue.used[2] = new + fixed + count
    return True


@compiled
def _deviate(search: TreeSearch, queue: Deviations, parent: int) -> None:
    """Let every set of paths wait that leaves ``parent`` after its fixed arcs, or later."""
    rows, slots, heads = queue.rows, queue.slots, search.out.heads
    vertex = _close_fixed(search, queue, parent)
    serial, reached = search.serial[0], rows[parent, REACHED]
    begin, fixed = rows[parent, BEGIN], rows[parent, FIXED]
    for place in range(fixed, rows[parent, LENGTH]):
        own = slots[begin + place]
        search.barred[own] = serial
        least, spur = UNREACHED, -1
        for slot in range(search.out.offsets[vertex], search.out.offsets[vertex + 1]):
            bound = search.weights[slot] + search.to_target[heads[slot]]
            if (
                bound < least
                and search.barred[slot] != serial
                and search.closed[heads[slot]] != serial
            ):
                least, spur = bound, slot
        if spur >= 0:
            candidate = queue.used[0]
            queue.used[0] = candidate + 1
            rows[candidate, WEIGHT] = reached + least
            rows[candidate, REACHED] = reached
            rows[candidate, BEGIN] = begin
            rows[candidate, LENGTH] = place
            rows[candidate, FIXED] = place
            rows[candidate, SPUR] = spur
            rows[candidate, BARRED] = own
            rows[candidate, MORE_BARRED] = parent if place == fixed else -1
            _wait(queue, candidate)
        reached += search.weights[own]
        vertex = heads[own]
        search.closed[vertex] = serial


@compiled
def _start(search: TreeSearch, queue: Deviations, source: int) -> None:
    """Let the tree's way from the source wait, if there is one, and nothing else."""
    queue.source[0] = source
    queue.used[:] = 0
    if search.to_target[source] < UNREACHED:
        queue.rows[0] = 0
        queue.rows[0, WEIGHT] = search.to_target[source]
        queue.rows[0, SPUR] = search.tree_slot[source]
        queue.rows[0, BARRED] = -1
        queue.rows[0, MORE_BARRED] = -1
        queue.used[0] = 1
        _wait(queue, 0)


@compiled
def _noted(found: RankedSlots, queue: Deviations, candidate: int) -> RankedSlots:
    """The paths found with one more, the longer arrays where they had to grow."""
    arc_counts, arcs = found.arc_counts, found.arcs
    path, begin_arc = found.used
    begin, length = queue.rows[candidate, BEGIN], queue.rows[candidate, LENGTH]
    if path == len(arc_counts):
        arc_counts = np.empty(2 * path + 1, dtype=np.int64)
        arc_counts[:path] = found.arc_counts
    if begin_arc + length > len(arcs):
        arcs = np.empty(2 * len(arcs) + length, dtype=np.int32)
        arcs[:begin_arc] = found.arcs[:begin_arc]
    arc_counts[path] = length
    for place in range(length):
        arcs[begin_arc + place] = queue.slots[begin + place]
    found.used[0] = path + 1
    found.used[1] = begin_arc + length
    return RankedSlots(found.path_counts, arc_counts, arcs, found.used)


@compiled
def ranked_batch(out: OutArcs, weights: np.ndarray, asked: RankedQuestion) -> RankedSlots:
    """Slots, not arcs, of the first k loopless paths of every pair."""
    pairs, k = asked.pairs, asked.k
    search = tree_search(out, weights)
    room = 2 * len(search.to_target) + 2
    queue = Deviations(
        np.empty((room, COLUMNS), dtype=np.int64),
        np.empty(room, dtype=np.int64),
        np.empty(2 * room, dtype=np.int64),
        np.zeros(3, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )
    found = RankedSlots(
        np.zeros(len(pairs), dtype=np.int64),
        np.empty(len(pairs) * min(k, 16), dtype=np.int64),
        np.empty(len(pairs) * min(k, 16) * 8, dtype=np.int32),
        np.zeros(2, dtype=np.int64),
    )
    grown_for = -1
    for pair in asked.order:
        if pairs[pair, 1] != grown_for:
            grown_for = pairs[pair, 1]
            grow_tree(search, grown_for)
        _start(search, queue, pairs[pair, 0])
        count = 0
        while count < k and queue.used[1] > 0:
            candidate = _next(queue)
            if queue.rows[candidate, SPUR] >= 0:
                queue = _grown(queue, 0, room)
                if _completed(search, queue, candidate):
                    _wait(queue, candidate)
                continue
            found = _noted(found, queue, candidate)
            count += 1
            if count < k:
                queue = _grown(queue, room, 0)
                _deviate(search, queue, candidate)
        found.path_counts[pair] = count
    return found
