"""Do pairs without a common risk come cheapest, and those that share least where there are none?"""

import numpy as np
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
from karakoram.engines.routing.digraph import Ends, mask_of, risks_in
from karakoram.engines.routing.diverse import Diverse, diverse_pairs, telling_risks
from karakoram.engines.routing.section_graph import digraph_of, section_graph
from tests.support.interpreted import interpreted
from tests.support.path_oracle import all_ways, mask_along
from tests.support.section_graphs import all_pairs, random_sections

MODULES = (collected, heaps, tree_search, risk_search, sharing_search, diverse_search, diverse)

THREE = section_graph(2, ends=[(0, 1)] * 3, cost=[1, 2, 9], groups=[[0], [0], []])
SITES = section_graph(
    4,
    ends=[(0, 1), (1, 3), (0, 1), (1, 3), (0, 2), (2, 3)],
    cost=[1, 1, 1, 1, 5, 5],
    sites_are_risks=True,
)


def solved(graph, pairs, **question):
    return diverse_pairs(graph, pairs, question=Diverse(**question))


def best_by_trial(graph, pair, weights):
    """The least (shared weight, cost) of any two paths, ends being free; None without a path."""
    digraph = digraph_of(graph)
    ways = all_ways(digraph, Ends.between(*pair))
    free = free_mask(graph, pair)
    merits = []
    for first in ways:
        for second in ways:
            shared = mask_along(digraph, first) & mask_along(digraph, second) & ~free
            cost = sum(int(graph.cost[arc // 2]) for arc in first + second)
            merits.append((sum(weights[risk] for risk in risks_in(shared)), cost))
    return min(merits, default=None)


def free_mask(graph, pair):
    sites = graph.first_site < graph.risk_count
    return mask_of([graph.first_site + vertex for vertex in pair]) if sites else 0


def merit(graph, batch, number, *, weights, pair):
    """What the two paths of a pair share and cost, told from their arcs alone."""
    ways = batch.paths.arcs_of_pair(number)
    if not ways:
        return None
    digraph = digraph_of(graph)
    shared = mask_along(digraph, ways[0]) & mask_along(digraph, ways[1]) & ~free_mask(graph, pair)
    words = batch.shared_words[number].tolist()
    assert shared == sum(word << 64 * place for place, word in enumerate(words))
    costs = [sum(int(graph.cost[arc // 2]) for arc in way) for way in ways]
    assert costs == sorted(costs)
    return sum(weights[risk] for risk in risks_in(shared)), sum(costs)


def with_sites(graph):
    groups = [[int(risk) - graph.section_count for risk in own[1:]] for own in risks_of(graph)]
    ends = np.stack([graph.a, graph.z], axis=1)
    return section_graph(
        graph.vertex_count, ends=ends, cost=graph.cost, groups=groups, sites_are_risks=True
    )


def risks_of(graph):
    return [np.flatnonzero(row).tolist() for row in graph.exposure]


def test_two_sections_of_one_group_are_not_diverse():
    batch = solved(THREE, [(0, 1)])
    assert batch.paths.arcs_of_pair(0) == ((0,), (4,))
    assert batch.proofs.tolist() == ["branching"]
    assert batch.shared_words.tolist() == [[0]]


def test_a_site_on_the_way_is_shared_but_those_at_the_ends_are_not():
    batch = solved(SITES, [(0, 3), (0, 1)])
    assert batch.paths.costs.tolist() == [2, 10, 1, 1]


def test_either_path_may_be_the_one_that_goes_round():
    # 1-0-2: the cheap way into 0 and the dear way out are one group. The path that goes round the
    # one section is not the path that goes round the other.
    ends = [(2, 0), (0, 1), (0, 2), (0, 1)]
    graph = section_graph(3, ends=ends, cost=[1, 0, 7, 6], groups=[[], [0], [0], [1]])
    batch = solved(graph, [(1, 2)], least_shared=False)
    assert set(batch.paths.arcs_of_pair(0)) == {(3, 4), (7, 1)}
    assert batch.proofs.tolist() == ["branching"]


def test_where_none_are_diverse_the_pair_comes_that_shares_least():
    two = section_graph(3, ends=[(0, 1), (0, 1), (1, 2)], cost=[1, 2, 3], groups=[[0], [0], []])
    batch = solved(two, [(0, 2), (0, 1)])
    assert batch.paths.arcs_of_pair(0) == ((0, 4), (2, 4))
    assert batch.shared_words.tolist() == [[0b1100], [0b1000]]
    assert batch.proofs.tolist() == ["branching", "branching"]


def test_weights_say_what_is_least():
    # Either both use the last section, or its group.
    ends = [(0, 1), (0, 1), (0, 1)]
    graph = section_graph(2, ends=ends, cost=[1, 1, 1], groups=[[0, 1], [0], [1]])
    by_weight = {
        weights: solved(graph, [(0, 1)], risk_weights=weights).shared_words.tolist()
        for weights in ((1, 1, 1, 9, 1), (1, 1, 1, 1, 9))
    }
    assert list(by_weight.values()) == [[[0]], [[0]]]
    both = section_graph(2, ends=ends[:2], cost=[1, 1], groups=[[0], [0]])
    assert solved(both, [(0, 1)], risk_weights=(1, 1, 7)).shared_words.tolist() == [[0b100]]
    assert solved(both, [(0, 1)], risk_weights=(7, 1, 9)).shared_words.tolist() == [[0b100]]


def test_least_shared_pairs_are_left_out_when_not_wanted():
    line = section_graph(2, ends=[(0, 1)], cost=[1])
    batch = solved(line, [(0, 1)], least_shared=False)
    assert batch.paths.path_counts.tolist() == [0]
    assert batch.proofs.tolist() == ["none"]


def test_a_pair_without_a_path_has_none():
    apart = section_graph(3, ends=[(0, 1)], cost=[1])
    batch = solved(apart, [(0, 2), (0, 1)])
    assert batch.paths.path_counts.tolist() == [0, 2]
    assert batch.proofs.tolist() == ["none", "branching"]
    bare = section_graph(2, ends=[], cost=[])
    assert solved(bare, [(0, 1)]).proofs.tolist() == ["none"]


def test_unusable_sections_are_on_no_path():
    usable = np.array([False, True, True])
    batch = diverse_pairs(THREE, [(0, 1)], question=Diverse(), usable=usable)
    assert batch.paths.arcs_of_pair(0) == ((2,), (4,))
    only = diverse_pairs(THREE, [(0, 1)], question=Diverse(), usable=np.array([False, True, False]))
    assert only.paths.arcs_of_pair(0) == ((2,), (2,))


def test_a_cap_below_one_is_refused():
    with pytest.raises(ValueError, match="subproblem_cap must be >= 1, got 0"):
        Diverse(subproblem_cap=0)


def test_a_risk_that_follows_from_another_decides_nothing():
    graph = section_graph(
        3, ends=[(0, 1), (1, 2), (0, 2)], cost=[1, 1, 1], groups=[[0, 2], [0, 1], []]
    )
    # Section 2 is in no group; of the groups, 0 holds two sections, 1 and 2 one each.
    assert telling_risks(graph).tolist() == [2, 3]


def test_a_site_may_be_free_so_sections_do_not_follow_from_it():
    graph = section_graph(2, ends=[(0, 1), (0, 1)], cost=[1, 1], sites_are_risks=True)
    assert {0, 1} <= set(telling_risks(graph).tolist())


@pytest.mark.parametrize("sites", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_interpreted_the_search_finds_what_trying_all_pairs_does(seed, sites):
    rng = np.random.default_rng(seed)
    graph = random_sections(rng, vertices=(3, 7), sections=(5, 11), groups=3)
    graph = with_sites(graph) if sites else graph
    pairs = rng.permutation(all_pairs(graph))[:4]
    weights = tuple(rng.integers(1, 5, size=graph.risk_count).tolist())
    with interpreted(*MODULES):
        batch = solved(graph, pairs, risk_weights=weights)
    for number, pair in enumerate(pairs.tolist()):
        expected = best_by_trial(graph, pair, weights)
        assert merit(graph, batch, number, weights=weights, pair=pair) == expected


def test_past_the_cap_another_search_takes_over_and_says_what_proved_it():
    rng = np.random.default_rng(7)
    proofs = set()
    for _ in range(20):
        graph = random_sections(rng, vertices=(5, 8), sections=(10, 14), groups=4)
        pairs = all_pairs(graph)[:4]
        with interpreted(*MODULES):
            batch = solved(graph, pairs, subproblem_cap=1)
        weights = (1,) * graph.risk_count
        for number, pair in enumerate(pairs.tolist()):
            expected = best_by_trial(graph, pair, weights)
            assert merit(graph, batch, number, weights=weights, pair=pair) == expected
        proofs |= set(batch.proofs.tolist())
    assert {"branching", "ilp"} <= proofs
