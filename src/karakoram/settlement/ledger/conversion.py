"""How does an amount pass from one currency into another, and what is gained or lost meanwhile?

Each currency sums to nothing by itself, so a conversion is two transfers through two accounts of
the book: ``Equity:Conversion:USD`` takes dollars in and ``Equity:Conversion:PKR`` gives rupees out.
Valued at one rate the two cancel. When the rate has moved they no longer do; what is missing is
gain or loss, and is posted when the book is closed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import reduce

from karakoram.core.identifiers import AccountId, TransferId
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import Account, account_named
from karakoram.settlement.ledger.exchange_rates import EXACT, ExchangeRate, rate_on, worth_minor
from karakoram.settlement.ledger.transfers import Transfer

SUBJECT = "conversion"
"""What the two transfers of a conversion are about, under one identifier."""
REVALUED = "revaluation"
"""What the transfer of a gain or loss is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConversionLeg:
    """One side of a conversion."""

    account: Account
    amount: Money
    """In the account's currency; more than nothing."""
    booking_rate: Decimal
    """What one unit of it is worth in the book's own currency; 1 for that currency itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Valuation:
    """By which rates a book is valued at the end of a period."""

    book: str
    currency: str
    """The functional one, in which gains and losses are told."""
    opened_on: date
    """Last day before the period: the rates of this day value what was there."""
    closed_on: date
    """Last day of the period."""
    exchange_rates: tuple[ExchangeRate, ...]

    def rate_of(self, currency: str, day: date) -> Decimal:
        """What one unit of a currency was worth on a day.

        Raises
        ------
        NotFoundError
            As of :func:`.exchange_rates.rate_on`.
        """
        if currency == self.currency:
            return Decimal(1)
        return rate_on(
            self.exchange_rates, base=currency, quote=self.currency, day=day
        ).quote_per_base


@dataclass(frozen=True, slots=True, kw_only=True)
class GainLine:
    """A part of a gain or loss, and where it comes from."""

    reason: str
    """``opening``, ``movement``, ``booking``, ``revalued``, ``carried`` or ``rounding``."""
    currency: str
    transfer_id: TransferId | None
    held_minor: int
    """What gained, in minor units of its currency; negative for what was owed."""
    gain_minor: Decimal
    """Exact minor units of the functional currency; negative for a loss."""


def conversion_account(book: str, currency: str) -> Account:
    """Where a currency passes out of the sight of its own books."""
    return account_named(book, f"Equity:Conversion:{currency}", currency)


def gain_accounts(book: str, currency: str) -> tuple[Account, Account]:
    """Where gains stand, and where losses do."""
    return (
        account_named(book, f"Income:ExchangeGain:{currency}", currency),
        account_named(book, f"Expenses:ExchangeLoss:{currency}", currency),
    )


def conversion(
    conversion_id: str, given: ConversionLeg, taken: ConversionLeg, *, booked_on: date
) -> tuple[Transfer, Transfer]:
    """The two transfers that give one amount for another.

    Parameters
    ----------
    conversion_id
        Made by whoever asks; the transfers are ``…/given`` and ``…/taken``.
    given
        Its account is credited.
    taken
        Its account is debited.
    booked_on
        Day of both.

    Raises
    ------
    ValueError
        If both are in one currency, or the accounts are in different books.
    """
    if given.amount.currency == taken.amount.currency:
        raise ValueError(f"nothing is converted from {given.amount.currency} into itself")
    if given.account.book != taken.account.book:
        raise ValueError(
            f"both accounts must be in one book, got {given.account.book} and {taken.account.book}"
        )
    first = Transfer(
        transfer_id=TransferId(f"{conversion_id}/given"),
        debit_account_id=conversion_account(given.account.book, given.amount.currency).account_id,
        credit_account_id=given.account.account_id,
        amount=given.amount,
        booked_on=booked_on,
        subject_kind=SUBJECT,
        subject_id=conversion_id,
        memo=f"{given.amount} for {taken.amount}",
        exchange_rate=str(given.booking_rate),
    )
    second = replace(
        first,
        transfer_id=TransferId(f"{conversion_id}/taken"),
        debit_account_id=taken.account.account_id,
        credit_account_id=conversion_account(taken.account.book, taken.amount.currency).account_id,
        amount=taken.amount,
        exchange_rate=str(taken.booking_rate),
    )
    return first, second


def gain(positions: Mapping[str, int], valuation: Valuation) -> Money:
    """What is gained (negative: lost) since conversion accounts last cancelled, rounded once.

    gain = -(sum of position x closing rate)

    Parameters
    ----------
    positions
        Debits less credits of ``Equity:Conversion:…`` by currency, in minor units.
    valuation
        The closing rates.

    Raises
    ------
    NotFoundError
        If a position has no closing rate.
    """
    exact = Decimal(0)
    for currency, minor in sorted(positions.items()):
        if minor:
            closing = valuation.rate_of(currency, valuation.closed_on)
            worth = worth_minor(minor, currency, quote_per_base=closing, quote=valuation.currency)
            exact = EXACT.subtract(exact, worth)
    return Money(int(exact.to_integral_value(context=EXACT)), valuation.currency)


def revaluation(
    positions: Mapping[str, int], valuation: Valuation, *, transfer_id: TransferId
) -> tuple[Transfer, ...]:
    """The transfer after which conversion accounts, valued at the closing rates, sum to nothing.

    None where nothing was gained or lost; parameters and errors as of :func:`gain`.
    """
    made = gain(positions, valuation)
    if not made.minor:
        return ()
    gains, losses = gain_accounts(valuation.book, valuation.currency)
    pool = conversion_account(valuation.book, valuation.currency)
    debit, credit = (pool, gains) if made.minor > 0 else (losses, pool)
    revalued = Transfer(
        transfer_id=transfer_id,
        debit_account_id=debit.account_id,
        credit_account_id=credit.account_id,
        amount=Money(abs(made.minor), made.currency),
        booked_on=valuation.closed_on,
        subject_kind=REVALUED,
        subject_id=f"{valuation.book}/{valuation.closed_on}",
        memo=f"exchange rates of {valuation.closed_on}",
    )
    return (revalued,)


def gain_lines(
    opening: Mapping[str, int], moves: Iterable[Transfer], valuation: Valuation
) -> tuple[GainLine, ...]:
    """Where a gain or loss comes from; the lines sum to :func:`gain` exactly.

    What was held at the opening gains by the change of the rate; each movement by the closing rate
    less its own; a conversion whose two amounts were not worth the same when it was booked says by
    how much (``booking``); what the period was revalued by already is taken off (``revalued``), and
    what an earlier rounding left is ``carried``.

    Parameters
    ----------
    opening
        Debits less credits of ``Equity:Conversion:…`` by currency before the period, minor units.
    moves
        Transfers of the period that touch these accounts.
    valuation
        Opening and closing rates.

    Raises
    ------
    NotFoundError
        If a rate is missing.
    """
    every = tuple(moves)
    lines = [*_opening_lines(opening, valuation), *_movement_lines(every, valuation)]
    positions = defaultdict(int, opening)
    for _, currency, minor in _changes(every, valuation.book):
        positions[currency] += minor
    exact = reduce(EXACT.add, (line.gain_minor for line in lines), Decimal(0))
    rounding = EXACT.subtract(Decimal(gain(positions, valuation).minor), exact)
    lines.append(_line("rounding", valuation.currency, gain_minor=rounding))
    return tuple(line for line in lines if line.gain_minor)


def _opening_lines(opening: Mapping[str, int], valuation: Valuation) -> Iterator[GainLine]:
    carried = Decimal(0)
    for currency, minor in sorted(opening.items()):
        if not minor:
            continue
        before = valuation.rate_of(currency, valuation.opened_on)
        change = EXACT.subtract(valuation.rate_of(currency, valuation.closed_on), before)
        yield _gained("opening", currency, minor, change=change, valuation=valuation)
        worth = worth_minor(minor, currency, quote_per_base=before, quote=valuation.currency)
        carried = EXACT.subtract(carried, worth)
    yield _line("carried", valuation.currency, gain_minor=carried)


def _movement_lines(moves: Iterable[Transfer], valuation: Valuation) -> Iterator[GainLine]:
    booked: defaultdict[str, Decimal] = defaultdict(Decimal)
    first: dict[str, Transfer] = {}
    for transfer, currency, minor in _changes(moves, valuation.book):
        booking = _booking_rate(transfer, valuation)
        change = EXACT.subtract(valuation.rate_of(currency, valuation.closed_on), booking)
        line = _gained("movement", currency, minor, change=change, valuation=valuation)
        yield replace(line, transfer_id=transfer.transfer_id)
        subject = transfer.subject_id or transfer.transfer_id
        first.setdefault(subject, transfer)
        worth = worth_minor(minor, currency, quote_per_base=booking, quote=valuation.currency)
        booked[subject] = EXACT.subtract(booked[subject], worth)
    for subject, minor_gain in booked.items():
        reason = "revalued" if first[subject].subject_kind == REVALUED else "booking"
        line = _line(reason, valuation.currency, gain_minor=minor_gain)
        yield replace(line, transfer_id=first[subject].transfer_id)


def _booking_rate(transfer: Transfer, valuation: Valuation) -> Decimal:
    """The rate that a transfer says; where it says none, that of its day."""
    if transfer.exchange_rate:
        return Decimal(transfer.exchange_rate)
    return valuation.rate_of(transfer.amount.currency, transfer.booked_on)


def _changes(moves: Iterable[Transfer], book: str) -> Iterator[tuple[Transfer, str, int]]:
    """Transfers that touch a conversion account, its currency, and by how much it was debited."""
    for transfer in moves:
        currency = transfer.amount.currency
        account_id: AccountId = conversion_account(book, currency).account_id
        if transfer.debit_account_id == account_id:
            yield transfer, currency, transfer.amount.minor
        elif transfer.credit_account_id == account_id:
            yield transfer, currency, -transfer.amount.minor


def _gained(
    reason: str, currency: str, minor: int, *, change: Decimal, valuation: Valuation
) -> GainLine:
    """What a position gained by the change of its rate: it was taken in by a credit."""
    worth = worth_minor(-minor, currency, quote_per_base=change, quote=valuation.currency)
    return replace(_line(reason, currency, gain_minor=worth), held_minor=-minor)


def _line(reason: str, currency: str, *, gain_minor: Decimal) -> GainLine:
    return GainLine(
        reason=reason, currency=currency, transfer_id=None, held_minor=0, gain_minor=gain_minor
    )
