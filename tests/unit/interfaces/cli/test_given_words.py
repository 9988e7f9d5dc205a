"""Words and numbers that mean nothing are refused by every command in the same way."""

import json
from math import inf, nan

import pytest
from typer.testing import CliRunner

from karakoram.core.errors import InvalidDataError
from karakoram.interfaces.cli.commands.serve import address_of_answers
from karakoram.interfaces.cli.given_words import NUMBER_MAX, GivenWord, refuse_meaningless
from karakoram.interfaces.cli.main import app

NOT_UTF_8 = b"b\xe9ton".decode("utf-8", "surrogateescape")


def refused(*words):
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 2, done.output
    return done.stderr


def test_every_word_that_means_nothing_is_told_at_once_by_the_name_that_the_usage_gives_it():
    told = refused(
        "ledger", "show", NOT_UTF_8, "--book", "", "--subject", "a\nb", "--limit", "9" * 20
    )
    assert "4 findings" in told
    assert "  ACCOUNT: is not UTF-8" in told
    assert "  --book: is blank; give it a value, or leave it out" in told
    assert "  --subject: holds the control character U+000A" in told
    assert "  --limit: 1e+20 must be a number" in told


@pytest.mark.parametrize(
    "words",
    [
        ("party", "add", NOT_UTF_8, "--name", "X", "--kind", "operator", "--segment", "wholesale",
         "--country", "CN"),
        ("store", "check", "--store", NOT_UTF_8),
        ("design", NOT_UTF_8, "Marseille"),
        ("trace", NOT_UTF_8),
        ("outage", "list", "--product", NOT_UTF_8),
        ("optics", "submarine", "--cable", NOT_UTF_8),
    ],
)  # fmt: skip
def test_no_command_takes_a_word_that_is_not_utf_8(words):
    assert "is not UTF-8: 'b\\udce9ton'" in refused(*words)


def test_a_program_reads_the_same_findings():
    done = CliRunner().invoke(app, ["trace", "a\x1bb", "--json"])
    (finding,) = json.loads(done.stdout)["error"]["findings"]
    assert (finding["field"], finding["code"]) == ("WHAT", "question-what")


def test_a_word_of_a_list_is_judged_like_any_other():
    assert "--avoid: is blank" in refused("design", "Gilgit", "Karachi", "--avoid", " ")


@pytest.mark.parametrize("value", [inf, -inf, nan, NUMBER_MAX + 1, -NUMBER_MAX - 1.0])
def test_numbers_beyond_all_that_is_counted_are_refused(value):
    with pytest.raises(InvalidDataError, match="must be a number"):
        refuse_meaningless([GivenWord(name="--limit", value=value, is_typed=True)])


@pytest.mark.parametrize("value", ["", None, True, 7, 0.5, [], ["a"]])
def test_defaults_and_plain_values_are_taken(value):
    refuse_meaningless([GivenWord(name="--limit", value=value, is_typed=False)])


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "20260731", "2026-02-30", "foo"])
@pytest.mark.parametrize(
    "words",
    [
        ("ledger", "show", "--until"),
        ("ledger", "close", "SCO"),
        ("catalogue", "list", "--on"),
        ("ledger", "export", "SCO", "sco.beancount", "--until"),
    ],
)
def test_a_day_that_nobody_means_is_refused_in_the_same_words(words, day):
    told = refused(*words, day)
    assert f"must be a day such as 2026-07-31, from 1900-01-01 to 2999-12-31, got '{day}'" in told


@pytest.mark.parametrize("word", ["nonsense", "javascript:alert(1)", "https://", "http://x?a=b"])
def test_answers_begin_with_an_address_of_http(word):
    told = refused("serve", "--base-url", word)
    assert "must be an address such as https://api.example.net" in " ".join(told.split())


def test_an_address_of_http_is_taken_as_it_is():
    for word in ("", "https://api.example.net/karakoram", "http://10.0.0.1:8080"):
        assert address_of_answers(word) == word
