"""What was one currency worth in another on a day, and who says so?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal

from karakoram.core.errors import NotFoundError
from karakoram.core.money import MINOR_DIGITS
from karakoram.core.provenance import Provenance

AGE_DAYS_MAX = 31
"""A rate that is older says nothing of the day: books are closed by the month."""

EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)
"""In which products of amounts and rates lose no digit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """What one unit of a currency was worth in another, on one day."""

    base: str
    """ISO 4217."""
    quote: str
    """ISO 4217."""
    day: date
    quote_per_base: Decimal
    """Units of the quote currency for one of the base currency."""
    provenance: Provenance

    def __post_init__(self) -> None:
        for name, currency in (("base", self.base), ("quote", self.quote)):
            if currency not in MINOR_DIGITS:
                known = ", ".join(MINOR_DIGITS)
                raise ValueError(f"ExchangeRate.{name} must be one of {known}, got {currency!r}")
        if self.base == self.quote:
            raise ValueError(f"ExchangeRate.quote must be another currency than {self.base}")
        if not (self.quote_per_base.is_finite() and self.quote_per_base > 0):
            raise ValueError(
                f"ExchangeRate.quote_per_base must be a number above 0, got {self.quote_per_base}"
            )


def rate_on(known: Iterable[ExchangeRate], *, base: str, quote: str, day: date) -> ExchangeRate:
    """The newest rate of the pair on the day or before it.

    Raises
    ------
    NotFoundError
        If there is none, or it is older than ``AGE_DAYS_MAX``; says which day is the nearest.
    """
    days = {each.day: each for each in known if (each.base, each.quote) == (base, quote)}
    newest = max((each for each in days if each <= day), default=None)
    if newest is None or (day - newest).days > AGE_DAYS_MAX:
        told = f"the nearest is of {_nearest(days, day)}" if days else "no day has one"
        raise NotFoundError(
            f"There is no exchange rate from {base} to {quote} for {day} or the {AGE_DAYS_MAX} "
            f"days before ({told}); add one."
        )
    return days[newest]


def worth_minor(minor: int, currency: str, *, quote_per_base: Decimal, quote: str) -> Decimal:
    """What an amount is worth, in minor units of the other currency, not rounded."""
    digits = MINOR_DIGITS[quote] - MINOR_DIGITS[currency]
    return EXACT.multiply(Decimal(minor), quote_per_base).scaleb(digits, EXACT)


def _nearest(days: Iterable[date], day: date) -> date:
    return min(days, key=lambda each: (abs((each - day).days), each))
