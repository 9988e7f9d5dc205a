import json
import xml.etree.ElementTree as ET

from karakoram.adapters.formats.json_line_design import json_from_line_design
from karakoram.adapters.formats.photonic_files import DesignPlotFile, GnpyNetworkFile
from karakoram.adapters.formats.report.design_svg import design_svg
from karakoram.planning.photonic.design import designed_network
from karakoram.usecases.light.design_line import LineDesign, type_totals
from tests.support.line_designs import L_BAND, fibre, kind, library, line

DESIGN = designed_network(line(fibre("f"), fibre("g")), library())


def test_the_drawing_says_what_it_shows():
    root = ET.fromstring(design_svg(DESIGN))
    told = " ".join(root.itertext())
    assert "3 amplifiers in 1 optical multiplex sections, 3 of them new" in told
    paths = [one for one in root.iter() if one.tag.endswith("path")]
    assert len(paths) == 4


def test_amplifiers_without_a_type_have_no_noise_to_draw():
    lacking = designed_network(line(fibre()), library(kind("plain", band=L_BAND)))
    root = ET.fromstring(design_svg(lacking))
    assert sum(one.tag.endswith("path") for one in root.iter()) == 3


def test_network_and_drawing_go_to_files(tmp_path):
    GnpyNetworkFile(tmp_path / "n.json").write_photonics(DESIGN.network)
    DesignPlotFile(tmp_path / "d.svg").write_plot(DESIGN)
    document = json.loads((tmp_path / "n.json").read_text(encoding="utf-8"))
    assert len(document["elements"]) == len(DESIGN.network.elements)
    assert (tmp_path / "d.svg").read_text(encoding="utf-8") == design_svg(DESIGN)


def test_json_tells_totals_and_findings():
    found = LineDesign(
        design=DESIGN,
        totals=type_totals(DESIGN.sections[0].amplifiers),
        warnings=(),
        errors=DESIGN.findings,
        assumptions=(),
    )
    told = json_from_line_design(found)
    assert told["totals"] == [{"type": "plain", "amplifiers": 3, "chosen": 3}]
    assert [one["is_new"] for one in told["sections"][0]["amplifiers"]] == [True] * 3
