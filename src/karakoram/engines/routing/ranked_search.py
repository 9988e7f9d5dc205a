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
from karakoram.engines.routing.collected import CollectedPaths, PairOrder, no_paths, noted
from karakoram.engines.routing.tree_search import (
    AHEAD,
    BARRED,
    CLOSED,
    COST,
    END,
    FIRST,
    HEAD,
    STEP,
    UNREACHED,
    TreeSearch,
    grow_tree,
    searched_way,
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
OWN_BARRED = 6
"""Slot not to be taken after the fixed ones; -1 for none."""
MORE_BARRED = 7
"""Candidate whose barred slots are barred too; -1 for none."""
COLUMNS = 8

# What is counted for one pair.
MADE = 0
"""Candidates made."""
WAITING = 1
"""Candidates that wait."""
TAKEN = 2
"""Slots taken."""
SOURCE = 3
"""No count: the vertex where every candidate begins."""
COUNTS = 4


class Deviations(NamedTuple):
    """Candidates of one pair, and which of them wait."""

    rows: Int[np.ndarray, "candidate column"]
    waiting: Int[np.ndarray, " candidate"]
    """A binary heap of candidates."""
    path_slots: Int[np.ndarray, " place"]
    used: Int[np.ndarray, " count"]


@compiled
def _comes_before(queue: Deviations, one: int, other: int) -> bool:
    rows, slots = queue.rows, queue.path_slots
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
    place = queue.used[WAITING]
    queue.used[WAITING] = place + 1
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
    size = queue.used[WAITING] - 1
    queue.used[WAITING] = size
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
def _grown(queue: Deviations) -> Deviations:
    """The same with twice the room for everything."""
    room = len(queue.rows)
    rows = np.empty((2 * room, COLUMNS), dtype=np.int64)
    waiting = np.empty(2 * room, dtype=np.int64)
    path_slots = np.empty(2 * room, dtype=np.int64)
    for place in range(room):  # slices would take the compiler seconds
        waiting[place] = queue.waiting[place]
        path_slots[place] = queue.path_slots[place]
        for column in range(COLUMNS):
            rows[place, column] = queue.rows[place, column]
    return Deviations(rows, waiting, path_slots, queue.used)


@compiled
def _close_fixed(search: TreeSearch, queue: Deviations, candidate: int) -> int:
    """Close what the fixed arcs touch, bar what is barred, for a new search; the last vertex."""
    rows, slots = queue.rows, search.slots
    serial = search.serial[0] + 1
    search.serial[0] = serial
    begin = rows[candidate, BEGIN]
    vertex: int = queue.used[SOURCE]
    search.vertices[vertex, CLOSED] = serial
    for place in range(begin, begin + rows[candidate, FIXED]):
        vertex = slots[queue.path_slots[place], HEAD]
        search.vertices[vertex, CLOSED] = serial
    while candidate >= 0 and rows[candidate, OWN_BARRED] >= 0:
        slots[rows[candidate, OWN_BARRED], BARRED] = serial
        candidate = rows[candidate, MORE_BARRED]
    return vertex


@compiled
def _completed(search: TreeSearch, queue: Deviations, candidate: int) -> bool:
    """Make a path of a deviation, its best one; false when it has none."""
    rows, path_slots = queue.rows, queue.path_slots
    start = _close_fixed(search, queue, candidate)
    fixed, begin, new = rows[candidate, FIXED], rows[candidate, BEGIN], queue.used[TAKEN]
    rest, spur = new + fixed, rows[candidate, SPUR]
    path_slots[rest] = spur
    count = 1 + tree_way(search, path_slots, (search.slots[spur, HEAD], rest + 1))
    if count == 0:
        count = searched_way(search, path_slots, (start, rest))
        if count < 0:
            return False
        weight = rows[candidate, REACHED]
        for place in range(rest, rest + count):
            weight += search.slots[path_slots[place], COST]
        rows[candidate, WEIGHT] = weight
    for place in range(fixed):
        path_slots[new + place] = path_slots[begin + place]
    rows[candidate, BEGIN] = new
    rows[candidate, LENGTH] = fixed + count
    rows[candidate, SPUR] = -1
    queue.used[TAKEN] = new + fixed + count
    return True


@compiled
def _deviate(search: TreeSearch, queue: Deviations, parent: int) -> None:
    """Let every set of paths wait that leaves ``parent`` after its fixed arcs, or later."""
    rows, slots = queue.rows, search.slots
    vertex = _close_fixed(search, queue, parent)
    reached, fixed = rows[parent, REACHED], rows[parent, FIXED]
    for place in range(fixed, rows[parent, LENGTH]):
        own = queue.path_slots[rows[parent, BEGIN] + place]
        slots[own, BARRED] = search.serial[0]
        spur = _best_step(search, vertex)
        if spur >= 0:
            candidate = queue.used[MADE]
            queue.used[MADE] = candidate + 1
            ahead = slots[spur, COST] + search.vertices[slots[spur, HEAD], AHEAD]
            rows[candidate, WEIGHT] = reached + ahead
            rows[candidate, REACHED] = reached
            rows[candidate, BEGIN] = rows[parent, BEGIN]
            rows[candidate, LENGTH] = place
            rows[candidate, FIXED] = place
            rows[candidate, SPUR] = spur
            rows[candidate, OWN_BARRED] = own
            rows[candidate, MORE_BARRED] = parent if place == fixed else -1
            _wait(queue, candidate)
        reached += slots[own, COST]
        vertex = slots[own, HEAD]
        search.vertices[vertex, CLOSED] = search.serial[0]


@compiled
def _best_step(search: TreeSearch, vertex: int) -> int:
    """Slot of the step from a vertex that can lead on most cheaply; -1 when all are closed."""
    vertices, slots, serial = search.vertices, search.slots, search.serial[0]
    least, best = UNREACHED, -1
    for slot in range(vertices[vertex, FIRST], vertices[vertex, END]):
        head = slots[slot, HEAD]
        bound = slots[slot, COST] + vertices[head, AHEAD]
        if bound < least and slots[slot, BARRED] != serial and vertices[head, CLOSED] != serial:
            least, best = bound, slot
    return best


@compiled
def _start(search: TreeSearch, queue: Deviations, source: int) -> None:
    """Let the tree's way from the source wait, if there is one, and nothing else."""
    queue.used[MADE] = queue.used[WAITING] = queue.used[TAKEN] = 0
    queue.used[SOURCE] = source
    if search.vertices[source, STEP] >= 0:
        rows = queue.rows
        rows[0, WEIGHT] = search.vertices[source, AHEAD]
        rows[0, REACHED] = rows[0, BEGIN] = rows[0, LENGTH] = rows[0, FIXED] = 0
        rows[0, SPUR] = search.vertices[source, STEP]
        rows[0, OWN_BARRED] = rows[0, MORE_BARRED] = -1
        queue.used[MADE] = 1
        _wait(queue, 0)


@compiled
def ranked_batch(search: TreeSearch, arc_of_slot: np.ndarray, asked: PairOrder) -> CollectedPaths:
    """The first k loopless paths of every pair."""
    pairs, found, grown_for = asked.pairs, no_paths(asked), -1
    room = 2 * len(search.vertices)
    queue = Deviations(
        np.empty((4 * room, COLUMNS), dtype=np.int64),
        np.empty(4 * room, dtype=np.int64),
        np.empty(4 * room, dtype=np.int64),
        np.zeros(COUNTS, dtype=np.int64),
    )
    for pair in asked.order:
        if pairs[pair, 1] != grown_for:
            grown_for = pairs[pair, 1]
            grow_tree(search, grown_for)
        _start(search, queue, pairs[pair, 0])
        count = 0
        while count < asked.k and queue.used[WAITING] > 0:
            if max(queue.used[MADE], queue.used[TAKEN]) + room > len(queue.rows):
                queue = _grown(queue)
            candidate = _next(queue)
            if queue.rows[candidate, SPUR] < 0:
                where = (queue.rows[candidate, BEGIN], queue.rows[candidate, LENGTH], arc_of_slot)
                found = noted(found, queue.path_slots, where)
                count += 1
                if count < asked.k:
                    _deviate(search, queue, candidate)
            elif _completed(search, queue, candidate):
                _wait(queue, candidate)
        found.path_counts[pair] = count
    return found
