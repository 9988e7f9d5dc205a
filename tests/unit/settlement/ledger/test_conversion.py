"""What a conversion moves, what a rate that moves makes of it, and where each part comes from."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.core.provenance import Confidence, Provenance
from karakoram.settlement.ledger.accounts import account_named
from karakoram.settlement.ledger.conversion import (
    ConversionLeg,
    Valuation,
    conversion,
    conversion_account,
    gain,
    gain_accounts,
    gain_lines,
    revaluation,
)
from karakoram.settlement.ledger.exchange_rates import ExchangeRate, rate_on, worth_minor
from karakoram.usecases.ledger_ports import TransferQuestion
from tests.support.memory_store import MemoryStore

OPENED, MIDDLE, CLOSED = date(2026, 10, 31), date(2026, 11, 15), date(2026, 11, 30)
CURRENCIES = ("PKR", "USD", "EUR", "JPY")
BANKS = {each: account_named("SCO", f"Assets:Bank:{each}", each) for each in CURRENCIES}
STATED = Provenance(source="made up for this test", confidence=Confidence.ASSUMED)


def rate(base, day, number):
    return ExchangeRate(
        base=base, quote="PKR", day=day, quote_per_base=Decimal(number), provenance=STATED
    )


def valuation(*rates):
    return Valuation(
        book="SCO", currency="PKR", opened_on=OPENED, closed_on=CLOSED, exchange_rates=tuple(rates)
    )


def leg(currency, minor, number="1"):
    return ConversionLeg(
        account=BANKS[currency], amount=Money(minor, currency), booking_rate=Decimal(number)
    )


def bought(minor, number, name="c1", *, paid=None, booked_on=MIDDLE):
    """Dollars for rupees."""
    rupees = int(worth_minor(minor, "USD", quote_per_base=Decimal(number), quote="PKR"))
    return conversion(
        name, leg("PKR", paid or rupees), leg("USD", minor, number), booked_on=booked_on
    )


def ledger():
    store = MemoryStore()
    pools = [conversion_account("SCO", each) for each in CURRENCIES]
    store.write(
        lambda tx: tx.open_accounts([*BANKS.values(), *pools, *gain_accounts("SCO", "PKR")])
    )
    return store


def positions(store, until=None):
    held = store.read(lambda tx: tx.balances(book="SCO", until=until))
    return {each: held[conversion_account("SCO", each).account_id].net_minor for each in CURRENCIES}


def parts(lines):
    return [(each.reason, each.currency, each.gain_minor) for each in lines]


def test_a_conversion_is_two_transfers_that_sum_to_nothing_in_each_currency():
    store = ledger()
    first, second = bought(10_000, "280")
    store.write(lambda tx: tx.post([first, second]))
    assert positions(store) == {"PKR": 2_800_000, "USD": -10_000, "EUR": 0, "JPY": 0}
    assert (first.transfer_id, second.transfer_id) == ("c1/given", "c1/taken")
    assert {each.subject_id for each in (first, second)} == {"c1"}
    assert (first.exchange_rate, second.exchange_rate) == ("1", "280")
    assert first.memo == second.memo == "PKR 28,000.00 for USD 100.00"


def test_what_is_no_conversion_is_refused():
    with pytest.raises(ValueError, match="from USD into itself"):
        conversion("c", leg("USD", 1), leg("USD", 1), booked_on=MIDDLE)
    other = replace(leg("PKR", 1), account=account_named("CT", "Assets:Bank:PKR", "PKR"))
    with pytest.raises(ValueError, match="in one book, got SCO and CT"):
        conversion("c", leg("USD", 1), other, booked_on=MIDDLE)


def test_a_risen_rate_is_gained_and_posted_and_then_nothing_is_left():
    store = ledger()
    store.write(lambda tx: tx.post(bought(10_000, "280")))
    closing = valuation(rate("USD", CLOSED, "290"))
    assert gain(positions(store), closing) == Money(100_000, "PKR")
    (posted,) = revaluation(positions(store), closing, transfer_id="r1")
    assert posted.credit_account_id == "SCO/Income:ExchangeGain:PKR"
    store.write(lambda tx: tx.post([posted]))
    assert gain(positions(store), closing).minor == 0
    assert revaluation(positions(store), closing, transfer_id="r2") == ()


def test_a_fallen_rate_is_lost():
    store = ledger()
    store.write(lambda tx: tx.post(bought(10_000, "280")))
    closing = valuation(rate("USD", CLOSED, "279.995"))
    (posted,) = revaluation(positions(store), closing, transfer_id="r1")
    assert posted.debit_account_id == "SCO/Expenses:ExchangeLoss:PKR"
    assert (posted.amount, posted.booked_on) == (Money(50, "PKR"), CLOSED)


def test_each_part_says_where_it_comes_from():
    closing = valuation(rate("USD", OPENED, "280"), rate("USD", CLOSED, "290"))
    opening = {"USD": -10_000, "PKR": 2_800_001}  # an earlier rounding left 0.01
    moves = bought(2_000, "284", paid=570_000)  # 20 rupees dearer than the rate
    lines = gain_lines(opening, moves, closing)
    assert parts(lines) == [
        ("opening", "USD", 100_000),
        ("carried", "PKR", -1),
        ("movement", "USD", 12_000),
        ("booking", "PKR", -2_000),
    ]
    assert [each.held_minor for each in lines] == [10_000, 0, 2_000, 0]
    assert lines[2].transfer_id == "c1/taken"
    whole = {"USD": -12_000, "PKR": 2_800_001 + 570_000}
    assert sum(each.gain_minor for each in lines) == gain(whole, closing).minor == 109_999


def test_rounding_is_a_part_and_what_was_revalued_is_taken_off():
    closing = valuation(rate("USD", CLOSED, "280.333"))
    moves = bought(1, "280")
    assert parts(gain_lines({}, moves, closing)) == [
        ("movement", "USD", Decimal("0.333")),
        ("rounding", "PKR", Decimal("-0.333")),
    ]
    closing = valuation(rate("USD", CLOSED, "290"))
    revalued = revaluation({"USD": -1, "PKR": 280}, closing, transfer_id="r")
    assert parts(gain_lines({}, [*moves, *revalued], closing)) == [
        ("movement", "USD", 10),
        ("revalued", "PKR", -10),
    ]


def test_a_movement_without_a_rate_has_that_of_its_day():
    moves = [replace(each, exchange_rate="") for each in bought(100, "280")]
    rates = (rate("USD", MIDDLE, "280"), rate("USD", CLOSED, "281"))
    assert parts(gain_lines({}, moves, valuation(*rates))) == [("movement", "USD", 100)]
    with pytest.raises(NotFoundError, match="from USD to PKR for 2026-11-15"):
        gain_lines({}, moves, valuation(rates[1]))


def test_a_rate_is_the_newest_of_the_pair_and_not_too_old():
    rates = [rate("USD", OPENED, "280"), rate("USD", CLOSED, "290"), rate("EUR", CLOSED, "310")]
    assert rate_on(rates, base="USD", quote="PKR", day=MIDDLE).quote_per_base == 280
    assert rate_on(rates, base="USD", quote="PKR", day=CLOSED).quote_per_base == 290
    for base, day, told in (
        ("EUR", MIDDLE, "the nearest is of 2026-11-30"),
        ("USD", date(2027, 1, 1), "the nearest is of 2026-11-30"),
        ("JPY", MIDDLE, "no day has one"),
    ):
        with pytest.raises(NotFoundError, match=told):
            rate_on(rates, base=base, quote="PKR", day=day)
    assert rate_on(rates, base="USD", quote="PKR", day=date(2026, 12, 31)).quote_per_base == 290


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"base": "XXX"}, "base must be one of"),
        ({"quote": "XXX"}, "quote must be one of"),
        ({"quote": "USD"}, "another currency than USD"),
        ({"quote_per_base": Decimal(0)}, "above 0"),
        ({"quote_per_base": Decimal("NaN")}, "above 0"),
    ],
)
def test_a_rate_that_is_none_says_what_would_be_right(changes, says):
    with pytest.raises(ValueError, match=says):
        replace(rate("USD", CLOSED, "280"), **changes)


def test_digits_of_both_currencies_count():
    assert worth_minor(100, "USD", quote_per_base=Decimal("150.5"), quote="JPY") == Decimal("150.5")
    assert worth_minor(3, "JPY", quote_per_base=Decimal("1.9"), quote="PKR") == Decimal(570)


NUMBERS = st.decimals(min_value="0.0001", max_value="5000", places=4)
TURNS = st.lists(
    st.tuples(
        st.sampled_from(CURRENCIES),
        st.sampled_from(CURRENCIES),
        st.integers(1, 10**9),
        st.integers(1, 10**9),
        st.booleans(),
    ).filter(lambda turn: turn[0] != turn[1]),
    max_size=6,
)


@settings(deadline=None)
@given(turns=TURNS, rates=st.lists(NUMBERS, min_size=9, max_size=9))
def test_whatever_is_converted_is_explained_to_the_last_digit_and_revalued_to_nothing(turns, rates):
    days = (date(2026, 10, 1), OPENED, CLOSED)
    named = [(base, day) for base in CURRENCIES[1:] for day in days]
    closing = valuation(*(rate(*of, number) for of, number in zip(named, rates, strict=True)))
    booking = dict(zip(CURRENCIES[1:], rates[::3], strict=True)) | {"PKR": Decimal(1)}
    store, moves = ledger(), []
    for number, (given_, taken, minor, other, is_before) in enumerate(turns):
        made = conversion(
            f"c{number}",
            ConversionLeg(
                account=BANKS[given_], amount=Money(minor, given_), booking_rate=booking[given_]
            ),
            ConversionLeg(
                account=BANKS[taken], amount=Money(other, taken), booking_rate=booking[taken]
            ),
            booked_on=OPENED if is_before else MIDDLE,
        )
        store.write(lambda tx, both=made: tx.post(both))
        moves += [] if is_before else made
    lines = gain_lines(positions(store, until=date(2026, 11, 1)), moves, closing)
    made = gain(positions(store), closing)
    assert sum((Fraction(each.gain_minor) for each in lines), Fraction(0)) == made.minor
    rounded = [each.gain_minor for each in lines if each.reason == "rounding"]
    assert all(abs(each) <= Decimal("0.5") for each in rounded)
    store.write(lambda tx: tx.post(revaluation(positions(store), closing, transfer_id="r")))
    assert gain(positions(store), closing).minor == 0
    sums = defaultdict(int)
    for account in store.read(lambda tx: tx.accounts()):
        held = store.read(lambda tx, a=account: tx.balances([a.account_id]))
        sums[account.currency] += held[account.account_id].net_minor
    assert set(sums.values()) <= {0}
    assert len(store.read(lambda tx: tx.transfers_of(TransferQuestion(book="SCO")))) <= 13


def test_no_digit_is_lost_of_absurd_amounts():
    number = "280.123456789012345678901234567"
    held = {"USD": -(2**62) - 1, "PKR": 2**61}
    exact = Fraction(2**62 + 1) * Fraction(number) - 2**61
    assert gain(held, valuation(rate("USD", CLOSED, number))).minor == round(exact)
    half = {"USD": -1, "PKR": 10**30}
    assert gain(half, valuation(rate("USD", CLOSED, "2.5"))).minor == 2 - 10**30
