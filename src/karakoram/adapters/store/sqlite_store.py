"""How are sales kept in one file?

SQLite with a write-ahead log: one writer at a time, any number of readers, each of which sees the
store as it was when its question began. A commit comes back when the disk has it.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from karakoram.adapters.store.carrying_out import carry_out
from karakoram.adapters.store.grouping import Waiting, WriteQueue
from karakoram.adapters.store.sqlite_refusals import plainly
from karakoram.adapters.store.transaction import Transaction
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter

AnswerT = TypeVar("AnswerT")

BUSY_S = 30.0
"""How long a writer waits for those of other processes."""
READERS_MAX = 64
"""Questions that are answered at the same time; more wait."""
CACHE_KIB = 16 * 1024
"""Pages of the file that each connection remembers: the claims and what is told of the products of
ten thousand services, gone through for one fibre, are 3 MB; SQLite itself would remember 2."""


def sqlite_engine(path: Path, *, may_write: bool, may_create: bool = False) -> Engine:
    """Connections to the file; transactions begin when somebody says so."""
    mode = "rwc" if may_create else "rw"
    place = f"file:{quote(str(path.absolute()))}?mode={mode}"

    def connected() -> sqlite3.Connection:
        return sqlite3.connect(
            place, uri=True, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )

    engine = create_engine(
        "sqlite://",
        creator=connected,
        poolclass=QueuePool,
        pool_size=1 if may_write else READERS_MAX,
        max_overflow=0,
        pool_timeout=BUSY_S,
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        if not may_write:
            connection.execute("PRAGMA query_only = ON")

    return engine


def begin(connection: Connection, how: str) -> None:
    """Begin a transaction, ``DEFERRED`` to read or ``IMMEDIATE`` to write."""
    connection.exec_driver_sql(f"BEGIN {how}")


class SqliteStore:
    """The store in a file."""

    __slots__ = ("_queue", "_reading", "_writing", "path")

    def __init__(self, path: Path) -> None:
        """Take the file, which must be a store of this form."""
        self.path = path
        self._reading = sqlite_engine(path, may_write=False)
        self._writing = sqlite_engine(path, may_write=True)
        self._queue = WriteQueue(self._carry_out)

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""
        with plainly(self.path), self._reading.connect() as connection:
            begin(connection, "DEFERRED")
            return question(Transaction(connection))

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable."""
        with plainly(self.path):
            return self._queue.write(action)

    def close(self) -> None:
        """Let go of the file."""
        self._reading.dispose()
        self._writing.dispose()

    def _carry_out(self, group: Sequence[Waiting[object]]) -> None:
        """Run all actions in one transaction; what one of them is refused undoes that one alone."""
        with self._writing.connect() as connection:
            begin(connection, "IMMEDIATE")
            carry_out(group, connection)
