import json
from errno import EACCES

import pytest
import typer

from karakoram.core.errors import InvalidDataError, NotFoundError, RefusedError
from karakoram.core.findings import Finding, Place, Severity
from karakoram.interfaces.cli.failures import (
    FINDINGS_ON_SCREEN_MAX,
    TRACEBACK_VARIABLE,
    FailuresTold,
)


def finding(number=0, **place):
    return Finding(
        code="test", place=Place(**(place or {"table": "spans"})), message=f"wrong {number}"
    )


def failing(error, *, as_json=False):
    with pytest.raises(typer.Exit) as left, FailuresTold(as_json=as_json):
        raise error
    return left.value.exit_code


@pytest.mark.parametrize(
    ("error", "exit_code", "said"),
    [
        (InvalidDataError((finding(),)), 2, "the network cannot be used: 1 finding"),
        (NotFoundError("no such site.", near_misses=("KHI",)), 2, "Did you mean KHI?"),
        (RefusedError("the folder is not empty"), 2, "the folder is not empty"),
        (PermissionError(EACCES, "Permission denied", "net"), 2, "net: Permission denied"),
        (OSError("the disk is gone"), 2, "the disk is gone"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("by zero"), 70, "this is a bug in karakoram (ZeroDivisionError"),
        (AssertionError(), 70, TRACEBACK_VARIABLE),
    ],
)
def test_every_error_ends_with_one_message_and_its_exit_code(capsys, error, exit_code, said):
    assert failing(error) == exit_code
    told = capsys.readouterr()
    assert said in told.err
    assert told.err.startswith("Error: ")
    assert told.out == ""
    assert "Traceback" not in told.err


def test_with_json_the_error_goes_to_the_standard_output(capsys):
    error = InvalidDataError((finding(1, table="sites", file="sites.csv", row=3, field="name"),))
    assert failing(error, as_json=True) == 2
    told = capsys.readouterr()
    assert told.err == ""
    payload = json.loads(told.out)["error"]
    assert payload["code"] == "bad-network"
    assert payload["findings"][0]["row"] == 3


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InvalidDataError((finding(table="question", field="via"),)), "bad-question"),
        (NotFoundError("x"), "not-found"),
        (RefusedError("x"), "refused"),
        (OSError("x"), "system"),
        (KeyboardInterrupt(), "interrupted"),
        (RuntimeError("x"), "internal"),
    ],
)
def test_each_kind_of_error_has_its_code(capsys, error, code):
    failing(error, as_json=True)
    assert json.loads(capsys.readouterr().out)["error"]["code"] == code


def test_a_wrong_word_is_told_with_its_argument_or_option(capsys):
    places = (
        {"table": "question", "field": "a_site"},
        {"table": "question", "field": "latency_ms_max"},
        {"table": "question", "field": "demand"},
    )
    failing(InvalidDataError(tuple(finding(i, **place) for i, place in enumerate(places))))
    told = capsys.readouterr().err.splitlines()
    assert told == [
        "Error: the question cannot be used: 3 findings",
        "  A: wrong 0",
        "  --latency-ms-max: wrong 1",
        "  A, Z and options: wrong 2",
    ]


def test_many_findings_are_capped_on_the_screen_and_complete_in_json(capsys):
    error = InvalidDataError(tuple(finding(i) for i in range(FINDINGS_ON_SCREEN_MAX + 7)))
    failing(error)
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == "  and 7 more; --json shows all"
    assert len(told) == 1 + FINDINGS_ON_SCREEN_MAX + 1
    failing(error, as_json=True)
    findings = json.loads(capsys.readouterr().out)["error"]["findings"]
    assert len(findings) == FINDINGS_ON_SCREEN_MAX + 7


def test_a_bug_shows_its_traceback_to_who_wants_it(monkeypatch):
    monkeypatch.setenv(TRACEBACK_VARIABLE, "1")
    with pytest.raises(ZeroDivisionError), FailuresTold(as_json=False):
        raise ZeroDivisionError


@pytest.mark.parametrize("error", [typer.Exit(5), typer.Abort(), typer.BadParameter("x")])
def test_typers_own_exits_are_left_to_typer(error):
    with pytest.raises(type(error)) as left, FailuresTold(as_json=False):
        raise error
    assert left.value is error


def test_nothing_is_told_when_nothing_is_wrong(capsys):
    with FailuresTold(as_json=True):
        pass
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("places", "code", "said"),
    [
        ([("wanted", "wanted.csv")] * 2, "bad-file", "wanted.csv cannot be used: 2 findings"),
        (
            [("lit", "lit.csv"), ("new", "new.csv")],
            "bad-file",
            "lit.csv and new.csv cannot be used: 2 findings",
        ),
        ([("question", None), ("lit", "lit.csv")], "bad-file", "lit.csv cannot be used"),
        ([("sites", "sites.csv")], "bad-network", "the network cannot be used: 1 finding"),
        ([("network", "karakoram.toml")], "bad-network", "the network cannot be used"),
        ([("taxes", None)], "bad-data", "the taxes cannot be used: 1 finding"),
        ([("lit", "lit.csv"), ("spans", None)], "bad-network", "the network cannot be used"),
    ],
)
def test_the_headline_names_the_file_that_is_wrong(capsys, places, code, said):
    findings = tuple(finding(i, table=table, file=file) for i, (table, file) in enumerate(places))
    failing(InvalidDataError(findings), as_json=True)
    told = json.loads(capsys.readouterr().out)["error"]
    assert told["code"] == code
    assert told["message"].startswith(said)


def test_a_warning_beside_an_error_puts_no_file_in_the_headline(capsys):
    place = Place(table="eqpt", file="eqpt.json")
    aside = Finding(code="aside", place=place, message="aside", severity=Severity.WARNING)
    failing(InvalidDataError((aside, finding(table="net", file="net.json"))))
    assert "Error: net.json cannot be used: 2 findings" in capsys.readouterr().err
