import json
import xml.etree.ElementTree as ET

import pytest
from rich.console import Console
from typer.testing import CliRunner

from karakoram.adapters.formats.gnpy.equipment import read_gnpy_equipment
from karakoram.adapters.formats.gnpy.network import read_gnpy_network
from karakoram.interfaces.cli import line_design_screen
from karakoram.interfaces.cli.line_design_screen import show_line_design
from karakoram.interfaces.cli.main import app
from karakoram.planning.photonic.design import designed_network
from karakoram.usecases.light.design_line import LineDesign, type_totals
from tests.support.assumed import ASSUMED
from tests.support.gnpy_rows import AMPLIFIER, COMB, FIBRE, ROADM, SPAN
from tests.support.line_designs import L_BAND, fibre, kind, library, line

EQUIPMENT = {
    "Edfa": [AMPLIFIER],
    "Fiber": [FIBRE],
    "Span": [SPAN],
    "Roadm": [ROADM],
    "SI": [COMB],
}
GLASS = {"length": 200.0, "loss_coef": 0.2, "length_units": "km"}
NETWORK = {
    "elements": [
        {"uid": "A", "type": "Roadm"},
        {"uid": "f", "type": "Fiber", "type_variety": "SSMF", "params": GLASS},
        {"uid": "Z", "type": "Roadm"},
    ],
    "connections": [{"from_node": "A", "to_node": "f"}, {"from_node": "f", "to_node": "Z"}],
}


@pytest.fixture
def words(tmp_path):
    """The command for two files of a small network."""

    def files(equipment=EQUIPMENT):
        for name, document in (("network", NETWORK), ("equipment", equipment)):
            (tmp_path / f"{name}.json").write_text(json.dumps(document), encoding="utf-8")
        return [
            *("optics", "design"),
            *("--gnpy-network", str(tmp_path / "network.json")),
            *("--gnpy-equipment", str(tmp_path / "equipment.json")),
        ]

    return files


def test_a_table_tells_types_and_amplifiers_and_the_network_is_written(words, tmp_path):
    saved, drawn = tmp_path / "designed.json", tmp_path / "design.svg"
    answer = CliRunner().invoke(app, [*words(), "--save", str(saved), "--plot", str(drawn)])
    assert answer.exit_code == 0, answer.output
    assert "3 amplifiers in 1 line, 3 of them new" in answer.output
    assert "variable" in answer.output
    assert "A to Z" in answer.output
    kinds = read_gnpy_equipment(tmp_path / "equipment.json").required()
    network = read_gnpy_network(saved, kinds).required()
    assert len(network.elements) == 7
    assert ET.parse(drawn).getroot().tag.endswith("svg")


def test_json_holds_every_amplifier(words):
    answer = CliRunner().invoke(app, [*words(), "--json"])
    found = json.loads(answer.stdout)
    assert answer.exit_code == 0
    (section,) = found["sections"]
    assert [one["id"] for one in section["amplifiers"]][1] == "Edfa_f_(1/2)"
    assert found["totals"] == [{"type": "variable", "amplifiers": 3, "chosen": 3}]
    assert found["findings"] == []


def test_without_a_type_that_fits_the_answer_is_no_and_nothing_is_written(words, tmp_path):
    none = [EQUIPMENT["Edfa"][0] | {"allowed_for_design": False}]
    saved = tmp_path / "designed.json"
    command = [*words(EQUIPMENT | {"Edfa": none}), "--save", str(saved)]
    answer = CliRunner().invoke(app, command)
    assert answer.exit_code == 1
    assert "none fits" in answer.output
    assert "The network was not written." in answer.output
    assert not saved.exists()
    found = json.loads(CliRunner().invoke(app, [*command, "--json"]).stdout)
    assert {finding["code"] for finding in found["findings"]} == {"no-amplifier"}
    assert found["sections"][0]["amplifiers"][0]["noise_figure_db"] is None


def test_long_answers_are_cut_and_say_so(monkeypatch, capsys):
    monkeypatch.setattr(line_design_screen, "AMPLIFIERS_SHOWN_MAX", 2)
    monkeypatch.setattr(line_design_screen, "ERRORS_SHOWN_MAX", 1)
    design = designed_network(line(fibre("f"), fibre("g")), library())
    amplifiers = design.sections[0].amplifiers
    lacking = designed_network(line(fibre()), library(kind("plain", band=L_BAND)))
    found = LineDesign(
        design=design,
        totals=type_totals(amplifiers),
        warnings=(),
        errors=lacking.findings,
        assumptions=(ASSUMED,),
    )
    show_line_design(Console(width=100), found)
    shown = capsys.readouterr().out
    assert "and 1 amplifier more; --json shows all" in shown
    assert "and 1 more; --json shows all" in shown
    assert "leave out" in shown
