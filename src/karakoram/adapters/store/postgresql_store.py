"""How are sales kept on a PostgreSQL server?

Writers of all processes take turns, as on SQLite, by a lock on the table that holds the form of
the store; a writer's snapshot is taken once it has the lock, so it sees all that came before it.
Transactions are serialisable besides: whoever writes past the lock is noticed by the database, and
what ran into it is run again. Questions wait for nobody and see one moment.
"""

import secrets
import time
import weakref
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import Connection

from karakoram.adapters.store.addresses import shown_place
from karakoram.adapters.store.carrying_out import carry_out
from karakoram.adapters.store.grouping import Waiting, WriteQueue
from karakoram.adapters.store.postgresql_engine import (
    ends_transaction,
    is_met,
    plainly,
    postgresql_engine,
    reached,
)
from karakoram.adapters.store.transaction import Transaction
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter

AnswerT = TypeVar("AnswerT")

READERS_MAX = 16
"""Questions of one process that are answered at the same time; more wait. A server allows 100
connections of all processes unless it is told otherwise."""
TRIES_MAX = 8
"""How often actions are run that keep running into a transaction that does not take turns."""
_FIRST_PAUSE_MS = 8


def take_turn(connection: Connection) -> None:
    """Wait until no other writer is at work; the turn ends with the transaction.

    ``LOCK`` takes no snapshot (PostgreSQL 15 manual, LOCK), so what follows sees what the others
    have written. A migration waits for writers, and they for it: it writes to the same table.
    """
    connection.exec_driver_sql("LOCK TABLE alembic_version IN SHARE ROW EXCLUSIVE MODE")


class PostgresqlStore:
    """The store in a database on a server."""

    __slots__ = ("__weakref__", "_closing", "_queue", "_reading", "_word", "_writing", "place")

    def __init__(self, word: str) -> None:
        """Take the database, which must be a store of this form."""
        self.place = shown_place(word)
        self._word = word
        self._reading = postgresql_engine(word, connections_max=READERS_MAX, may_write=False)
        self._writing = postgresql_engine(word, connections_max=1, may_write=True)
        self._queue = WriteQueue(self._carry_out)
        self._closing = (
            weakref.finalize(self, self._reading.dispose),
            weakref.finalize(self, self._writing.dispose),
        )

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""
        with plainly(self._word), reached(self._reading, self._word) as connection:
            return question(Transaction(connection))

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable.

        Raises
        ------
        ConflictError
            If others held the store for too long, or were run into each time that it was tried.
        """
        with plainly(self._word):
            return self._queue.write(action)

    def close(self) -> None:
        """Let go of the server."""
        for each in self._closing:
            each()

    def _carry_out(self, group: Sequence[Waiting[object]]) -> None:
        """Run all actions in one transaction, which is run again where it ran into another."""
        for tried in range(1, TRIES_MAX + 1):
            try:
                self._carry_out_once(group)
            except Exception as error:
                if tried == TRIES_MAX or not is_met(error):
                    raise
                time.sleep(secrets.randbelow(_FIRST_PAUSE_MS << tried) / 1_000)
            else:
                return

    def _carry_out_once(self, group: Sequence[Waiting[object]]) -> None:
        """Run all actions in one transaction; what one of them is refused undoes that one alone."""
        with reached(self._writing, self._word) as connection:
            take_turn(connection)
            carry_out(group, connection, ends_all=ends_transaction)
