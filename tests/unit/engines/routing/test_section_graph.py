"""Do columns hold the topology, and refuse what is none?"""

import numpy as np
import pytest

from karakoram.engines.routing.section_graph import (
    checked_pairs,
    digraph_of,
    out_arcs,
    section_graph,
)

ENDS = [(0, 1), (2, 1), (0, 2)]


def made(**changes):
    return section_graph(3, **{"ends": ENDS, "cost": [5, 4, 12]} | changes)


def test_slots_of_a_vertex_are_in_the_order_of_their_arcs():
    out = out_arcs(made())
    assert out.offsets.tolist() == [0, 2, 4, 6]
    assert out.arcs.tolist() == [0, 4, 1, 3, 2, 5]
    assert out.heads.tolist() == [1, 2, 0, 2, 1, 0]
    assert out.tails.tolist() == [0, 0, 1, 1, 2, 2]


def test_arcs_of_unusable_sections_leave_no_vertex():
    out = out_arcs(made(), np.array([True, False, True]))
    assert out.arcs.tolist() == [0, 4, 1, 5]
    assert out.offsets.tolist() == [0, 2, 3, 4]


def test_a_section_is_a_risk_to_itself_before_groups_and_sites():
    graph = made(groups=[[1], [], [0, 1]], sites_are_risks=True)
    assert graph.risk_count == 3 + 2 + 3
    assert graph.risk_words.ravel().tolist() == [0b01110001, 0b11000010, 0b10111100]


def test_risks_beyond_one_word_lie_in_the_next():
    graph = made(groups=[[61], [], []])
    assert graph.risk_count == 65
    assert graph.risk_words.tolist() == [[1, 1], [2, 0], [4, 0]]


def test_the_digraph_has_the_same_arcs_costs_and_risks():
    graph = made(groups=[[61], [], []])
    digraph = digraph_of(graph)
    assert digraph.tail_of == (0, 1, 2, 1, 0, 2)
    assert digraph.risk_masks == (1 | 1 << 64, 1 | 1 << 64, 2, 2, 4, 4)
    assert graph.arc_cost.tolist() == [5, 5, 4, 4, 12, 12]


def test_whole_costs_stay_whole_and_others_are_ordered_as_integers():
    assert made().integer_cost.tolist() == [5, 4, 12]
    assert made().cost.dtype == np.int64
    decimal = made(cost=[174.9, 25.1, 200.0]).integer_cost
    assert decimal[0] + decimal[1] == decimal[2]


def test_columns_cannot_be_written():
    graph = made()
    for column in (graph.a, graph.cost, graph.risk_words, graph.integer_cost, *out_arcs(graph)):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = 0


def test_columns_are_copies():
    cost = np.array([5, 4, 12])
    graph = made(cost=cost)
    cost[0] = 99
    assert graph.cost[0] == 5


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cost": [1, 2]}, "expected the cost of each of 3 sections, got 2"),
        ({"ends": [(0, 1), (2, 1), (0, 3)]}, r"vertices must lie in 0\.\.2, got 3"),
        ({"cost": [1.0, -2.0, 3.0]}, "finite and >= 0"),
        ({"groups": [[0]]}, "expected the groups of each of 3 sections, got 1"),
        ({"groups": [[-1], [], []]}, "groups are numbered from 0"),
    ],
)
def test_what_is_no_topology_is_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        made(**changes)


@pytest.mark.parametrize("pair", [(1, 1), (0, 3), (-1, 0)])
def test_a_pair_that_is_not_two_vertices_is_refused_by_its_number(pair):
    with pytest.raises(ValueError, match=r"pair 1 is .* expected two different vertices in 0..2"):
        checked_pairs(made(), [(0, 1), pair])


def test_no_pairs_are_an_empty_array():
    assert checked_pairs(made(), []).shape == (0, 2)
