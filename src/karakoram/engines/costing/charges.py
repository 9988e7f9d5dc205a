"""What does each item cost, and what does each owner earn, exact to the minor unit?

Every charge is priced and rounded on its own, once; from there on all amounts are integers, so
totals are exact whatever the order of addition. Arithmetic is on integers: the
process-wide decimal context, which anyone may have changed, plays no part.
"""

from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import TypeVar

from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.money import Money

OwnerT = TypeVar("OwnerT", bound=Hashable)

DIGITS_BEFORE_POINT_MAX = 18
"""No price or quantity of a telecommunications service needs more; more is a data error."""

DIGITS_AFTER_POINT_MAX = 30
"""Enough for any float written out in full that is not negligibly small."""


def charge(quantity: Decimal, *, unit_price: Decimal, currency: str) -> Money:
    """Price of a quantity, in whole minor units of the currency.

        amount = round_half_even(quantity x unit_price x 10^digits)

    The product is exact; it is rounded once. Half to even (IEEE 754-2019, clause 4.3.1) does not
    favour either side over many charges.

    Parameters
    ----------
    quantity
        How many units; >= 0.
    unit_price
        Price of one unit in major units of the currency; >= 0.
    currency
        ISO 4217 code, which says how many minor units make a major one.

    Returns
    -------
    Amount in whole minor units, >= 0.

    Raises
    ------
    ValueError
        If a number is negative, not finite or absurdly long, or the currency is unknown.

    Examples
    --------
    >>> charge(Decimal(3), unit_price=Decimal("0.125"), currency="USD")
    Money(minor=38, currency='USD')
    >>> charge(Decimal(1), unit_price=Decimal("0.125"), currency="USD")
    Money(minor=12, currency='USD')
    """
    _demand_usable("quantity", quantity)
    _demand_usable("unit_price", unit_price)
    minor_per_major = 10 ** _minor_digits(currency)
    units, parts = quantity.as_integer_ratio()
    price, price_parts = unit_price.as_integer_ratio()
    return Money(_half_to_even(units * price * minor_per_major, parts * price_parts), currency)


def totals_by_owner(charges: Iterable[tuple[OwnerT, Money]], currency: str) -> dict[OwnerT, Money]:
    """What each owner earns, in the order in which owners first appear.

    The totals sum to the total of the charges exactly, and their order changes no total.

    Parameters
    ----------
    charges
        Who earns it, and an amount that was rounded on its own.
    currency
        ISO 4217 code that every amount is in.

    Returns
    -------
    Amount of each owner in whole minor units; empty when there is no charge.

    Raises
    ------
    ValueError
        If an amount is in another currency.

    Examples
    --------
    >>> earned = [(o, Money(m, "USD")) for o, m in (("SCO", 200), ("PTCL", 100), ("SCO", 50))]
    >>> {owner: str(amount) for owner, amount in totals_by_owner(earned, "USD").items()}
    {'SCO': 'USD 2.50', 'PTCL': 'USD 1.00'}
    """
    totals: dict[OwnerT, Money] = {}
    for owner, amount in charges:
        totals[owner] = totals.get(owner, Money(0, currency)) + amount
    return totals


def _half_to_even(numerator: int, denominator: int) -> int:
    """The quotient of two integers, rounded exactly; the numerator >= 0, the denominator > 0."""
    whole, rest = divmod(numerator, denominator)
    is_up = 2 * rest > denominator or (2 * rest == denominator and whole % 2)
    return whole + bool(is_up)


def _demand_usable(name: str, value: Decimal) -> None:
    if not value.is_finite() or value < 0:
        raise ValueError(f"{name} must be a finite number >= 0, got {value}")
    if value.adjusted() >= DIGITS_BEFORE_POINT_MAX:
        raise ValueError(f"{name} must be below 1e{DIGITS_BEFORE_POINT_MAX}, got {value}")
    if _digits_after_point(value) > DIGITS_AFTER_POINT_MAX:
        raise ValueError(
            f"{name} must have at most {DIGITS_AFTER_POINT_MAX} digits after the point, got {value}"
        )


def _digits_after_point(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "only finite numbers have an exponent"
    return max(-exponent, 0)


def _minor_digits(currency: str) -> int:
    if currency not in MINOR_DIGITS:
        raise ValueError(f"currency must be {WHAT_IS_RIGHT}, got {currency!r}")
    return MINOR_DIGITS[currency]
