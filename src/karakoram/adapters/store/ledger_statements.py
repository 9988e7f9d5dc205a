"""In which words is a database asked when transfers are posted?

Building a statement takes longer than SQLite takes to answer it, so each is built once for a
database, and what it asks for is a parameter.
"""

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Insert,
    Select,
    String,
    Text,
    bindparam,
    column,
    func,
    insert,
    select,
    update,
)

from karakoram.adapters.store.ledger_rows import TOTALS, TRANSFER_COLUMNS
from karakoram.adapters.store.statements import POSTGRESQL
from karakoram.adapters.store.tables import ACCOUNT, BALANCE, BOOK_CLOSE, TRANSFER

LISTED = "listed"
"""The parameter that holds what is asked for; as of :func:`listed`."""
OF = "of_account"
"""The parameter that names the account whose totals are written."""

NEW_TRANSFER = (
    f"INSERT INTO {TRANSFER.name} ({', '.join(TRANSFER_COLUMNS)}) "  # noqa: S608  (our names)
    f"VALUES ({', '.join('?' * len(TRANSFER_COLUMNS))})"
)
"""A row of a transfer, in words of SQLite."""
NEW_TOTALS = (
    update(BALANCE)
    .where(BALANCE.c.account_id == bindparam(OF))
    .values({name: bindparam(name) for name in TOTALS})
)


def listed(words: Iterable[str], dialect: str) -> object:
    """Any number of words as one parameter."""
    return list(words) if dialect == POSTGRESQL else json.dumps(list(words))


@cache
def balances_to_change(dialect: str) -> Select[Any]:
    """Accounts and their balances, locked in the order of their identifiers."""
    asked = (
        select(BALANCE, *(each for each in ACCOUNT.columns if each.name != "account_id"))
        .join(ACCOUNT)
        .where(_is_listed(BALANCE.c.account_id, dialect))
        .order_by(BALANCE.c.account_id)
    )
    return asked.with_for_update(of=BALANCE) if dialect == POSTGRESQL else asked


@cache
def books_to_keep(dialect: str) -> Select[Any]:
    """How far books are closed; nobody closes them further until the end of the transaction."""
    asked = (
        select(BOOK_CLOSE).where(_is_listed(BOOK_CLOSE.c.book, dialect)).order_by(BOOK_CLOSE.c.book)
    )
    return asked.with_for_update(read=True) if dialect == POSTGRESQL else asked


@cache
def known_transfers(dialect: str) -> Select[Any]:
    """Those of the transfers that are there."""
    return select(TRANSFER).where(_is_listed(TRANSFER.c.transfer_id, dialect))


@cache
def settling_transfers(dialect: str) -> Select[Any]:
    """By pending transfer, the one that settled it."""
    return select(TRANSFER.c.pending_id, TRANSFER.c.transfer_id).where(
        TRANSFER.c.pending_id.is_not(None), _is_listed(TRANSFER.c.pending_id, dialect)
    )


@cache
def new_transfers() -> Insert:
    """Rows of transfers in words of PostgreSQL: one statement, whose columns are its parameters."""
    cells = (
        func.unnest(bindparam(name, type_=ARRAY(TRANSFER.c[name].type)))
        for name in TRANSFER_COLUMNS
    )
    return insert(TRANSFER).from_select(TRANSFER_COLUMNS, select(*cells))


def _is_listed(asked: ColumnElement[Any], dialect: str) -> ColumnElement[bool]:
    if dialect == POSTGRESQL:  # a join: compared with an array, each row may walk all of it
        return asked.in_(select(func.unnest(bindparam(LISTED, type_=ARRAY(Text)))))
    rows = func.json_each(bindparam(LISTED)).table_valued(column("value", String))
    return asked.in_(select(rows.c.value))
