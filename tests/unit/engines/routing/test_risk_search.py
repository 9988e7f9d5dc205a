"""Is a way the cheapest that avoids what it must, and are the risks that it meets all told?"""

import sys

import numpy as np

from karakoram.engines.routing import collected, heaps, risk_search, tree_search
from karakoram.engines.routing.collected import no_paths, pair_order
from karakoram.engines.routing.heaps import empty_heap
from karakoram.engines.routing.risk_search import (
    COST_OF_WAY,
    LENGTH_OF_WAY,
    WAY_COLUMNS,
    RiskSearch,
    find_way,
    free_the_ends,
    note_onward,
    with_ways,
)
from karakoram.engines.routing.section_graph import out_arcs, section_graph
from karakoram.engines.routing.tree_search import grow_tree
from karakoram.engines.routing.tree_search import tree_search as search_over
from tests.support.interpreted import interpreted

SQUARE = section_graph(
    4, ends=[(0, 1), (1, 3), (0, 2), (2, 3)], cost=[1, 1, 4, 4], sites_are_risks=True
)
MODULES = (collected, heaps, risk_search, tree_search, sys.modules[__name__])
"""This one too: the names that it imports are to be the Python functions as well."""


def prepared(graph, *, target):
    """Searches of the graph and room for four ways."""
    out = out_arcs(graph)
    search = search_over(out, graph.integer_cost[out.arcs // 2])
    grow_tree(search, target)
    room = RiskSearch(
        risks=graph.risk_words[out.arcs // 2],
        spread=np.append(graph.exposure[out.arcs // 2].sum(axis=0), 0),
        site_risk=graph.first_site + np.arange(graph.vertex_count),
        ways=np.zeros((4, WAY_COLUMNS), dtype=np.int64),
        way_slots=np.zeros((4, graph.vertex_count), dtype=np.int64),
        avoided=np.zeros((4, 1), dtype=np.uint64),
        met=np.zeros((4, 1), dtype=np.uint64),
        onward=np.zeros((graph.vertex_count, 1), dtype=np.uint64),
        free=np.zeros(1, dtype=np.uint64),
        waiting=empty_heap(4),
        made=np.zeros(1, dtype=np.int64),
    )
    note_onward(search, room)
    return out, search, room


def test_a_way_goes_round_what_it_avoids_and_tells_what_it_meets():
    with interpreted(*MODULES):
        _, search, room = prepared(SQUARE, target=3)
        free_the_ends(room, (0, 3))
        room.avoided[1, 0] = 0b1
        for way in (0, 1):
            find_way(search, room, (0, way))
    assert room.ways[:2, COST_OF_WAY].tolist() == [2, 8]
    assert room.ways[:2, LENGTH_OF_WAY].tolist() == [2, 2]
    # Sections 0 and 1 and site 1, sections 2 and 3 and site 2; the ends are free.
    assert room.met[:2, 0].tolist() == [0b00100011, 0b01001100]


def test_a_way_round_joins_the_trees_way_behind_what_it_avoids():
    # 0-1-2-3 in a row, and a dear section beside the first.
    graph = section_graph(4, ends=[(0, 1), (1, 2), (2, 3), (0, 1)], cost=[1, 1, 1, 5])
    with interpreted(*MODULES):
        out, search, room = prepared(graph, target=3)
        assert room.onward[:, 0].tolist() == [0b0111, 0b0110, 0b0100, 0]
        room.avoided[1, 0] = 0b0001
        find_way(search, room, (0, 1))
    assert room.ways[1].tolist() == [3, 7]
    assert out.arcs[room.way_slots[1, :3]].tolist() == [4, 2, 6]
    assert room.met[1, 0] == 0b1110


def test_where_everything_is_to_be_avoided_there_is_no_way():
    with interpreted(*MODULES):
        _, search, room = prepared(SQUARE, target=3)
        room.avoided[0, 0] = 0b101
        find_way(search, room, (0, 0))
    assert room.ways[0, LENGTH_OF_WAY] == -1


def test_the_ends_of_another_pair_are_not_free_any_more():
    with interpreted(*MODULES):
        _, _, room = prepared(SQUARE, target=3)
        free_the_ends(room, (0, 3))
        free_the_ends(room, (1, 2))
    assert room.free.tolist() == [0b0110 << SQUARE.first_site]


def test_of_two_ways_the_less_costly_is_noted_first():
    with interpreted(*MODULES):
        out, search, room = prepared(SQUARE, target=3)
        room.avoided[0, 0] = 0b1
        for way in (0, 1):
            find_way(search, room, (0, way))
        asked = pair_order(np.array([[0, 3]]), 2)
        found = with_ways(no_paths(asked), room, (0, 1, 0, out.arcs))
    assert found.path_counts.tolist() == [2]
    assert found.arcs[:4].tolist() == [0, 2, 4, 6]
