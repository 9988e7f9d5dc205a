"""Which way is cheapest that avoids some risks, and which risks does it meet?

Compiled; the ways of one pair, from which a search for two paths chooses.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int, UInt64

from karakoram.core.compiled import compiled
from karakoram.engines.routing.collected import CollectedPaths, noted
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
    STEP,
    TAIL,
    TreeSearch,
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
    onward: UInt64[np.ndarray, "vertex word"]
    """The risks that the tree's way on from each vertex meets."""
    free: UInt64[np.ndarray, " word"]
    waiting: Int[np.ndarray, "row 2"]
    """A heap of subproblems by their bounds."""
    made: Int[np.ndarray, " one"]
    """How many ways there are."""


@compiled
def find_way(search: TreeSearch, pair: RiskSearch, where: tuple[int, int]) -> None:
    """Fill in way ``where[1]``: the cheapest from ``where[0]`` that avoids what it must; A*.

    It ends where the tree's way on is open. Costs are above nothing, so no vertex comes twice.
    """
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
        if _is_open(pair, vertex, way):  # nothing that waits can be cheaper than the tree's way on
            _note_way(search, pair, (source, vertex, way))
            pair.ways[way, COST_OF_WAY] = bound
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
def _is_open(pair: RiskSearch, vertex: int, way: int) -> bool:
    """Whether the tree's way on from a vertex meets nothing that the way must avoid."""
    closed = False
    for word in range(pair.risks.shape[1]):
        closed |= pair.onward[vertex, word] & pair.avoided[way, word] != 0
    return not closed


@compiled
def _note_way(search: TreeSearch, pair: RiskSearch, where: tuple[int, int, int]) -> None:
    """Take the slots and the risks of the way that is labelled up to a vertex, then the tree's."""
    source, turn, way = where
    words = pair.risks.shape[1]
    length, vertex = 0, turn
    while search.vertices[vertex, STEP] >= 0:
        vertex = search.slots[search.vertices[vertex, STEP], HEAD]
        length += 1
    place, vertex = length, turn
    while place > 0:  # from its end, so the slots lie in reverse
        place -= 1
        pair.way_slots[way, place] = search.vertices[vertex, STEP]
        vertex = search.slots[search.vertices[vertex, STEP], HEAD]
    for word in range(words):
        pair.met[way, word] = pair.onward[turn, word]
    vertex = turn
    while vertex != source:
        slot = search.vertices[vertex, ENTERED]
        pair.way_slots[way, length] = slot
        length += 1
        for word in range(words):
            pair.met[way, word] |= pair.risks[slot, word]
        vertex = search.slots[slot, TAIL]
    for word in range(words):
        pair.met[way, word] &= ~pair.free[word]
    pair.ways[way, LENGTH_OF_WAY] = length


@compiled
def note_onward(search: TreeSearch, pair: RiskSearch) -> None:
    """Take the risks along the tree that has been grown; before ways to its target are found."""
    words = pair.risks.shape[1]
    for start in range(len(search.vertices)):
        for word in range(words):
            pair.onward[start, word] = 0
        slot = search.vertices[start, STEP]
        while slot >= 0:
            for word in range(words):
                pair.onward[start, word] |= pair.risks[slot, word]
            slot = search.vertices[search.slots[slot, HEAD], STEP]


@compiled
def free_the_ends(pair: RiskSearch, ends: tuple[int, int]) -> None:
    """Let the risks that the two ends are, where they are any, be free and no others."""
    for word in range(len(pair.free)):
        pair.free[word] = 0
    for vertex in ends:
        risk = pair.site_risk[vertex]
        if risk >= 0:
            pair.free[risk >> 6] |= np.uint64(1) << np.uint64(risk & 63)


@compiled
def with_ways(
    found: CollectedPaths, pair: RiskSearch, where: tuple[int, int, int, np.ndarray]
) -> CollectedPaths:
    """The paths with two more, the less costly first.

    ``where`` names both ways, the pair that they are the paths of, and the arc of each slot.
    """
    first, second, number, arc_of_slot = where
    if pair.ways[second, COST_OF_WAY] < pair.ways[first, COST_OF_WAY]:
        first, second = second, first
    path = np.empty(pair.way_slots.shape[1], dtype=np.int64)
    for way in (first, second):
        length = pair.ways[way, LENGTH_OF_WAY]
        for place in range(length):
            path[place] = pair.way_slots[way, length - 1 - place]
        found = noted(found, path, (0, length, arc_of_slot))
    found.path_counts[number] = 2
    return found
