import json

from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app


def told(*words):
    return CliRunner().invoke(app, ["network", "view", *words])


def test_the_screen_shows_legs_and_no_spans_of_partners():
    shown = told("SCO").stdout
    assert "sees: 46 spans of its own" in shown
    assert "PEACE-C" in shown
    assert "PEACE-KHI-ZAF" not in shown


def test_the_json_holds_legs_with_prices_in_minor_units():
    view = json.loads(told("SCO", "--bit-rate", "100G", "--on", "2026-11-22", "--json").stdout)
    assert view["viewer"] == "SCO"
    assert "CHL-BBS" in view["own_spans"]
    assert all(isinstance(leg["price"]["mrc_minor"], int) for leg in view["partner_legs"])


def test_an_unknown_operator_is_bad_input_with_a_near_miss():
    result = told("Cybernett", "--json")
    assert result.exit_code == 2
    assert "Did you mean CYB" in result.stdout
