"""What another currency is worth, and what a book gains and loses by it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from karakoram.core.errors import NotFoundError
from karakoram.core.money import Money
from karakoram.settlement.conversion import (
    ExchangePosition,
    PositionMove,
    earned_entries,
    revaluation,
    revaluation_entries,
)
from karakoram.settlement.entries import clearing, corridor_income
from karakoram.settlement.exchange import ExchangeRates, converted
from tests.support.settlement import usd
from tests.support.settling import rate

JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
RATES = ExchangeRates((rate("USD", "PKR", JULY, "280"), rate("USD", "PKR", AUGUST, "290.5")))


def pkr(minor):
    return Money(minor, "PKR")


def position(held, kept):
    return ExchangePosition(held=usd(held), kept=pkr(kept))


def move(held, kept, what="statement"):
    return PositionMove(booked_on=JULY, what=what, change=position(held, kept))


def test_the_newest_rate_of_the_day_holds():
    assert RATES.on_day("USD", "PKR", date(2026, 7, 31)).quote_per_base == 280
    assert RATES.on_day("USD", "PKR", AUGUST).quote_per_base == Decimal("290.5")


@pytest.mark.parametrize(
    ("pair", "day", "why"),
    [
        (("USD", "PKR"), date(2026, 6, 30), "there is none"),
        (("PKR", "USD"), AUGUST, "there is none"),
        (("USD", "PKR"), date(2026, 9, 2), "the last is of 2026-08-01"),
    ],
)
def test_without_a_rate_that_is_young_enough_nothing_is_converted(pair, day, why):
    with pytest.raises(NotFoundError, match=why):
        RATES.on_day(*pair, day)


@pytest.mark.parametrize(
    ("base", "quote", "value", "why"),
    [
        ("USD", "XXX", "1", "quote_currency must be a currency of"),
        ("USD", "USD", "1", "must not be USD too"),
        ("USD", "PKR", "0", "must be greater than 0"),
        ("USD", "PKR", "NaN", "must be greater than 0"),
    ],
)
def test_a_rate_that_is_none_is_refused(base, quote, value, why):
    with pytest.raises(ValueError, match=why):
        rate(base, quote, JULY, value)


def test_amounts_are_converted_to_the_nearest_minor_unit():
    assert converted(usd(101), rate("USD", "PKR", JULY, "280.333")) == pkr(28_314)  # 283.13633
    assert converted(usd(-101), rate("USD", "JPY", JULY, "150.5")) == Money(-152, "JPY")


def test_what_is_earned_sums_to_zero_in_each_currency():
    asset, income = clearing("ONE", "USD"), corridor_income("ONE", "PKR")
    first, second = earned_entries(asset, income, usd(100), exchange_rate=RATES.every[0], memo="m")
    assert (first.debit, first.amount) == (asset, usd(100))
    assert (second.credit, second.amount, second.exchange_rate) == (income, pkr(28_000), "280")
    back, _ = earned_entries(asset, income, usd(-100), exchange_rate=RATES.every[0], memo="m")
    assert back.credit == asset


def test_a_gain_is_explained_line_by_line():
    # 10.00 held since before at 280: + 10.00 x 10.5 = 105.00. 1.00 earned at 280: + 10.50.
    # 5.00 sold for 1,450.00, worth 1,452.50 at the close: - 2.50. Together 113.00.
    made = revaluation(
        position(1_000, 280_000),
        [move(100, 28_000, "earned"), move(-500, -145_000, "sold")],
        exchange_rate=RATES.every[1],
    )
    assert made.held == usd(600)
    assert made.gain == pkr(11_300)
    assert {line.what: line.gain for line in made.lines} == {
        "held before": Decimal(105),
        "earned": Decimal("10.5"),
        "sold": Decimal("-2.5"),
    }


def test_a_gain_and_a_loss_stand_in_accounts_of_their_own():
    gained = revaluation(position(100, 28_000), [], exchange_rate=RATES.every[1])
    (entry,) = revaluation_entries("ONE", gained)
    assert entry.credit.name == "Income:ExchangeGain:PKR"
    lost = revaluation(position(100, 30_000), [], exchange_rate=RATES.every[1])
    (entry,) = revaluation_entries("ONE", lost)
    assert (entry.debit.name, entry.amount) == ("Expenses:ExchangeLoss:PKR", pkr(950))
    nothing = revaluation(position(100, 29_050), [], exchange_rate=RATES.every[1])
    assert revaluation_entries("ONE", nothing) == ()


AMOUNTS = st.integers(-(10**17), 10**17)


@settings(max_examples=100, deadline=None)
@given(
    opening=st.tuples(AMOUNTS, AMOUNTS),
    moves=st.lists(st.tuples(AMOUNTS, AMOUNTS), max_size=6),
    value=st.decimals("0.00000001", "99999999.99999999", places=8),
)
def test_the_lines_sum_to_the_gain_and_afterwards_nothing_is_left(opening, moves, value):
    closing = rate("USD", "PKR", AUGUST, value)
    made = revaluation(position(*opening), [move(*each) for each in moves], exchange_rate=closing)
    assert sum(Fraction(line.gain) * 100 for line in made.lines) == made.gain.minor
    kept = opening[1] + sum(each[1] for each in moves) + made.gain.minor
    again = revaluation(position(made.held.minor, kept), [], exchange_rate=closing)
    assert again.gain == pkr(0)


def test_the_newest_of_each_pair_says_until_when_it_is_known():
    (newest,) = ExchangeRates(
        (rate("USD", "PKR", date(2026, 8, 1), "282"), rate("USD", "PKR", date(2026, 7, 1), "281"))
    ).newest
    assert (newest.valid_from, newest.says_until) == (date(2026, 8, 1), date(2026, 9, 1))


def test_what_is_missing_is_told_with_how_it_is_added():
    with pytest.raises(NotFoundError, match="exchange add USD PKR WORTH --on 2026-12-02"):
        ExchangeRates(()).on_day("USD", "PKR", date(2026, 12, 2))
