"""Are disjoint paths disjoint, together the cheapest, and as many as there are?"""

from itertools import combinations

import numpy as np
import pytest

from karakoram.engines.routing import collected, disjoint, disjoint_search, heaps, tree_search
from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.disjoint import disjoint_paths
from karakoram.engines.routing.section_graph import digraph_of, section_graph
from tests.support.interpreted import interpreted
from tests.support.path_oracle import all_ways
from tests.support.section_graphs import all_pairs, random_sections

# The cheapest path, 0-1-2-3, bars every other.
TRAP = section_graph(4, ends=[(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)], cost=[1, 1, 1, 3, 3])


def cheapest_by_trial(graph, pair, k, disjoint):
    """(paths, their cost) of the largest set of disjoint paths up to k that costs least."""
    digraph = digraph_of(graph)
    ways = all_ways(digraph, Ends.between(*(int(vertex) for vertex in pair)))

    def used(way):
        inner = {("site", digraph.head_of[arc]) for arc in way[:-1]}
        return {("section", arc // 2) for arc in way} | (inner if disjoint == "sites" else set())

    for count in range(min(k, len(ways)), 0, -1):
        costs = [
            sum(int(graph.cost[arc // 2]) for way in chosen for arc in way)
            for chosen in combinations(ways, count)
            if all(used(one).isdisjoint(used(other)) for one, other in combinations(chosen, 2))
        ]
        if costs:
            return count, min(costs)
    return 0, 0


def test_the_second_path_takes_back_what_the_first_one_barred():
    assert disjoint_paths(TRAP, [(0, 3)]).arcs_of_pair(0) == ((0, 8), (6, 4))
    assert disjoint_paths(TRAP, [(0, 3)], disjoint="sites").costs.tolist() == [4, 4]


def test_what_is_taken_back_is_paid_back():
    # Beside the trap a direct section: 3 + 6 with it, 4 + 4 without.
    ends = [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3), (0, 3)]
    graph = section_graph(4, ends=ends, cost=[1, 1, 1, 3, 3, 6])
    assert disjoint_paths(graph, [(0, 3)]).costs.tolist() == [4, 4]


def test_paths_that_may_meet_at_sites_can_cost_less():
    # Two triangles that meet in vertex 2, and a long way round it.
    ends = [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4), (1, 3)]
    graph = section_graph(5, ends=ends, cost=[1, 1, 1, 1, 1, 1, 9])
    assert sum(disjoint_paths(graph, [(0, 4)]).costs) == 6
    assert sum(disjoint_paths(graph, [(0, 4)], disjoint="sites").costs) == 13


def test_no_more_paths_come_than_exist():
    line = section_graph(3, ends=[(0, 1), (1, 2), (0, 1)], cost=[1, 1, 5])
    paths = disjoint_paths(line, [(0, 2), (0, 1), (1, 0)], k=3)
    assert paths.path_counts.tolist() == [1, 2, 2]
    assert paths.costs.tolist() == [2, 1, 5, 1, 5]
    apart = section_graph(3, ends=[(0, 1)], cost=[1])
    assert disjoint_paths(apart, [(0, 2)], k=2).path_counts.tolist() == [0]


def test_unusable_sections_are_on_no_path():
    usable = np.array([True, True, True, True, False])
    assert disjoint_paths(TRAP, [(0, 3)], usable=usable).arcs_of_pair(0) == ((0, 2, 4),)


def test_a_k_below_one_is_refused():
    with pytest.raises(ValueError, match="k must be >= 1, got 0"):
        disjoint_paths(TRAP, [(0, 3)], k=0)


def test_a_graph_without_sections_has_no_paths():
    for apart in ("sections", "sites"):
        bare = section_graph(2, ends=[], cost=[])
        assert disjoint_paths(bare, [(0, 1)], disjoint=apart).path_counts.tolist() == [0]


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("apart", ["sections", "sites"])
def test_interpreted_the_search_costs_what_trying_all_sets_does(seed, apart):
    rng = np.random.default_rng(seed)
    graph = random_sections(rng, vertices=(3, 7), sections=(5, 11))
    pairs = rng.permutation(all_pairs(graph))[:3]
    k = int(rng.integers(2, 4))
    with interpreted(collected, heaps, tree_search, disjoint_search, disjoint):
        paths = disjoint_paths(graph, pairs, k=k, disjoint=apart)
    for number, pair in enumerate(pairs):
        costs = paths.costs[paths.pair_offsets[number] : paths.pair_offsets[number + 1]]
        assert costs.tolist() == sorted(costs.tolist())
        assert (len(costs), sum(costs)) == cheapest_by_trial(graph, pair, k, apart)
