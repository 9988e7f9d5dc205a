"""Do networkx and igraph find paths as long as the compiled searches over many pairs?"""

from itertools import islice

import igraph
import networkx as nx
import numpy as np
import pytest

from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.k_shortest import k_shortest_paths
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import digraph_of
from tests.support.section_graphs import all_pairs, of_topohub, packaged

SEED = 20261128
K = 20
TOPOLOGIES = {
    "germany50": packaged,
    "janos-us": packaged,
    "jpn48": packaged,
    "nsfnet": packaged,
    "cost239": packaged,
    "usnet": packaged,
    "sndlib/polska": of_topohub,
    "sndlib/norway": of_topohub,
}


def drawn_pairs(graph, count):
    return np.random.default_rng(SEED).permutation(all_pairs(graph))[:count]


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_ranked_paths_are_as_long_as_networkx_and_igraph_say(name):
    graph = TOPOLOGIES[name](name)
    pairs = drawn_pairs(graph, 8)
    paths = ranked_paths(graph, pairs, k=K)
    ends = np.stack([graph.a, graph.z], axis=1).tolist()
    with_length = zip(ends, graph.cost.tolist(), strict=True)
    by_networkx = nx.Graph([(a, z, {"km": km}) for (a, z), km in with_length])
    by_igraph = igraph.Graph(n=graph.vertex_count, edges=ends)
    for number, (source, target) in enumerate(pairs.tolist()):
        ours = paths.costs[paths.pair_offsets[number] : paths.pair_offsets[number + 1]]
        assert len(set(paths.arcs_of_pair(number))) == len(ours) == K
        simple = nx.shortest_simple_paths(by_networkx, source, target, weight="km")
        theirs = [nx.path_weight(by_networkx, way, "km") for way in islice(simple, K)]
        assert ours.tolist() == pytest.approx(theirs, rel=1e-12)
        sections = by_igraph.get_k_shortest_paths(
            source, target, k=K, weights=graph.cost.tolist(), output="epath"
        )
        assert ours.tolist() == pytest.approx(
            [graph.cost[way].sum() for way in sections], rel=1e-12
        )


@pytest.mark.parametrize("name", TOPOLOGIES)
def test_ranked_paths_are_those_that_the_engine_finds_pair_by_pair(name):
    graph = TOPOLOGIES[name](name)
    pairs = drawn_pairs(graph, 25)
    paths = ranked_paths(graph, pairs, k=K)
    digraph = digraph_of(graph)
    for number, pair in enumerate(pairs.tolist()):
        expected = k_shortest_paths(digraph, cost=graph.arc_cost, ends=Ends.between(*pair), k=K)
        assert paths.arcs_of_pair(number) == tuple(path.arcs for path in expected)
        costs = paths.costs[paths.pair_offsets[number] : paths.pair_offsets[number + 1]]
        assert costs.tolist() == [path.cost for path in expected]
