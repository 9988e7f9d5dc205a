"""How is a PostgreSQL server reached, and what is said when it cannot do what it is asked?"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from karakoram.adapters.store.addresses import shown_place
from karakoram.adapters.store.refusals import busy, damaged, lost, not_allowed
from karakoram.adapters.store.tables import REPLAY
from karakoram.core.errors import ConflictError, RefusedError

SCHEMES = ("postgresql", "postgres")
"""How the address of a database begins (PostgreSQL 15 manual, 34.1.1.2)."""
BUSY_S = 30.0
"""How long a writer waits for others, and a question for a connection."""
CONNECT_S = 10
"""How long a server may take to answer, unless the address says something else."""
SILENT_S = 60
"""After this the server takes its turn from a writer that says nothing, as one that hangs does."""

MET_ANOTHER = frozenset({"40001", "40P01"})
"""SQLSTATE of what ran into another transaction and may be run again: serialisation, deadlock."""
_LOCK_TIMEOUT = "55P03"
_DUPLICATE = "23505"
_TOLD: Mapping[str, Callable[[str, str], RefusedError]] = {
    **dict.fromkeys((*MET_ANOTHER, _LOCK_TIMEOUT), busy),
    **dict.fromkeys(("42501", "25006", "55000"), not_allowed),
    **dict.fromkeys(("42P01", "42703", "42P07", "42701"), damaged),
}
"""Besides: no privilege; a transaction that only reads; a server that follows another one; a table
and a column that are not there, or are there before they are made."""

_SETTINGS = """
SELECT set_config('lock_timeout', %s, false),
       set_config('idle_in_transaction_session_timeout', %s, false),
       CASE WHEN current_setting('synchronous_commit') = 'off'
            THEN set_config('synchronous_commit', 'on', false) END
"""
"""Whatever the server's own settings are: an answer comes back when the disk has what it says."""


def _server_url(word: str) -> URL:
    """The address of a database, to be reached by psycopg.

    Raises
    ------
    RefusedError
        If the word is no such address.
    """
    scheme, _, rest = word.partition("://")
    if scheme not in SCHEMES:
        raise RefusedError(
            f"{shown_place(word)} names no store; give the path of a file, or "
            "postgresql://user@host:port/database",
            code="unknown-store",
            where=shown_place(word),
        )
    if rest.partition("?")[0].count("@") > 1:
        raise _unknown(word, "in a name or a password, @ is written %40")
    try:
        return make_url(word).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise _unknown(word, "expected postgresql://user@host:port/database") from None


def postgresql_engine(word: str, *, connections_max: int, may_write: bool) -> Engine:
    """Connections to the database, made when they are needed and tried before they are used.

    Transactions are serialisable; those that only read see one moment and cannot write.

    Raises
    ------
    RefusedError
        If psycopg is not installed, or the word is no address.
    """
    url = _server_url(word)
    given: dict[str, Any] = {"client_encoding": "utf8"}
    if "connect_timeout" not in url.query:
        given["connect_timeout"] = CONNECT_S
    if "application_name" not in url.query:
        given["application_name"] = "karakoram"
    try:
        engine = create_engine(
            url,
            connect_args=given,
            pool_size=connections_max,
            max_overflow=0,
            pool_timeout=BUSY_S,
            pool_pre_ping=True,
            hide_parameters=True,
        )
    except ImportError as error:
        raise RefusedError(
            "a store on a PostgreSQL server needs psycopg, which is not installed:  "
            'pip install "karakoram[postgresql]"',
            code="store-driver-missing",
            alternatives=('pip install "karakoram[postgresql]"',),
        ) from error

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401  (of psycopg, which is optional)
        connection.autocommit = True
        silent_s = SILENT_S if may_write else 0  # planning may think between two questions
        connection.execute(_SETTINGS, [f"{BUSY_S * 1_000:.0f}ms", f"{silent_s}s"])
        connection.autocommit = False

    if may_write:
        return engine.execution_options(isolation_level="SERIALIZABLE")
    return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


@contextmanager
def reached(engine: Engine, word: str) -> Iterator[Connection]:
    """A connection; whatever is not committed on it is undone.

    Raises
    ------
    RefusedError
        If the server cannot be reached, or does not let this user in.
    """
    try:
        connection = engine.connect()
    except DBAPIError as error:
        raise _unreachable(word, error) from None  # the cause may tell how the server is reached
    except PoolTimeoutError:
        raise busy(shown_place(word), "all connections of this program are in use") from None
    with connection:
        yield connection


def is_met(error: BaseException | None) -> bool:
    """Whether a transaction ran into another one and may be run again."""
    return isinstance(error, DBAPIError) and _state(error) in MET_ANOTHER


def ends_transaction(error: BaseException) -> bool:
    """Whether nothing that the transaction did can stay: it met another, or its server is gone."""
    return is_met(error) or (isinstance(error, DBAPIError) and error.connection_invalidated)


@contextmanager
def plainly(word: str) -> Iterator[None]:
    """What the server refuses, as a refusal of the store; our own mistakes stay what they are.

    Raises
    ------
    ConflictError
        If others were faster, or held the store for too long.
    RefusedError
        If the user may not, the database cannot hold it, or the connection is lost.
    """
    try:
        yield
    except DBAPIError as error:
        refused = _refusal(word, error)
        if refused is None:
            raise
        raise refused from error


def _refusal(word: str, error: DBAPIError) -> RefusedError | None:
    state, kind, words = _state(error) or "", type(error).__name__, _words(error)
    told = _TOLD.get(state)
    if told is not None:
        return told(shown_place(word), words)
    if state == _DUPLICATE:
        return _duplicate(error)
    if kind == "DataError":
        return RefusedError(
            f"PostgreSQL cannot hold it: {words}", code="not-storable", where=shown_place(word)
        )
    if error.connection_invalidated or kind == "OperationalError":
        return lost(shown_place(word), words)
    return None


def _duplicate(error: DBAPIError) -> ConflictError:
    told = getattr(error.orig, "diag", None)
    table, detail = getattr(told, "table_name", ""), getattr(told, "message_detail", "")
    return ConflictError(
        f"{table} is there already: {detail}",
        code="used-already" if table == REPLAY.name else "there-already",
        where=str(table),
    )


def _unreachable(word: str, error: DBAPIError) -> RefusedError:
    words = _words(error)
    if "does not exist" in words and "database" in words:
        advice = "make the database:  createdb NAME"
    elif "password" in words or "authentication" in words:
        advice = "correct the user or the password; it may stand in ~/.pgpass or PGPASSWORD"
    else:
        advice = "start the server, or correct its name and port"
    return RefusedError(
        f"{shown_place(word)} cannot be reached: {words}",
        code="store-unreachable",
        where=shown_place(word),
        alternatives=(advice,),
    )


def _unknown(word: str, why: str) -> RefusedError:
    return RefusedError(
        f"{shown_place(word)} names no store: {why}", code="unknown-store", where=shown_place(word)
    )


def _state(error: DBAPIError) -> str | None:
    return getattr(error.orig, "sqlstate", None)


def _words(error: DBAPIError) -> str:
    """What the server or its client library says, in one line."""
    return " ".join(str(error.orig).split())
