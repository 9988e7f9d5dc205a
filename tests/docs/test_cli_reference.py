"""What ``docs/reference/cli.md`` promises is what the program does."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from karakoram.adapters.formats.gnpy_files import GnpyFiles
from karakoram.adapters.formats.json_design import json_from_design
from karakoram.adapters.formats.json_hand_over import json_from_hand_over
from karakoram.adapters.formats.json_legs import json_from_leg_answer
from karakoram.adapters.formats.json_line_design import json_from_line_design
from karakoram.adapters.formats.json_network import json_from_summary
from karakoram.adapters.formats.json_propagation import json_from_propagation
from karakoram.adapters.formats.json_routes import json_from_routes
from karakoram.adapters.formats.json_submarine import json_from_submarine
from karakoram.adapters.formats.json_traffic import json_from_traffic
from karakoram.interfaces.cli.commands import (
    design,
    legs_offer,
    legs_route,
    network_new,
    network_show,
    network_validate,
    network_view,
    optics_design,
    optics_hand_over,
    optics_optimise,
    optics_propagate,
    optics_submarine,
    routes,
    simulate_traffic,
)
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.main import app
from karakoram.network.summary import network_summary
from karakoram.network.validate_legs import validate_legs
from karakoram.planning.leg_answers import LegQuestion
from karakoram.planning.leg_routes import find_leg_ways
from karakoram.planning.photonic.design import designed_network
from karakoram.usecases.light.design_line import LineDesign, type_totals
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path
from karakoram.usecases.plan.find_routes import RoutesAnswer
from karakoram.usecases.simulate.traffic_question import LightWords
from tests.support.assumed import ASSUMED
from tests.support.budgets import corridor_answer
from tests.support.command_line import karakoram
from tests.support.legs import DAY, keyed_leg, placed
from tests.support.light_files import amplifier, equipment, joined, span, write_files
from tests.support.line_designs import L_BAND, fibre, kind, library, line
from tests.support.offers import infeasible_answer, route_answer, route_question, service_design
from tests.support.small_corridor import small_network
from tests.support.submarine import judged_answer
from tests.support.traffic_answers import asked, three_loads

TEXT = Path("docs/reference/cli.md").read_text(encoding="utf-8")
MODULES = {
    "`karakoram design A Z`": design,
    "`karakoram routes A Z`": routes,
    "`karakoram legs offer OPERATOR`": legs_offer,
    "`karakoram legs route A Z`": legs_route,
    "`karakoram network show`": network_show,
    "`karakoram network view OPERATOR`": network_view,
    "`karakoram network validate FOLDER`": network_validate,
    "`karakoram network new FOLDER`": network_new,
    "`karakoram optics design`": optics_design,
    "`karakoram optics hand-over`": optics_hand_over,
    "`karakoram optics optimise`": optics_optimise,
    "`karakoram optics propagate`": optics_propagate,
    "`karakoram optics submarine`": optics_submarine,
    "`karakoram simulate traffic`": simulate_traffic,
}


def section(title):
    """The text under a heading, to the next heading of any level."""
    _, found, rest = TEXT.partition(f" {title}\n")
    assert found, f"no section {title}"
    return re.split(r"^#+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def documented_keys(title):
    """The keys in the first column of the table of a section."""
    cells = re.findall(r"^\| (`.*?) \|", section(title), flags=re.MULTILINE)
    return {key for cell in cells for key in re.findall(r"`([^`]+)`", cell)}


def keys_of(value, place=""):
    """The path of every leaf, with ``[]`` for any element of a list."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys_of(inner, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_of(inner, f"{place}[]")
        if not value:
            yield f"{place}[]"
    else:
        yield place


def leaves(*payloads):
    """Every leaf of the payloads; an empty list or null says nothing where another says more."""
    found = {key for payload in payloads for key in keys_of(payload)}
    return {
        key
        for key in found
        if not any(other.startswith((f"{key}.", f"{key}[]")) for other in found)
    }


def test_the_json_of_a_design_has_the_documented_keys():
    produced = leaves(
        json_from_design(service_design(), network=small_network()),
        json_from_design(infeasible_answer(), network=small_network()),
    )
    assert produced == documented_keys("JSON of `design`")


def test_the_json_of_routes_has_the_documented_keys():
    produced = leaves(
        json_from_routes(
            RoutesAnswer(network=small_network(), question=route_question(), answer=route_answer())
        )
    )
    assert produced == documented_keys("JSON of `routes`")


def test_the_json_of_traffic_has_the_documented_keys():
    lit = asked(light=LightWords(is_lit=True), reserved=("7",), truncate=None, latency_ms_max=60.0)
    answers = (three_loads(), lit, asked(regenerate_km=900.0, defragment="push-pull"))
    produced = leaves(*map(json_from_traffic, answers))
    at_the_top = {key for key in produced if not key.startswith(("request.", "loads[]", "path_"))}
    assert produced - at_the_top == documented_keys("JSON of `simulate traffic`")
    assert at_the_top == {
        key.removeprefix("loads[].") for key in produced if key.startswith("loads[].")
    } - {"load_erlang"}


def test_the_json_of_offered_legs_has_the_documented_keys():
    told = CliRunner().invoke(app, ["legs", "offer", "CYB", "--json"]).stdout
    assert leaves(json.loads(told)) == documented_keys("JSON of `legs offer`")


