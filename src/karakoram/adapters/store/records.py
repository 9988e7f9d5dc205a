"""How are parties, qualifications, quotes, orders, products, replays and the log kept?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Table, bindparam, func, insert, select, update

from karakoram.adapters.store import involvement, legs
from karakoram.adapters.store.bits import microseconds_from_moment
from karakoram.adapters.store.codec import record_from_text
from karakoram.adapters.store.rows import (
    cells_from_entry,
    cells_from_record,
    entry_from_cells,
)
from karakoram.adapters.store.statements import is_among, is_one_of, words_given
from karakoram.adapters.store.tables import CHANGE_LOG, RECORD_TABLES, REPLAY
from karakoram.core.errors import ConflictError
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.sales.change_log import LogEntry
from karakoram.sales.quotes import Quote
from karakoram.usecases.sell.sales_ports import Record, RecordT, Replay, identifier
from karakoram.usecases.settle.ledger_ports import NumberedT

_FIND: Mapping[type[Record], Select[Any]] = {
    kind: select(table.c.body).where(table.c.id == bindparam("of"))
    for kind, table in RECORD_TABLES.items()
}
"""Made once: making the statement takes longer than SQLite takes to carry it out."""
_AFTER_DIGITS = ":"
"""The letter behind 9."""
_OF_ANOTHER = "%-%"
"""What stands behind the words of a series in numbers of another one: all end with such a part."""


def found(connection: Connection, kind: type[RecordT], record_id: str) -> RecordT | None:
    """The record, or ``None`` where there is none."""
    text = connection.scalar(_FIND[kind], {"of": record_id})
    return None if text is None else record_from_text(kind, text)


def found_among(
    connection: Connection, kind: type[RecordT], record_ids: Iterable[str]
) -> dict[str, RecordT]:
    """Those of the records that exist, by their identifiers."""
    ids = tuple(record_ids)
    if not ids:
        return {}
    asked = _some(RECORD_TABLES[kind], connection.dialect.name)
    rows = connection.execute(asked, {"ids": words_given(ids, connection)})
    return {row[0]: record_from_text(kind, row[1]) for row in rows}


@cache
def _some(table: Table, dialect: str) -> Select[Any]:
    return select(table.c.id, table.c.body).where(is_one_of(table.c.id, "ids", dialect))


def found_numbered(connection: Connection, kind: type[NumberedT], number: str) -> NumberedT | None:
    """The paper of that number, or ``None`` where there is none."""
    table = RECORD_TABLES[kind]
    asked = select(table.c.body).where(table.c.number == number).order_by(table.c.id).limit(1)
    text = connection.scalar(asked)
    return None if text is None else record_from_text(kind, text)


def last_number(connection: Connection, kind: type[NumberedT], series: str) -> str | None:
    """The largest number that begins with the words of a series and goes on with digits alone.

    An operator may be called as another's series begins, e.g. ``SCO-2026-7`` beside ``SCO``.
    """
    number = RECORD_TABLES[kind].c.number
    behind = func.substr(number, len(series) + 1)
    asked = (
        select(number)
        .where(number > series, number < series + _AFTER_DIGITS)
        .where(behind.not_like(_OF_ANOTHER))
        .order_by(func.length(number).desc(), number.desc())
        .limit(1)
    )
    return connection.scalar(asked)


def quotes_over_at(
    connection: Connection, moment: datetime, *, states: Iterable[str]
) -> tuple[Quote, ...]:
    """Quotes in one of the states that no longer hold, oldest first."""
    table = RECORD_TABLES[Quote]
    asked = select(table.c.body).where(
        is_among(table.c.state, tuple(states), connection),
        table.c.valid_until_us <= microseconds_from_moment(moment),
    )
    found = (record_from_text(Quote, text) for text in connection.scalars(asked))
    return tuple(sorted(found, key=lambda each: each.quote_id))


def add(connection: Connection, record: Record) -> None:
    """Write a new record.

    Raises
    ------
    ConflictError
        With code ``there-already`` if there is one of this kind with this identifier.
    """
    table = RECORD_TABLES[type(record)]
    cells = cells_from_record(record)
    if connection.scalar(select(table.c.id).where(table.c.id == cells["id"])) is not None:
        raise ConflictError(
            f"{table.name} {cells['id']} is there already", code="there-already", where=cells["id"]
        )
    connection.execute(insert(table), cells)
    involvement.add(connection, record)
    legs.add(connection, record)


def replace_version(connection: Connection, newer: Record, *, version: int) -> None:
    """Write ``newer`` in the place of the record of ``version``.

    Raises
    ------
    ConflictError
        With code ``changed-meanwhile`` if somebody else has changed or removed that one.
    """
    table = RECORD_TABLES[type(newer)]
    record_id = identifier(newer)
    changed = connection.execute(
        update(table).where(table.c.id == record_id, table.c.version == version),
        cells_from_record(newer),
    )
    if changed.rowcount != 1:
        raise ConflictError(
            f"{table.name} {record_id} was changed by somebody else since version {version} was "
            "read; read it again",
            code="changed-meanwhile",
            where=record_id,
        )
    involvement.replace(connection, newer)
    legs.replace(connection, newer)


def replay(connection: Connection, buyer_id: PartyId, external_id: ExternalId) -> Replay | None:
    """What the buyer used the external identifier for."""
    row = connection.execute(
        select(REPLAY.c.action, REPLAY.c.digest, REPLAY.c.subject_id).where(
            REPLAY.c.buyer_id == buyer_id, REPLAY.c.external_id == external_id
        )
    ).one_or_none()
    if row is None:
        return None
    return Replay(action=row.action, digest=row.digest, subject_id=row.subject_id)


def remember(
    connection: Connection, buyer_id: PartyId, external_id: ExternalId, *, used: Replay
) -> None:
    """Write what the external identifier was used for.

    Parameters
    ----------
    connection
        To the store.
    buyer_id, external_id
        Who asked, under which name of its own.
    used
        What came of it.

    Raises
    ------
    ConflictError
        With code ``used-already``.
    """
    earlier = replay(connection, buyer_id, external_id)
    if earlier is not None:
        raise ConflictError(
            f"{external_id} of {buyer_id} was used already, for {earlier.subject_id}",
            code="used-already",
            where=external_id,
        )
    cells = {
        "buyer_id": buyer_id,
        "external_id": external_id,
        "action": used.action,
        "digest": used.digest,
        "subject_id": used.subject_id,
    }
    connection.execute(insert(REPLAY), cells)


def logs_of(connection: Connection, subject_ids: Iterable[str]) -> dict[str, tuple[LogEntry, ...]]:
    """What was done to each of the records to which anything was, oldest first."""
    asked = _logs(connection.dialect.name)
    given = {"ids": words_given(subject_ids, connection)}
    found: dict[str, list[LogEntry]] = {}
    for cells in connection.execute(asked, given).mappings():
        entry = entry_from_cells(cells)
        found.setdefault(entry.subject_id, []).append(entry)
    return {subject_id: tuple(entries) for subject_id, entries in found.items()}


@cache
def _logs(dialect: str) -> Select[Any]:
    subject = CHANGE_LOG.c.subject_id
    return select(CHANGE_LOG).where(is_one_of(subject, "ids", dialect)).order_by(CHANGE_LOG.c.place)


def log(connection: Connection, entry: LogEntry) -> None:
    """Write an entry of the change log."""
    connection.execute(insert(CHANGE_LOG), cells_from_entry(entry))
