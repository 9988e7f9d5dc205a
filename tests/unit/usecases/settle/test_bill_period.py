"""Usage and what was promised at least are billed with the rest, and once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.settlement.rating.rated import RatedKind
from karakoram.usecases.settle.bill_period import BillRun, bill_period
from tests.support.rating import used
from tests.support.selling import line
from tests.support.settling import DECEMBER, active, book_balances, desk, promise, settled_wave


@pytest.fixture
def phone():
    """A telephone line at PKR 1.50 a minute, of which PKR 310.00 a month are promised."""
    selling, settling, _ = settled_wave()
    product = active(selling, line(), "line", buyer="P1")
    return promised(settling, promise("310")), product


def promised(settling, one):
    terms = replace(settling.terms, minimum_commitments={one.commitment_id: one})
    return replace(settling, terms=terms)


def minutes(product, count, name="u1"):
    moment = datetime(2026, 12, 10, 9, tzinfo=UTC)
    return used(name, count, moment, product_id=product.product_id)


def billed(settling, *usage, payer="P1"):
    run = BillRun(period=DECEMBER, usage=usage, payer_id=payer)
    return bill_period(run, deed=desk(), settling=settling)


def amounts(invoices, kind):
    return [line.amount.minor for each in invoices for line in each.lines if line.kind is kind]


def test_what_was_not_used_of_what_was_promised_is_a_line_of_the_invoice(phone):
    # 100 minutes at 1.50 are 150.00; 310.00 are promised, so 160.00 are missing. Both are taxed
    # with 19.5 % sales tax, and the 10 % advance on what exceeds 1,000.00 of the whole.
    settling, product = phone
    (invoice,) = billed(settling, minutes(product, "100"))
    assert amounts([invoice], RatedKind.USAGE) == [15_000]
    assert amounts([invoice], RatedKind.SHORTFALL) == [16_000]
    (short,) = [each for each in invoice.lines if each.kind is RatedKind.SHORTFALL]
    assert (short.name, short.source) == (
        "shortfall of national minutes minute",
        "commitment C1: test",
    )
    tax = next(each for each in invoice.taxes if each.tax_id == "ST-PB")
    assert tax.base == invoice.net
    assert book_balances(settling)["SCO/Assets:Receivable:P1:PKR"] == invoice.gross.minor


def test_usage_that_comes_late_takes_the_shortfall_back_and_nothing_is_billed_twice(phone):
    # 200 minutes are 300.00, so 10.00 are missing.
    settling, product = phone
    billed(settling, minutes(product, "100"))
    assert billed(settling, minutes(product, "100")) == ()
    (second,) = billed(settling, minutes(product, "100"), minutes(product, "100", "u2"))
    assert sum(amounts([second], RatedKind.SHORTFALL)) == 1_000 - 16_000
    assert sum(amounts([second], RatedKind.USAGE)) == 15_000


def test_where_usage_is_not_told_what_was_billed_of_it_stays(phone):
    settling, product = phone
    billed(settling, minutes(product, "100"))
    untold = BillRun(period=DECEMBER, payer_id="P1")
    assert bill_period(untold, deed=desk(), settling=settling) == ()


def test_a_promise_for_half_a_month_owes_half_of_it(phone):
    # 310.00 over 31 days are 10.00 a day; 16 days from the 16th are 160.00, 150.00 are used.
    settling, product = phone
    half = promised(settling, promise("310", valid_from=date(2026, 12, 16)))
    assert amounts(billed(half, minutes(product, "100")), RatedKind.SHORTFALL) == [1_000]
    over = promised(settling, promise("310", valid_to=date(2026, 12, 1)))
    assert sum(amounts(billed(over, minutes(product, "100")), RatedKind.SHORTFALL)) == -1_000


def test_usage_and_promises_of_nothing_are_found_before_anybody_is_billed(phone):
    settling, product = phone
    stray = replace(minutes(product, "1", "u9"), product_id="X")
    with pytest.raises(InvalidDataError, match="no product 'X'|X") as no:
        billed(settling, minutes(product, "100"), stray, payer=None)
    assert {each.code for each in no.value.findings} == {"usage-unknown-product"}
    unknown = promised(settling, promise("310", charge_name="port"))
    with pytest.raises(InvalidDataError, match="usage charge"):
        billed(unknown, minutes(product, "100"))
    assert book_balances(settling).get("SCO/Assets:Receivable:P1:PKR") is None
