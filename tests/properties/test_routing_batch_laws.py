"""What holds for the answers to many pairs at once on whatever topology."""

import numpy as np
import pytest

from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.k_shortest import k_shortest_paths
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import digraph_of
from tests.support.section_graphs import all_pairs, random_sections

GRAPHS = 40
"""In each of the parts of a test."""


@pytest.mark.parametrize("seed", range(3))
def test_ranked_paths_are_those_that_come_pair_by_pair(seed):
    rng = np.random.default_rng(seed)
    compared = 0
    for _ in range(GRAPHS):
        graph = random_sections(rng)
        pairs = all_pairs(graph)
        digraph = digraph_of(graph)
        k = int(rng.choice([1, 3, 20, 1_000]))
        paths = ranked_paths(graph, pairs, k=k)
        for number in rng.permutation(len(pairs))[:5].tolist():
            ends = Ends.between(*pairs[number].tolist())
            expected = k_shortest_paths(digraph, cost=graph.arc_cost, ends=ends, k=k)
            assert paths.arcs_of_pair(number) == tuple(path.arcs for path in expected)
            compared += len(expected)
    assert compared > 5 * GRAPHS


@pytest.mark.parametrize("seed", range(3))
def test_by_hops_all_paths_are_those_by_length_sorted_anew(seed):
    rng = np.random.default_rng(seed)
    for _ in range(GRAPHS):
        graph = random_sections(rng, dearest=30)
        pairs = all_pairs(graph)
        by_length = ranked_paths(graph, pairs, k=5_000)
        by_hops = ranked_paths(graph, pairs, k=5_000, order="hops")
        for pair in range(len(pairs)):
            again = sorted(
                by_length.arcs_of_pair(pair),
                key=lambda arcs: (len(arcs), sum(graph.cost[arc // 2] for arc in arcs), arcs),
            )
            assert by_hops.arcs_of_pair(pair) == tuple(again)
