import json

from karakoram.adapters.formats.json_topology_routes import json_from_topology_routes
from karakoram.planning.topology_answers import DisjointKind
from karakoram.usecases.plan.find_topology_routes import (
    TopologyRoutesQuestion,
    find_topology_routes,
)
from tests.support.plain_topologies import square


class Source:
    def read_topology(self):
        return square("g"), ()


def payload(**question):
    found = find_topology_routes(
        TopologyRoutesQuestion(**question), topologies=Source(), many_pairs=lambda: None
    )
    return json.loads(json.dumps(json_from_topology_routes(found), allow_nan=False))


def test_a_pair_without_disjoint_routes_has_no_length_but_its_paths_and_what_they_share():
    (pair,) = payload(a_site="A", z_site="C", disjoint=DisjointKind.SRLG, avoid=("A-C",), k=1)[
        "pairs"
    ]
    assert pair["disjoint"]["length_km"] is None
    assert pair["disjoint"]["shared_risks"] == [{"id": "g", "sort": "risk_group"}]
    assert [path["length_km"] for path in pair["disjoint"]["paths"]] == [200.0, 200.0]
    assert pair["disjoint"]["paths_length_km"] == 400.0


def test_what_was_asked_is_told_as_understood():
    request = payload(a_site="a", z_site="C", avoid=("group:G", "b"), via=("d",), k=1)["request"]
    assert request["avoid"] == {"sites": ["B"], "sections": [], "risk_groups": ["g"]}
    assert (request["via"], request["latency_ms_max"], request["disjoint"]) == (["D"], None, None)
    assert payload(a_site="A", z_site="C", latency_ms_max=5.0)["request"]["latency_ms_max"] == 5.0
