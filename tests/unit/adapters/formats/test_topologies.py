from pathlib import Path

import pytest

from karakoram.adapters.formats.topologies.reading import read_topology
from karakoram.core.errors import InvalidDataError

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
