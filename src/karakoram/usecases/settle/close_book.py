"""What has a book gained and lost by exchange rates, and how is its period closed?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from karakoram.core.identifiers import AccountId, OperatorId
from karakoram.core.money import Money
from karakoram.sales.change_log import Deed
from karakoram.settlement.conversion import (
    ExchangePosition,
    PositionMove,
    Revaluation,
    converted_currencies,
    held_account,
    kept_account,
    revaluation,
    revaluation_entries,
)
from karakoram.settlement.ledger.accounts import Balance
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.settle.known_names import refuse_unknown_book
from karakoram.usecases.settle.ledger_ports import LedgerReader, SettlementWriter, TransferQuestion
from karakoram.usecases.settle.settling import Settling, book, refuse_future

REVALUATION = "revaluation"
"""What transfers of gains and losses are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedBook:
    """What closing a book has found."""

    operator_id: OperatorId
    closed_until: date
    """First day that is open."""
    revaluations: tuple[Revaluation, ...]
    """One for each other currency that the book held or moved."""


def close_book(
    operator_id: OperatorId, until: date, *, deed: Deed, settling: Settling
) -> ClosedBook:
    """A book, closed to all that would be booked before ``until`` and valued on the last day.

    Parameters
    ----------
    operator_id
        Whose book; one that never held another currency need not stand in the terms.
    until
        First day that stays open; until today at most.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If no account of the book was ever opened; where it holds another currency also if the
        terms have no book of the operator, or no exchange rate of the last day.
    RefusedError
        With code ``in-the-future``, or ``closed-already`` where it is closed further.
    """
    refuse_future(until, today=settling.today(deed), what="the first day that stays open")

    def write(tx: SettlementWriter) -> ClosedBook:
        refuse_unknown_book(tx, operator_id)
        begun = tx.closed_until(operator_id)
        last = until - timedelta(days=1)
        made: tuple[Revaluation, ...] = ()
        if begun is None or begun < until:
            made = tuple(_revaluations(tx, operator_id, days=(begun, until), settling=settling))
        for each in made:
            book(
                tx,
                revaluation_entries(operator_id, each),
                subject=(REVALUATION, f"{operator_id}/{each.held.currency}/{until}"),
                booked_on=last,
                ids=settling.ids,
            )
        tx.close_period(operator_id, until)
        if begun == until:
            return ClosedBook(operator_id=operator_id, closed_until=until, revaluations=())
        change = Change(
            action="book.close",
            subject_kind="book",
            subject_id=operator_id,
            state_before="" if begun is None else f"closed until {begun}",
            state_after=f"closed until {until}",
            detail="; ".join(f"{each.held.currency}: {each.gain}" for each in made),
        )
        log_change(tx, settling.ids, deed=deed, change=change)
        return ClosedBook(operator_id=operator_id, closed_until=until, revaluations=made)

    return settling.store.write(write)


def exchange_result(
    operator_id: OperatorId, period: BillingPeriod, *, settling: Settling
) -> tuple[Revaluation, ...]:
    """What the book gained and lost in a period, line by line, by currency.

    Of a period that is closed in parts it explains the whole: parts and whole have the same sum.

    Parameters
    ----------
    operator_id
        Whose book.
    period
        Of the days on which something was booked.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If the terms have no book of the operator, or no exchange rate of the last day is known.
    """
    settling.terms.book_of(operator_id)
    return settling.store.read(
        lambda tx: tuple(
            _revaluations(tx, operator_id, days=(period.from_day, period.to_day), settling=settling)
        )
    )


def _revaluations(
    tx: LedgerReader,
    operator_id: OperatorId,
    *,
    days: tuple[date | None, date],
    settling: Settling,
) -> Iterator[Revaluation]:
    begun, until = days
    for currency in converted_currencies(tx.accounts(operator_id)):
        functional = settling.terms.book_of(operator_id).functional_currency
        accounts = (
            held_account(operator_id, currency).account_id,
            kept_account(operator_id, currency, functional).account_id,
        )
        opening = _position(tx, accounts, currencies=(currency, functional), until=begun)
        moves = tuple(_moves(tx, accounts, currencies=(currency, functional), days=days))
        if opening.held.minor or opening.kept.minor or moves:
            last = until - timedelta(days=1)
            exchange_rate = settling.terms.dated_rates.on_day(currency, functional, last)
            yield revaluation(opening, moves, exchange_rate=exchange_rate)


def _position(
    tx: LedgerReader,
    accounts: tuple[AccountId, AccountId],
    *,
    currencies: tuple[str, str],
    until: date | None,
) -> ExchangePosition:
    """What is held and kept by all that was booked before a day; nothing before the first."""
    nothing = Balance()
    balances = {} if until is None else tx.balances(accounts, until=until)
    held, kept = (balances.get(each, nothing) for each in accounts)
    return ExchangePosition(
        held=Money(-held.net_minor, currencies[0]), kept=Money(kept.net_minor, currencies[1])
    )


def _moves(
    tx: LedgerReader,
    accounts: tuple[AccountId, AccountId],
    *,
    currencies: tuple[str, str],
    days: tuple[date | None, date],
) -> Iterator[PositionMove]:
    """Changes of the position in some days, gains and losses booked in them left out."""
    found: dict[tuple[date, str, str], list[int]] = {}
    for which, account_id in enumerate(accounts):
        for transfer in _transfers(tx, account_id, days=days):
            key = (transfer.booked_on, transfer.subject_id, transfer.memo)
            is_credit = transfer.credit_account_id == account_id
            sign = 1 if is_credit == (which == 0) else -1
            found.setdefault(key, [0, 0])[which] += sign * transfer.amount.minor
    for (booked_on, _, memo), (held, kept) in found.items():
        change = ExchangePosition(held=Money(held, currencies[0]), kept=Money(kept, currencies[1]))
        yield PositionMove(booked_on=booked_on, what=memo, change=change)


def _transfers(
    tx: LedgerReader, account_id: AccountId, *, days: tuple[date | None, date]
) -> Iterable[Transfer]:
    question = TransferQuestion(account_id=account_id, booked_from=days[0], booked_until=days[1])
    every = tx.transfers_of(question)
    return (each for each in every if each.subject_kind != REVALUATION)
