"""Do two ways share the least weight of risk, is that proven, and is it said when it is not?"""

import pytest

from karakoram.engines.routing import (
    collected,
    diverse,
    diverse_search,
    heaps,
    risk_search,
    sharing_search,
    tree_search,
)
from karakoram.engines.routing.diverse import Diverse, diverse_pairs
from karakoram.engines.routing.pairs import least_shared_pair
from karakoram.engines.routing.section_graph import section_graph
from tests.support.interpreted import interpreted

MODULES = (collected, heaps, tree_search, risk_search, sharing_search, diverse_search, diverse)

RIVALS = section_graph(
    2,
    ends=[(0, 1)] * 3,
    cost=[1, 2, 9],
    groups=[[0, 1], [0, 2], [1, 2]],
)
"""Any two of the three sections share one group, 3, 4 or 5, and no group is on every path."""

TAIL = section_graph(
    3,
    ends=[(0, 1), (0, 1), (1, 2)],
    cost=[1, 2, 3],
    groups=[[0], [0], []],
)
"""The last section and the group of the others are on every path from 0 to 2."""


@pytest.fixture(autouse=True)
def _no_other_search(monkeypatch):
    """What these tests ask for is not left to the search for one question at a time."""
    monkeypatch.setattr(diverse, "least_shared_pair", None)


def shared_and_arcs(graph, pair, **question):
    with interpreted(*MODULES):
        batch = diverse_pairs(graph, [pair], question=Diverse(**question))
    assert batch.proofs.tolist() == ["branching"]
    return batch.shared_words.tolist(), batch.paths.arcs_of_pair(0)


def test_of_equal_weights_the_cheapest_pair_is_taken():
    assert shared_and_arcs(RIVALS, (0, 1)) == ([[0b001000]], ((0,), (2,)))


@pytest.mark.parametrize(
    ("weights", "shared", "arcs"),
    [
        ((1, 1, 1, 3, 2, 2), 0b010000, ((0,), (4,))),
        ((1, 1, 1, 3, 2, 1), 0b100000, ((2,), (4,))),
        ((9, 9, 9, 1, 2, 2), 0b001000, ((0,), (2,))),
    ],
)
def test_less_weight_is_worth_any_length(weights, shared, arcs):
    assert shared_and_arcs(RIVALS, (0, 1), risk_weights=weights) == ([[shared]], arcs)


def test_what_every_path_meets_is_shared_and_drives_nothing_else_together():
    heavy = (1, 1, 1_000, 1_000)
    for weights in (None, heavy):
        found = shared_and_arcs(TAIL, (0, 2), risk_weights=weights)
        assert found == ([[0b1100]], ((0, 4), (2, 4)))


def test_one_section_is_used_by_both_only_where_there_is_no_other():
    graph = section_graph(2, ends=[(0, 1)] * 2, cost=[1, 2], groups=[[0], [0]])
    assert shared_and_arcs(graph, (0, 1), risk_weights=(1, 1, 50)) == ([[0b100]], ((0,), (2,)))
    alone = section_graph(2, ends=[(0, 1)], cost=[1])
    assert shared_and_arcs(alone, (0, 1)) == ([[0b1]], ((0,), (0,)))


def test_a_group_that_holds_another_is_shared_with_it():
    # Group 0 is on sections 0, 1, 2, group 1 on sections 0 and 1: who shares 1 shares 0 too.
    graph = section_graph(
        2, ends=[(0, 1)] * 4, cost=[1, 1, 5, 7], groups=[[0, 1], [0, 1], [0, 2], [1, 2]]
    )
    shared, arcs = shared_and_arcs(graph, (0, 1))
    assert (shared, arcs) == ([[0b0010000]], ((0,), (4,)))
    heavy = (1, 1, 1, 1, 5, 1, 1)
    shared, arcs = shared_and_arcs(graph, (0, 1), risk_weights=heavy)
    assert (shared, arcs) == ([[0b0100000]], ((0,), (6,)))


def test_what_every_path_meets_weighs_nothing_when_it_comes_with_another_risk():
    # Group 3 is on the last section, so on every path, and on all sections of group 0.
    ends, groups = [(0, 1)] * 3 + [(1, 2)], [[0, 1, 3], [0, 2, 3], [1, 2], [3]]
    graph = section_graph(3, ends=ends, cost=[1, 2, 9, 1], groups=groups)
    assert shared_and_arcs(graph, (0, 2)) == ([[0b10011000]], ((0, 6), (2, 6)))


def test_past_the_cap_nothing_is_claimed(monkeypatch):
    asked = []

    def one_by_one(*args, **options):
        asked.append(options["ends"])
        return least_shared_pair(*args, **options)

    monkeypatch.setattr(diverse, "least_shared_pair", one_by_one)
    # The last section is on every path, so what comes first ends at once.
    ends, groups = [(0, 1)] * 3 + [(1, 2)], [[0, 1], [0, 2], [1, 2], []]
    graph = section_graph(3, ends=ends, cost=[1, 2, 9, 1], groups=groups)
    shared = set()
    for cap, given_up in ((1, 1), (20, 1)):
        with interpreted(*MODULES):
            batch = diverse_pairs(graph, [(0, 2)], question=Diverse(subproblem_cap=cap))
        assert len(asked) == given_up
        shared.add(batch.shared_words.tolist()[0][0])
    assert shared == {0b0011000}
    assert batch.proofs.tolist() == ["branching"]


def test_weights_that_cannot_be_added_are_refused():
    with pytest.raises(ValueError, match="the weights are 4611686018427387904 together"):
        diverse_pairs(TAIL, [(0, 2)], question=Diverse(risk_weights=(1 << 60,) * 4))
    with pytest.raises(ValueError, match="expected weights of 4 risks, got 3"):
        diverse_pairs(TAIL, [(0, 2)], question=Diverse(risk_weights=(1, 1, 1)))
    with pytest.raises(ValueError, match="risk weights must be >= 1, got 0"):
        diverse_pairs(TAIL, [(0, 2)], question=Diverse(risk_weights=(1, 1, 1, 0)))


def test_more_risks_than_one_word_holds_are_told_apart():
    # Ninety groups of one section each, and one at the far end of the row that two share.
    groups = [[*range(45), 91], [*range(45, 90), 91], [91]]
    graph = section_graph(2, ends=[(0, 1)] * 3, cost=[3, 2, 1], groups=groups)
    shared, arcs = shared_and_arcs(graph, (0, 1))
    risk = 3 + 91
    assert shared == [[0, 1 << risk - 64]]
    assert arcs == ((4,), (2,))
