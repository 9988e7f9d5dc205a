"""Which store is in a database on a server, how is one made there, and brought up to date?

The database itself is made by whoever runs the server; a store takes one that holds none of its
tables, and holds text in UTF-8.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, inspect

from karakoram.adapters.store.addresses import shown_place
from karakoram.adapters.store.forms import (
    VERSION_TABLE,
    refuse_newer,
    refuse_other_form,
    stored_form,
    there_already,
)
from karakoram.adapters.store.migrating import migrate
from karakoram.adapters.store.postgresql_engine import plainly, postgresql_engine, reached
from karakoram.adapters.store.postgresql_store import PostgresqlStore, take_turn
from karakoram.adapters.store.tables import SCHEMA, TABLES
from karakoram.core.errors import NotFoundError, RefusedError

AnswerT = TypeVar("AnswerT")

_MAKING = 7_300_419_265_104
"""A number of our own that whoever makes a store locks, there being no table yet."""


def open_database(word: str) -> PostgresqlStore:
    """The store in a database, ready to be used.

    Raises
    ------
    NotFoundError
        If there is none.
    RefusedError
        If the database cannot be reached, holds something else, or the store is older or newer
        than this program.
    """
    with _connected(word, may_write=False) as connection:
        _refuse_empty(connection, word)
        refuse_other_form(stored_form(connection), shown_place(word))
    return PostgresqlStore(word)


def is_free_database(word: str) -> bool:
    """Whether nothing is in the database that a store would have to share its names with."""
    with _connected(word, may_write=False) as connection:
        return not _names_taken(connection)


def begin_database(word: str, fill: Callable[[Connection], AnswerT]) -> AnswerT:
    """What ``fill`` answers in a new store; what it writes is in the same transaction.

    Raises
    ------
    RefusedError
        If the database cannot be reached, has a store or something else already, or cannot hold
        every letter.
    """
    with _connected(word, may_write=True) as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({_MAKING})")
        connection.rollback()  # what comes next sees what another has made; the lock stays
        taken = _names_taken(connection)
        if taken:
            raise there_already(shown_place(word), f"holds {', '.join(taken)} already")
        _refuse_other_letters(connection, word)
        migrate(connection)
        answer = fill(connection)
        connection.commit()
    return answer


def migrate_database(word: str) -> tuple[str, str]:
    """The forms of a store before and after it was brought to that of this program.

    Raises
    ------
    NotFoundError
        If there is no store.
    RefusedError
        If it cannot be reached, is something else, or newer than this program.
    """
    with _connected(word, may_write=False) as connection:
        _refuse_empty(connection, word)
        refuse_newer(stored_form(connection), shown_place(word))
    with _connected(word, may_write=True) as connection:
        take_turn(connection)
        form = stored_form(connection)
        refuse_newer(form, shown_place(word))
        assert form is not None, "what is no store has been refused"
        migrate(connection)
        connection.commit()
    return form, SCHEMA


@contextmanager
def _connected(word: str, *, may_write: bool) -> Iterator[Connection]:
    engine = postgresql_engine(word, connections_max=1, may_write=may_write)
    try:
        with plainly(word), reached(engine, word) as connection:
            yield connection
    finally:
        engine.dispose()


def _refuse_empty(connection: Connection, word: str) -> None:
    if not _names_taken(connection):
        place = shown_place(word)
        raise NotFoundError(
            f"There is no store at {place}. Make one:  karakoram store init --store {place}"
        )


def _names_taken(connection: Connection) -> list[str]:
    """Tables in the database that have the name of one of a store's."""
    ours = {VERSION_TABLE, *(table.name for table in TABLES)}
    return sorted(ours & set(inspect(connection).get_table_names()))


def _refuse_other_letters(connection: Connection, word: str) -> None:
    letters = connection.exec_driver_sql("SHOW server_encoding").scalar()
    if letters != "UTF8":
        raise RefusedError(
            f"{shown_place(word)} holds text in {letters}; a store takes a database in UTF-8",
            code="store-not-utf8",
            where=shown_place(word),
            alternatives=("createdb --encoding UTF8 --template template0 NAME",),
        )
