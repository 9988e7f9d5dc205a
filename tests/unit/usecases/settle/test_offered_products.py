"""A product that was changed to another offering was of the one before until then."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from karakoram.core.identifiers import ExternalId
from karakoram.core.time import Validity
from karakoram.sales.configurations import configuration
from karakoram.sales.qualifications import Wish
from karakoram.settlement.offered_days import offering_on
from karakoram.usecases.operate.record_outage import record_outage
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from karakoram.usecases.settle.credit_outages import credit_outages
from karakoram.usecases.settle.offered_products import offered_days
from karakoram.usecases.settle.print_bill import bill_of
from tests.support.selling import glass, ordered, quoted, wave
from tests.support.settling import DECEMBER, at, carried_out, desk, outage, settled_wave

CHANGED = datetime(2027, 1, 10, 20, tzinfo=UTC)
"""The 11th in Karachi."""


def change(selling, product, wish, *, moment=CHANGED):
    """The product, changed at a moment."""
    quote = quoted(selling, wish, ExternalId("q2"), product_id=product.product_id, at=moment)
    order = ordered(selling, quote, ExternalId("o2"), at=moment)
    return carried_out(selling, order, at=moment)


def offerings(settling, product, *days):
    offered = settling.store.read(lambda tx: offered_days(tx, [product], zone_of=settling.zone_of))
    return [offering_on(offered[product.product_id], day) for day in days]


def test_a_product_that_was_never_changed_is_of_its_offering_on_every_day():
    _, settling, product = settled_wave()
    days = (date(2000, 1, 1), date(2026, 12, 1), date(2100, 1, 1))
    assert offerings(settling, product, *days) == ["WAVE-100G"] * 3


def test_a_product_that_was_never_changed_needs_no_book_of_its_seller():
    _, settling, product = settled_wave()
    bare = replace(settling, terms=replace(settling.terms, owner_books={}))
    assert offerings(bare, product, date(2026, 12, 1)) == ["WAVE-100G"]


def test_a_change_of_offering_holds_from_the_day_of_the_zone_on_which_it_was_complete():
    selling, settling, product = settled_wave()
    after = change(selling, product, wave("1+1"))
    days = (date(2026, 12, 1), date(2027, 1, 10), date(2027, 1, 11), date(2028, 1, 1))
    assert offerings(settling, after, *days) == ["WAVE-100G"] * 2 + ["WAVE-100G-1P1"] * 2


def test_a_change_that_keeps_the_offering_parts_no_days_so_that_a_month_is_promised_once():
    selling, settling, product = settled_wave()
    longer = Wish(
        product_offering_id="WAVE-100G",
        configuration=configuration({"a_site": "A", "z_site": "Z", "term_months": "12"}),
    )
    after = change(selling, product, longer)
    offered = settling.store.read(lambda tx: offered_days(tx, [after], zone_of=settling.zone_of))
    (every,) = offered[product.product_id]
    assert every.validity == Validity()


@pytest.mark.parametrize("is_changed", [False, True])
def test_what_a_month_gives_back_is_by_what_was_promised_then(is_changed):
    selling, settling, product = settled_wave()
    # 5 of 744 hours are 99.33 %: of WAVE-100G 5 % come back below 99.5 %, of WAVE-100G-1P1 10 %
    # below 99.9 %.
    down = outage(product, "T1", at(2026, 12, 10, 9), at(2026, 12, 10, 14))
    record_outage(down, deed=desk(), settling=settling)
    bill_period(BillRun(period=DECEMBER), deed=desk(), settling=settling)
    if is_changed:
        change(selling, product, wave("1+1"))
    (note,) = credit_outages(DECEMBER, deed=desk(), settling=settling)
    (line,) = note.lines
    assert line.text.startswith("5 % of the month")


def test_a_bill_that_is_printed_again_after_a_change_says_what_was_billed():
    selling, settling, product = settled_wave()
    (invoice,) = bill_period(BillRun(period=DECEMBER), deed=desk(), settling=settling)
    change(selling, product, wave("1+1"))
    paper = settling.store.read(lambda tx: bill_of(tx, invoice.number))
    assert paper.offerings == {product.product_id: "WAVE-100G"}


def test_a_month_before_a_change_is_taxed_as_what_was_sold_then():
    # The terms say how waves are taxed, and nothing of dark fibre.
    selling, settling, product = settled_wave()
    after = change(selling, product, glass())
    assert after.product_offering_id == "FIBRE-LEASE"
    (invoice,) = bill_period(BillRun(period=DECEMBER), deed=desk(), settling=settling)
    assert invoice.taxes
