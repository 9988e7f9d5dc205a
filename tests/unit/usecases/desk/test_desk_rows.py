"""Rows of the sales desk: typed, or every finding of all of them."""

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.sales.orders import LegEvent
from karakoram.sales.quotes import QuoteLevel
from karakoram.usecases.desk.desk_rows import (
    LegRow,
    PartyRow,
    QualifyRow,
    QuoteRow,
    quote_wish_of_row,
    rows_of_desk,
)
from karakoram.usecases.table_ports import TableRows


def table(header, *lines, findings=()):
    names = tuple(header.split(","))
    rows = tuple(
        (number, dict(zip(names, line.split(","), strict=True)))
        for number, line in enumerate(lines, start=2)
    )
    return TableRows(table="t", file="t.csv", header=names, rows=rows, findings=findings)


def findings(*arguments, **more):
    with pytest.raises(InvalidDataError) as bad:
        rows_of_desk(*arguments, **{"given": {}, **more})
    return [(str(f.place), f.code) for f in bad.value.findings]


def test_columns_beyond_the_action_are_characteristics_and_empty_ones_are_left_out():
    listed = table("external_id,buyer,offering,a_site,z_site", "w1,CT,WAVE,A,")
    (row,) = rows_of_desk(listed, QuoteRow, given={})
    assert (row.row, row.record.level, row.record.days) == (2, QuoteLevel.FIRM, 30)
    wish = quote_wish_of_row(row)
    assert wish.wish.configuration.by_name == {"a_site": "A"}
    assert wish.valid_days == 30


def test_what_is_given_holds_where_a_cell_is_empty_or_its_column_missing():
    listed = table("external_id,offering,level,a_site", "w1,X,,A", "w2,Y,firm,")
    given = {"buyer": "CT", "level": "budgetary", "a_site": "B"}
    first, second = rows_of_desk(listed, QuoteRow, given=given)
    assert (first.record.buyer, first.record.level) == ("CT", QuoteLevel.BUDGETARY)
    assert (second.record.level, second.values) == (QuoteLevel.FIRM, {"a_site": "B"})


def test_other_actions_take_no_columns_but_their_own():
    listed = table("order,leg,event,evnt", "o,l,start,x")
    assert findings(listed, LegRow) == [("t.csv row 1, field evnt", "unknown-column")]
    (row,) = rows_of_desk(table("order,leg,event", "o,l,hold"), LegRow, given={})
    assert row.record.event is LegEvent.HOLD


def test_findings_of_file_header_cells_and_values_come_together():
    shape = Finding(code="row-too-long", place=Place(table="t", file="t.csv", row=9), message="")
    wrong = Finding(code="odd", place=Place(table="x", field="a_site"), message="")
    listed = table("external_id,offering", ",X", "w2,", findings=(shape,))
    assert findings(listed, QualifyRow, check=lambda offering, values: (wrong,)) == [
        ("t.csv row 9", "row-too-long"),
        ("t.csv row 1, field buyer", "missing-column"),
        ("t.csv row 2, field external_id", "empty-cell"),
        ("t.csv row 2, field a_site", "odd"),
        ("t.csv row 3, field offering", "empty-cell"),
    ]


def test_a_party_that_breaks_a_rule_is_a_finding():
    header = "party,name,kind,segment,country,currency,sponsor"
    listed = table(header, "P,x,business,wholesale,CN,XXX,", "Q,y,person,wholesale,CN,USD,P")
    assert [code for _, code in findings(listed, PartyRow)] == ["broken-rule", "broken-rule"]
    (row,) = rows_of_desk(table(header, "P,x,centre,wholesale,CN,USD,S"), PartyRow, given={})
    assert row.record.record().sponsor_id == "S"
