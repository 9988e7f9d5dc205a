import pytest

from karakoram.adapters.formats.topologies.edge_list import (
    topology_from_edge_list,
)
from karakoram.network.topology import SectionLengthBasis


def found(text):
    """(code, row, record, field) of every finding."""
    reading = topology_from_edge_list(text, file="t.csv")
    assert all(finding.place.file == "t.csv" for finding in reading.findings)
    return [(f.code, f.place.row, f.place.record, f.place.field) for f in reading.findings]


def test_an_edge_list_becomes_sites_and_sections_in_its_order():
    text = "length_km,z,a,srlg\n10,B,A,\n20.5,C,B,g1;g2\n10,B,A,g1\n"
    topology = topology_from_edge_list(text, file="small.csv").required()
    assert topology.name == "small"
    assert topology.provenance.source == "small.csv"
    assert [site.site_id for site in topology.sites] == ["A", "B", "C"]
    assert [s.section_id for s in topology.sections] == ["A-B", "B-C", "A-B#2"]
    assert [s.length_km for s in topology.sections] == [10.0, 20.5, 10.0]
    assert [s.risk_group_ids for s in topology.sections] == [(), ("g1", "g2"), ("g1",)]
    assert topology.length_bases == (SectionLengthBasis.PUBLISHED,)


def test_a_file_may_say_identifiers_and_what_lengths_were_taken_along():
    text = "section_id,a,z,length_km,length_basis\ns1,A,B,10,road\ns2,A,B,12,\n"
    topology = topology_from_edge_list(text, file="t.csv").required()
    assert [s.section_id for s in topology.sections] == ["s1", "s2"]
    assert topology.length_bases == (SectionLengthBasis.ROAD, SectionLengthBasis.PUBLISHED)


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        (
            "a,z,length_km\nA,B,-3\nA,,1\nC,C,5\nC,D,nan\nC,E,\n",
            [
                ("out-of-bounds", 2, "A-B", "length_km"),
                ("empty-cell", 3, "A-", "z"),
                ("not-a-number", 5, "C-D", "length_km"),
                ("empty-cell", 6, "C-E", "length_km"),
                ("section-loop", 4, "C-C", "z"),
            ],
        ),
        ("a,z,length_km\n", [("no-sections", None, None, None)]),
        ("from,to\nA,B\n", [("not-an-edge-list", 1, None, None)]),
        ("a;z;length_km\nA;B;3\n", [("wrong-separator", 1, None, None)]),
        ("a,z\nA,B\n", [("missing-column", 1, None, "length_km")]),
        ("a,z,length_km,km\nA,B,1,2\n", [("unknown-column", 1, None, "km")]),
        ("a,z,length_km\nA,B,1,2\n", [("row-too-long", 2, "A", None)]),
        ("a,z,length_km,srlg\nA,B,1,g;g\n", [("broken-rule", 2, "A-B", "srlg")]),
        ("a,z,length_km,srlg\nA,B,1,g;;h\n", [("empty-part", 2, "A-B", "srlg")]),
        ("a,z,length_km,length_basis\nA,B,1,rail\n", [("unknown-word", 2, "A-B", "length_basis")]),
        (
            "section_id,a,z,length_km\ns,A,B,1\ns,B,C,2\n",
            [("duplicate-id", 3, "s", "section_id")],
        ),
        ("a,z,length_km\nA,B,1\nB,A,1\n", [("section-twice", 3, "B-A", "length_km")]),
        ('a,z,length_km\nA,B,"1\n', [("not-csv", 2, None, None)]),
    ],
)
def test_what_is_wrong_is_found_in_its_row(text, findings):
    assert found(text) == findings


def test_a_warning_does_not_forbid_the_topology():
    reading = topology_from_edge_list("a,z,length_km\nA,B,1\nC,D,1\n", file="t.csv")
    assert [finding.code for finding in reading.findings] == ["several-components"]
    assert len(reading.required().sites) == 4
