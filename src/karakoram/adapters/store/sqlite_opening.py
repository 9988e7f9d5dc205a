"""Which store is in a file, how is one made there, and brought up to date?"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection

from karakoram.adapters.store.forms import (
    refuse_newer,
    refuse_other_form,
    stored_form,
    there_already,
)
from karakoram.adapters.store.migrating import migrate
from karakoram.adapters.store.sqlite_refusals import FROM_SQLITE, plainly, sqlite_refusal
from karakoram.adapters.store.sqlite_store import SqliteStore, begin, sqlite_engine
from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.errors import NotFoundError

AnswerT = TypeVar("AnswerT")

FILES_BESIDE = ("-wal", "-shm", "-journal")
"""How the files end that SQLite keeps beside a store."""
_UNREADABLE = "store-damaged"
"""Of what is no file of SQLite, too: then it is no store."""


def open_file(path: Path) -> SqliteStore:
    """The store in a file, ready to be used.

    Raises
    ------
    NotFoundError
        If there is none.
    RefusedError
        If there is something else, or the store is older or newer than this program.
    """
    if not path.exists():
        raise NotFoundError(
            f"There is no store at {path}. Make one:  karakoram store init --store {path}"
        )
    refuse_other_form(_form(path), str(path))
    return SqliteStore(path)


def begin_file(path: Path, fill: Callable[[Connection], AnswerT]) -> AnswerT:
    """Make a new store; what ``fill`` answers, which is written in the same transaction.

    Raises
    ------
    RefusedError
        If something is there already, or nothing can be written there.
    """
    if path.exists():
        raise there_already(str(path), _there(path))
    try:
        return _begun(path, fill)
    except BaseException:
        for part in (path, *(path.with_name(path.name + end) for end in FILES_BESIDE)):
            part.unlink(missing_ok=True)
        raise


def migrate_file(path: Path) -> tuple[str, str]:
    """Bring a store to the form of this program; the forms before and after.

    Raises
    ------
    NotFoundError
        If there is no store.
    RefusedError
        If it is something else, or newer than this program.
    """
    if not path.exists():
        raise NotFoundError(f"There is no store at {path}.")
    form = _form(path)
    refuse_newer(form, str(path))
    assert form is not None, "what is no store has been refused"
    engine = sqlite_engine(path, may_write=True)
    try:
        with plainly(path), engine.connect() as connection:
            begin(connection, "IMMEDIATE")
            migrate(connection)
            connection.commit()
    finally:
        engine.dispose()
    return form, SCHEMA


def _there(path: Path) -> str:
    """What is in the way of a new store; what a killed program began is of no use to anybody."""
    if not path.is_file():
        return "is there already"
    engine = sqlite_engine(path, may_write=False)
    try:
        with engine.connect() as connection:
            is_begun = not connection.exec_driver_sql("SELECT 1 FROM sqlite_master").first()
    except FROM_SQLITE:
        return "is there already"
    finally:
        engine.dispose()
    left = "is there already, and empty: if a store was begun there and cut short, remove the file"
    return left if is_begun else "is there already"


def _begun(path: Path, fill: Callable[[Connection], AnswerT]) -> AnswerT:
    engine = sqlite_engine(path, may_write=True, may_create=True)
    try:
        with plainly(path), engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.rollback()
            begin(connection, "IMMEDIATE")
            migrate(connection)
            answer = fill(connection)
            connection.commit()
            return answer
    finally:
        engine.dispose()


def _form(path: Path) -> str | None:
    if not path.is_file():
        return None
    engine = sqlite_engine(path, may_write=False)
    try:
        with engine.connect() as connection:
            return stored_form(connection)
    except FROM_SQLITE as error:
        refused = sqlite_refusal(path, error)
        if refused is None or refused.code == _UNREADABLE:
            return None
        raise refused from error
    finally:
        engine.dispose()
