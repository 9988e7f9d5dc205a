"""Does the page on topologies tell every column, basis and finding, and none that is gone?"""

import ast
import json
import re
from pathlib import Path

from typer.testing import CliRunner

from karakoram.adapters.formats.topologies.edge_list import OPTIONAL_COLUMNS, REQUIRED_COLUMNS
from karakoram.adapters.formats.topologies.library import packaged_topology
from karakoram.interfaces.cli.main import app
from karakoram.network.topology import SectionLengthBasis
from karakoram.refdata.topologies import packaged_topologies
from tests.docs.test_cli_reference import documented_keys, leaves

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "karakoram"
PAGE = (ROOT / "docs" / "reference" / "topologies.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^#+ (.+)\n((?:(?!#+ ).*\n)*)", PAGE, re.MULTILINE))
MODULES = (
    SOURCE / "network" / "validate_topology.py",
    *sorted((SOURCE / "adapters" / "formats" / "topologies").glob("*.py")),
)


def first_cells(section):
    """The words between backticks in the first cell of each row of a section's tables."""
    rows = [line.split("|")[1] for line in SECTIONS[section].splitlines() if line.startswith("| `")]
    return [word for row in rows for word in re.findall(r"`([\w-]+)`", row)]


def codes_in_sources():
    """Every code that a finding is made with, by the keyword ``code`` or as first of ``find``."""
    codes = set()
    for path in MODULES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            given = [keyword.value for keyword in call.keywords if keyword.arg == "code"]
            if isinstance(call.func, ast.Attribute) and call.func.attr == "find":
                given += call.args[:1]
            codes |= {
                part.value
                for value in given
                for part in ast.walk(value)
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            }
    return codes


def test_every_finding_is_there_once_and_none_is_gone():
    assert len(codes_in_sources()) >= 10
    assert sorted(first_cells("Findings")) == sorted(codes_in_sources())


def test_every_column_is_there():
    assert set(first_cells("Edge list")) == {*REQUIRED_COLUMNS, *OPTIONAL_COLUMNS}


def test_every_basis_is_explained():
    assert first_cells("Topologies") == [basis.value for basis in SectionLengthBasis]


def library_row(name):
    """What the page must say of a topology of the library."""
    about, topology = packaged_topologies()[name], packaged_topology(name)
    mean_km = sum(s.length_km for s in topology.sections) / len(topology.sections)
    basis = ", ".join(f"`{basis.value}`" for basis in topology.length_bases)
    cells = (
        f"`{name}`",
        *(about.title, len(topology.sites), len(topology.sections), f"{mean_km:.1f}", basis),
        f"{about.provenance.source}, {about.provenance.source_date}",
        about.licence,
    )
    return f"| {' | '.join(map(str, cells))} |"


def test_every_topology_of_the_library_stands_there_with_its_figures():
    rows = [line for line in SECTIONS["The library"].splitlines() if line.startswith("| `")]
    assert rows == [library_row(name) for name in packaged_topologies()]


def test_the_json_of_routes_over_a_topology_has_the_documented_keys(tmp_path):
    net = tmp_path / "net.csv"
    net.write_text("a,z,length_km,srlg\nA,B,0,g\nC,D,1,g\n")
    arguments = ["routes", "--topology", str(net), "--disjoint", "srlg", "--json"]
    payloads = [json.loads(CliRunner().invoke(app, arguments).stdout)]
    limits = [*("--avoid", "C", "--via", "A", "--avoid", "C-D", "--avoid", "g")]
    payloads.append(json.loads(CliRunner().invoke(app, [*arguments, *limits]).stdout))
    assert leaves(*payloads) == documented_keys("JSON of `routes --topology`")
