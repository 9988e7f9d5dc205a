"""Is nothing silently defaulted, whichever command reads files of GNPy?"""

import json
from importlib import import_module
from pkgutil import iter_modules

import pytest
from rich.console import Console
from typer.main import get_command
from typer.testing import CliRunner

from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.provenance import Confidence
from karakoram.interfaces.cli.lazy_group import COMMANDS_PACKAGE
from karakoram.interfaces.cli.remarks_screen import show_found, show_remarks
from tests.support.assumed import ASSUMED
from tests.support.mesh_files import LOAD, mesh_options, written

ODD = Finding(
    code="odd", place=Place(table="elements"), message="looks odd", severity=Severity.WARNING
)
AS_IT_IS = "--no-redesign"
COMMANDS = {
    "optics_all_pairs": lambda folder: (AS_IT_IS,),
    "optics_design": lambda folder: (),
    "optics_hand_over": lambda folder: (AS_IT_IS, "--leg", "gnpy:trx S0..trx S1=A..B"),
    "optics_propagate": lambda folder: (AS_IT_IS, "--from", "trx S0", "--to", "trx S1"),
    "optics_what_if": lambda folder: (AS_IT_IS, "--load", written(folder, "lit.csv", LOAD)),
}
"""Every command that reads files of GNPy, and what it needs besides."""


def command(module_name):
    return import_module(f"{COMMANDS_PACKAGE}.{module_name}").app


def test_these_are_all_commands_that_read_files_of_gnpy():
    package = import_module(COMMANDS_PACKAGE)
    reading = {
        module.name
        for module in iter_modules(package.__path__)
        if any("--gnpy-network" in one.opts for one in get_command(command(module.name)).params)
    }
    assert reading == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_each_tells_what_the_files_leave_out_on_the_screen_and_in_json(tmp_path, name):
    app = command(name)
    files = [word for word in mesh_options(tmp_path) if word != AS_IT_IS]
    words = [*files, *COMMANDS[name](tmp_path)]
    runner = CliRunner(env={"COLUMNS": "120"})
    shown = runner.invoke(app, words)
    assert shown.exit_code in (0, 1), shown.output
    told = json.loads(runner.invoke(app, [*words, "--json"]).stdout)
    by_field = {one["field"]: one for one in told["assumptions"]}
    assert by_field, "the mesh leaves figures out"
    first = told["assumptions"][0]
    line = " ".join((first["file"], first["field"], f"{first['places']:,}"))
    assert line in " ".join(shown.stdout.split())
    assert {one["confidence"] for one in told["assumptions"]} <= {"assumed", "derived", "stated"}
    assert isinstance(told["findings"], list)


def captured(show, *arguments, **named):
    console = Console(width=100, markup=False, highlight=False)
    with console.capture() as text:
        show(console, *arguments, **named)
    return text.get()


def test_what_finds_no_room_is_counted():
    shown = captured(show_remarks, warnings=(ODD,) * 7, assumptions=(ASSUMED,) * 1010)
    assert shown.count("looks odd") == 5
    assert shown.count("att_in") == 8
    assert "and 2 more; --json shows all" in shown
    assert "and 1,002 more; --json shows all" in shown


def test_what_is_computed_is_trusted_as_the_worst_that_it_rests_on():
    told = captured(show_remarks, warnings=(), assumptions=())
    assert "what is computed is derived, as the worst" in told
    assert "leave out" not in told
    told = captured(show_remarks, warnings=(), assumptions=(ASSUMED,))
    assert "what is computed is assumed, as the worst" in told
    told = captured(show_remarks, warnings=(), assumptions=(), computed=Confidence.ASSUMED)
    assert "what is computed is assumed, as the worst" in told


def test_nothing_that_is_found_prints_nothing():
    assert captured(show_found, "What is wrong", ()) == ""
