"""A statement as a table, there and back."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.settlement.reconciling import stated
from karakoram.settlement.statements import StatementLine, StatementLineKind
from karakoram.usecases.settle.statement_rows import stated_from_table, table_from_statement
from karakoram.usecases.table_ports import TableRows, text_from_cell
from tests.support.settlement import AUGUST, JULY, usd

LINES = tuple(
    StatementLine(
        key=f"k{minor}",
        kind=StatementLineKind.SHARE,
        product_id="P",
        from_day=JULY,
        to_day=AUGUST,
        text="a wave",
        reference="SCO-1",
        amount=usd(minor),
    )
    for minor in (-1, 5, 123_456)
)


def rows(*cells, header=("key", "text", "amount", "currency")):
    numbered = tuple(
        (number, dict(zip(header, row, strict=True))) for number, row in enumerate(cells, start=2)
    )
    return TableRows(table="theirs", file="theirs.csv", header=header, rows=numbered)


def test_what_is_written_reads_back_as_the_same():
    table = table_from_statement(LINES)
    read = rows(*(tuple(map(text_from_cell, row)) for row in table.rows), header=table.header)
    assert stated_from_table(read) == stated(LINES)


def test_every_row_that_is_wrong_is_told_with_file_and_row():
    bad = rows(("a", "", "1.005", "USD"), ("b", "", "1", "XXX"), ("c", "", "one", "USD"))
    with pytest.raises(InvalidDataError) as told:
        stated_from_table(bad)
    assert {(each.place.file, each.place.row) for each in told.value.findings} == {
        ("theirs.csv", 2),
        ("theirs.csv", 3),
        ("theirs.csv", 4),
    }
