"""How are the cheapest disjoint paths of many pairs found at machine speed?

Compiled; successive shortest paths on whole-number weights. Every path sends one unit through
the graph; the next one may take back what an earlier one sent along a section, and the
potentials left by the searches so far keep every cost from falling below nothing.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled
from karakoram.engines.routing.collected import CollectedPaths, PairOrder, no_paths, noted
from karakoram.engines.routing.heaps import empty_heap, pop, push
from karakoram.engines.routing.tree_search import AHEAD, UNREACHED, TreeSearch, grow_tree

# Columns of the places: a vertex, or the way into one and the way out of it.
FIRST = 0
"""Its first step."""
END = 1
"""One beyond its last step."""
VERTEX = 2
"""The vertex of the graph that it belongs to."""
POTENTIAL = 3
DISTANCE = 4
"""Reduced cost of the cheapest way to it, UNREACHED where the search has not come."""
ENTERED = 5
"""The step by which that way comes to it."""
PLACE_COLUMNS = 6

# Columns of the steps.
HEAD = 0
TAIL = 1
COST = 2
BACK = 3
"""The step that leads back; a unit sent through a step is taken back by it."""
OPEN = 4
"""1 where a unit can be sent, 0 where one can only be taken back."""
SENT = 5
"""Number of the pair one of whose units was sent through it last, -1 before any was."""
STEP_COLUMNS = 6


class FlowGraph(NamedTuple):
    """Where units can be sent, every step at most one."""

    places: Int[np.ndarray, "place column"]
    steps: Int[np.ndarray, "step column"]
    arc_of_step: Int[np.ndarray, " step"]
    """Arc of the graph; -1 for the step through a vertex."""
    source_offset: int
    """Units to a vertex leave at the place of its number, and from it at this much more."""


class FlowSearch(NamedTuple):
    """The graph with what one pair has sent through it, and room for searches."""

    places: Int[np.ndarray, "place column"]
    steps: Int[np.ndarray, "step column"]
    heap: Int[np.ndarray, "row 2"]
    ends: Int[np.ndarray, " three"]
    """Source and target place, and the number of the pair."""
    path: Int[np.ndarray, " step"]
    """Room for the steps of all units, one unit after the other."""
    units: Int[np.ndarray, "unit column"]
    """Of each unit: where its steps begin, how many they are, what they cost together."""


@compiled
def _residual_cost(steps: np.ndarray, step: int, pair: int) -> int:
    """What one unit more through the step costs, UNREACHED where none can go."""
    back, cost = steps[step, BACK], UNREACHED
    if steps[back, SENT] == pair:
        cost = -steps[back, COST]
    elif steps[step, OPEN] == 1 and steps[step, SENT] != pair:
        cost = steps[step, COST]
    return cost


@compiled
def _find_way(search: FlowSearch) -> bool:
    """Label the places by Dijkstra's algorithm until the target is reached; whether it is."""
    places, steps, heap = search.places, search.steps, search.heap
    source, target, pair = search.ends
    for place in range(len(places)):
        places[place, DISTANCE] = UNREACHED
    places[source, DISTANCE] = 0
    heap[0, 0] = 0
    push(heap, 0, source)
    while heap[0, 0] > 0:
        reached, place = pop(heap)
        if place == target:
            return True
        if reached > places[place, DISTANCE]:
            continue
        from_here = reached - places[place, POTENTIAL]
        for step in range(places[place, FIRST], places[place, END]):
            cost = _residual_cost(steps, step, pair)
            head = steps[step, HEAD]
            ahead = from_here + cost + places[head, POTENTIAL]
            if cost < UNREACHED and ahead < places[head, DISTANCE]:
                places[head, DISTANCE] = ahead
                places[head, ENTERED] = step
                push(heap, ahead, head)
    return False


@compiled
def _send_unit(search: FlowSearch) -> None:
    """Send one unit along the way that is labelled."""
    places, steps = search.places, search.steps
    source, place, pair = search.ends
    while place != source:
        step = places[place, ENTERED]
        back = steps[step, BACK]
        if steps[back, SENT] == pair:
            steps[back, SENT] = -1
        else:
            steps[step, SENT] = pair
        place = steps[step, TAIL]


@compiled
def _let_potentials_follow(search: FlowSearch) -> None:
    """Keep every cost from falling below nothing after a unit was sent as it was labelled."""
    places = search.places
    farthest = places[search.ends[1], DISTANCE]
    for place in range(len(places)):
        places[place, POTENTIAL] -= min(places[place, DISTANCE], farthest)


@compiled
def _walk(search: FlowSearch, first: int, unit: int) -> None:
    """Put the steps of the unit that leaves by ``first`` after those of the unit before."""
    places, steps, units = search.places, search.steps, search.units
    target, pair = search.ends[1], search.ends[2]
    begin = units[unit - 1, 0] + units[unit - 1, 1] if unit > 0 else 0
    end, step, cost, place = begin, first, 0, -1
    while place != target:
        if place >= 0:
            step = places[place, FIRST]
            while steps[step, SENT] != pair:
                step += 1
        search.path[end] = step
        end += 1
        cost += steps[step, COST]
        steps[step, SENT] = -1
        place = steps[step, HEAD]
    units[unit, 0], units[unit, 1], units[unit, 2] = begin, end - begin, cost


@compiled
def _note_units(
    search: FlowSearch, found: CollectedPaths, arc_of_step: np.ndarray
) -> CollectedPaths:
    """Take the paths of all units of the pair, the least costly first."""
    places, units = search.places, search.units
    source, pair = search.ends[0], search.ends[2]
    count = 0
    for step in range(places[source, FIRST], places[source, END]):
        if search.steps[step, SENT] == pair:
            _walk(search, step, count)
            count += 1
    for _ in range(count):
        best = 0
        for unit in range(1, count):
            if units[unit, 2] < units[best, 2]:
                best = unit
        found = noted(found, search.path, (units[best, 0], units[best, 1], arc_of_step))
        units[best, 2] = UNREACHED
    found.path_counts[pair] = count
    return found


@compiled
def disjoint_batch(graph: FlowGraph, tree: TreeSearch, asked: PairOrder) -> CollectedPaths:
    """As many disjoint paths of every pair as there are, k at most, cheapest together."""
    pairs, found, grown_for = asked.pairs, no_paths(asked), -1
    places, steps = graph.places, graph.steps
    search = FlowSearch(
        places,
        steps,
        empty_heap(len(steps) + 1),
        np.zeros(3, dtype=np.int64),
        np.empty(len(steps), dtype=np.int64),
        np.empty((min(asked.k, len(steps)), 3), dtype=np.int64),
    )
    for pair in asked.order:
        if pairs[pair, 1] != grown_for:
            grown_for = pairs[pair, 1]
            grow_tree(tree, grown_for)
        for place in range(len(places)):
            places[place, POTENTIAL] = tree.vertices[places[place, VERTEX], AHEAD]
        search.ends[0] = pairs[pair, 0] + graph.source_offset
        search.ends[1] = grown_for
        search.ends[2] = pair
        for unit in range(asked.k):
            if unit > 0:
                _let_potentials_follow(search)
            if not _find_way(search):
                break
            _send_unit(search)
        found = _note_units(search, found, graph.arc_of_step)
    return found
