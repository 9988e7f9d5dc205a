"""What is one currency worth in another, on which day, and who says so?"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_EVEN, Context, Decimal

from karakoram.core.errors import NotFoundError
from karakoram.core.money import (
    Money,
    check_currency,
    decimal_from_money,
    money_from_decimal,
)
from karakoram.core.provenance import Provenance

EXACT = Context(prec=200, rounding=ROUND_HALF_EVEN)
"""In which products of amounts and rates lose no digit."""
AGE_DAYS_MAX = 31
"""A rate that is older says nothing of today; books are closed by the month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRate:
    """What one of a currency is worth in another, from a day until the next rate."""

    rate_id: str
    base_currency: str
    quote_currency: str
    valid_from: date
    quote_per_base: Decimal
    """Units of the quote currency for one of the base currency."""
    provenance: Provenance

    @property
    def says_until(self) -> date:
        """The last day of which it says something."""
        return self.valid_from + timedelta(AGE_DAYS_MAX)

    def __post_init__(self) -> None:
        for name in ("base_currency", "quote_currency"):
            check_currency(getattr(self, name), field=f"ExchangeRate.{name}")
        if self.base_currency == self.quote_currency:
            raise ValueError(f"ExchangeRate.quote_currency must not be {self.base_currency} too")
        if not self.quote_per_base.is_finite() or self.quote_per_base <= 0:
            raise ValueError(
                f"ExchangeRate.quote_per_base must be greater than 0, got {self.quote_per_base}"
            )


@dataclass(frozen=True, slots=True)
class ExchangeRates:
    """Rates of all days."""

    every: tuple[ExchangeRate, ...]

    def on_day(self, base: str, quote: str, day: date) -> ExchangeRate:
        """The newest rate of the pair that holds on a day.

        Parameters
        ----------
        base, quote
            ISO 4217.
        day
            Of the conversion.

        Raises
        ------
        NotFoundError
            If there is none, or it is older than ``AGE_DAYS_MAX``.
        """
        held = [
            each
            for each in self.every
            if (each.base_currency, each.quote_currency) == (base, quote) and each.valid_from <= day
        ]
        newest = max(held, key=lambda each: each.valid_from, default=None)
        if newest is None or (day - newest.valid_from).days > AGE_DAYS_MAX:
            last = "there is none" if newest is None else f"the last is of {newest.valid_from}"
            raise NotFoundError(
                f"no exchange rate says what {base} is worth in {quote} on {day} ({last}, and says "
                f"nothing after {AGE_DAYS_MAX} days); add that of your bank:  karakoram exchange "
                f"add {base} {quote} WORTH --on {day} --source BANK --terms FOLDER  (karakoram "
                "statement terms FOLDER begins such a folder)."
            )
        return newest

    @property
    def newest(self) -> tuple[ExchangeRate, ...]:
        """The newest of each pair of currencies, pairs in order."""
        by_pair: dict[tuple[str, str], ExchangeRate] = {}
        for each in sorted(self.every, key=lambda one: one.valid_from):
            by_pair[each.base_currency, each.quote_currency] = each
        return tuple(by_pair[pair] for pair in sorted(by_pair))


def converted(amount: Money, exchange_rate: ExchangeRate) -> Money:
    """What the amount is worth, to the nearest minor unit, half to even.

    Parameters
    ----------
    amount
        In the base currency of the rate.
    exchange_rate
        Of the day.

    >>> from karakoram.core.provenance import Confidence
    >>> rate = ExchangeRate(
    ...     rate_id="1", base_currency="USD", quote_currency="PKR", valid_from=date(2026, 7, 1),
    ...     quote_per_base=Decimal("281.5"),
    ...     provenance=Provenance(source="", confidence=Confidence.ASSUMED))
    >>> print(converted(Money(1_001, "USD"), rate))
    PKR 2,817.82
    """
    assert amount.currency == exchange_rate.base_currency, "a rate converts its own currency"
    return money_from_decimal(exact_worth(amount, exchange_rate), exchange_rate.quote_currency)


def exact_worth(amount: Money, exchange_rate: ExchangeRate) -> Decimal:
    """What an amount of the base currency is worth, in major units of the other, not rounded."""
    return EXACT.multiply(decimal_from_money(amount), exchange_rate.quote_per_base)
