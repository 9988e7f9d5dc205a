"""Which loopless way to the target is cheapest when some vertices and arcs are closed?

Compiled. A reverse tree holds the cost from every vertex to the target; an A* search under it
goes round what is closed. Among equally cheap ways the one whose arc numbers come first wins.
Every section can be crossed both ways at the same weight, and every weight is at least 1.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.heaps import empty_heap, pop, push
from karakoram.engines.routing.section_graph import OutArcs

UNREACHED = 1 << 62
"""Above every sum of weights."""

# Columns of the vertices.
FIRST = 0
"""Its first slot."""
END = 1
"""One beyond its last slot."""
AHEAD = 2
"""Weight of the cheapest way to the target, UNREACHED where none leads."""
STEP = 3
"""Slot by which that way begins, -1 at the target and where none leads."""
CLOSED = 4
"""The last search to which the vertex was closed."""
LABELLED = 5
"""The last search that has come to it,"""
SO_FAR = 6
"""at this least weight,"""
ENTERED = 7
"""by this slot."""
LEADING = 8
"""The last search of which it lies on a cheapest way; only where several are equally cheap."""
VERTEX_COLUMNS = 9

# Columns of the slots.
HEAD = 0
TAIL = 1
COST = 2
"""Its weight, >= 1."""
BARRED = 3
"""The last search that was not to use it."""
SLOT_COLUMNS = 4


class TreeSearch(NamedTuple):
    """A graph, the tree of one target, and the room in which searches work.

    Searches bear serial numbers, so that nothing has to be wiped between them.
    """

    vertices: Int[np.ndarray, "vertex column"]
    slots: Int[np.ndarray, "slot column"]
    heap: Int[np.ndarray, "row 2"]
    serial: Int[np.ndarray, " one"]
    """Number of the present search."""


def tree_search(out: OutArcs, weights: Int[np.ndarray, " slot"]) -> TreeSearch:
    """Room for searches on a graph; the tree of a target is to be grown first.

    Parameters
    ----------
    out
        The arcs that may be used.
    weights
        The weight of each, >= 1, the same both ways along a section.
    """
    vertices = np.zeros((len(out.offsets) - 1, VERTEX_COLUMNS), dtype=np.int64)
    vertices[:, FIRST] = out.offsets[:-1]
    vertices[:, END] = out.offsets[1:]
    slots = np.zeros((len(out.heads), SLOT_COLUMNS), dtype=np.int64)
    slots[:, HEAD] = out.heads
    slots[:, TAIL] = out.tails
    slots[:, COST] = weights
    return TreeSearch(
        vertices, slots, empty_heap(len(slots) + len(vertices)), np.zeros(1, dtype=np.int64)
    )


@compiled
def grow_tree(search: TreeSearch, target: int) -> None:
    """Let the tree be that of ``target``: Dijkstra's algorithm."""
    vertices, slots, heap = search.vertices, search.slots, search.heap
    vertices[:, AHEAD] = UNREACHED
    vertices[:, STEP] = -1
    vertices[target, AHEAD] = 0
    heap[0, 0] = 0
    push(heap, 0, target)
    while heap[0, 0] > 0:
        reached, vertex = pop(heap)
        if reached > vertices[vertex, AHEAD]:
            continue
        for slot in range(vertices[vertex, FIRST], vertices[vertex, END]):
            ahead, head = reached + slots[slot, COST], slots[slot, HEAD]
            if ahead < vertices[head, AHEAD]:
                vertices[head, AHEAD] = ahead
                push(heap, ahead, head)
            elif (
                reached == vertices[head, AHEAD] + slots[slot, COST] and vertices[vertex, STEP] < 0
            ):
                vertices[vertex, STEP] = slot  # the head is done with: this is a cheapest way


@compiled
def tree_way(search: TreeSearch, path: np.ndarray, where: tuple[int, int]) -> int:
    """Put the tree's way on into ``path``; how many arcs, -1 if it meets a closed vertex.

    ``where`` names the vertex where the way begins and the place in ``path`` where it is put.
    Closed is what bears the present serial number.
    """
    vertices, serial = search.vertices, search.serial[0]
    vertex, begin = where
    place = begin
    while vertices[vertex, CLOSED] != serial:
        slot = vertices[vertex, STEP]
        if slot < 0:
            return place - begin
        path[place] = slot
        place += 1
        vertex = search.slots[slot, HEAD]
    return -1


