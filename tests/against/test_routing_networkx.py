"""Does networkx find the same paths, at the same cost, on public topologies?"""

from itertools import islice

import networkx as nx
import numpy as np
import pytest

from karakoram.engines.routing import (
    Digraph,
    Ends,
    RiskWeights,
    k_shortest_paths,
    least_shared_pair,
    shortest_path,
)
from tests.support.topologies import topology

SEED = 20261122
NAMES = ("germany50", "janos-us", "jpn48")
K = 25


def as_networkx(net) -> nx.DiGraph:
    peer = nx.DiGraph()
    for arc, length_km in enumerate(net.cost):
        peer.add_edge(int(net.graph.tails[arc]), int(net.graph.heads[arc]), km=length_km, arc=arc)
    return peer


def random_pairs(net, count):
    rng = np.random.default_rng(SEED)
    return [rng.choice(len(net.sites), size=2, replace=False).tolist() for _ in range(count)]


@pytest.mark.parametrize("name", NAMES)
def test_k_shortest_paths_cost_what_networkx_says(name):
    net = topology(name)
    peer = as_networkx(net)
    for source, target in random_pairs(net, 12):
        ours = k_shortest_paths(net.graph, cost=net.cost, ends=Ends.between(source, target), k=K)
        theirs = list(islice(nx.shortest_simple_paths(peer, source, target, weight="km"), K))
        assert [path.cost for path in ours] == pytest.approx(
            [nx.path_weight(peer, vertices, "km") for vertices in theirs]
        )
        assert len({path.arcs for path in ours}) == K
        assert all(list(path.vertices) in list_of(peer, path) for path in ours)


def list_of(peer, path):
    """The vertices of a path as networkx walks its arcs."""
    by_arc = {arc: (tail, head) for tail, head, arc in peer.edges(data="arc")}
    return [[by_arc[path.arcs[0]][0], *(by_arc[arc][1] for arc in path.arcs)]]


@pytest.mark.parametrize("name", NAMES)
def test_shortest_paths_and_trees_are_as_long_as_networkx_says(name):
    net = topology(name)
    peer = as_networkx(net)
    for source, target in random_pairs(net, 40):
        found = shortest_path(net.graph, cost=net.cost, ends=Ends.between(source, target))
        assert found is not None
        expected = nx.dijkstra_path_length(peer, source, target, weight="km")
        assert found.cost == pytest.approx(expected)


@pytest.mark.parametrize("name", NAMES)
def test_section_disjoint_pairs_cost_what_a_network_simplex_flow_costs(name):
    net = topology(name)
    sections = Digraph(
        vertex_count=net.graph.vertex_count,
        tails=net.graph.tails,
        heads=net.graph.heads,
        risk_masks=tuple(1 << arc // 2 for arc in range(net.graph.arc_count)),
    )
    metres = [round(length_km * 1e3) for length_km in net.cost]
    for source, target in random_pairs(net, 15):
        pair = least_shared_pair(
            sections,
            cost=metres,
            ends=Ends.between(source, target),
            risks=RiskWeights(weights=(1,) * len(net.sections)),
        )
        peer = nx.DiGraph()
        peer.add_node(source, demand=-2)
        peer.add_node(target, demand=2)
        for arc, length_m in enumerate(metres):
            ends = (int(sections.tails[arc]), int(sections.heads[arc]))
            peer.add_edge(*ends, capacity=1, weight=length_m)
        assert pair is not None
        assert pair.shared_weight == 0
        assert pair.subproblems <= 1
        assert pair.cost == nx.network_simplex(peer)[0]
