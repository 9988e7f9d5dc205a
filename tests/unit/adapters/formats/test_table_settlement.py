"""Records of settlement in tables and JSON: sums in major units beside their currency."""

from datetime import UTC, date, datetime
from decimal import Decimal

from karakoram.adapters.formats.json_earnings import json_from_earnings
from karakoram.adapters.formats.json_levies import json_from_levies
from karakoram.adapters.formats.table_settlement import (
    CREDIT_LINES,
    DISPUTES,
    EARNINGS,
    GAINS,
    INVOICES,
    LEVIES,
    OUTAGES,
    STATEMENTS,
    gain_lines,
)
from karakoram.core.provenance import Confidence
from karakoram.operations.outages import Outage
from karakoram.settlement.disputes import Dispute, DisputedKind, DisputeState
from karakoram.settlement.foreign_earnings import (
    EarningKind,
    EarningMove,
    PartAbroad,
    foreign_earning,
)
from karakoram.settlement.rating.periods import period_from_word
from karakoram.settlement.statements import owner_lines
from karakoram.usecases.settle.report_levies import LevyKind, LevyLine, LevyReport
from tests.support.settlement import credit_note, invoice, line, statement, usd
from tests.support.settling import terms


def levy(kind, minor, **changes):
    given = {
        "kind": kind,
        "levy_id": kind.value.upper(),
        "name": "a levy",
        "booked_on": date(2027, 2, 1),
        "reference": "SCO-1",
        "percent": "",
        "base": None,
        "amount": usd(minor),
        "confidence": Confidence.STATED,
        "source": "certificate 9",
    }
    return LevyLine(**{**given, **changes})


LINES = (
    levy(LevyKind.COLLECTED, 1_950, percent="19.5", base=usd(10_000)),
    levy(LevyKind.COLLECTED, -50, confidence=Confidence.ASSUMED),
    levy(LevyKind.WITHHELD, 150),
)


def rows_of(table):
    return [dict(zip(table.header, row, strict=True)) for row in table.rows]


def test_levies_stand_in_a_table():
    rows = rows_of(LEVIES.table(LINES))
    assert [row["amount"] for row in rows] == [Decimal("19.50"), Decimal("-0.50"), Decimal("1.50")]
    assert (rows[0]["percent"], rows[0]["base"]) == (Decimal("19.5"), Decimal("100.00"))
    assert rows[2]["base"] is rows[2]["percent"] is None


def test_totals_of_levies_are_trusted_as_their_weakest_line():
    report = LevyReport(operator_id="SCO", period=period_from_word("2027-02"), lines=LINES)
    told = json_from_levies(report)
    assert [(each["amount"]["value"], each["confidence"]) for each in told["totals"]] == [
        ("19.00", "assumed"),
        ("1.50", "stated"),
    ]
    assert told["lines"][2]["source"] == "certificate 9"
    assert told["lines"][0]["base"] == {"unit": "USD", "value": "100.00"}


def earning():
    billed = EarningMove(
        booked_on=date(2027, 1, 20), kind=EarningKind.BILLED, amount=usd(3_333), reference="SCO-1"
    )
    part = PartAbroad(
        operator_id="OP2",
        invoice="SCO-1",
        payer_id="CT",
        country="CN",
        currency="USD",
        moves=(billed,),
    )
    return foreign_earning(
        part,
        period=period_from_word("2027-01-01/2027-03-01"),
        functional_currency="PKR",
        exchange_rates=terms().dated_rates,
    )


def test_earnings_stand_in_a_table_in_both_currencies():
    # 33.33 at 280 are 9,332.40 rupees, at 290 9,665.70.
    (row,) = rows_of(EARNINGS.table([earning()]))
    assert (row["billed"], row["billed_in_book"]) == (Decimal("33.33"), Decimal("9332.40"))
    assert (row["open_in_book"], row["gain_in_book"]) == (Decimal("9665.70"), Decimal("333.30"))
    (line,) = rows_of(GAINS.table(gain_lines([("OP2 of SCO-1", earning().exchange)])))
    assert (line["what"], line["gain"]) == ("billed SCO-1", Decimal("333.30"))


def test_earnings_are_told_in_json():
    told = json_from_earnings([earning()])
    assert told["totals"][0]["gain"] == {"unit": "PKR", "value": "333.30"}
    assert told["invoices"][0]["billed"]["original"] == {"unit": "USD", "value": "33.33"}
    assert told["invoices"][0]["exchange"]["lines"][0]["what"] == "billed SCO-1"


def test_what_is_open_of_an_invoice_stands_beside_what_it_asks():
    bill = invoice(line("a", 10_000), paid=usd(4_000), credited=usd(500))
    (row,) = rows_of(INVOICES.table([bill]))
    assert (row["net"], row["paid"], row["open"]) == (
        Decimal("100.00"),
        Decimal("40.00"),
        Decimal("55.00"),
    )
    (back,) = rows_of(CREDIT_LINES.table(credit_note(500).lines))
    assert (back["amount"], back["borne_by"]) == (Decimal("5.00"), "SCO")


def test_a_statement_has_a_column_for_each_kind_of_line():
    lines = owner_lines([invoice(line("a", 10_000))], (), ())["SCO"]
    (row,) = rows_of(STATEMENTS.table([statement("SCO", lines)]))
    assert (row["collected"], row["share"], row["balance"]) == (
        Decimal("-100.00"),
        Decimal("0.00"),
        Decimal("-100.00"),
    )


def test_outages_and_disputes_stand_in_tables():
    one = Outage(
        outage_id="T1",
        product_id="P",
        starts_at=datetime(2026, 12, 10, 1, tzinfo=UTC),
        ends_at=datetime(2026, 12, 10, 3, tzinfo=UTC),
        at_fault_id="ONE",
        where="A-Z",
        cause="flood",
        source="ticket",
    )
    (row,) = rows_of(OUTAGES.table([one]))
    assert (row["outage"], row["at_fault"], row["excused"]) == ("T1", "ONE", False)
    dispute = Dispute(
        dispute_id="d",
        number="D2026-0001",
        kind=DisputedKind.STATEMENT,
        subject_id="s",
        line_key="share:a",
        raised_by="SCO",
        against="ONE",
        claimed=usd(120),
        granted=usd(0),
        reason="late",
        opened_on=date(2026, 12, 12),
        state=DisputeState.OPEN,
        made_at=datetime(2026, 12, 12, tzinfo=UTC),
    )
    (told,) = rows_of(DISPUTES.table([dispute]))
    assert (told["dispute"], told["amount"], told["state"]) == (
        "D2026-0001",
        Decimal("1.20"),
        "open",
    )
