"""What cannot be read on the command line is told as any other error, to people and programs."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from karakoram.interfaces.cli.main import app
from tests.support.command_line import RUN

UNREADABLE = (
    ("design", "URC", "MRS", "--bogus"),
    ("design", "URC"),
    ("design", "URC", "MRS", "--term-months", "many"),
    ("design", "URC", "MRS", "--bit-rate"),
    ("routes", "URC", "KHI", "--disjoint", "colour"),
    ("network", "view"),
    ("network", "bogus"),
    ("network", "show", "--kml", "--geojson"),
    ("bogus",),
    ("--bogus",),
)


def told(*words):
    return CliRunner().invoke(app, [*words])


@pytest.mark.parametrize("words", UNREADABLE)
def test_with_json_an_error_of_usage_is_the_object_of_every_error(words):
    # In front of an option that lacks its value, lest it be taken for the value.
    *first, last = words
    result = told(*first, "--json", last) if last == "--bit-rate" else told(*words, "--json")
    assert result.exit_code == 2
    assert result.stderr == ""
    error = json.loads(result.stdout)["error"]
    assert set(error) == {"code", "message", "findings"}
    assert (error["code"], error["findings"]) == ("usage", [])
    assert error["message"]


@pytest.mark.parametrize("words", UNREADABLE)
def test_without_json_an_error_of_usage_is_text_on_the_standard_error(words):
    result = told(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


def test_the_message_names_what_is_wrong():
    message = json.loads(told("design", "URC", "MRS", "--bogus", "--json").stdout)["error"]
    assert "--bogus" in message["message"]


def test_json_that_is_no_option_asks_for_nothing():
    result = told("design", "URC", "MRS", "--", "--json")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_where_the_output_is_full_the_error_is_text():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", RUN, "design", "URC", "MRS", "--bogus", "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "Error: No such option" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_help_is_help_also_with_json():
    result = told("design", "--help", "--json")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


def test_the_help_promises_only_commands_that_exist():
    first = " ".join(told("--help").stdout.partition("Options:")[0].split())
    assert "Design services over a long-haul fibre corridor" in first
    assert "Operating is meant for later" in first
