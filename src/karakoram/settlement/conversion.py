"""How do amounts of another currency enter a book, and what do they gain and lose there?

Each currency of a book sums to zero by itself. What moves from one to another passes through two
accounts: ``Equity:Conversion:USD``, which stands for all that the book holds in dollars, and
``Equity:Conversion:USD:PKR``, which keeps what that was worth in rupees when it came. When a period
is closed, the difference between what it is worth then and what was kept is gain or loss.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce

from karakoram.core.identifiers import OperatorId
from karakoram.core.money import Money, decimal_from_money
from karakoram.settlement.entries import BookEntry, moved
from karakoram.settlement.exchange import EXACT, ExchangeRate, converted, exact_worth
from karakoram.settlement.ledger.accounts import Account, account_named


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangePosition:
    """What a book holds in another currency, and what that was worth when it was booked."""

    held: Money
    """In the other currency."""
    kept: Money
    """In the currency of the book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionMove:
    """A change of a position: what came or went, and at which worth."""

    booked_on: date
    what: str
    change: ExchangePosition
    """Negative for what went."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeLine:
    """A part of a gain or loss, and where it comes from."""

    what: str
    booked_on: date | None
    """``None`` for what was there before the period, and for rounding."""
    held: Money
    gain: Decimal
    """Major units of the book's currency, exact; negative for a loss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revaluation:
    """What a position gained in a period, and why; the lines sum to the gain exactly."""

    held: Money
    """At the end of the period."""
    exchange_rate: ExchangeRate
    gain: Money
    """Negative for a loss."""
    lines: tuple[ExchangeLine, ...]


def held_account(book: OperatorId, currency: str) -> Account:
    """Stands for all that a book holds in another currency: its credits."""
    return account_named(book, f"Equity:Conversion:{currency}", currency)


def kept_account(book: OperatorId, currency: str, functional: str) -> Account:
    """What that was worth in the currency of the book: its debits."""
    return account_named(book, f"Equity:Conversion:{currency}:{functional}", functional)


def converted_currencies(accounts: Iterable[Account]) -> tuple[str, ...]:
    """Currencies of which a book has ever held something that it converted, sorted.

    Parameters
    ----------
    accounts
        Of one book.
    """
    return tuple(
        sorted(
            account.currency
            for account in accounts
            if account == held_account(OperatorId(account.book), account.currency)
        )
    )


def earned_entries(
    asset: Account, income: Account, amount: Money, *, exchange_rate: ExchangeRate, memo: str
) -> Iterator[BookEntry]:
    """Income of the book's own currency for an asset of another.

    Parameters
    ----------
    asset, income
        Of one book, in the base and the quote currency of the rate.
    amount
        In the base currency; negative for what is taken back.
    exchange_rate
        Of the day.
    memo
        For both entries.
    """
    book, currency = OperatorId(asset.book), amount.currency
    kept = kept_account(book, currency, income.currency)
    yield from moved(asset, held_account(book, currency), amount, memo=memo)
    for entry in moved(kept, income, converted(amount, exchange_rate), memo=memo):
        yield replace(entry, exchange_rate=str(exchange_rate.quote_per_base))


def revaluation(
    opening: ExchangePosition, moves: Iterable[PositionMove], *, exchange_rate: ExchangeRate
) -> Revaluation:
    """What a position gained since the period began, valued at the closing rate.

    A move gains its amount at the closing rate less what it was booked at; the opening position
    what it is worth now less what was kept. The gain is rounded once, and a line says by how much.

    Parameters
    ----------
    opening
        When the period began, as it was valued then.
    moves
        Of the period, in order.
    exchange_rate
        Of the last day of the period.
    """
    every = tuple(moves)
    functional = opening.kept.currency
    lines = [_line(opening, what="held before", booked_on=None, exchange_rate=exchange_rate)] + [
        _line(each.change, what=each.what, booked_on=each.booked_on, exchange_rate=exchange_rate)
        for each in every
    ]
    held = opening.held.minor + sum(each.change.held.minor for each in every)
    kept = opening.kept.minor + sum(each.change.kept.minor for each in every)
    worth = converted(Money(held, opening.held.currency), exchange_rate)
    gain = Money(worth.minor - kept, functional)
    exact = reduce(EXACT.add, (line.gain for line in lines), Decimal(0))
    rounding = EXACT.subtract(decimal_from_money(gain), exact)
    if rounding:
        nothing = Money(0, opening.held.currency)
        lines.append(ExchangeLine(what="rounding", booked_on=None, held=nothing, gain=rounding))
    return Revaluation(
        held=Money(held, opening.held.currency),
        exchange_rate=exchange_rate,
        gain=gain,
        lines=tuple(line for line in lines if line.gain or line.held.minor),
    )


def revaluation_entries(book: OperatorId, made: Revaluation) -> tuple[BookEntry, ...]:
    """The gain or loss, so that what is kept is what it is worth.

    Parameters
    ----------
    book
        Whose position was valued.
    made
        What it gained; no entry for nothing.
    """
    functional, currency = made.gain.currency, made.held.currency
    kept = kept_account(book, currency, functional)
    gained = account_named(book, f"Income:ExchangeGain:{functional}", functional)
    lost = account_named(book, f"Expenses:ExchangeLoss:{functional}", functional)
    memo = f"{currency} at {made.exchange_rate.quote_per_base} {functional}"
    other = gained if made.gain.minor > 0 else lost
    return tuple(
        replace(entry, exchange_rate=str(made.exchange_rate.quote_per_base))
        for entry in moved(kept, other, made.gain, memo=memo)
    )


def _line(
    position: ExchangePosition, *, what: str, booked_on: date | None, exchange_rate: ExchangeRate
) -> ExchangeLine:
    gain = EXACT.subtract(
        exact_worth(position.held, exchange_rate), decimal_from_money(position.kept)
    )
    return ExchangeLine(what=what, booked_on=booked_on, held=position.held, gain=gain)