@compiled
def searched_way(search: TreeSearch, path: np.ndarray, where: tuple[int, int]) -> int:
    """Put the cheapest open way to the target into ``path``; how many arcs, -1 if there is none.

    ``where`` names the vertex where the way begins and the place in ``path`` where it is put. That
    vertex is closed, so that no way comes back to it; what is barred is not used. Closed and
    barred is what bears the present serial number. A*, continued until whatever is as cheap is
    labelled.
    """
    vertices, heap, serial = search.vertices, search.heap, search.serial[0]
    start, begin = where
    heap[0, 0] = 0
    vertices[start, SO_FAR] = 0
    ties = _relax(search, start)
    least, target = UNREACHED, -1
    while heap[0, 0] > 0 and heap[1, 0] <= least:
        bound, vertex = pop(heap)
        if vertices[vertex, CLOSED] == serial:
            continue
        vertices[vertex, CLOSED] = serial
        if vertices[vertex, AHEAD] == 0:
            least, target = bound, vertex
        else:
            ties += _relax(search, vertex)
    if target < 0:
        return -1
    if ties > 0:
        return _first_of_equals(search, path, (start, target, begin))
    end, vertex = begin, target
    while vertex != start:
        path[end] = vertices[vertex, ENTERED]
        vertex = search.slots[path[end], TAIL]
        end += 1
    for place in range((end - begin) // 2):
        other = end - 1 - place
        path[begin + place], path[other] = path[other], path[begin + place]
    return end - begin


@compiled
def _relax(search: TreeSearch, vertex: int) -> int:
    """Label what can be reached from a vertex; how many labels were equalled, not bettered."""
    vertices, slots, serial = search.vertices, search.slots, search.serial[0]
    reached, ties = vertices[vertex, SO_FAR], 0
    for slot in range(vertices[vertex, FIRST], vertices[vertex, END]):
        head = slots[slot, HEAD]
        ahead = reached + slots[slot, COST]
        if slots[slot, BARRED] == serial:
            continue
        if vertices[head, LABELLED] == serial:
            if ahead >= vertices[head, SO_FAR]:
                ties += ahead == vertices[head, SO_FAR]
                continue
        elif vertices[head, CLOSED] == serial:
            continue
        vertices[head, LABELLED] = serial
        vertices[head, SO_FAR] = ahead
        vertices[head, ENTERED] = slot
        push(search.heap, ahead + vertices[head, AHEAD], head)
    return ties


@compiled
def _first_of_equals(search: TreeSearch, path: np.ndarray, where: tuple[int, int, int]) -> int:
    """The way whose arcs come first, of those that are as cheap as the labels say."""
    vertices, slots, serial = search.vertices, search.slots, search.serial[0]
    start, target, begin = where
    waiting, count = search.heap, 1  # the search is over: its heap is free
    waiting[0, 1] = target
    vertices[target, LEADING] = serial
    while count > 0:
        count -= 1
        vertex = waiting[count, 1]
        for slot in range(vertices[vertex, FIRST], vertices[vertex, END]):
            before = slots[slot, HEAD]
            if (
                vertices[before, LABELLED] == serial
                and vertices[before, LEADING] != serial
                and vertices[before, SO_FAR] + slots[slot, COST] == vertices[vertex, SO_FAR]
            ):
                vertices[before, LEADING] = serial
                waiting[count, 1] = before
                count += 1
    vertex, place = start, begin
    while vertex != target:
        slot = vertices[vertex, FIRST]
        while (
            vertices[slots[slot, HEAD], LEADING] != serial
            or slots[slot, BARRED] == serial
            or vertices[vertex, SO_FAR] + slots[slot, COST] != vertices[slots[slot, HEAD], SO_FAR]
        ):
            slot += 1
        path[place] = slot
        place += 1
        vertex = slots[slot, HEAD]
    return place - begin
