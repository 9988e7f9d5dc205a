"""Does a graph refuse what is no graph, and keep what it was given?"""

import numpy as np
import pytest

from karakoram.engines.routing import Digraph, Ends, digraph_of_sections, mask_of, risks_in


def digraph(**changes) -> Digraph:
    given = {
        "vertex_count": 3,
        "tails": np.array([0, 1]),
        "heads": np.array([1, 2]),
        "risk_masks": (1, 2),
    }
    return Digraph(**given | changes)


def test_adjacency_lists_neighbour_and_arc_both_ways():
    graph = digraph()
    assert graph.out_arcs == (((1, 0),), ((2, 1),), ())
    assert graph.in_arcs == ((), ((0, 0),), ((1, 1),))
    assert graph.arc_count == 2


def test_the_graph_keeps_a_copy_that_cannot_be_written():
    tails = np.array([0, 1])
    graph = digraph(tails=tails)
    tails[0] = 2
    assert graph.tail_of == (0, 1)
    with pytest.raises(ValueError, match="read-only"):
        graph.tails[0] = 2


def test_columns_of_different_length_are_refused():
    with pytest.raises(ValueError, match="equally long, got 2, 2 and 1"):
        digraph(risk_masks=(1,))


@pytest.mark.parametrize("outside", [3, -1])
def test_an_arc_to_nowhere_is_refused(outside):
    with pytest.raises(ValueError, match=rf"0\.\.2, got {outside}"):
        digraph(heads=np.array([1, outside]))


def test_a_negative_mask_is_refused():
    with pytest.raises(ValueError, match="non-negative"):
        digraph(risk_masks=(1, -1))


def test_a_section_becomes_two_arcs_with_the_same_risks():
    graph = digraph_of_sections(3, a=np.array([0, 2]), z=np.array([1, 1]), risk_masks=[4, 8])
    assert graph.tail_of == (0, 1, 2, 1)
    assert graph.head_of == (1, 0, 1, 2)
    assert graph.risk_masks == (4, 4, 8, 8)


def test_no_sections_make_a_graph_without_arcs():
    assert digraph_of_sections(2, a=[], z=[], risk_masks=[]).arc_count == 0


@pytest.mark.parametrize(
    ("sources", "targets", "complaint"),
    [
        ((), (1,), "at least one source"),
        ((1,), (), "at least one source"),
        ((1, 2), (2, 3), r"must differ, got \[2\]"),
    ],
)
def test_ends_that_are_no_ends_are_refused(sources, targets, complaint):
    with pytest.raises(ValueError, match=complaint):
        Ends(sources=frozenset(sources), targets=frozenset(targets))


def test_masks_and_risk_numbers_are_two_forms_of_one_thing():
    assert risks_in(mask_of([0, 5, 300])) == (0, 5, 300)
    assert risks_in(0) == ()
