import json

import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies.node_link import topology_from_node_link
from karakoram.network.topology import SectionLengthBasis
from tests.support.topology_files import ENDS, LENGTHS_KM, TOWNS, node_link


def read(text):
    return topology_from_node_link(json.loads(text), file="small.json", log=Log("small.json"))


def found(text):
    """(code, field) of every finding."""
    return [(f.code, f.place.field) for f in read(text).findings]


def edges(*values, **more):
    return [{"source": a, "target": z, "dist": km, **more} for a, z, km in values]


def nodes(*points):
    return [{"id": i, "pos": list(point)} for i, point in enumerate(points)]


def test_a_document_of_topohub_becomes_a_topology():
    topology = read(node_link()).required()
    assert {site.site_id: site.position_deg for site in topology.sites} == TOWNS
    assert [(s.a_site_id, s.z_site_id) for s in topology.sections] == list(ENDS)
    assert tuple(s.length_km for s in topology.sections) == LENGTHS_KM
    assert topology.length_bases == (SectionLengthBasis.GREAT_CIRCLE,)
    (demand,) = topology.demands
    assert (demand.a_site_id, demand.z_site_id, demand.volume) == ("Koeln", "Trier", 25.5)


def test_a_stated_length_keeps_its_figure_and_gets_the_basis_that_coordinates_show():
    text = node_link(edges=edges((0, 1, 80.0), (0, 2, 121.9)))
    first, second = read(text).required().sections
    assert (first.length_km, first.length_basis) == (80.0, SectionLengthBasis.PUBLISHED)
    assert (second.length_km, second.length_basis) == (121.9, SectionLengthBasis.GREAT_CIRCLE)


def test_a_length_that_nobody_states_is_a_great_circle():
    text = node_link(edges=[{"source": 0, "target": 1}, {"source": 0, "target": 2}])
    sections = read(text).required().sections
    assert [s.length_km for s in sections] == pytest.approx(LENGTHS_KM, abs=0.0006)


@pytest.mark.parametrize("far", [(30.0, 40.0), (300.0, 400.0)])
def test_distances_on_a_plane_are_no_great_circles(far):
    length = 10.0 * max(far) / 8.0
    reading = read(
        node_link(nodes=nodes((0.0, 0.0), far), edges=edges((0, 1, length)), graph={"demands": {}})
    )
    assert reading.required().length_bases == (SectionLengthBasis.COMPUTED,)
    assert [f.code for f in reading.findings] == ["drawing-coordinates"]
    assert reading.required().sites[1].position_deg is None


def test_a_great_circle_of_pixels_is_no_great_circle():
    """SNDlib's drawing of Norway in TopoHub: a globe's distance of what are no degrees."""
    reading = read(
        node_link(
            nodes=nodes((48.0, 557.0), (60.0, 500.0)),
            edges=edges((0, 1, 6_460.8)),
            graph={"demands": {}},
        )
    )
    assert reading.required().length_bases == (SectionLengthBasis.COMPUTED,)


def test_a_stated_length_between_pixels_that_is_no_distance_of_theirs_is_as_published():
    reading = read(
        node_link(
            nodes=nodes((48.0, 557.0), (60.0, 500.0)),
            edges=edges((0, 1, 123.0)),
            graph={"demands": {}},
        )
    )
    assert reading.required().length_bases == (SectionLengthBasis.PUBLISHED,)


def test_edges_may_be_called_links_and_lead_one_way():
    there = {"source": 0, "target": 1, "length": 70.0}
    back = {"source": 1, "target": 0, "length": 71.0}
    text = node_link(directed=True, links=[there, back, {"source": 1, "target": 2}])
    document = json.loads(text)
    del document["edges"]
    reading = read(json.dumps(document))
    assert [f.code for f in reading.findings] == ["two-lengths", "one-way-section"]
    assert reading.required().sections[0].length_km == 71.0


@pytest.mark.parametrize(
    ("changes", "findings"),
    [
        ({"edges": edges((0, 1, -1.0))}, [("broken-rule", "edges[0]")]),
        ({"edges": edges((0, 1, "x"))}, [("not-a-number", "edges[0].dist")]),
        ({"edges": edges((0, 9, 1.0))}, [("unknown-site", "target")]),
        ({"edges": edges((0, [], 1.0))}, [("not-text", "edges[0].target")]),
        ({"edges": [{"source": 0}]}, [("missing", "edges[0].target")]),
        ({"edges": 5}, [("not-a-list", "edges"), ("no-sections", None)]),
        ({"edges": [5]}, [("not-an-object", "edges[0]")]),
        ({"nodes": [5]}, [("not-an-object", "nodes[0]")]),
        ({"nodes": [{"id": 0, "pos": [1.0]}]}, [("not-a-point", "nodes[0].pos")]),
        ({"nodes": [{"id": 0, "pos": ["x", None]}]},
            [("not-a-number", "nodes[0].pos[0]"), ("not-a-number", "nodes[0].pos[1]")]),
        ({"nodes": [{"id": 0, "pos": {}}]}, [("not-a-list", "nodes[0].pos")]),
        ({"nodes": [{"id": 0, "name": 5}]}, [("not-text", "nodes[0].name")]),
        ({"nodes": [{"id": " "}]}, [("missing-name", "nodes[0].id")]),
        ({"nodes": [{"name": "A"}]}, [("missing", "nodes[0].id")]),
        ({"graph": {"demands": {"0": {"1": "many"}}}},
            [("not-a-number", "graph.demands.0.1")]),
        ({"graph": {"demands": {"0": 5}}}, [("not-an-object", "graph.demands.0")]),
        ({"graph": {"demands": 5}}, [("not-an-object", "graph.demands")]),
        ({"graph": {"demands": {"0": {"7": 1}}}}, [("unknown-site", "target")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_at_its_member(changes, findings):
    assert [one for one in found(node_link(**changes)) if one[0] != "no-sections"] == [
        one for one in findings if one[0] != "no-sections"
    ]
    assert read(node_link(**changes)).value is None


def test_infinite_and_absent_figures_of_careless_programs_are_no_numbers():
    text = node_link().replace("67.617", "NaN").replace("121.173", "Infinity")
    assert [code for code, _ in found(text)] == ["not-a-number", "not-a-number"]
