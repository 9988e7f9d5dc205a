import pytest

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.topologies.graphml import topology_from_graphml
from karakoram.adapters.formats.topologies.xml_tree import xml_from_bytes
from karakoram.network.topology import SectionLengthBasis
from tests.support.topology_files import ENDS, LENGTHS_KM, TOWNS, graphml


def read(text):
    log = Log("small.graphml")
    root = xml_from_bytes(text.encode(), log, file="small.graphml")
    return topology_from_graphml(root, file="small.graphml", log=log)


def found(text):
    """(code, record, field) of every finding."""
    return [(f.code, f.place.record, f.place.field) for f in read(text).findings]


def test_names_stand_for_sites_and_great_circles_for_lengths():
    topology = read(graphml()).required()
    assert {site.site_id: site.position_deg for site in topology.sites} == TOWNS
    assert [(s.a_site_id, s.z_site_id) for s in topology.sections] == list(ENDS)
    assert [s.section_id for s in topology.sections] == ["Aachen-Koeln", "Aachen-Trier"]
    assert [s.length_km for s in topology.sections] == pytest.approx(LENGTHS_KM, abs=0.0006)
    assert topology.length_bases == (SectionLengthBasis.GREAT_CIRCLE,)
    assert topology.provenance.source == "map of 2005"


def test_an_edge_may_state_its_length_groups_and_basis():
    edges = """<edge id="s" source="0" target="1"><data key="e1">80.5</data>
<data key="e2">g; h;g</data><data key="e3">glass</data></edge>
<edge source="1" target="2"/><edge source="2" target="0"><data key="e1">130</data></edge>"""
    first, second, third = read(graphml(edges=edges)).required().sections
    assert (first.section_id, first.length_km) == ("s", 80.5)
    assert first.risk_group_ids == ("g", "h")
    assert [s.length_basis.value for s in (first, second, third)] == [
        *("glass", "great_circle", "published"),
    ]


def test_opposite_directed_edges_are_one_section():
    edges = '<edge source="0" target="1"/><edge source="1" target="0"/>'
    topology = read(graphml(edges=edges, default="directed"))
    assert [f.code for f in topology.findings] == []
    assert len(topology.required().sections) == 1


def test_a_directed_edge_without_one_back_is_told_and_taken_for_both_ways():
    edges = '<edge id="e" source="0" target="1"/><edge directed="false" source="1" target="2"/>'
    assert found(graphml(edges=edges, default="directed")) == [("one-way-section", "e", None)]


def test_what_lies_beyond_the_network_is_left_out_and_told():
    towns = {**TOWNS, "Elsewhere": ("", "")}
    edges = '<edge id="in" source="0" target="1"/><edge id="out" source="0" target="3"/>'
    topology = read(graphml(towns=towns, edges=edges))
    assert [(f.code, f.place.record) for f in topology.findings] == [("left-out", "out")]
    assert [site.site_id for site in topology.required().sites] == ["Aachen", "Koeln"]


def test_sites_of_one_name_are_told_apart():
    text = graphml().replace(">Trier<", ">Koeln<")
    names = [site.site_id for site in read(text).required().sites]
    assert names == ["Aachen", "Koeln (1)", "Koeln (2)"]


@pytest.mark.parametrize(
    ("old", "new", "findings"),
    [
        ('<node id="1">', '<node id="">', [("missing-name", None, "id")]),
        ('<node id="1">', '<node id="0">', [
            ("unknown-site", "Aachen-Koeln", "target"),
        ]),
        (">6.04<", ">six<", [("not-a-number", "0", "longitude")]),
        ('target="1"/>', 'target="9"/>', [("unknown-site", None, "target")]),
        ('target="1"/>', 'target="1"><data key="e1">-5</data></edge>',
            [("broken-rule", None, None)]),
        ('target="1"/>', 'target="1"><data key="e1">inf</data></edge>',
            [("not-a-number", None, "length_km")]),
        ('target="1"/>', 'target="1"><data key="e3">rail</data></edge>',
            [("unknown-word", None, "length_basis")]),
        ('target="1"/>', "/>", [("missing-name", None, "target")]),
        (">Koeln<", ">Ko\x9bln<", [("control-character", "1", "label")]),
        ('target="1"/>', 'target="1" id="\x9bq"/>', [("control-character", "\x9bq", "id")]),
        ('target="1"/>', f'target="1" id="{"x" * 101}"/>', [("out-of-bounds", "x" * 100, "id")]),
        ('target="1"/>', 'target="1"><data key="e2">a;\x9b</data></edge>',
            [("control-character", None, "srlg")]),
        ("graph edgedefault", "tree edgedefault", []),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_at_its_element(old, new, findings):
    text = graphml().replace(old, new).replace("</graph>", "</graph>")
    if "tree" in new:
        assert found(text.replace("</graph>", "</tree>")) == [("not-a-topology", None, None)]
    elif new == '<node id="0">':
        assert "duplicate-id" in [code for code, *_ in found(text)]
    else:
        assert found(text) == findings
