"""Do networkx and igraph find paths as long as the compiled searches over many pairs?"""

from itertools import islice

import igraph
import networkx as nx
import numpy as np
import pytest

from karakoram.engines.routing.digraph import Ends
from karakoram.engines.routing.disjoint import disjoint_paths
from karakoram.engines.routing.k_shortest import k_shortest_paths
from karakoram.engines.routing.ranked import ranked_paths
from karakoram.engines.routing.section_graph import digraph_of
from tests.support.section_graphs import all_pairs, of_topohub, packaged, random_sections

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


def flow_cost(graph, pair, *, units, disjoint):
    """Cost of a flow by network simplex, no section and no inner site used twice; None for none."""
    peer = nx.DiGraph()
    source, target = (("out", pair[0]), ("in", pair[1]))
    peer.add_node(source, demand=-units)
    peer.add_node(target, demand=units)
    through = 1 if disjoint == "sites" else units
    for site in range(graph.vertex_count):
        peer.add_edge(("in", site), ("out", site), capacity=through, weight=0)
    sections = zip(graph.a.tolist(), graph.z.tolist(), graph.integer_cost.tolist(), strict=True)
    for number, (a, z, cost) in enumerate(sections):
        for tail, head in ((a, z), (z, a)):
            middle = ("middle", number, tail)  # sections may be parallel
            peer.add_edge(("out", tail), middle, capacity=1, weight=cost)
            peer.add_edge(middle, ("in", head), capacity=1, weight=0)
    try:
        return nx.network_simplex(peer)[0]
    except nx.NetworkXUnfeasible:
        return None


def assert_flows_cost_the_same(graph, pairs, *, k, disjoint):
    paths = disjoint_paths(graph, pairs, k=k, disjoint=disjoint)
    for number, pair in enumerate(pairs.tolist()):
        found = paths.arcs_of_pair(number)
        assert_disjoint(graph, found, disjoint)
        cost = sum(int(graph.integer_cost[arc // 2]) for way in found for arc in way)
        if found:
            assert cost == flow_cost(graph, pair, units=len(found), disjoint=disjoint)
        if len(found) < k:
            assert flow_cost(graph, pair, units=len(found) + 1, disjoint=disjoint) is None


def assert_disjoint(graph, ways, disjoint):
    heads = np.stack([graph.z, graph.a], axis=1).ravel()
    sections = [arc // 2 for way in ways for arc in way]
    inner = [int(heads[arc]) for way in ways for arc in way[:-1]]
    assert len(sections) == len(set(sections))
    if disjoint == "sites":
        assert len(inner) == len(set(inner))


@pytest.mark.parametrize("disjoint", ["sections", "sites"])
@pytest.mark.parametrize("name", TOPOLOGIES)
def test_disjoint_paths_cost_what_a_network_simplex_flow_costs(name, disjoint):
    graph = TOPOLOGIES[name](name)
    for k in (2, 3):
        assert_flows_cost_the_same(graph, drawn_pairs(graph, 6), k=k, disjoint=disjoint)


@pytest.mark.parametrize("disjoint", ["sections", "sites"])
def test_disjoint_paths_of_random_graphs_cost_what_a_network_simplex_flow_costs(disjoint):
    rng = np.random.default_rng(SEED)
    for _ in range(30):
        graph = random_sections(rng)
        pairs = rng.permutation(all_pairs(graph))[:3]
        assert_flows_cost_the_same(graph, pairs, k=int(rng.integers(2, 5)), disjoint=disjoint)
