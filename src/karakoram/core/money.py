"""How much, in which currency, and how is an amount divided without losing a minor unit?"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal

from karakoram.core.currencies import MINOR_DIGITS, WHAT_IS_RIGHT

_EXACT = Context(prec=100, rounding=ROUND_HALF_EVEN)
"""The default of 28 digits loses minor units of absurd amounts, which tables may hold."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in the smallest unit of a currency (ISO 4217), e.g. cents."""

    minor: int
    """Whole minor units; negative for what is owed the other way."""
    currency: str
    """ISO 4217 code."""

    def __add__(self, other: "Money") -> "Money":
        if self.currency != other.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.minor + other.minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.minor, self.currency)

    def __str__(self) -> str:
        """The amount in major units with thousands separators, e.g. ``USD 1,234.50``."""
        return f"{self.currency} {decimal_from_money(self):,f}"


def check_currency(currency: str, *, field: str) -> None:
    """Accept a currency that the platform knows.

    Parameters
    ----------
    currency
        ISO 4217 code.
    field
        How the place where it stands is called in the error, e.g. ``Party.currency``.

    Raises
    ------
    ValueError
        If it is none of ``MINOR_DIGITS``.
    """
    if currency not in MINOR_DIGITS:
        raise ValueError(f"{field} must be {WHAT_IS_RIGHT}, got {currency!r}")


def decimal_from_money(amount: Money) -> Decimal:
    """The amount in major units, exact, with the digits of its currency.

    Examples
    --------
    >>> decimal_from_money(Money(123450, "USD")), decimal_from_money(Money(5, "JPY"))
    (Decimal('1234.50'), Decimal('5'))
    """
    return Decimal(amount.minor).scaleb(-MINOR_DIGITS[amount.currency], _EXACT)


def money_exactly(amount: Decimal, currency: str) -> Money:
    """The amount, which must be a whole number of minor units.

    Parameters
    ----------
    amount
        In major units, e.g. dollars.
    currency
        ISO 4217 code, one of ``MINOR_DIGITS``.

    Raises
    ------
    ValueError
        If it has more digits than the currency.

    Examples
    --------
    >>> money_exactly(Decimal("12.3"), "USD")
    Money(minor=1230, currency='USD')
    """
    digits = MINOR_DIGITS[currency]
    minor = amount.scaleb(digits, _EXACT)
    if minor != minor.to_integral_value(context=_EXACT):
        raise ValueError(
            f"must have at most {digits} digits after the point in {currency}, got {amount}"
        )
    return Money(int(minor), currency)


def money_at_least(amount: Decimal, currency: str) -> Money:
    """The smallest whole number of minor units that is not less: what costs something shows so.

    Parameters
    ----------
    amount
        In major units, e.g. dollars; any number of digits.
    currency
        ISO 4217 code, one of ``MINOR_DIGITS``.

    Examples
    --------
    >>> money_at_least(Decimal("0.0004"), "USD")
    Money(minor=1, currency='USD')
    """
    minor = amount.scaleb(MINOR_DIGITS[currency], _EXACT)
    return Money(int(minor.to_integral_value(ROUND_CEILING, _EXACT)), currency)


def money_from_decimal(amount: Decimal, currency: str) -> Money:
    """The nearest whole number of minor units, half to even.

    Parameters
    ----------
    amount
        In major units, e.g. dollars; any number of digits.
    currency
        ISO 4217 code, one of ``MINOR_DIGITS``.

    Examples
    --------
    >>> money_from_decimal(Decimal("12.345"), "USD")
    Money(minor=1234, currency='USD')
    """
    minor = amount.scaleb(MINOR_DIGITS[currency], _EXACT).to_integral_value(context=_EXACT)
    return Money(int(minor), currency)


def total(amounts: Iterable[Money], currency: str) -> Money:
    """The exact sum; zero of ``currency`` when there is nothing to add.

    Raises
    ------
    ValueError
        If an amount is in another currency.

    Examples
    --------
    >>> total([Money(1, "USD"), Money(2, "USD")], "USD")
    Money(minor=3, currency='USD')
    """
    return sum(amounts, start=Money(0, currency))


def allocate(amount: Money, weights: list[int]) -> list[Money]:
    """Split ``amount`` in proportion to ``weights`` so that the parts sum to it exactly.

    Remaining minor units go to the largest fractional parts, earliest first (largest remainder).

    Parameters
    ----------
    amount
        What is divided, in whole minor units; may be negative.
    weights
        One for each part, >= 0, not all zero.

    Returns
    -------
    One part for each weight, in their order.

    Raises
    ------
    ValueError
        If all weights are zero.

    Examples
    --------
    >>> [part.minor for part in allocate(Money(100, "EUR"), [1, 1, 1])]
    [34, 33, 33]
    """
    assert weights
    assert all(weight >= 0 for weight in weights)
    whole = sum(weights)
    if whole == 0:
        raise ValueError("cannot allocate over weights that are all zero")

    shares = [divmod(amount.minor * weight, whole) for weight in weights]
    left_over = amount.minor - sum(quotient for quotient, _ in shares)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-shares[i][1], i))
    extra = set(by_remainder[:left_over])
    return [
        Money(quotient + (i in extra), amount.currency) for i, (quotient, _) in enumerate(shares)
    ]
