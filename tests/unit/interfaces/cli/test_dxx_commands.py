"""Tributaries are opened and moved by commands, on tables that a person or a program reads."""

import json

import pytest
from typer.testing import CliRunner

from karakoram import bootstrap
from karakoram.interfaces.cli.main import app
from tests.support.desk import csv_file, rows_of
from tests.support.dxx import meshed

FIRST, SECOND = "A-Z STM-1/TU-12", "A-Z second"
BUYER = ("--buyer", "CT", "--external-id")


@pytest.fixture
def told(monkeypatch):
    """What a command prints on a small multiplex: text, or with ``--json`` what it says."""
    selling = meshed()
    for name in ("sales_store", "settlement_store"):
        monkeypatch.setattr(bootstrap, name, lambda word: selling.store)
    monkeypatch.setattr(bootstrap, "identifiers", lambda: selling.ids)
    monkeypatch.setattr(bootstrap, "opening_lines", lambda word, **folders: selling)

    def answer(*words, code=0):
        done = CliRunner().invoke(app, ["dxx", *words], env={"COLUMNS": "200"})
        assert done.exit_code == code, done.output
        return json.loads(done.stdout) if "--json" in words else done.output

    return answer


def test_tributaries_are_opened_from_a_list_or_by_words(told, tmp_path):
    lines = tmp_path / "lines.csv"
    lines.write_text("signal,a_site,z_site,count\nE1,A,Z,2\n2x64k,A,Z,\n")
    words = ("open", "--from", str(lines), "--connected", *BUYER, "PO")
    orders = told(*words, "--json")["orders"]
    assert [each["externalId"] for each in orders] == ["PO/1", "PO/2", "PO/3"]
    assert {each["state"] for each in orders} == {"completed"}
    assert "3 tributaries opened" in told(*words)
    assert "1 tributaries opened" in told("open", "ODU0", "A", "Z", *BUYER, "PO-2")


def test_every_row_of_a_list_makes_sense_or_none_is_opened(told, tmp_path):
    template = tmp_path / "lines.xlsx"
    told("open", "--template", str(template))
    answer = told("open", "--from", str(template), *BUYER, "PO", code=2)
    assert (
        "site of the network is called 'GIL'" in answer
    )  # the example is of the corridor, and is read as it stands
    lines = tmp_path / "lines.csv"
    lines.write_text("signal,a_site,count\nE1,A,0\nE1,,2\n")
    answer = told("open", "--from", str(lines), *BUYER, "PO", code=2)
    assert "lines.csv row 2, field count" in answer
    assert "lines.csv row 3, field a_site" in answer
    lines.write_text("signal,a_site,count\nE1,A,2\n")
    table = tmp_path / "orders.csv"
    told("open", "--from", str(lines), *BUYER, "PO", "--to", str(table), code=2)
    words = tmp_path / "words.csv"
    words.write_text("signal,a_site,z_site,count\nE1,A,Z,2\n")
    told("open", "--from", str(words), *BUYER, "PO", "--to", str(table))
    assert "PO/2" in table.read_text()


def test_a_no_has_its_reasons_and_its_exit_code(told):
    words = ("open", "E1", "A", "Z", "--count", "300", *BUYER, "PO")
    (reason,) = told(*words, "--json", code=1)["reasons"]
    assert reason["code"] == "no-free-slot"
    assert "no-free-slot at A-Z" in told(*words, code=1)
    words = ("open", "ODU2", "A", "C", "--server", *BUYER, "W")
    assert "no container ends at C" in told(*words, code=2)
    assert "no-connection at A-B" in told("open", "ODU4", "A", "B", "--server", *BUYER, "W", code=1)


def test_containers_are_opened_and_closed(told):
    words = ("open", "E1", "A", "B", "--server", "--count", "2", *BUYER, "W")
    assert [each["id"] for each in told(*words, "--json")["containers"]] == [
        "e1:A-B:E1:1",
        "e1:A-B:E1:2",
    ]
    assert "2 containers opened" in told(*words)
    assert told("close", "e1:A-B:E1:1", "--json")["containers"][0]["model"] == "E1"
    assert "1 containers closed" in told("close", "e1:A-B:E1:2")
    told("close", "e1:A-B:E1:2", code=2)


