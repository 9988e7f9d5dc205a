"""What does each item cost, and what does each owner earn, exact to the minor unit?

Every charge is priced and rounded on its own, once; from there on all amounts are integers, so
totals are exact whatever the order of addition. Arithmetic is on integers and fractions: the
process-wide decimal context, which anyone may have changed, plays no part.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT
from karakoram.core.money import Money

OwnerT = TypeVar("OwnerT", bound=Hashable)

DIGITS_BEFORE_POINT_MAX = 18
"""No price or quantity of a telecommunications service needs more; more is a data error."""

DIGITS_AFTER_POINT_MAX = 30
"""Enough for any float written out in full that is not negligibly small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeLine(Generic[OwnerT]):
    """One item that one owner is paid for.

    >>> ChargeLine(
    ...     owner="SCO", quantity=Decimal("811.2"), unit_price=Decimal("1.25"), currency="USD"
    ... ).amount
    Money(minor=101400, currency='USD')
    """

    owner: OwnerT
    """Whoever earns the amount; any hashable key."""
    quantity: Decimal
    """How many units, e.g. kilometres; >= 0."""
    unit_price: Decimal
    """Price of one unit in major units of the currency, e.g. dollars; >= 0."""
    currency: str
    """ISO 4217 code."""

    def __post_init__(self) -> None:
        _demand_usable("quantity", self.quantity)
        _demand_usable("unit_price", self.unit_price)
        _minor_digits(self.currency)

    @property
    def amount(self) -> Money:
        """Quantity times unit price, rounded once, half to even, to whole minor units."""
        return charge(self.quantity, unit_price=self.unit_price, currency=self.currency)


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
    # Rounding a Fraction is half to even and exact; one is made, for each takes its time.
    exact = Fraction(units * price * minor_per_major, parts * price_parts)
    return Money(round(exact), currency)


def totals_by_owner(lines: Iterable[ChargeLine[OwnerT]], currency: str) -> dict[OwnerT, Money]:
    """What each owner earns, in the order in which owners first appear.

    The totals sum to the total of the lines exactly, and the order of the lines changes no total.

    Parameters
    ----------
    lines
        Items, each priced and rounded on its own.
    currency
        ISO 4217 code that every line is in.

    Returns
    -------
    Amount of each owner in whole minor units; empty when there is no line.

    Raises
    ------
    ValueError
        If a line is in another currency.

    Examples
    --------
    >>> lines = [
    ...     ChargeLine(owner=o, quantity=Decimal(1), unit_price=Decimal(p), currency="USD")
    ...     for o, p in (("SCO", "2.00"), ("PTCL", "1.00"), ("SCO", "0.50"))
    ... ]
    >>> {owner: str(amount) for owner, amount in totals_by_owner(lines, "USD").items()}
    {'SCO': 'USD 2.50', 'PTCL': 'USD 1.00'}
    """
    totals: dict[OwnerT, Money] = {}
    for line in lines:
        totals[line.owner] = totals.get(line.owner, Money(0, currency)) + line.amount
    return totals


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
