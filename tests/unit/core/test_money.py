from decimal import Decimal

import pytest

from karakoram.core.currencies import MINOR_DIGITS
from karakoram.core.money import (
    Money,
    allocate,
    check_currency,
    decimal_from_money,
    money_at_least,
    money_exactly,
    money_from_decimal,
    total,
)


def test_amounts_of_one_currency_are_added():
    assert Money(150, "USD") + Money(275, "USD") == Money(425, "USD")


def test_amounts_of_two_currencies_are_not_added():
    with pytest.raises(ValueError, match="cannot add PKR to USD"):
        Money(1, "USD") + Money(1, "PKR")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Money(123_450, "USD"), "USD 1,234.50"),
        (Money(-5, "EUR"), "EUR -0.05"),
        (Money(0, "PKR"), "PKR 0.00"),
        (Money(1_234, "JPY"), "JPY 1,234"),
    ],
)
def test_an_amount_is_shown_in_major_units(amount, text):
    assert str(amount) == text


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [
        ("12.34", "USD", 1234),
        ("12.345", "USD", 1234),
        ("12.355", "USD", 1236),
        ("-0.005", "EUR", 0),
        ("7.5", "JPY", 8),
        ("6.5", "JPY", 6),
    ],
)
def test_a_decimal_becomes_the_nearest_minor_unit_half_to_even(amount, currency, minor):
    assert money_from_decimal(Decimal(amount), currency) == Money(minor, currency)


def test_nothing_adds_up_to_zero_of_the_currency_asked_for():
    assert total([], "CNY") == Money(0, "CNY")


def test_the_total_is_exact():
    assert total([Money(1, "USD")] * 3, "USD") == Money(3, "USD")


def test_the_total_refuses_a_foreign_currency():
    with pytest.raises(ValueError, match="cannot add USD to EUR"):
        total([Money(1, "USD")], "EUR")


@pytest.mark.parametrize(
    ("minor", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (100, [0, 1], [0, 100]),
        (10, [3, 7], [3, 7]),
        (5, [1, 3], [1, 4]),
        (-100, [1, 1, 1], [-33, -33, -34]),
        (0, [2, 5], [0, 0]),
    ],
)
def test_left_over_minor_units_go_to_the_largest_fractions_earliest_first(minor, weights, parts):
    assert [part.minor for part in allocate(Money(minor, "EUR"), weights)] == parts


def test_parts_keep_the_currency():
    assert {part.currency for part in allocate(Money(7, "AED"), [1, 2])} == {"AED"}


def test_weights_that_are_all_zero_divide_nothing():
    with pytest.raises(ValueError, match="all zero"):
        allocate(Money(1, "USD"), [0, 0])


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_weights_must_be_there_and_not_negative(weights):
    with pytest.raises(AssertionError):
        allocate(Money(1, "USD"), weights)


@pytest.mark.parametrize("currency", sorted(MINOR_DIGITS))
@pytest.mark.parametrize("minor", [0, 1, -1, 123_456, -(10**40) - 7])
def test_major_units_and_minor_units_are_the_same_amount(minor, currency):
    amount = Money(minor, currency)
    assert money_exactly(decimal_from_money(amount), currency) == amount
    assert decimal_from_money(amount) * 10 ** MINOR_DIGITS[currency] == pytest.approx(minor)


def test_a_part_of_a_minor_unit_is_no_exact_amount():
    with pytest.raises(ValueError, match=r"at most 2 digits after the point in PKR, got 0\.005"):
        money_exactly(Decimal("0.005"), "PKR")


@pytest.mark.parametrize(
    ("amount", "minor"), [("0.0001", 1), ("0", 0), ("1.20", 120), ("1.201", 121), ("-0.019", -1)]
)
def test_what_costs_something_shows_at_least_that(amount, minor):
    assert money_at_least(Decimal(amount), "USD") == Money(minor, "USD")


def test_an_unknown_currency_is_refused_with_its_place():
    check_currency("CNY", field="Party.currency")
    with pytest.raises(
        ValueError, match=r"Party\.currency must be a currency of ISO 4217, .*, got 'BTC'"
    ):
        check_currency("BTC", field="Party.currency")
