"""How are many identifiers asked for in one statement, and rows kept for whoever changes them?"""

import json
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    Text,
    any_,
    bindparam,
    column,
    func,
    literal,
    select,
)

POSTGRESQL = "postgresql"
MANY = 2_147_483_647
"""More than there are of anything, as much as an integer of PostgreSQL holds."""


def is_among(
    asked: ColumnElement[Any], words: Iterable[str], connection: Connection
) -> ColumnElement[bool]:
    """Whether the column holds one of the words, which are one parameter however many they are."""
    return _is_among(
        asked, literal, words_given(words, connection), dialect=connection.dialect.name
    )


def is_one_of(asked: ColumnElement[Any], name: str, dialect: str) -> ColumnElement[bool]:
    """The same in a statement that is made once: its parameter takes :func:`words_given`."""
    return _is_among(asked, bindparam, name, dialect=dialect)


def words_given(words: Iterable[str], connection: Connection) -> object:
    """Words as the parameter that they are."""
    listed = list(words)
    return listed if connection.dialect.name == POSTGRESQL else json.dumps(listed)


def _is_among(
    asked: ColumnElement[Any], parameter: Callable[..., Any], given: object, *, dialect: str
) -> ColumnElement[bool]:
    if dialect == POSTGRESQL:
        return asked == any_(parameter(given, type_=ARRAY(Text)))
    rows = func.json_each(parameter(given, type_=String)).table_valued(column("value", String))
    return asked.in_(select(rows.c.value))


def kept(statement: Select[Any], connection: Connection) -> Select[Any]:
    """The statement, its rows locked until the end of the transaction.

    SQLite lets one writer in at a time anyway. On PostgreSQL rows are locked in the order in which
    they are found, so the statement must be sorted, for two writers not to wait for each other.
    """
    return statement.with_for_update() if connection.dialect.name == POSTGRESQL else statement
