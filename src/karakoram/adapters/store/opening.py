"""Which store does a word name: one in a file, or one in a database on a server?"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from karakoram.adapters.store.addresses import is_address
from karakoram.adapters.store.postgresql_opening import (
    begin_database,
    is_free_database,
    migrate_database,
    open_database,
)
from karakoram.adapters.store.postgresql_store import PostgresqlStore
from karakoram.adapters.store.sqlite_opening import begin_file, migrate_file, open_file
from karakoram.adapters.store.sqlite_store import SqliteStore

AnswerT = TypeVar("AnswerT")


def open_store(word: str) -> SqliteStore | PostgresqlStore:
    """The store that ``word`` names, ready to be used.

    Raises
    ------
    NotFoundError
        If there is none.
    RefusedError
        If there is something else, the store is older or newer than this program, or its server
        cannot be reached.
    """
    return open_database(word) if is_address(word) else open_file(Path(word))


def make_store(word: str) -> SqliteStore | PostgresqlStore:
    """A new, empty store.

    Raises
    ------
    RefusedError
        If something is there already, or its server cannot be reached.
    """
    begin_store(word, lambda _: None)
    return open_store(word)


def begin_store(word: str, fill: Callable[[Connection], AnswerT]) -> AnswerT:
    """What ``fill`` answers in a new store: what it wrote is there, or there is no store.

    Raises
    ------
    RefusedError
        If something is there already, or its server cannot be reached.
    """
    return begin_database(word, fill) if is_address(word) else begin_file(Path(word), fill)


def is_free(word: str) -> bool:
    """Whether nothing is where a new store would be made."""
    return is_free_database(word) if is_address(word) else not Path(word).exists()


def migrate_store(word: str) -> tuple[str, str]:
    """The forms of a store before and after it was brought to that of this program.

    Raises
    ------
    NotFoundError
        If there is no store.
    RefusedError
        If it is something else, newer than this program, or its server cannot be reached.
    """
    return migrate_database(word) if is_address(word) else migrate_file(Path(word))
