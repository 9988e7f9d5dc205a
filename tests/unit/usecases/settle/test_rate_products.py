"""Rating from tables and from a store, with every finding of every row."""

from datetime import timedelta, timezone
from decimal import Decimal

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence
from karakoram.core.tables import rows_from_cells
from karakoram.usecases.settle.rate_products import RatingQuestion, rate_products
from karakoram.usecases.settle.rating_rows import (
    UsageGiven,
    intervals_from_rows,
    rated_row,
    usage_from_rows,
)
from karakoram.usecases.table_ports import TableRows
from tests.support.memory_store import MemoryStore
from tests.support.rating import at, charge, product
from tests.support.rating_files import BAD_USAGE, CHARGES, USAGE


class Zones:
    """Knows Karachi alone."""

    def zone(self, name):
        if name != "Asia/Karachi":
            raise ValueError(f"{name!r} must be a time zone")
        return timezone(timedelta(hours=5))


class Given:
    """A table that was typed."""

    def __init__(self, text, file):
        lines = [line.split(",") for line in text.splitlines()]
        table = file.partition(".")[0]
        rows, findings = rows_from_cells(lines[1:], header=lines[0], table=table)
        self.rows = TableRows(
            table=table, file=file, header=tuple(lines[0]), rows=rows, findings=findings
        )

    def read_rows(self):
        return self.rows


def rated(period="2026-Q3", *, zone="Asia/Karachi", charges=CHARGES, usage=USAGE):
    return rate_products(
        RatingQuestion(period=period, zone=zone),
        zones=Zones(),
        charges=Given(charges, "charges.csv"),
        usage=None if usage is None else Given(usage, "usage.csv"),
    )


def places(refused):
    return [(f.code, f.place.file, f.place.row, f.place.field) for f in refused.value.findings]


def test_what_stands_in_tables_is_rated():
    answer = rated()
    assert [(line.name, str(line.from_day), line.amount.minor) for line in answer.lines] == [
        ("set-up", "2026-07-01", 50_000),
        ("port", "2026-07-01", 300_000),
        ("minutes", "2026-07-01", 16_260),
        ("port", "2026-08-01", 300_000),
        ("port", "2026-09-01", 300_000),
    ]
    assert answer.repeated == 1
    told = [(one.operator_id, one.amount, one.confidence) for one in answer.totals]
    assert told == [
        ("ONE", Money(16_260, "PKR"), Confidence.ASSUMED),
        ("SCO", Money(950_000, "PKR"), Confidence.STATED),
    ]


def test_what_was_sold_in_the_store_is_rated():
    store = MemoryStore()
    sold = product(charge(), active_from=at("2026-07-31T20:00"))
    store.write(lambda tx: tx.add(sold))
    answer = rate_products(RatingQuestion(period="2026-08"), zones=Zones(), charges=store)
    (line,) = answer.lines
    assert (line.product_id, line.amount) == ("P", Money(300_000, "PKR"))


def test_every_finding_of_every_row_is_told_with_file_and_row():
    with pytest.raises(InvalidDataError) as refused:
        rated(usage=BAD_USAGE)
    assert places(refused) == [
        ("out-of-bounds", "usage.csv", 2, "quantity"),
        ("not-a-moment", "usage.csv", 4, "at"),
        ("usage-unknown-product", "usage.csv", 3, "product_id"),
        ("usage-not-priced", "usage.csv", 5, "kind"),
    ]


def test_words_that_mean_nothing_are_told_together():
    with pytest.raises(InvalidDataError) as refused:
        rated("July", zone="Mars")
    assert [f.code for f in refused.value.findings] == ["question-period", "question-zone"]


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        (",3000,", ",3000.001,", "amount", "whole number of minor units of PKR, got 3000.001"),
        (",500,PKR,", ",500,XYZ,", "currency", "must be a currency of ISO 4217"),
        (",1.5,PKR,minute,", ",1.5,PKR,,", "unit", "must say what is counted"),
        (",,100,2026-06-30T20:00Z,,", ",100,100,2026-06-30T20:00Z,,", "tier_to", "greater than"),
        (
            "one_time,500,PKR,,,,,2026-06-30T20:00Z,,",
            "one_time,500,PKR,,,,,2026-06-30T20:00Z,2026-06-30,",
            "active_until",
            "must not be before",
        ),
        ("one_time,500", "one_time,-500", "amount", "at least 0"),
        ("P1,CT,SCO,port,recurring", "P1,CT,SCO,port,often", "kind", "must be one of one_time"),
    ],
)
def test_a_row_that_is_no_charge_is_found(old, new, field, words):
    assert old in CHARGES
    with pytest.raises(InvalidDataError) as refused:
        rated(charges=CHARGES.replace(old, new, 1), usage=None)
    (finding,) = refused.value.findings
    assert (finding.place.file, finding.place.field) == ("charges.csv", field)
    assert words in finding.message


def test_a_price_of_usage_shows_at_least_a_minor_unit_and_keeps_its_digits():
    cheap = CHARGES.replace(",1.5,", ",0.00012,", 1)
    intervals, findings = intervals_from_rows(Given(cheap, "charges.csv").read_rows())
    assert not findings
    low = next(one.charge for one in intervals if one.charge.unit)
    assert (low.amount, low.unit_price, low.tier_to) == (Money(1, "PKR"), "0.00012", "100")


def test_rows_of_one_usage_charge_are_one_line_and_others_are_counted():
    twice = CHARGES + CHARGES.splitlines()[1] + "\n"
    intervals, _ = intervals_from_rows(Given(twice, "charges.csv").read_rows())
    assert [one.line for one in intervals] == [
        "recurring/SCO/port",
        "one_time/SCO/set-up",
        "usage/ONE/minutes",
        "usage/ONE/minutes",
        "recurring/SCO/port#2",
    ]


def test_usage_stands_in_its_row():
    given = usage_from_rows(Given(USAGE, "usage.csv").read_rows())
    assert [record.quantity for record in given.records] == [
        Decimal(90),
        Decimal("20.5"),
        Decimal("20.5"),
    ]
    assert given.places["u1"].row == 2
    assert not given.findings
    assert UsageGiven().placed(()) == ()


def test_a_line_is_a_row_with_its_currency():
    row = rated_row(rated().lines[2])
    assert (row.amount, row.currency, row.quantity) == (Decimal("162.60"), "PKR", Decimal("110.5"))
    assert row.key.startswith("P1/usage/ONE/minutes@20260630T200000")


def test_nothing_used_can_be_left_out():
    assert rated("2026-08", usage=None).totals[0].amount == Money(300_000, "PKR")
