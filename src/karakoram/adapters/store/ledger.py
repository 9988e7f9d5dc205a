"""How are accounts and transfers kept, so that what is posted is durable and stays as it is?

Whoever posts locks the balances of the accounts first, in the order of their identifiers, and only
then looks what is there: two who post to one account take turns. A balance has its row from the
moment that its account is opened, so that there is always one to lock.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from karakoram.adapters.store.ledger_questions import closed_days, transfers_by_id
from karakoram.adapters.store.ledger_rows import (
    TOTALS,
    account_from_cells,
    balance_from_cells,
    cells_from_account,
    cells_from_balance,
    cells_from_transfer,
)
from karakoram.adapters.store.statements import POSTGRESQL, is_among, kept, shared
from karakoram.adapters.store.tables import ACCOUNT, BALANCE, BOOK_CLOSE, TRANSFER
from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import TransferId
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.books import closed_forward, opened
from karakoram.settlement.ledger.posting import (
    LedgerState,
    named_accounts,
    named_transfers,
    posted,
)
from karakoram.settlement.ledger.transfers import Transfer


def open_accounts(connection: Connection, wanted: Iterable[Account]) -> None:
    """Open accounts, each with its balance, and its book where it is the first there.

    Raises
    ------
    BatchRefusedError
        As of :func:`karakoram.settlement.ledger.books.opened`.
    """
    asked_for = tuple(wanted)
    ids, books = ({getattr(each, name) for each in asked_for} for name in ("account_id", "book"))
    there = or_(
        is_among(ACCOUNT.c.account_id, ids, connection), is_among(ACCOUNT.c.book, books, connection)
    )
    known = map(account_from_cells, connection.execute(select(ACCOUNT).where(there)).mappings())
    new = opened(asked_for, known)
    if not new:
        return
    connection.execute(insert(ACCOUNT), [cells_from_account(each) for each in new])
    nothing = dict.fromkeys(TOTALS, 0)
    connection.execute(insert(BALANCE), [{"account_id": a.account_id, **nothing} for a in new])
    is_server = connection.dialect.name == POSTGRESQL
    make_book = (postgresql_insert if is_server else sqlite_insert)(BOOK_CLOSE)
    rows = [{"book": each} for each in sorted({each.book for each in new})]
    connection.execute(make_book.on_conflict_do_nothing(), rows)


def post(connection: Connection, transfers: Iterable[Transfer]) -> None:
    """Post the transfers, all or none.

    Raises
    ------
    BatchRefusedError
        As of :func:`karakoram.settlement.ledger.posting.posted`.
    """
    batch = tuple(transfers)
    result = posted(batch, _state(connection, batch))
    if not result.transfers:
        return
    connection.execute(insert(TRANSFER), [cells_from_transfer(each) for each in result.transfers])
    connection.execute(
        update(BALANCE)
        .where(BALANCE.c.account_id == bindparam("of"))
        .values({name: bindparam(f"now_{name}") for name in TOTALS}),
        [
            {"of": of, **{f"now_{name}": n for name, n in cells_from_balance(balance).items()}}
            for of, balance in result.balances.items()
        ],
    )


def close_period(connection: Connection, book: str, until: date) -> None:
    """Close a book to all that would be booked before ``until``.

    Raises
    ------
    NotFoundError
        If no account of the book has ever been opened.
    RefusedError
        As of :func:`karakoram.settlement.ledger.books.closed_forward`.
    """
    asked = select(BOOK_CLOSE).where(BOOK_CLOSE.c.book == book)
    row = connection.execute(kept(asked, connection)).mappings().one_or_none()
    if row is None:
        raise NotFoundError(f"There is no book {book}; open an account in it first.")
    before = None if row["closed_until"] is None else date.fromisoformat(row["closed_until"])
    closed = closed_forward(book, until, before=before)
    connection.execute(
        update(BOOK_CLOSE).where(BOOK_CLOSE.c.book == book).values(closed_until=closed.isoformat())
    )


def _state(connection: Connection, batch: tuple[Transfer, ...]) -> LedgerState:
    """All that the batch must be judged by, its balances and books locked until the end."""
    ids = named_accounts(batch)
    asked = select(BALANCE).where(is_among(BALANCE.c.account_id, ids, connection))
    locked = connection.execute(kept(asked.order_by(BALANCE.c.account_id), connection)).mappings()
    totals = {row["account_id"]: balance_from_cells(row) for row in locked}
    asked = select(ACCOUNT).where(is_among(ACCOUNT.c.account_id, totals, connection))
    rows = connection.execute(asked).mappings()
    known = {row["account_id"]: account_from_cells(row) for row in rows}
    books = {each.book for each in known.values()}
    asked = select(BOOK_CLOSE).where(is_among(BOOK_CLOSE.c.book, books, connection))
    closed = closed_days(connection, shared(asked.order_by(BOOK_CLOSE.c.book), connection))
    named = transfers_by_id(connection, named_transfers(batch))
    pending = {each.pending_id for each in batch if each.pending_id is not None}
    return LedgerState(
        accounts=known,
        balances=totals,
        transfers=named,
        settled=_settled(connection, pending),
        closed_until=closed,
    )


def _settled(connection: Connection, pending: set[TransferId]) -> dict[TransferId, TransferId]:
    """By those of the pending transfers that are settled, what settled them."""
    if not pending:
        return {}
    asked = select(TRANSFER.c.pending_id, TRANSFER.c.transfer_id).where(
        TRANSFER.c.pending_id.is_not(None), is_among(TRANSFER.c.pending_id, pending, connection)
    )
    return {row.pending_id: row.transfer_id for row in connection.execute(asked)}
