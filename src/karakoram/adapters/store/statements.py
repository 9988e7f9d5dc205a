"""How are many identifiers asked for in one statement, and rows kept for whoever changes them?"""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    String,
    Text,
    any_,
    column,
    func,
    literal,
    select,
)

POSTGRESQL = "postgresql"


def is_among(
    asked: ColumnElement[Any], words: Iterable[str], connection: Connection
) -> ColumnElement[bool]:
    """Whether the column holds one of the words, which are one parameter however many they are."""
    listed = list(words)
    if connection.dialect.name == POSTGRESQL:
        return asked == any_(literal(listed, ARRAY(Text)))
    rows = func.json_each(json.dumps(listed)).table_valued(column("value", String))
    return asked.in_(select(rows.c.value))


def kept(statement: Select[Any], connection: Connection) -> Select[Any]:
    """The statement, its rows locked until the end of the transaction.

    SQLite lets one writer in at a time anyway. On PostgreSQL rows are locked in the order in which
    they are found, so the statement must be sorted, for two writers not to wait for each other.
    """
    return statement.with_for_update() if connection.dialect.name == POSTGRESQL else statement
