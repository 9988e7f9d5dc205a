"""Which loopless way to the target is cheapest when some vertices and arcs are closed?

Compiled. A reverse tree holds the cost from every vertex to the target; an A* search under it
goes round what is closed. Among equally cheap ways the one whose arc numbers come first wins.
Every section can be crossed both ways at the same weight, and every weight is at least 1.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.heaps import Heap, empty_heap, pop, push
from karakoram.engines.routing.section_graph import OutArcs

UNREACHED = 1 << 62
"""Above every sum of weights."""

PathSlots = Int[np.ndarray, " place"]
"""Room for the slots along a path, in travel order."""


class TreeSearch(NamedTuple):
    """A graph, the tree of one target, and the room in which searches work.

    What is closed, barred or labelled bears the serial number of the search that did it, so
    that nothing has to be wiped between searches.
    """

    out: OutArcs
    weights: Int[np.ndarray, " slot"]
    to_target: Int[np.ndarray, " vertex"]
    """Weight of the cheapest way to the target, UNREACHED where none leads."""
    tree_slot: Int[np.ndarray, " vertex"]
    """Slot by which that way begins, -1 at the target and where none leads."""
    heap: Heap
    closed: Int[np.ndarray, " vertex"]
    barred: Int[np.ndarray, " slot"]
    labelled: Int[np.ndarray, " vertex"]
    weight_to: Int[np.ndarray, " vertex"]
    """Least weight at which the search has come to a vertex."""
    entered_by: Int[np.ndarray, " vertex"]
    leading: Int[np.ndarray, " vertex"]
    """Lies on a cheapest way; only where several are equally cheap."""
    serial: Int[np.ndarray, " one"]


@compiled
def tree_search(out: OutArcs, weights: np.ndarray) -> TreeSearch:
    """Room for searches on a graph; the tree of a target is to be grown first."""
    vertex_count, slot_count = len(out.offsets) - 1, len(out.heads)
    return TreeSearch(
        out,
        weights,
        np.full(vertex_count, UNREACHED, dtype=np.int64),
        np.full(vertex_count, -1, dtype=np.int64),
        empty_heap(slot_count + 1),
        np.zeros(vertex_count, dtype=np.int64),
        np.zeros(slot_count, dtype=np.int64),
        np.zeros(vertex_count, dtype=np.int64),
        np.zeros(vertex_count, dtype=np.int64),
        np.zeros(vertex_count, dtype=np.int64),
        np.zeros(vertex_count, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@compiled
def grow_tree(search: TreeSearch, target: int) -> None:
    """Let the tree be that of ``target``: Dijkstra's algorithm."""
    offsets, heads, weights = search.out.offsets, search.out.heads, search.weights
    to_target, heap = search.to_target, search.heap
    to_target[:] = UNREACHED
    to_target[target] = 0
    heap.size[0] = 0
    push(heap, 0, target)
    while heap.size[0] > 0:
        reached, vertex = pop(heap)
        if reached > to_target[vertex]:
            continue
        for slot in range(offsets[vertex], offsets[vertex + 1]):
            ahead = reached + weights[slot]
            if ahead < to_target[heads[slot]]:
                to_target[heads[slot]] = ahead
                push(heap, ahead, heads[slot])
    for vertex in range(len(to_target)):
        search.tree_slot[vertex] = -1
        for slot in range(offsets[vertex], offsets[vertex + 1]):
            if vertex != target and to_target[vertex] == to_target[heads[slot]] + weights[slot]:
                search.tree_slot[vertex] = slot
                break


@compiled
def tree_way(search: TreeSearch, vertex: int, path: np.ndarray) -> int:
    """Put the tree's way on from a vertex into ``path``; its arcs, -1 if it meets a closed vertex.

    Closed is what bears the present serial number.
    """
    heads, closed, serial = search.out.heads, search.closed, search.serial[0]
    if closed[vertex] == serial:
        return -1
    count = 0
    while search.tree_slot[vertex] >= 0:
        slot = search.tree_slot[vertex]
        path[count] = slot
        count += 1
        vertex = heads[slot]
        if closed[vertex] == serial:
            return -1
    return count


@compiled
def searched_way(search: TreeSearch, start: int, path: np.ndarray) -> int:
    """Put the cheapest open way from ``start`` to the target into ``path``; its arcs, -1 for none.

    ``start`` is closed, so that no way comes back to it; what is barred is not used to leave it.
    Closed and barred is what bears the present serial number. A*, continued until whatever is
    as cheap is labelled.
    """
    to_target, heap, serial = search.to_target, search.heap, search.serial[0]
    heap.size[0] = 0
    search.weight_to[start] = 0
    ties = _relax(search, start, 0)
    least, target = UNREACHED, -1
    while heap.size[0] > 0 and heap.keys[0] <= least:
        bound, vertex = pop(heap)
        if search.closed[vertex] == serial:
            continue
        search.closed[vertex] = serial
        if to_target[vertex] == 0:
            least, target = bound, vertex
        else:
            ties += _relax(search, vertex, search.weight_to[vertex])
    if target < 0:
        return -1
    if ties > 0:
        return _first_of_equals(search, (start, target), path)
    count, vertex = 0, target
    while vertex != start:
        slot = search.entered_by[vertex]
        path[count] = slot
        count += 1
        vertex = search.out.tails[slot]
    path[:count] = path[:count][::-1].copy()
    return count


@compiled
def _relax(search: TreeSearch, vertex: int, reached: int) -> int:
    """Label what can be reached from a vertex; how many labels were equalled, not bettered."""
    heads, labelled, serial = search.out.heads, search.labelled, search.serial[0]
    ties = 0
    for slot in range(search.out.offsets[vertex], search.out.offsets[vertex + 1]):
        head = heads[slot]
        ahead = reached + search.weights[slot]
        if search.barred[slot] == serial:
            continue
        if labelled[head] == serial:
            if ahead >= search.weight_to[head]:
                ties += ahead == search.weight_to[head]
                continue
        elif search.closed[head] == serial:
            continue
        labelled[head] = serial
        search.weight_to[head] = ahead
        search.entered_by[head] = slot
        push(search.heap, ahead + search.to_target[head], head)
    return ties


@compiled
def _first_of_equals(search: TreeSearch, ends: tuple[int, int], path: np.ndarray) -> int:
    """The way whose arcs come first, of those that are as cheap as the labels say."""
    offsets, heads, weights = search.out.offsets, search.out.heads, search.weights
    weight_to, serial = search.weight_to, search.serial[0]
    start, target = ends
    waiting, count = search.heap.items, 1  # the search is over: its heap is free
    waiting[0] = target
    search.leading[target] = serial
    while count > 0:
        count -= 1
        vertex = waiting[count]
        for slot in range(offsets[vertex], offsets[vertex + 1]):
            before = heads[slot]
            if (
                search.labelled[before] == serial
                and search.leading[before] != serial
                and weight_to[before] + weights[slot] == weight_to[vertex]
            ):
                search.leading[before] = serial
                waiting[count] = before
                count += 1
    vertex, place = start, 0
    while vertex != target:
        slot = offsets[vertex]
        while (
            search.leading[heads[slot]] != serial
            or search.barred[slot] == serial
            or weight_to[vertex] + weights[slot] != weight_to[heads[slot]]
        ):
            slot += 1
        path[place] = slot
        place += 1
        vertex = heads[slot]
    return place