def test_containers_are_opened_into_a_table_that_closes_them(told, tmp_path):
    opened, closed = tmp_path / "opened.csv", tmp_path / "closed.xlsx"
    words = ("open", "E1", "A", "B", "--server", "--count", "2", *BUYER, "W")
    told(*words, "--to", str(opened))
    assert [(row["container"], row["slots"], row["a_site"]) for row in rows_of(opened)] == [
        ("e1:A-B:E1:1", "31", "A"),
        ("e1:A-B:E1:2", "31", "A"),
    ]
    listed = csv_file(tmp_path / "c.csv", "container", "e1:A-B:E1:1", "e1:A-B:E1:9", "e1:A-B:E1:2")
    asked = ("close", "--from", str(listed), "--to", str(closed))
    assert told(*asked, "--json", code=1)["counts"] == {"done": 2, "refused": 1}
    again = ("close", "--from", str(listed), "--to", str(tmp_path / "again.csv"))
    assert "refused e1:A-B:E1:9" in " ".join(told(*again, code=1).split())
    assert [(row["outcome"], row["code"]) for row in rows_of(closed)] == [
        ("done", ""),
        ("refused", "not-found"),
        ("done", ""),
    ]


def test_every_step_of_a_move_is_printed(told, tmp_path):
    told("open", "E1", "A", "Z", "--count", "2", "--connected", *BUYER, "PO")
    plan = told("regroom", FIRST, "--dry-run", "--json")
    assert (plan["container"], plan["dryRun"], len(plan["moves"])) == (FIRST, True, 2)
    first = plan["moves"][0]
    assert first["make"] == [{"container": SECOND, "slots": [0]}]
    assert first["switch"] == first["make"]
    assert first["break"] == [{"container": FIRST, "slots": [0]}]
    table = tmp_path / "plan.csv"
    dry = told("regroom", FIRST, "--dry-run", "--to", str(table))
    assert [(row["move"], row["step"], row["container"], row["slots"]) for row in rows_of(table)][
        :4
    ] == [
        ("1", "make", SECOND, "0"),
        ("1", "switch", SECOND, "0"),
        ("1", "break", FIRST, "0"),
        ("2", "make", SECOND, "1"),
    ]
    assert "nothing is moved" in dry
    assert "2 would be moved out of A-Z STM-1/TU-12" in dry
    steps = told("regroom", FIRST, "--external-id", "WORK")
    words = [line.split()[0] for line in steps.splitlines() if line.strip()]
    assert words == [*["make", "switch", "break"] * 2, "2"]
    assert f"make   E1 of {first['for']}: {SECOND} [0]" in steps
    before = table.read_bytes()
    again = ("regroom", FIRST, "--external-id", "WORK", "--to", str(table))
    assert "Nothing is left" in told(*again)
    assert table.read_bytes() == before
    assert told("regroom", FIRST, "--external-id", "WORK", "--json")["moves"] == []


def test_why_something_cannot_leave_is_told(told):
    told("open", "E1", "A", "Z", *BUYER, "PO")
    (reason,) = told("regroom", FIRST, "--json", code=1)["reasons"]
    assert reason["code"] == "order-open"
    assert "order-open at" in told("regroom", FIRST, "--dry-run", code=1)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("E1", "A"), "name Z, or a file with rows"),
        (("E1", "A", "Z", "--count", "0"), "opened at once"),
        (("E1", "A", "Z", "--server", "--connected"), "in service at once"),
        (("E1", "A", "Z", "--server", "--count", "0"), "not 0"),
        (("E9", "A", "Z"), "no offering is sold for the signal 'E9'"),
        (("--from", "none.csv"), "none.csv"),
        (("--from", "none.txt"), ".csv or .xlsx"),
    ],
)
def test_what_makes_no_sense_is_told(told, words, says):
    assert says in told("open", *words, *BUYER, "PO", code=2)
