"""Are charges priced, rounded, summed and split as a billing clerk would expect?"""

import decimal
from decimal import Decimal

import pytest

from karakoram.core.money import Money
from karakoram.engines.costing import charge, totals_by_owner

NOT_USABLE = [Decimal("-0.01"), Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]


def line(owner, unit_price, *, currency="USD"):
    return owner, charge(Decimal(1), unit_price=Decimal(unit_price), currency=currency)


@pytest.mark.parametrize(
    ("quantity", "unit_price", "currency", "minor"),
    [
        ("811.2", "1.25", "USD", 101_400),
        ("0", "99.99", "USD", 0),
        ("1", "0.125", "USD", 12),
        ("1", "0.135", "USD", 14),
        ("1", "0.12500000001", "USD", 13),
        ("3", "0.125", "USD", 38),
        ("0.5", "1", "JPY", 0),
        ("1.5", "1", "JPY", 2),
        ("1e3", "1e2", "EUR", 10_000_000),
        ("103.35", "53700", "PKR", 554_989_500),
    ],
)
def test_a_charge_is_rounded_once_half_to_even(*, quantity, unit_price, currency, minor):
    found = charge(Decimal(quantity), unit_price=Decimal(unit_price), currency=currency)
    assert found == Money(minor, currency)


def test_a_charge_does_not_depend_on_the_decimal_context():
    quantity, unit_price = Decimal("123456.789"), Decimal("98765.43215")
    expected = charge(quantity, unit_price=unit_price, currency="USD")
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_CEILING
        context.traps[decimal.Inexact] = True
        found = charge(quantity, unit_price=unit_price, currency="USD")
    assert found == expected == Money(round(123_456_789 * 9_876_543_215 / 10**6), "USD")


def test_a_charge_beyond_the_usual_28_digits_is_exact():
    huge = Decimal(123456789012345678)
    found = charge(huge, unit_price=huge, currency="USD")
    assert found.minor == 123456789012345678**2 * 100


@pytest.mark.parametrize("bad", NOT_USABLE)
def test_a_charge_refuses_numbers_that_are_none(bad):
    with pytest.raises(ValueError, match="quantity must be a finite number >= 0"):
        charge(bad, unit_price=Decimal(1), currency="USD")
    with pytest.raises(ValueError, match="unit_price must be a finite number >= 0"):
        charge(Decimal(1), unit_price=bad, currency="USD")


@pytest.mark.parametrize("bad", ["1e18", "1e999999"])
def test_absurdly_large_numbers_are_refused_before_they_fill_the_memory(bad):
    with pytest.raises(ValueError, match="quantity must be below 1e18"):
        charge(Decimal(bad), unit_price=Decimal(1), currency="USD")


@pytest.mark.parametrize("bad", ["1e-31", "1e-999999"])
def test_absurdly_long_numbers_are_refused(bad):
    with pytest.raises(ValueError, match="unit_price must have at most 30 digits"):
        charge(Decimal(1), unit_price=Decimal(bad), currency="USD")


def test_the_longest_usable_numbers_are_used():
    cent = charge(Decimal("0.01") + Decimal("1e-30"), unit_price=Decimal(1), currency="USD")
    assert cent == Money(1, "USD")


def test_an_unknown_currency_is_refused():
    with pytest.raises(ValueError, match="must be a currency of ISO 4217, .*, got 'XXX'"):
        charge(Decimal(1), unit_price=Decimal(1), currency="XXX")
    with pytest.raises(ValueError, match="must be a currency of ISO 4217"):
        line("SCO", "1", currency="XXX")


def test_totals_are_kept_per_owner_in_order_of_appearance():
    lines = [line("SCO", "2.00"), line("PTCL", "1.00"), line("SCO", "0.50")]
    found = totals_by_owner(lines, "USD")
    assert list(found.items()) == [("SCO", Money(250, "USD")), ("PTCL", Money(100, "USD"))]


def test_every_line_is_rounded_on_its_own():
    # Three times 0.5 cents: half to even gives 0 three times; rounding the sum would give 2.
    assert totals_by_owner([line("SCO", "0.005")] * 3, "USD") == {"SCO": Money(0, "USD")}


def test_no_lines_have_no_owners():
    assert totals_by_owner([], "USD") == {}


def test_lines_of_another_currency_are_not_added():
    with pytest.raises(ValueError, match="cannot add"):
        totals_by_owner([line("SCO", "1"), line("PTCL", "1", currency="PKR")], "USD")
