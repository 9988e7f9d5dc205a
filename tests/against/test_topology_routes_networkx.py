"""Routes over packaged topologies against NetworkX: every pair, and pairs without common sections.

Both order equally long routes in their own way, so lengths are compared, and of each route that it
is one.
"""

from itertools import combinations, islice, pairwise

import networkx as nx
import pytest

from karakoram.adapters.formats.topologies.library import packaged_topology
from karakoram.planning.topology_answers import DisjointKind, TopologyQuestion
from karakoram.planning.topology_graph import topology_graph
from karakoram.planning.topology_routes import disjoint_routes, pair_routes

K = 4


def as_networkx(topology):
    graph = nx.Graph()
    for section in topology.sections:
        graph.add_edge(section.a_site_id, section.z_site_id, km=section.length_km)
    return graph


def length_km(graph, sites):
    return sum(graph.edges[pair]["km"] for pair in pairwise(sites))


@pytest.mark.parametrize("name", ["nsfnet-deeprmsa", "nobel-germany"])
def test_the_first_routes_of_every_pair_are_as_long(name):
    topology = packaged_topology(name)
    graph = as_networkx(topology)
    assert graph.number_of_edges() == len(topology.sections)
    pairs = tuple(combinations(graph.nodes, 2))
    ours = topology_graph(topology, disjoint=None, group_index=1.468)
    question = TopologyQuestion(pairs=pairs, k=K)
    for pair in pairs:
        routes = pair_routes(ours, question, pair).routes
        theirs = islice(nx.shortest_simple_paths(graph, *pair, weight="km"), K)
        assert [route.length_km for route in routes] == pytest.approx(
            [length_km(graph, sites) for sites in theirs], rel=1e-12
        )
        assert all(nx.is_simple_path(graph, route.site_ids) for route in routes)


@pytest.mark.parametrize("kind", [DisjointKind.EDGE, DisjointKind.SITE])
def test_two_disjoint_routes_are_as_long_as_a_flow_of_two_units_is_dear(kind):
    """NSFNET in whole kilometres, for which the network simplex is exact."""
    topology = packaged_topology("nsfnet-deeprmsa")
    ours = topology_graph(topology, disjoint=kind, group_index=1.468)
    for a, z in combinations([site.site_id for site in topology.sites], 2):
        flow = nx.DiGraph()
        for site in topology.sites:
            is_end = site.site_id in {a, z}
            through = 2 if is_end or kind is DisjointKind.EDGE else 1
            flow.add_edge((site.site_id, "in"), (site.site_id, "out"), capacity=through, weight=0)
        for section in topology.sections:
            for tail, head in (
                (section.a_site_id, section.z_site_id),
                (section.z_site_id, section.a_site_id),
            ):
                flow.add_edge(
                    (tail, "out"), (head, "in"), capacity=1, weight=int(section.length_km)
                )
        flow.nodes[a, "in"]["demand"], flow.nodes[z, "out"]["demand"] = -2, 2
        pair = disjoint_routes(ours, TopologyQuestion(pairs=(), k=1).rule, pair=(a, z))
        assert pair.shared_risks == ()
        assert pair.length_km == nx.min_cost_flow_cost(flow)
        first, second = (set(route.section_ids) for route in pair.routes)
        assert not first & second
