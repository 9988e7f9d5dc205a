"""Rows of a file are actions, all of them, or every finding of all of them."""

from dataclasses import dataclass

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.usecases.action_rows import RequestRow, action_rows
from karakoram.usecases.table_ports import TableRows


@dataclass(frozen=True, slots=True, kw_only=True)
class AskRow:
    """Something that a buyer asks for."""

    external_id: ExternalId
    buyer: PartyId


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRow:
    """Something that ends."""

    product: PartyId


def table(header, *lines):
    names = tuple(header.split(","))
    rows = tuple(
        (number, dict(zip(names, line.split(","), strict=True)))
        for number, line in enumerate(lines, start=2)
    )
    return TableRows(table="t", file="t.csv", header=names, rows=rows)


def findings(listed, row_type, **more):
    with pytest.raises(InvalidDataError) as bad:
        action_rows(listed, row_type, **{"given": {}, **more})
    return [(str(f.place), f.code) for f in bad.value.findings]


def test_a_column_that_is_not_of_the_action_is_unknown_or_a_value_of_the_offering():
    listed = table("external_id,buyer,a_site", "w,CT,GIL")
    assert findings(listed, AskRow) == [("t.csv row 1, field a_site", "unknown-column")]
    (row,) = action_rows(listed, AskRow, given={}, takes_values=True)
    assert row.values == {"a_site": "GIL"}
    assert row.cells == {"external_id": "w", "buyer": "CT", "a_site": "GIL"}


def test_a_file_without_rows_is_a_finding():
    assert findings(table("product"), EndRow) == [("t.csv", "empty-table")]


def test_two_rows_of_one_buyer_never_bear_one_name():
    listed = table("external_id,buyer", "w,CT", "w,P1", "w,CT")
    assert findings(listed, AskRow) == [("t.csv row 4, field external_id", "duplicate-id")]


def test_rows_by_which_no_buyer_asks_bear_no_names():
    assert not isinstance(EndRow(product="P"), RequestRow)
    assert len(action_rows(table("product", "P", "P"), EndRow, given={})) == 2
