"""``karakoram rate`` on files: what it prints, writes and refuses."""

import json
from decimal import Decimal

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from karakoram.adapters.formats.table_file import TableFile
from karakoram.interfaces.cli import rating_screen
from karakoram.interfaces.cli.main import app
from tests.support.rating_files import (
    BAD_SAMPLES,
    BAD_USAGE,
    BANDWIDTH,
    CHARGES,
    SAMPLES,
    USAGE,
)


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


@pytest.fixture
def port(tmp_path, monkeypatch):
    """Run ``karakoram rate`` for July on files of samples of one port."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("charges", BANDWIDTH), ("samples", SAMPLES), ("bad", BAD_SAMPLES)):
        tmp_path.joinpath(f"{name}.csv").write_text(text, encoding="utf-8")

    def run(*words, code=0):
        command = ["rate", "--period", "2026-07", "--from", "charges.csv", *words]
        answer = CliRunner().invoke(app, command, env={"COLUMNS": "140"})
        assert answer.exit_code == code, answer.output
        return answer.stdout if code == 0 else answer.stderr

    return run


def test_samples_of_bandwidth_are_rated_by_their_95th_percentile_and_what_is_missing_is_told(port):
    shown = " ".join(port("--samples", "samples.csv").split())
    assert "IP1 2026-07 8,914 of 8,916 950.000 1,100.500 1,000 100.500" in shown
    assert "Samples of times out of service, which do not count: 1" in shown
    assert "USD 442.20 (stated)" in shown
    told = json.loads(port("--samples", "samples.csv", "--json"))
    assert told["bandwidth"] == [
        {
            "product": "IP1",
            "from": "2026-07-01",
            "to": "2026-08-01",
            "samples": 2,
            "missingSamples": 8_914,
            "samplesOutOfService": 1,
            "ingressMbps": "950.000",
            "egressMbps": "1100.500",
            "committedMbps": "1000",
            "aboveMbps": "100.500",
            "usageId": "IP1/bandwidth_mbps/2026-07",
        }
    ]
    assert told["totals"][0]["amount"] == {"unit": "USD", "value": "442.20"}


@pytest.mark.parametrize("file", ["used.csv", "used.xlsx"])
def test_what_samples_come_to_is_written_as_usage_that_comes_to_the_same_again(port, file):
    def told(*words):
        answer = json.loads(port(*words, "--json"))
        lines = [{**each, "quantity": Decimal(each["quantity"])} for each in answer["lines"]]
        return lines, len(answer["bandwidth"]), answer["repeatedUsage"]

    lines, *_ = told("--samples", "samples.csv", "--usage-to", file)
    assert told("--usage", file) == (lines, 0, 0)
    all_of_it = ("--usage", file, "--samples", "samples.csv")
    assert told(*all_of_it, "--usage-to", f"all-{file}") == (lines, 1, 1)
    assert told("--usage", f"all-{file}") == (lines, 0, 0)


def test_a_workbook_of_samples_and_what_their_template_holds_are_read_as_well(port, tmp_path):
    book = Workbook()
    for line in SAMPLES.splitlines():
        book.active.append(line.split(","))
    book.save(tmp_path / "samples.xlsx")
    csv, xlsx = (
        json.loads(port("--samples", f"samples.{end}", "--json")) for end in ("csv", "xlsx")
    )
    assert csv == xlsx
    port("--samples-template", "one.xlsx")
    assert "P1 is charged for nothing" in port("--samples", "one.xlsx", code=2)


def test_everything_that_is_wrong_with_samples_is_told_at_once_by_its_row(port, tmp_path):
    text = port("--samples", "bad.csv", "--usage-to", "used.csv", code=2)
    for row, word in (
        (2, "ingress_mbps"),
        (3, "egress_mbps"),
        (4, "lies outside the months"),
        (6, "same five minutes as row 5"),
        (7, "is charged for nothing"),
    ):
        assert f"bad.csv row {row}" in text
        assert word in text
    assert not (tmp_path / "used.csv").exists()


def test_a_column_that_samples_have_not_is_found_also_where_it_is_called_row(port, tmp_path):
    header, *rest = SAMPLES.splitlines()
    lines = [f"{header},row", *(f"{each},7" for each in rest)]
    (tmp_path / "more.csv").write_text("\n".join(lines), encoding="utf-8")
    assert "field row: 'row' is not a column of more" in port("--samples", "more.csv", code=2)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--usage-to", "u.csv"), "name one"),
        (("--samples", "samples.csv", "--usage-to", "samples.csv"), "would overwrite"),
        (("--to", "charges.csv"), "would overwrite"),
        (("--samples", "samples.csv", "--to", "u.csv", "--usage-to", "u.csv"), "one and the same"),
        (("--samples", "none.csv"), "is missing"),
    ],
)
def test_files_that_cannot_be_meant_are_refused_before_anything_is_written(
    port, tmp_path, words, message
):
    before = {each.name: each.read_bytes() for each in tmp_path.iterdir()}
    assert message in " ".join(port(*words, code=2).split())
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == before


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
