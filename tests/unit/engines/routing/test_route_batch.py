"""Does each question about many pairs go to the search that answers it?"""

import numpy as np
import pytest

from karakoram.engines.routing.digraph import Avoided
from karakoram.engines.routing.diverse import Diverse
from karakoram.engines.routing.route_batch import Disjoint, Ranked, routes_of_pairs
from karakoram.engines.routing.rules import PathRule
from karakoram.engines.routing.section_graph import section_graph, usable_sections

SQUARE = section_graph(
    4,
    ends=[(0, 1), (1, 3), (0, 2), (2, 3), (0, 3)],
    cost=[1, 1, 2, 2, 9],
    groups=[[0], [], [0], [], []],
)
ACROSS = [(0, 3)]


@pytest.mark.parametrize(
    ("question", "costs", "proof"),
    [
        (Ranked(k=2), [2, 4], "search"),
        (Ranked(k=2, order="hops"), [9, 2], "search"),
        (Disjoint(k=3), [2, 4, 9], "search"),
        (Disjoint(disjoint="sites"), [2, 4], "search"),
        (Diverse(), [2, 9], "branching"),
        (PathRule(via=(frozenset({2}),)), [4], "search"),
    ],
)
def test_each_question_has_its_answer(question, costs, proof):
    batch = routes_of_pairs(SQUARE, ACROSS, question)
    assert batch.paths.costs.tolist() == costs
    assert batch.proofs.tolist() == [proof]
    assert (batch.shared_words is None) == (not isinstance(question, Diverse))


@pytest.mark.parametrize(
    ("question", "costs"),
    [(Ranked(k=9), [4, 9]), (Disjoint(k=3), [4, 9]), (Diverse(), [4, 9])],
)
@pytest.mark.parametrize("avoid", [Avoided(risk_mask=0b10), Avoided(vertices=frozenset({1}))])
def test_what_is_avoided_is_on_no_path(question, costs, avoid):
    assert routes_of_pairs(SQUARE, ACROSS, question, avoid=avoid).paths.costs.tolist() == costs


def test_a_rule_says_itself_what_it_avoids():
    with pytest.raises(ValueError, match="put it there"):
        routes_of_pairs(SQUARE, ACROSS, PathRule(), avoid=Avoided(risk_mask=1))


def test_a_pair_without_a_path_rests_on_nothing():
    apart = section_graph(3, ends=[(0, 1)], cost=[1])
    assert routes_of_pairs(apart, [(0, 2), (0, 1)], Ranked(k=1)).proofs.tolist() == [
        "none",
        "search",
    ]


def test_answers_cannot_be_written():
    batch = routes_of_pairs(SQUARE, ACROSS, Diverse())
    for column in (batch.proofs, batch.shared_words):
        with pytest.raises(ValueError, match="read-only"):
            column[0] = column[0]


def test_sections_of_a_group_or_at_a_vertex_are_told():
    group = Avoided(risk_mask=1 << 5)
    assert usable_sections(SQUARE, group).tolist() == [False, True, False, True, True]
    beyond = Avoided(risk_mask=1 << 80, vertices=frozenset({3}))
    assert usable_sections(SQUARE, beyond).tolist() == [True, False, True, False, False]
    assert usable_sections(SQUARE, Avoided()).all()
    assert np.issubdtype(usable_sections(SQUARE, Avoided()).dtype, np.bool_)
