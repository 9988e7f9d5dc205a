"""``karakoram rate`` on files: what it prints, writes and refuses."""

import json
from decimal import Decimal

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from karakoram.adapters.formats.table_file import TableFile
from karakoram.interfaces.cli import rating_screen
from karakoram.interfaces.cli.main import app
from tests.support.rating_files import BAD_USAGE, CHARGES, USAGE


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """Run ``karakoram rate`` in a folder with files of charges and usage."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("charges", CHARGES), ("usage", USAGE), ("bad", BAD_USAGE)):
        tmp_path.joinpath(f"{name}.csv").write_text(text, encoding="utf-8")

    def run(*words, code=0):
        command = ["rate", "--period", "2026-Q3", "--from", "charges.csv", *words]
        answer = CliRunner().invoke(app, command, env={"COLUMNS": "120"})
        assert answer.exit_code == code, answer.output
        return answer.stdout if code == 0 else answer.stderr

    return run


def test_lines_and_what_each_owner_earns_are_shown_with_their_confidence(desk):
    text = desk("--usage", "usage.csv")
    for fact in ("PKR 9,500.00 (stated)", "PKR 162.60 (assumed)", "of 31 days", "110.5", "minute"):
        assert fact in text
    assert "Usage told again, which counts once: 1" in text


def test_json_says_the_same(desk):
    told = json.loads(desk("--usage", "usage.csv", "--json"))
    assert told["period"] == {"from": "2026-07-01", "to": "2026-10-01"}
    assert [total["amount"] for total in told["totals"]] == [
        {"unit": "PKR", "value": "162.60"},
        {"unit": "PKR", "value": "9500.00"},
    ]
    assert len({line["key"] for line in told["lines"]}) == len(told["lines"]) == 5
    assert told["repeatedUsage"] == 1


def test_what_the_templates_hold_is_rated(desk):
    desk("--template", "one.csv")
    desk("--usage-template", "used.xlsx")
    told = json.loads(desk("--from", "one.csv", "--usage", "used.xlsx", "--json"))
    (total,) = told["totals"]
    assert total["amount"] == {"unit": "PKR", "value": "135.00"}


def test_without_a_period_it_says_what_is_missing():
    answer = CliRunner().invoke(app, ["rate"])
    assert answer.exit_code == 2
    assert "--period" in answer.stderr


@pytest.mark.parametrize("file", ["rated.csv", "rated.xlsx"])
def test_lines_are_written_as_a_table(desk, tmp_path, file):
    desk("--usage", "usage.csv", "--to", file)
    rows = TableFile(tmp_path / file).read_rows().rows
    amounts = [Decimal(cells["amount"]) for _, cells in rows]
    assert amounts == [500, 3000, Decimal("162.6"), 3000, 3000]


def test_a_workbook_of_usage_is_read_as_well(desk, tmp_path):
    book = Workbook()
    for line in USAGE.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "usage.xlsx")
    assert "PKR 162.60 (assumed)" in desk("--usage", "usage.xlsx")


def test_every_finding_of_a_file_is_told_and_nothing_is_written(desk, tmp_path):
    text = desk("--usage", "bad.csv", "--to", "rated.csv", code=2)
    for row in (2, 3, 4, 5):
        assert f"bad.csv row {row}" in text
    assert not (tmp_path / "rated.csv").exists()


def test_a_period_in_which_nothing_was_sold_says_so(desk):
    assert "Nothing was sold or used" in desk("--period", "2020")


def test_lines_beyond_what_anybody_reads_are_counted(desk, monkeypatch):
    monkeypatch.setattr(rating_screen, "LINES_SHOWN_MAX", 2)
    assert "and 2 more lines" in desk()
