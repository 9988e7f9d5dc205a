"""What each command makes of its options, in process and on the reference corridor."""

import json

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app


def told(*words):
    return CliRunner().invoke(app, [*words])


def test_design_prints_json_with_the_request_it_understood():
    result = told("design", "Gilgit", "Karachi", "--bit-rate", "100G", "--json")
    assert result.exit_code == 0
    request = json.loads(result.stdout)["request"]
    assert (request["a"], request["z"], request["bit_rate_gbps"]) == ("GIL", "KHI", 100.0)


def test_design_that_is_infeasible_ends_with_1():
    result = told("design", "URC", "KHG", "--protection", "1+1", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["infeasible"][0]["code"] == "no-second-path"


def test_routes_are_as_many_as_asked_for():
    result = told("routes", "RWP", "KHI", "--k", "2", "--json")
    assert len(json.loads(result.stdout)["routes"]) == 2


def test_show_takes_one_form_at_a_time():
    assert told("network", "show", "--json", "--kml").exit_code == 2
    assert told("network", "show", "--kml").stdout.startswith("<?xml")


def test_new_refuses_to_overwrite_and_validate_accepts_what_new_wrote(tmp_path):
    folder = str(tmp_path / "mine")
    assert told("network", "new", folder).exit_code == 0
    assert told("network", "validate", folder).exit_code == 0
    assert told("network", "new", folder).exit_code == 2


@pytest.mark.parametrize("command", ["design", "routes", "network"])
def test_every_command_stands_in_the_help(command):
    assert command in told("--help").stdout
