"""Is the cheapest path found, and what must be avoided avoided?"""

import pytest

from karakoram.engines.routing import (
    Avoided,
    Ends,
    digraph_of_sections,
    path_of_arcs,
    shortest_path,
)

# 0 - 1 - 3 costs 2, 0 - 2 - 3 costs 3, 0 - 3 costs 9; vertex 4 stands alone.
SQUARE = digraph_of_sections(
    5, a=[0, 1, 0, 2, 0], z=[1, 3, 2, 3, 3], risk_masks=[0b1, 0b10, 0b100, 0b100, 0b11]
)
COST = [1, 1, 1, 1, 1, 1, 2, 2, 9, 9]
ACROSS = Ends.between(0, 3)


def test_the_cheapest_path_names_arcs_vertices_cost_and_risks():
    found = shortest_path(SQUARE, cost=COST, ends=ACROSS)
    assert found is not None
    assert (found.arcs, found.vertices) == ((0, 2), (0, 1, 3))
    assert (found.cost, found.risk_mask) == (2, 0b11)


@pytest.mark.parametrize(
    ("avoid", "vertices"),
    [
        (Avoided(risk_mask=0b1), (0, 2, 3)),
        (Avoided(vertices=frozenset({1})), (0, 2, 3)),
        (Avoided(risk_mask=0b10, vertices=frozenset({4})), (0, 2, 3)),
        (Avoided(risk_mask=0b100, vertices=frozenset({1})), (0, 3)),
    ],
)
def test_risks_and_vertices_are_avoided(avoid, vertices):
    found = shortest_path(SQUARE, cost=COST, ends=ACROSS, avoid=avoid)
    assert found is not None
    assert found.vertices == vertices


@pytest.mark.parametrize(
    "avoid",
    [
        Avoided(risk_mask=0b111),
        Avoided(vertices=frozenset({0})),
        Avoided(vertices=frozenset({3})),
        Avoided(risk_mask=0b1, vertices=frozenset({2})),
    ],
)
def test_no_path_is_none(avoid):
    assert shortest_path(SQUARE, cost=COST, ends=ACROSS, avoid=avoid) is None


def test_the_nearest_of_several_ends_is_taken():
    ends = Ends(sources=frozenset({0, 1}), targets=frozenset({3, 4}))
    found = shortest_path(SQUARE, cost=COST, ends=ends)
    assert found is not None
    assert found.vertices == (1, 3)


def test_decimal_costs_are_added_without_loss():
    graph = digraph_of_sections(11, a=list(range(10)), z=list(range(1, 11)), risk_masks=[1] * 10)
    found = shortest_path(graph, cost=[0.1] * 20, ends=Ends.between(0, 10))
    assert found is not None
    assert found.cost == 1.0


def test_a_path_can_be_made_from_its_arcs():
    assert path_of_arcs(SQUARE, (4, 6), values=COST).vertices == (0, 2, 3)


def test_negative_costs_are_refused():
    with pytest.raises(ValueError, match=">= 0"):
        shortest_path(SQUARE, cost=[-1] * 10, ends=ACROSS)
