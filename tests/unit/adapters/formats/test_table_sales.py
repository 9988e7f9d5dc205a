"""Records of sales as tables: who earns what is for those who may know it."""

from dataclasses import replace
from decimal import Decimal

from karakoram.adapters.formats.table_outcomes import outcome_table
from karakoram.adapters.formats.table_sales import (
    HOPS,
    ORDERS,
    PARTIES,
    QUALIFICATIONS,
    QUOTES,
    quote_form,
    rounded,
)
from karakoram.core.findings import Finding, Place
from karakoram.core.tables import columns_of
from karakoram.planning.path_side import PathSide
from karakoram.sales.plans import Refusal
from karakoram.usecases.desk.desk_rows import LegRow, PartyRow
from karakoram.usecases.do_many import RowOutcome
from karakoram.usecases.operate.trace_path import TraceHop
from karakoram.usecases.table_ports import text_from_cell
from tests.support.sales_records import buyer, qualification
from tests.support.selling import ordered, quoted, seller, wave


def as_rows(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_a_quote_has_a_line_for_each_offer_and_no_operator_in_it():
    selling = seller()
    quote = quoted(selling, wave("1+1"), "q")
    table = QUOTES.table((quote,))
    assert len(table.rows) == len(quote.offers) >= 1
    text = " ".join(text_from_cell(cell) for row in table.rows for cell in row)
    assert not any(operator in text for operator in ("OP1", "OP2", "OP3"))
    shares = quote_form(shares=True).table((quote,))
    assert "OP1" in as_rows(shares)[0]["shares"]
    (first, *_) = as_rows(table)
    offer = quote.offers[0]
    assert first["mrc"] == Decimal(offer.mrc.minor) / 100
    assert first["rtt_ms"] == rounded(2 * offer.plan.measures.latency_ms, 4)
    (empty,) = as_rows(QUOTES.table((replace(quote, offers=()),)))
    assert (empty["mrc"], empty["offer"], empty["quote"]) == (None, None, quote.quote_id)
    order = ordered(selling, quote, "o")
    legs = as_rows(ORDERS.table((order,)))
    assert [leg["leg"] for leg in legs] == [leg.leg.name for leg in order.legs]
    assert set(columns_of(LegRow)) - {"event", "why"} <= set(legs[0])


def test_a_list_of_parties_has_the_columns_that_parties_are_added_from():
    table = PARTIES.table((buyer(),))
    assert table.header == tuple(name for name in columns_of(PartyRow) if name != "why")


def test_what_cannot_be_had_and_what_is_a_gap_is_empty():
    (row,) = as_rows(QUALIFICATIONS.table((qualification(),)))
    assert (row["confidence"], row["length_km"], row["rtt_ms"]) == ("green", None, None)
    hop = TraceHop(
        depth=1,
        side=PathSide.WORKING,
        hop=0,
        resource=None,
        resource_id="r",
        units=(1, 2),
        gap_before=("A", "B"),
    )
    (row,) = as_rows(HOPS.table((hop,)))
    assert (row["name"], row["units"], row["gap_before"]) == (None, "1 2", "A to B")


def test_outcomes_tell_rows_that_were_done_refused_or_wrong():
    finding = Finding(code="odd", place=Place(table="t", row=4, field="days"), message="is odd")
    refusal = Refusal(code="taken", where="x", message="is taken", alternatives=("wait", "pay"))
    outcomes = [
        RowOutcome(row=2, name="a", answer=buyer("B")),
        RowOutcome(row=3, name="b", refusal=refusal),
        RowOutcome(row=4, name="c", findings=(finding,)),
        RowOutcome(row=5, name="d", answer=buyer("N")),
    ]
    cells = {
        row: {"party": f"P{row}", "name": "", "a_site": "GIL", "z_site": "", "why": "x"}
        for row in range(2, 6)
    }
    table = outcome_table(
        outcomes,
        cells,
        form=PARTIES,
        is_no=lambda party: party.party_id == "N",
        reasons=lambda party: (),
    )
    assert table.header[5:7] == ("a_site", "party")
    assert {row[5] for row in table.rows} == {"GIL"}
    names = ("row", "outcome", "code", "message", "instead", "party", "name")
    assert [tuple(row[name] for name in names) for row in as_rows(table)] == [
        (2, "done", "", "", "", "B", "A buyer"),
        (3, "refused", "taken", "is taken", "wait; pay", "P3", None),
        (4, "refused", "odd", "days: is odd", "", "P4", None),
        (5, "no", "", "", "", "N", "A buyer"),
    ]
