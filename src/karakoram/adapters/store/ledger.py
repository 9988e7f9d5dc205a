"""How are accounts and transfers kept, so that what is posted is durable and stays as it is?

Whoever posts locks the balances of the accounts first, in the order of their identifiers, and only
then looks what is there: two who post to one account take turns. A balance has its row from the
moment that its account is opened, so that there is always one to lock.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from karakoram.adapters.store.ledger_rows import (
    TOTALS,
    TRANSFER_COLUMNS,
    account_from_cells,
    balance_from_cells,
    cells_from_account,
    cells_from_balance,
    row_from_transfer,
    transfer_from_cells,
)
from karakoram.adapters.store.ledger_statements import (
    LISTED,
    NEW_TOTALS,
    NEW_TRANSFER,
    OF,
    balances_to_change,
    books_to_keep,
    known_transfers,
    listed,
    new_transfers,
    settling_transfers,
)
from karakoram.adapters.store.statements import POSTGRESQL, is_among, kept
from karakoram.adapters.store.tables import ACCOUNT, BALANCE, BOOK_CLOSE
from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import AccountId
from karakoram.settlement.ledger.accounts import Account, Balance
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
    ids, books, names = (
        is_among(ACCOUNT.c[column], {getattr(each, column) for each in asked_for}, connection)
        for column in ("account_id", "book", "name")
    )
    there = or_(ids, and_(books, names))
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


def post(connection: Connection, transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
    """The transfers that were not there before; all are posted, or none.

    Raises
    ------
    BatchRefusedError
        As of :func:`karakoram.settlement.ledger.posting.posted`.
    """
    batch = tuple(transfers)
    result = posted(batch, _state(connection, batch))
    if not result.transfers:
        return ()
    _write_transfers(connection, result.transfers)
    connection.execute(
        NEW_TOTALS,
        [{OF: of, **cells_from_balance(totals)} for of, totals in result.balances.items()],
    )
    return result.transfers


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
    dialect = connection.dialect.name

    def rows(statement: Select[Any], words: Iterable[str]) -> Iterable[Any]:
        return connection.execute(statement, {LISTED: listed(words, dialect)}).mappings()

    totals: dict[AccountId, Balance] = {}
    known: dict[AccountId, Account] = {}
    for row in rows(balances_to_change(dialect), named_accounts(batch)):
        totals[row["account_id"]] = balance_from_cells(row)
        known[row["account_id"]] = account_from_cells(row)
    books = {each.book for each in known.values()}
    closed = {row["book"]: row["closed_until"] for row in rows(books_to_keep(dialect), books)}
    named = map(transfer_from_cells, rows(known_transfers(dialect), named_transfers(batch)))
    pending = {each.pending_id for each in batch if each.pending_id is not None}
    settling = rows(settling_transfers(dialect), pending) if pending else ()
    return LedgerState(
        accounts=known,
        balances=totals,
        transfers={each.transfer_id: each for each in named},
        settled={row["pending_id"]: row["transfer_id"] for row in settling},
        closed_until={book: date.fromisoformat(day) for book, day in closed.items() if day},
    )


def _write_transfers(connection: Connection, transfers: tuple[Transfer, ...]) -> None:
    """Write new transfers, past what SQLAlchemy does to each row, which takes as long as SQLite."""
    rows = [row_from_transfer(each) for each in transfers]
    if connection.dialect.name == POSTGRESQL:
        columns = zip(TRANSFER_COLUMNS, zip(*rows, strict=True), strict=True)
        connection.execute(new_transfers(), {name: list(cells) for name, cells in columns})
        return
    connection.exec_driver_sql(NEW_TRANSFER, rows)
