"""What has come from abroad and what it is worth at home, computed by hand."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.settlement.foreign_earnings import (
    EarningKind,
    EarningMove,
    PartAbroad,
    foreign_earning,
    shared_payments,
)
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.rating.periods import period_from_word
from tests.support.settlement import usd
from tests.support.settling import terms

BILLED, PAID = date(2027, 1, 20), date(2027, 2, 20)
QUARTER, JANUARY, FEBRUARY = (period_from_word(w) for w in ("2027-Q1", "2027-01", "2027-02"))


def pkr(minor):
    return Money(minor, "PKR")


def move(kind, minor, day, reference="SCO-1"):
    return EarningMove(booked_on=day, kind=kind, amount=usd(minor), reference=reference)


PART = PartAbroad(
    operator_id="OP2",
    invoice="SCO-1",
    payer_id="CT",
    country="CN",
    currency="USD",
    moves=(
        move(EarningKind.BILLED, 10_000, BILLED),
        move(EarningKind.CREDITED, 1_000, BILLED, "SCO-C1"),
        move(EarningKind.COLLECTED, 6_000, PAID, "B1"),
    ),
)


def told(period, currency="PKR", part=PART):
    return foreign_earning(
        part, period=period, functional_currency=currency, exchange_rates=terms().dated_rates
    )


def test_each_amount_is_worth_what_the_rate_of_its_day_says_and_the_rest_is_gain():
    # 100.00 billed and 10.00 credited at 280: 28,000.00 and 2,800.00 rupees; 60.00 collected at
    # 290: 17,400.00; 30.00 open on the last of February, at 290: 8,700.00.
    # Gain: 17,400 + 8,700 - (28,000 - 2,800) = 900 rupees, which is 90.00 at 10 rupees more each.
    one = told(period_from_word("2027-01-01/2027-03-01"))
    assert {kind: (w.original.minor, w.in_book.minor) for kind, w in one.by_kind.items()} == {
        EarningKind.BILLED: (10_000, 2_800_000),
        EarningKind.CREDITED: (1_000, 280_000),
        EarningKind.COLLECTED: (6_000, 1_740_000),
        EarningKind.WITHHELD: (0, 0),
    }
    assert (one.closing.original, one.closing.in_book) == (usd(3_000), pkr(870_000))
    assert one.exchange.gain == pkr(90_000)
    assert [(line.what, line.gain) for line in one.exchange.lines] == [
        ("billed SCO-1", Decimal(1_000)),
        ("credited SCO-C1", Decimal(-100)),
        ("collected B1", Decimal(0)),
    ]


def test_the_worth_at_home_is_as_good_as_the_exchange_rates_behind_it():
    of_terms = {each.provenance.confidence for each in terms().dated_rates.every}
    assert told(FEBRUARY).rate_confidence in of_terms
    assert told(FEBRUARY, currency="USD").rate_confidence is None


def test_what_is_open_at_the_end_of_a_period_opens_the_next():
    # 90.00 open on 31 January at 280 are 25,200.00; the gain of February is that of 90.00 alone.
    first, second = told(JANUARY), told(FEBRUARY)
    assert first.exchange.gain.minor == 0
    assert first.closing == second.opening
    assert second.opening.in_book == pkr(2_520_000)
    assert second.exchange.gain == pkr(90_000)
    assert second.exchange.lines[0].what == "held before"


def test_in_the_currency_of_the_book_nothing_is_gained():
    one = told(FEBRUARY, "USD")
    assert one.exchange is None
    assert one.closing.in_book == one.closing.original == usd(3_000)


def test_nothing_open_and_nothing_done_is_not_told_and_no_rate_is_refused():
    assert told(period_from_word("2026-12")) is None
    paid = replace(PART, moves=(*PART.moves, move(EarningKind.WITHHELD, 3_000, PAID)))
    assert told(period_from_word("2027-03"), part=paid) is None
    with pytest.raises(NotFoundError, match="no exchange rate"):
        told(QUARTER, "EUR")


def payment(minor, withheld=0, day=PAID):
    return ReceivedPayment(paid_on=day, amount=usd(minor), withheld=usd(withheld), reference="B")


def parts_of(payments, weights, rest=0):
    sums = {}
    for owner, one in shared_payments(payments, weights, rest=rest):
        sums[owner, one.kind] = sums.get((owner, one.kind), 0) + one.amount.minor
    return sums


def test_a_payment_is_everybodys_in_proportion_and_taxes_are_nobodys():
    # 119.50 asked: 60.00 of OP1, 40.00 of OP2, 19.50 tax. Half of it comes in: 59.75 are 30.00,
    # 20.00 and 9.75.
    weights = {"OP1": 6_000, "OP2": 4_000}
    assert parts_of([payment(5_975)], weights, rest=1_950) == {
        ("OP1", EarningKind.COLLECTED): 3_000,
        ("OP2", EarningKind.COLLECTED): 2_000,
    }
    assert parts_of([payment(1)], {"OP1": 0}) == {}
    assert parts_of([payment(10)], {"OP1": -5, "OP2": 10}) == {("OP2", EarningKind.COLLECTED): 10}


@given(
    weights=st.lists(st.integers(0, 10**6), min_size=1, max_size=4).filter(any),
    cuts=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=5),
)
def test_once_all_is_paid_each_owner_has_what_it_earned_to_the_last_minor_unit(weights, cuts):
    owed = sum(weights)
    payments, left = [], owed
    for share, of_tax in cuts:
        part = left * share // 100
        payments.append(payment(part - part * of_tax // 100, part * of_tax // 100))
        left -= part
    payments.append(payment(left))
    named = {f"OP{at}": weight for at, weight in enumerate(weights)}
    sums = parts_of(payments, named)
    for owner, weight in named.items():
        assert sum(minor for (of, _), minor in sums.items() if of == owner) == weight