def test_the_json_of_ways_over_legs_has_the_documented_keys():
    question = LegQuestion(a_site_id="A", z_site_id="Z", k=3, disjoint=True, on_day=DAY)
    legs = [
        keyed_leg("NOR", "A", "Z", 1.0, number=1, risks={"span:1": 5, "group:S": 3}),
        keyed_leg("NOR", "A", "Z", 2.0, number=2, risks={"group:S": 3}, tokens_complete=False),
        keyed_leg("NOR", "A", "Z", 3.0, number=3, risks={"span:3": 5, "group:S": 4}),
        keyed_leg("MAR", "A", "Z", 1.0, offered_on=date(2027, 1, 1), is_exhaustive=False),
    ]
    warnings = validate_legs(placed(*legs), on_day=DAY)
    payload = json_from_leg_answer(question, find_leg_ways(legs, question), warnings=warnings)
    assert leaves(payload) == documented_keys("JSON of `legs route`")


def test_the_json_of_a_network_has_the_documented_keys():
    produced = leaves(json_from_summary(network_summary(small_network())))
    assert produced == documented_keys("JSON of `network show`")


def test_the_json_of_a_view_has_the_documented_keys():
    told = CliRunner().invoke(app, ["network", "view", "SCO", "--json"]).stdout
    assert leaves(json.loads(told)) == documented_keys("JSON of `network view`")


def test_the_json_of_a_validation_has_the_documented_keys(tmp_path):
    told = CliRunner().invoke(app, ["network", "validate", str(tmp_path), "--json"]).stdout
    assert leaves(json.loads(told)) == documented_keys("JSON of `network validate`")


def test_the_json_of_light_along_a_path_has_the_documented_keys(tmp_path):
    ends = [{"uid": "A", "type": "Transceiver"}, {"uid": "Z", "type": "Transceiver"}]
    patch = {"uid": "patch", "type": "Fused", "params": {"loss": 1.0}}
    tilted = amplifier("edfa", tilt_target=1)
    network = joined([ends[0], span("one"), patch, span("two"), tilted, ends[1]])
    files = write_files(tmp_path, network=network, library=equipment())
    payloads = [
        json_from_propagation(
            propagate_path(
                PropagationQuestion(from_word=a, to_word=z, is_designed=False),
                photonics=GnpyFiles(network=files[0], equipment=files[1]),
            )
        )
        for a, z in (("A", "Z"), ("Z", "A"))
    ]
    judged = PropagationQuestion(
        from_word="A", to_word="Z", is_designed=False, transceiver="transponder"
    )
    source = GnpyFiles(network=files[0], equipment=files[1])
    payloads.append(json_from_propagation(propagate_path(judged, photonics=source)))
    assert leaves(*payloads) == documented_keys("JSON of `optics propagate`")


def test_the_json_of_a_line_design_has_the_documented_keys():
    whole = designed_network(line(fibre()), library())
    lacking = designed_network(line(fibre()), library(kind("plain", band=L_BAND)))
    payloads = [
        json_from_line_design(
            LineDesign(
                design=design,
                totals=type_totals(design.sections[0].amplifiers),
                warnings=design.findings,
                errors=(),
                assumptions=(ASSUMED,),
            )
        )
        for design in (whole, lacking)
    ]
    assert leaves(*payloads) == documented_keys("JSON of `optics design`")


def test_the_json_of_launch_powers_has_the_documented_keys():
    arguments = ["optics", "optimise", "--section", "BBS-CHL", "--band", "C+L", "--json"]
    told = CliRunner().invoke(app, arguments).stdout
    assert leaves(json.loads(told)) == documented_keys("JSON of `optics optimise`")


def test_the_json_of_a_hand_over_has_the_documented_keys():
    produced = leaves(json_from_hand_over(replace(corridor_answer(), assumptions=(ASSUMED,))))
    assert produced == documented_keys("JSON of `optics hand-over`")


def test_the_json_of_a_submarine_cable_has_the_documented_keys():
    produced = leaves(json_from_submarine(judged_answer()))
    assert produced == documented_keys("JSON of `optics submarine`") - {"legs[].wet"}


def test_the_json_of_an_error_has_the_documented_keys(tmp_path):
    arguments = ["routes", "URC", "KHI", "--network", str(tmp_path), "--json"]
    told = CliRunner().invoke(app, arguments).stdout
    assert leaves(json.loads(told)) == documented_keys("JSON of an error")


@pytest.mark.parametrize("title", MODULES)
def test_every_option_is_documented_and_every_documented_option_exists(title):
    command = get_command(MODULES[title].app)
    existing = {
        name for param in command.params for name in param.opts if name.startswith("--")
    } - {"--help"}
    cells = re.findall(r"^\| `(--[a-z0-9-]+)", section(title), flags=re.MULTILINE)
    documented = set(cells) or set(re.findall(r"(--[a-z-]+)", section(title)))
    assert documented == existing


def test_the_example_of_a_design_uses_only_keys_that_exist():
    (example,) = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
    documented = documented_keys("JSON of `design`")
    shown = {key for key in keys_of(json.loads(example)) if "..." not in key}
    assert shown - {"infeasible[]"} <= documented


def test_every_exit_code_is_documented():
    codes = set(re.findall(r"^\| (\d+) \|", TEXT, flags=re.MULTILINE))
    assert codes == {str(int(code)) for code in ExitCode}


EXAMPLES = re.findall(
    r"^karakoram (design|routes|network show|network view)( .*)?$", TEXT, flags=re.MULTILINE
)


@pytest.mark.parametrize(("command", "rest"), EXAMPLES)
def test_every_example_runs(tmp_path, command, rest):
    arguments = f"{command}{rest}".partition(" > ")[0].split()
    answer = karakoram(*arguments, cwd=tmp_path)
    assert answer.code == 0, answer.err


def test_the_python_example_runs(tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "cheapest USD" in done.stdout
    assert (tmp_path / "answer.html").is_file()
