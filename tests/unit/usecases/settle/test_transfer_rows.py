"""Which rows are transfers, and what is said of those that are not."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.core.errors import BatchRefusedError, InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.money import Money
from karakoram.settlement.ledger.transfers import TransferKind
from karakoram.usecases.settle.transfer_rows import refused_rows, transfers_from_rows
from karakoram.usecases.table_ports import TableRows

RIGHT = {
    "transfer_id": "t1",
    "debit": "SCO/Assets:Bank:USD",
    "credit": "SCO/Income:Capacity:USD",
    "amount": "1234.5",
    "currency": "USD",
    "booked_on": "2026-11-03",
}


def table(*rows):
    header = tuple(dict.fromkeys(name for row in rows for name in row)) or tuple(RIGHT)
    numbered = tuple(
        (number, {name: row.get(name, "") for name in header})
        for number, row in enumerate(rows, start=2)
    )
    return TableRows(table="november", file="november.csv", header=header, rows=numbered)


def codes(*rows):
    with pytest.raises(InvalidDataError) as invalid:
        transfers_from_rows(table(*rows))
    return [(each.code, each.place.row, each.place.field) for each in invalid.value.findings]


def test_a_row_is_a_transfer_in_minor_units():
    (made,) = transfers_from_rows(table(RIGHT))
    assert (made.amount, made.booked_on) == (Money(123450, "USD"), date(2026, 11, 3))
    assert (made.debit_account_id, made.kind) == ("SCO/Assets:Bank:USD", TransferKind.POSTED)
    assert (made.pending_id, made.corrects, made.memo) == (None, None, "")
    more = {"kind": "post_pending", "pending_id": "p", "corrects": "c", "memo": "m"}
    (made,) = transfers_from_rows(table({**RIGHT, **more, "amount": "5", "currency": "JPY"}))
    assert (made.amount, made.kind) == (Money(5, "JPY"), TransferKind.POST_PENDING)
    assert (made.pending_id, made.corrects, made.memo) == ("p", "c", "m")


def test_every_row_that_makes_no_sense_is_told():
    wrong = codes(
        {**RIGHT, "amount": "one"},
        {**RIGHT, "transfer_id": "t2", "booked_on": "3/11/2026"},
        {**RIGHT, "transfer_id": "t3", "kind": "settled"},
        {**RIGHT, "transfer_id": "t4", "amount": "1.005"},
        {**RIGHT, "transfer_id": "t5", "currency": "XXX"},
        {**RIGHT, "transfer_id": "t6", "exchange_rate": "none"},
    )
    assert [row for _, row, _ in wrong] == [2, 3, 4, 5, 6, 7]
    assert [field for _, _, field in wrong[:3]] == ["amount", "booked_on", "kind"]


def test_a_table_without_rows_or_columns_is_refused():
    assert codes()[0][0] == "no-rows"
    rest = {name: cell for name, cell in RIGHT.items() if name != "debit"}
    assert any(field == "debit" for _, _, field in codes(rest))


def test_what_was_wrong_with_the_file_is_told_too():
    finding = Finding(code="ragged", place=Place(table="november", row=3), message="is short")
    with pytest.raises(InvalidDataError, match="is short"):
        transfers_from_rows(replace(table(RIGHT), findings=(finding,)))


def test_a_refusal_stands_at_its_row_and_column():
    rows = table(RIGHT, {**RIGHT, "transfer_id": "t2"})
    findings = tuple(
        Finding(code="c", place=Place(table="transfers", record="t2", field=field), message="m")
        for field in ("debit_account_id", "amount")
    )
    told = refused_rows(BatchRefusedError("nothing", findings), rows)
    assert [str(each.place) for each in told.findings] == [
        "november.csv row 3 (t2), field debit",
        "november.csv row 3 (t2), field amount",
    ]
