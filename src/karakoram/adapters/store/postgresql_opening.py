"""Is there a store on a server, and how does an empty database become one?"""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection, inspect

from karakoram.adapters.store.migrating import migrate
from karakoram.adapters.store.postgresql_store import (
    lock_writers,
    postgresql_engine,
    shown_url,
    troubles_told,
)
from karakoram.adapters.store.stored_form import stored_form
from karakoram.core.errors import RefusedError

AnswerT = TypeVar("AnswerT")


def form_on_server(word: str) -> str | None:
    """The form of the store in a database; ``None`` where there is none.

    Raises
    ------
    RefusedError
        If the server cannot be reached.
    """
    return _within(word, stored_form)


def make_on_server(word: str, fill: Callable[[Connection], AnswerT]) -> AnswerT:
    """Make a store of an empty database, whole or not at all; what ``fill`` answers.

    Parameters
    ----------
    word
        Address of the database.
    fill
        Writes what the store begins with, in the transaction that makes it.

    Raises
    ------
    RefusedError
        If there are tables already, or the server cannot be reached.
    """

    def make(connection: Connection) -> AnswerT:
        lock_writers(connection)
        there = inspect(connection).get_table_names()
        if there:
            raise RefusedError(
                f"{shown_url(word)} holds {len(there)} tables already; a new store takes an empty "
                "database",
                code="store-there-already",
                where=shown_url(word),
                alternatives=("make another database:  createdb NAME",),
            )
        migrate(connection)
        return fill(connection)

    return _within(word, make)


def migrate_on_server(word: str) -> None:
    """Bring the store in a database to the form of this program, whole or not at all.

    Raises
    ------
    RefusedError
        If the server cannot be reached.
    """

    def bring(connection: Connection) -> None:
        lock_writers(connection)
        migrate(connection)

    _within(word, bring)


def _within(word: str, action: Callable[[Connection], AnswerT]) -> AnswerT:
    """What the action answers, in one transaction over a connection of its own."""
    engine = postgresql_engine(word, connections_max=1)
    try:
        with troubles_told(word), engine.connect() as connection:
            answer = action(connection)
            connection.commit()
            return answer
    finally:
        engine.dispose()
