import json
from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console
from typer.testing import CliRunner

from karakoram.adapters.formats.network_folder import write_network
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.view_screen import show_view
from karakoram.network.views import OperatorView
from karakoram.usecases.network.view_network import ViewAnswer
from tests.support.small_corridor import small_network


def told(*words):
    return CliRunner().invoke(app, ["network", "view", *words])


@pytest.fixture(scope="module")
def shown():
    """The screen of one operator of the reference corridor."""
    return told("SCO").stdout


def test_the_screen_shows_legs_and_no_spans_of_partners(shown):
    assert "sees: 46 spans of its own" in shown
    assert "PEACE-C" in shown
    assert "PEACE-KHI-ZAF" not in shown


@pytest.fixture(scope="module")
def parts(shown):
    """The parts of the screen by their titles, as lists of rows."""
    return {
        (lines := part.splitlines())[0]: [line.split() for line in lines[1:] if line.strip()]
        for part in shown.split("\n\n")
    }


def test_the_screen_lists_the_own_spans_sorted_with_their_ends_and_kilometres(parts):
    rows = parts["Its own spans"][2:]
    assert len(rows) == 46
    assert rows == sorted(rows)
    (babusar,) = [row for row in rows if row[0] == "CHL-BBS"]
    assert babusar[1:5] == ["CHL", "BBS", "51.1", "derived"]
    assert any(row[-1] == "option" for row in rows)


def test_the_screen_lists_the_own_sites_sorted_with_their_names(parts):
    rows = parts["Sites on its spans, and where it hands over"][2:]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    assert "Gilgit" in next(row for row in rows if row[0] == "GIL")
    assert "MRS" not in {row[0] for row in rows}


def test_the_screen_lists_the_legs_of_partners_sorted(parts):
    rows = [row[:3] for row in parts["Legs of partners [USD]"][2:-1]]
    assert rows == sorted(rows)
    assert len(rows) > 100


def test_an_operator_without_plant_and_partners_sees_that():
    network = replace(small_network(), spans={}, sites={})
    view = OperatorView(viewer_id="CT", own=network, partner_legs=())
    file = StringIO()
    show_view(Console(file=file, width=80), ViewAnswer(network=small_network(), view=view))
    assert file.getvalue().count("None.") == 3


def test_the_json_holds_legs_with_prices_in_minor_units(tmp_path):
    write_network(small_network(), tmp_path / "small")
    words = ("--network", str(tmp_path / "small"), "--bit-rate", "100G", "--on", "2026-11-22")
    view = json.loads(told("SCO", *words, "--json").stdout)
    assert view["viewer"] == "SCO"
    assert "CHL-BBS" in view["own_spans"]
    assert view["partner_legs"]
    assert all(isinstance(leg["price"]["mrc_minor"], int) for leg in view["partner_legs"])


def test_an_unknown_operator_is_bad_input_with_a_near_miss():
    result = told("Cybernett", "--json")
    assert result.exit_code == 2
    assert "Did you mean CYB" in result.stdout
