"""What a shell may do to the three streams of the program: full, closed, or none at all."""

import os
import subprocess
import sys

import pytest

from tests.support.command_line import RUN, karakoram

PRINTS = (
    ("--help",),
    ("--version",),
    ("--show-completion", "zsh"),
    ("design", "--help"),
    ("network", "show", "--help"),
    ("network", "show"),
    ("network", "show", "--json"),
    ("network", "validate", "no-such-folder"),
    ("network", "validate", "no-such-folder", "--json"),
    ("network", "bogus", "--json"),
)


def under_shell(*words, redirected, unbuffered=""):
    """Exit code and what came out where a shell has redirected some streams."""
    done = subprocess.run(
        ["sh", "-c", f'"$@" {redirected}', "sh", sys.executable, "-c", RUN, *words],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={
            **os.environ,
            "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1",
            "PYTHONUNBUFFERED": unbuffered,
        },
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("words", "unbuffered"),
    [*((words, "") for words in PRINTS), *((words, "1") for words in PRINTS[-3:])],
)
def test_a_full_output_is_told_in_one_clear_line(words, unbuffered):
    code, _, err = under_shell(*words, redirected=">/dev/full", unbuffered=unbuffered)
    assert code == 2
    assert "Traceback" not in err
    told = "No such command" if "bogus" in words else "output cannot be written: No space left"
    assert err.startswith("Error: ")
    assert err.count("\n") == 1
    assert told in err


@pytest.mark.parametrize("words", [("--help",), ("network", "show"), ("network", "new", "x")])
def test_a_closed_output_is_told_before_anything_is_done(words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = under_shell(*words, redirected=">&-")
    assert (code, err) == (2, "Error: the standard output is closed; nothing was done\n")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-", ">/dev/full 2>/dev/full"])
@pytest.mark.parametrize("words", [("design", "URC", "XX"), ("bogus",)])
def test_errors_that_nobody_can_read_keep_their_exit_code(words, redirected):
    assert under_shell(*words, redirected=redirected) == (2, "", "")


def test_an_answer_does_not_need_the_standard_error():
    for redirected in ("2>/dev/full", "2>&-"):
        code, out, _ = under_shell("--version", redirected=redirected)
        assert (code, out[:10]) == (0, "karakoram ")


@pytest.mark.parametrize("words", [{}, {"COMP_WORDS": "karakoram "}, {"COMP_CWORD": "1"}])
def test_completion_without_the_words_of_the_shell_is_refused_in_one_line(words):
    answer = karakoram(_KARAKORAM_COMPLETE="complete_bash", **words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Error: _KARAKORAM_COMPLETE is for the shell")
    assert answer.err.count("\n") == 1


def test_a_number_of_the_word_that_is_none_is_refused():
    words = {"COMP_WORDS": "karakoram ", "COMP_CWORD": "one"}
    assert karakoram(_KARAKORAM_COMPLETE="complete_bash", **words).code == 2


@pytest.mark.parametrize("words", [("catalogue", "list"), ("catalogue", "list", "--json")])
def test_a_reader_that_stops_reading_does_not_cost_the_file_that_was_asked_for(
    words, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    _, _, err = under_shell(*words, "--to", "told.csv", redirected="| true")
    assert err == ""
    assert (tmp_path / "told.csv").read_text(encoding="utf-8").startswith("offering,name,")
