from dataclasses import dataclass, field
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.main import app
from karakoram.interfaces.cli.screen import PIPE_WIDTH, WIDTH_MAX, screen, status_line
from karakoram.usecases.ports import silent


@dataclass(frozen=True, slots=True, kw_only=True)
class EchoOptions:
    word: Annotated[str, typer.Argument(metavar="WORD")]
    times: Annotated[int, typer.Option("--times")] = 1
    also: Annotated[list[str], typer.Option("--also")] = field(default_factory=list)


def echo(chosen):
    for _ in range(chosen.times):
        typer.echo(" ".join((chosen.word, *chosen.also)))
    return ExitCode.DONE if chosen.times else ExitCode.INFEASIBLE


ECHO = command_app(EchoOptions, echo, help_text="Say it.", examples=("echo hello [loud]",))


def run(*arguments):
    return CliRunner().invoke(ECHO, list(arguments))


def test_the_fields_of_a_record_are_arguments_and_options():
    result = run("hello", "--times", "2", "--also", "a", "--also", "b")
    assert result.output == "hello a b\nhello a b\n"
    assert result.exit_code == 0


def test_fields_without_default_are_required():
    assert run().exit_code == 2


def test_words_too_long_to_mean_anything_are_short_findings():
    result = run("a" * 100_000, "--also", "b", "--also", "9" * 5_000)
    assert result.exit_code == 2
    assert "'... has 100,000 characters; no word here needs more than 200" in result.stderr
    assert "--also: '999" in result.stderr
    assert len(result.stderr) < 500
    assert run("a" * 200).exit_code == 0


def test_what_the_function_returns_is_the_exit_code():
    assert run("x", "--times", "0").exit_code == 1


def test_the_help_ends_with_the_examples_as_written():
    assert "echo hello [loud]" in run("--help").output


@pytest.mark.parametrize(
    ("as_json", "told"), [(True, '{\n  "name": "上海"\n}\n'), (False, "shown\n")]
)
def test_an_answer_is_made_for_whoever_reads_it_and_for_nobody_else(capsys, as_json, told):
    made = []

    def payload():
        made.append("payload")
        return {"name": "上海"}

    def show():
        made.append("show")
        typer.echo("shown")

    tell_answer(as_json, payload=payload, show=show)
    assert capsys.readouterr().out == told
    assert made == (["payload"] if as_json else ["show"])


@pytest.mark.parametrize("command", [(), ("network",)])
def test_a_group_without_a_command_shows_its_help(command):
    result = CliRunner().invoke(app, list(command))
    assert "Usage:" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("network", "validate", ""),
        ("network", "new", ""),
        ("network", "show", "--network", ""),
        ("design", "URC", "KHI", "--report", ""),
    ],
)
def test_an_empty_path_is_refused_and_never_taken_for_the_folder_one_is_in(words):
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 2
    assert "is empty; name a folder or file" in result.stderr


@pytest.mark.parametrize("listed", ["option,planned", " option; planned;"])
def test_a_list_of_statuses_is_answered_with_how_to_write_it(listed):
    result = CliRunner().invoke(app, ["routes", "URC", "KHI", "--include", listed])
    assert result.exit_code == 2
    assert "--include option --include planned" in result.stderr


def test_a_mistyped_command_is_answered_with_a_near_miss():
    result = CliRunner().invoke(app, ["network", "valid"])
    assert result.exit_code == 2
    assert "validate" in result.output


def test_the_version_is_told():
    result = CliRunner().invoke(app, ["--version"])
    assert result.output.startswith("karakoram 0.")
    assert result.exit_code == 0


def test_a_pipe_has_a_width_of_its_own_unless_columns_says(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    assert screen().width == PIPE_WIDTH
    monkeypatch.setenv("COLUMNS", "85")
    assert screen().width == 85
    monkeypatch.setenv("COLUMNS", "40")
    assert screen().width == 40
    monkeypatch.setenv("COLUMNS", "400")
    assert screen().width == WIDTH_MAX


def test_progress_is_silent_when_nobody_watches(capsys):
    with status_line(quiet=False) as progress:
        assert progress is silent
        progress("Waiting")
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("quiet", [True, False])
def test_progress_is_one_line_that_goes_when_somebody_watches(capsys, monkeypatch, quiet):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with status_line(quiet=quiet) as progress:
        progress("Waiting")
    told = capsys.readouterr().err
    assert told == ("" if quiet else "\r\x1b[KWaiting ...\r\x1b[K")
