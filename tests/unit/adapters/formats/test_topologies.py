from pathlib import Path

import pytest

from karakoram.adapters.formats.topologies.reading import read_topology
from karakoram.core.errors import InvalidDataError
from tests.support.topology_files import (
    LENGTHS_KM,
    TOWNS,
    graphml,
    node_link,
    sndlib_native,
    sndlib_xml,
)

DATA = Path(__file__).parents[3] / "data" / "topologies"


@pytest.mark.parametrize(
    ("name", "sites", "sections", "groups"),
    [("germany50", 50, 88, 66), ("janos-us", 26, 42, 33), ("jpn48", 48, 82, 20)],
)
def test_edge_lists_with_risk_groups_are_read(name, sites, sections, groups):
    topology = read_topology(DATA / f"{name}.csv").required()
    assert topology.name == name
    assert len(topology.sites) == sites
    assert len(topology.sections) == sections
    assert len(topology.risk_group_ids) == groups


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty-file"),
        (b"\xff\xfea\0,\0", "not-utf-8"),
        (b"a,z,length_km\nK\xf6ln,B,1\n", "not-utf-8"),
        (b"a,z,length_km\nA\0,B,1\n", "nul-byte"),
        (b"\n" * 200_001, "file-too-large"),
        (b"x" * (16 * 2**20 + 1), "file-too-large"),
    ],
)
def test_what_is_no_text_of_a_topology_is_a_finding(tmp_path, content, code):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    (finding,) = read_topology(path).findings
    assert (finding.code, finding.place.file) == (code, "t.csv")


def test_a_missing_file_and_a_folder_are_findings(tmp_path):
    missing, folder = read_topology(tmp_path / "no.csv"), read_topology(tmp_path)
    assert missing.findings[0].message == "is missing; name a file that exists"
    assert folder.findings[0].code == "not-a-file"
    with pytest.raises(InvalidDataError, match=r"no\.csv: is missing"):
        missing.required()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.txt", sndlib_native()),
        ("x.xml", sndlib_xml()),
        ("x.graphml", graphml()),
        ("x.json", node_link()),
        ("x", "\ufeff  \n" + sndlib_xml().partition("\n")[2]),
        ("wrong-name.csv", node_link()),
    ],
)
def test_the_format_is_recognised_by_what_stands_in_the_file(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    topology = read_topology(path).required()
    assert [site.site_id for site in topology.sites] == list(TOWNS)
    lengths = [section.length_km for section in topology.sections]
    assert lengths == pytest.approx(LENGTHS_KM, abs=0.0006)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("<kml/>", "not-a-topology"),
        ("<network/>", "not-a-topology"),
        ("<graphml>", "not-xml"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><graphml>&b;</graphml>", "hostile-xml"),
        ("{}", "not-a-topology"),
        ("[]", "not-an-object"),
        ("{", "not-json"),
        ('{"nodes": ' + "[" * 100_000, "too-deep"),
        ('{"nodes": [], "nodes": [], "edges": []}', "duplicate-key"),
        ("graph [\n node [\n id 0\n ]\n]\n", "not-a-topology"),
        ("from;to\n", "wrong-separator"),
        ("lorem ipsum", "not-an-edge-list"),
    ],
)
def test_what_is_no_topology_is_a_finding_with_the_name_of_the_file(tmp_path, content, code):
    path = tmp_path / "t.dat"
    path.write_text(content, encoding="utf-8")
    reading = read_topology(path)
    assert reading.value is None
    assert reading.findings[0].code == code
    assert {finding.place.file for finding in reading.findings} == {"t.dat"}
