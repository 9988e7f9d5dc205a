"""Which store does a word name, and can this program use it?"""

import sqlite3
from pathlib import Path

from sqlalchemy.exc import DatabaseError

from karakoram.adapters.store.migrating import migrate
from karakoram.adapters.store.postgresql_opening import (
    form_on_server,
    make_on_server,
    migrate_on_server,
)
from karakoram.adapters.store.postgresql_store import PostgresqlStore, shown_url
from karakoram.adapters.store.sqlite_store import SqliteStore, begin, sqlite_engine
from karakoram.adapters.store.stored_form import stored_form
from karakoram.adapters.store.tables import SCHEMA
from karakoram.core.errors import NotFoundError, RefusedError

_BESIDE = ("-wal", "-shm")
"""How the files end that SQLite keeps beside a store."""
_SERVERS = ("postgresql://", "postgres://")

Store = SqliteStore | PostgresqlStore


def is_on_server(word: str) -> bool:
    """Whether ``word`` is the address of a database, and not the path of a file."""
    return word.startswith(_SERVERS)


def open_store(word: str) -> Store:
    """The store that ``word`` names, ready to be used.

    Raises
    ------
    NotFoundError
        If there is none.
    RefusedError
        If there is something else, the store is older or newer than this program, or its server
        cannot be reached.
    """
    if is_on_server(word):
        form = form_on_server(word)
        if form is None:
            raise NotFoundError(
                f"There is no store at {shown_url(word)}. Make one:  karakoram store init --store "
                "ADDRESS"
            )
        _refuse_other_form(form, shown_url(word))
        return PostgresqlStore(word)
    path = _path(word)
    if not path.exists():
        raise NotFoundError(
            f"There is no store at {path}. Make one:  karakoram store init --store {path}"
        )
    form = _form(path)
    if form is None:
        raise _no_store(path)
    _refuse_other_form(form, path)
    return SqliteStore(path)


def make_store(word: str) -> Store:
    """A new, empty store.

    Raises
    ------
    RefusedError
        If something is there already, or its server cannot be reached.
    """
    if is_on_server(word):
        make_on_server(word, lambda _: None)
        return PostgresqlStore(word)
    path = _path(word)
    if path.exists():
        raise RefusedError(
            f"{path} is there already; a new store takes a place of its own",
            code="store-there-already",
            where=str(path),
        )
    try:
        _make(path)
    except BaseException:
        unmake_file(path)
        raise
    return SqliteStore(path)


def unmake_file(path: Path) -> None:
    """Remove a store in a file with all that stands beside it."""
    for part in (path, *(path.with_name(path.name + end) for end in _BESIDE)):
        part.unlink(missing_ok=True)


def migrate_store(word: str) -> tuple[str, str]:
    """Bring a store to the form of this program; the forms before and after.

    Raises
    ------
    NotFoundError
        If there is no store.
    RefusedError
        If it is something else, newer than this program, or its server cannot be reached.
    """
    if is_on_server(word):
        form = form_on_server(word)
        if form is None:
            raise NotFoundError(f"There is no store at {shown_url(word)}.")
        if form > SCHEMA:
            _refuse_other_form(form, shown_url(word))
        migrate_on_server(word)
        return form, SCHEMA
    path = _path(word)
    if not path.exists():
        raise NotFoundError(f"There is no store at {path}.")
    form = _form(path)
    if form is None:
        raise _no_store(path)
    if form > SCHEMA:
        _refuse_other_form(form, path)
    engine = sqlite_engine(path, may_write=True)
    try:
        with engine.connect() as connection:
            begin(connection, "IMMEDIATE")
            migrate(connection)
            connection.commit()
    finally:
        engine.dispose()
    return form, SCHEMA


def _make(path: Path) -> None:
    engine = sqlite_engine(path, may_write=True, may_create=True)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")
            connection.rollback()
            begin(connection, "IMMEDIATE")
            migrate(connection)
            connection.commit()
    finally:
        engine.dispose()


def _path(word: str) -> Path:
    if "://" in word:
        raise RefusedError(
            f"{word.partition('://')[0]}:// names no store; give the path of a file, or "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            code="unknown-store",
        )
    return Path(word)


def _form(path: Path) -> str | None:
    if not path.is_file():
        return None
    engine = sqlite_engine(path, may_write=False)
    try:
        with engine.connect() as connection:
            return stored_form(connection)
    except (DatabaseError, sqlite3.DatabaseError):
        return None
    finally:
        engine.dispose()


def _no_store(path: Path) -> RefusedError:
    return RefusedError(f"{path} is not a store of Karakoram", code="not-a-store", where=str(path))


def _refuse_other_form(form: str, place: Path | str) -> None:
    if form > SCHEMA:
        raise RefusedError(
            f"{place} was written by a newer Karakoram (form {form}; this one knows {SCHEMA})",
            code="store-newer",
            where=str(place),
            alternatives=("install the newer Karakoram",),
        )
    if form < SCHEMA:
        raise RefusedError(
            f"{place} was written by an older Karakoram (form {form}; this one needs {SCHEMA}); "
            f"back it up, then:  karakoram store migrate --store {place}",
            code="store-older",
            where=str(place),
            alternatives=("karakoram store migrate",),
        )
