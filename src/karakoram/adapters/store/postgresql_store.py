"""How are sales kept on a PostgreSQL server?

As in a file: one writer at a time, any number of readers, each of which sees the store as it was
when its question began. A writer first takes a lock of the whole database that is its own until its
transaction ends. So nothing has to be tried again, and the two kinds of store never differ in what
they allow; what many writers lose by waiting, those of one process win back by sharing a commit.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, func, make_url, select, text
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from karakoram.adapters.store.carrying_out import carry_out
from karakoram.adapters.store.grouping import Waiting, WriteQueue
from karakoram.adapters.store.transaction import Transaction
from karakoram.core.errors import ConflictError, RefusedError
from karakoram.usecases.ledger_ports import SettlementReader, SettlementWriter

AnswerT = TypeVar("AnswerT")

WRITER_LOCK = 0x4B4B48
"""Key of the advisory lock that a writer holds; ours by its number, the letters KKH."""
BUSY_S = 30
"""How long a writer waits for those of other processes, and whoever asks for a connection."""
CONNECT_S = 10
READERS_MAX = 16
"""Questions that are answered at the same time; more wait. A server allows 100 connections."""

_LOCK_TIMEOUT = "55P03"
_NO_TEXT = frozenset({"22021", "22P05"})
"""SQLSTATE of text that the database cannot hold: a zero byte."""


def server_url(word: str) -> URL:
    """The address of a database, to be reached by psycopg.

    Raises
    ------
    RefusedError
        If the word is no address.
    """
    try:
        return make_url(word).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError) as error:
        raise RefusedError(
            "the address of a store on a server is written "
            "postgresql://USER:PASSWORD@HOST:PORT/DATABASE",
            code="unknown-store",
            alternatives=("give the path of a file",),
        ) from error


def shown_url(word: str) -> str:
    """The address as it may be shown: without its password."""
    return server_url(word).set(drivername="postgresql").render_as_string(hide_password=True)


def postgresql_engine(word: str, *, connections_max: int = READERS_MAX) -> Engine:
    """Connections to the database, made when they are needed.

    Raises
    ------
    RefusedError
        With code ``store-driver-missing`` where psycopg is not installed.
    """
    try:
        return create_engine(
            server_url(word),
            pool_pre_ping=True,
            pool_size=connections_max,
            max_overflow=0,
            pool_timeout=BUSY_S,
            connect_args={"connect_timeout": CONNECT_S, "application_name": "karakoram"},
        )
    except ImportError as error:
        raise RefusedError(
            "a store on a server needs psycopg; install it:  pip install 'karakoram[postgresql]'",
            code="store-driver-missing",
            where=shown_url(word),
            alternatives=("keep the store in a file",),
        ) from error


@contextmanager
def troubles_told(word: str) -> Iterator[None]:
    """Tell the troubles of a server as refusals that say what would be right."""
    try:
        yield
    except (OperationalError, PoolTimeoutError) as error:
        _refuse(error, word)
    except DBAPIError as error:
        if error.connection_invalidated or _state(error) == _LOCK_TIMEOUT or _is_no_text(error):
            _refuse(error, word)
        raise


def lock_writers(connection: Connection) -> None:
    """Wait until no other writer is left, and be the one until the transaction ends."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{BUSY_S}s'"))
    connection.execute(select(func.pg_advisory_xact_lock(WRITER_LOCK)))


class PostgresqlStore:
    """The store on a server."""

    __slots__ = ("_engines", "_queue", "_reading", "_writing", "word")

    def __init__(self, word: str) -> None:
        """Take the database, which must be a store of this form."""
        self.word = word
        readers = postgresql_engine(word)
        # Rows that others commit while a writer waits for its turn must be seen by it.
        writers = postgresql_engine(word, connections_max=1)
        self._engines = (readers, writers)
        self._reading = readers.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._writing = writers.execution_options(isolation_level="READ COMMITTED")
        self._queue = WriteQueue(self._carry_out)

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""
        with troubles_told(self.word), self._reading.connect() as connection:
            return question(Transaction(connection))

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable.

        Raises
        ------
        ConflictError
            With code ``store-busy`` where others wrote for longer than a writer waits.
        RefusedError
            With code ``store-unreachable`` where the server went away. Whether the action counts is
            not known then; asked again under its external identifier it counts once.
        """
        with troubles_told(self.word):
            return self._queue.write(action)

    def close(self) -> None:
        """Let go of the server."""
        for engine in self._engines:
            engine.dispose()

    def _carry_out(self, group: Sequence[Waiting[object]]) -> None:
        """All actions in one transaction; what one of them is refused undoes that one alone."""
        with self._writing.connect() as connection:
            lock_writers(connection)
            carry_out(group, connection)


def _state(error: Exception) -> Any:  # noqa: ANN401  (of the driver: a text, or nothing)
    return getattr(getattr(error, "orig", None), "sqlstate", None)


def _is_no_text(error: Exception) -> bool:
    """Whether a text cannot be kept, as the server says, or psycopg before it is sent there."""
    return isinstance(error, DataError) and _state(error) in _NO_TEXT | {None}


def _refuse(error: Exception, word: str) -> NoReturn:
    where = shown_url(word)
    if _state(error) == _LOCK_TIMEOUT or isinstance(error, PoolTimeoutError):
        raise ConflictError(
            f"others were writing for {BUSY_S} s; ask again",
            code="store-busy",
            where=where,
            alternatives=("ask again",),
        ) from error
    if _is_no_text(error):
        raise RefusedError(
            "a text holds a character that the database cannot keep (a zero byte); leave it out",
            code="text-not-storable",
            where=where,
        ) from error
    told = str(getattr(error, "orig", error)).strip().splitlines()
    raise RefusedError(
        f"the server of the store cannot be reached: {told[-1] if told else error}",
        code="store-unreachable",
        where=where,
        alternatives=("start the server, or mend the address", "keep the store in a file"),
    ) from error
