"""What is in the ledger: accounts, transfers, balances now and on a day?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Executable, Select, and_, func, or_, select

from karakoram.adapters.store.ledger_rows import (
    account_from_cells,
    balance_from_cells,
    transfer_from_cells,
)
from karakoram.adapters.store.statements import is_among
from karakoram.adapters.store.tables import ACCOUNT, BALANCE, BOOK_CLOSE, TRANSFER
from karakoram.core.identifiers import AccountId, TransferId
from karakoram.settlement.ledger.accounts import Account, Balance
from karakoram.settlement.ledger.transfers import Transfer, TransferKind
from karakoram.usecases.settle.ledger_ports import TransferQuestion

_T = TRANSFER.c
_SIDES = (("debits", _T.debit_account_id), ("credits", _T.credit_account_id))


def account(connection: Connection, account_id: AccountId) -> Account | None:
    """The account, or ``None`` where there is none."""
    asked = select(ACCOUNT).where(ACCOUNT.c.account_id == account_id)
    row = connection.execute(asked).mappings().one_or_none()
    return None if row is None else account_from_cells(row)


def accounts(connection: Connection, book: str | None) -> tuple[Account, ...]:
    """The accounts of a book, or of all, sorted by book and name."""
    asked = select(ACCOUNT).order_by(ACCOUNT.c.book, ACCOUNT.c.name)
    if book is not None:
        asked = asked.where(ACCOUNT.c.book == book)
    return tuple(map(account_from_cells, connection.execute(asked).mappings()))


def balances(
    connection: Connection,
    account_ids: Iterable[str] | None,
    *,
    book: str | None,
    until: date | None,
) -> dict[AccountId, Balance]:
    """Balances of accounts, of a book, or of all, sorted; of what is booked before ``until``.

    Parameters
    ----------
    connection
        To the store.
    account_ids
        Of which accounts; ``None`` for all.
    book
        Of which book; ``None`` for all.
    until
        Day before which a transfer must be booked; ``None`` for all days.
    """
    asked = select(BALANCE).order_by(BALANCE.c.account_id)
    if account_ids is not None:
        asked = asked.where(is_among(BALANCE.c.account_id, set(account_ids), connection))
    if book is not None:
        asked = asked.join(ACCOUNT).where(ACCOUNT.c.book == book)
    rows = connection.execute(asked).mappings()
    now = {row["account_id"]: balance_from_cells(row) for row in rows}
    if until is None:
        return now
    before = _added_up(connection, _T.booked_on < until.isoformat(), among=now)
    return {each: before.get(each, Balance()) for each in now}


def _added_up(
    connection: Connection, *conditions: ColumnElement[bool], among: Iterable[str] | None = None
) -> dict[AccountId, Balance]:
    """Balances that the transfers for which the conditions hold make, by account, unsorted."""
    chosen = None if among is None else set(among)
    totals: defaultdict[AccountId, Counter[str]] = defaultdict(Counter)
    for side, of_side in _SIDES:
        wanted = (
            conditions if chosen is None else (*conditions, is_among(of_side, chosen, connection))
        )
        for account_id, kind, minor in connection.execute(_sums(of_side, wanted)):
            if kind != TransferKind.VOID_PENDING.value:
                state = "pending" if kind == TransferKind.PENDING.value else "posted"
                totals[account_id][f"{side}_{state}_minor"] += int(minor)
        for account_id, minor in connection.execute(_set_free(of_side, wanted)):
            totals[account_id][f"{side}_pending_minor"] -= int(minor)
    return {each: balance_from_cells(sums) for each, sums in totals.items()}


def transfers_by_id(
    connection: Connection, ids: Iterable[TransferId]
) -> dict[TransferId, Transfer]:
    """Those of the transfers that are there."""
    asked = select(TRANSFER).where(is_among(_T.transfer_id, ids, connection))
    rows = connection.execute(asked).mappings()
    return {row["transfer_id"]: transfer_from_cells(row) for row in rows}


def transfers_of(connection: Connection, question: TransferQuestion) -> tuple[Transfer, ...]:
    """The transfers that are asked for, in the order in which they were posted."""
    conditions = tuple(_conditions(question))
    if question.account_id is not None:
        sides = (  # each side by its own index, as far as the limit goes
            select(_T.place)
            .where(of_side == question.account_id, *conditions)
            .order_by(_T.place)
            .limit(question.limit)
            .subquery()
            for _, of_side in _SIDES
        )
        conditions = (or_(*(_T.place.in_(select(each.c.place)) for each in sides)),)
    asked = select(TRANSFER).where(*conditions).order_by(_T.place).limit(question.limit)
    return tuple(map(transfer_from_cells, connection.execute(asked).mappings()))


def _closed_days(connection: Connection, asked: Select[Any]) -> dict[str, date]:
    """By those of the books asked for that have been closed, the first day that is open."""
    rows = connection.execute(asked)
    return {
        row.book: date.fromisoformat(row.closed_until)
        for row in rows
        if row.closed_until is not None
    }


def closed_until(connection: Connection, book: str) -> date | None:
    """The first day of a book that is open; ``None`` where it has never been closed."""
    return _closed_days(connection, select(BOOK_CLOSE).where(BOOK_CLOSE.c.book == book)).get(book)


def _conditions(question: TransferQuestion) -> Iterator[ColumnElement[bool]]:
    if question.book is not None:
        in_book = select(ACCOUNT.c.account_id).where(ACCOUNT.c.book == question.book)
        yield _T.debit_account_id.in_(in_book)  # both accounts are in one book
    if question.subject_kind is not None:
        yield _T.subject_kind == question.subject_kind
    if question.subject_id is not None:
        yield and_(_T.subject_id != "", _T.subject_id == question.subject_id)
    if question.corrects is not None:
        yield _T.corrects == question.corrects
    if question.booked_from is not None:
        yield _T.booked_on >= question.booked_from.isoformat()
    if question.booked_until is not None:
        yield _T.booked_on < question.booked_until.isoformat()
    if question.after is not None:
        after = select(_T.place).where(_T.transfer_id == question.after)
        yield _T.place > func.coalesce(after.scalar_subquery(), 0)


def _sums(of_side: ColumnElement[str], wanted: tuple[ColumnElement[bool], ...]) -> Executable:
    summed = select(of_side, _T.kind, func.sum(_T.amount_minor))
    return summed.where(*wanted).group_by(of_side, _T.kind)


def _set_free(of_side: ColumnElement[str], wanted: tuple[ColumnElement[bool], ...]) -> Executable:
    """What the settled pending transfers had set aside."""
    pending = TRANSFER.alias("pending")
    return (
        select(of_side, func.sum(pending.c.amount_minor))
        .join_from(TRANSFER, pending, _T.pending_id == pending.c.transfer_id)
        .where(_T.pending_id.is_not(None), *wanted)
        .group_by(of_side)
    )
