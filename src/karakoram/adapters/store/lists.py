"""Which records does a list hold, and how many, without reading more than is told?

Statements are made once for each form of a question: making one takes longer than SQLite takes to
carry it out.
"""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    bindparam,
    func,
    select,
)

from karakoram.adapters.store.codec import record_from_text
from karakoram.adapters.store.statements import MANY, is_one_of, words_given
from karakoram.adapters.store.tables import INVOLVEMENT, RECORD_TABLES
from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.sales.submissions import Submission
from karakoram.usecases.sell.sales_ports import Record, RecordT, Stamp, StampedPart

_SUBMISSION = RECORD_TABLES[Submission]


class Narrowed(NamedTuple):
    """Of whom the records are that are asked for, and in which states; empty for all."""

    buyer_id: PartyId | None
    operator_id: OperatorId | None
    states: tuple[str, ...]

    def given(self, connection: Connection) -> dict[str, object]:
        """What the statements of :func:`_ids` and :func:`_count` take."""
        return {
            "buyer": self.buyer_id,
            "operator": self.operator_id,
            "states": words_given(self.states, connection),
        }


class _Form(NamedTuple):
    """What the statement of a question depends on."""

    kind: type[Record]
    has_buyer: bool
    has_operator: bool
    has_states: bool
    dialect: str


def _form(kind: type[Record], narrowed: Narrowed, connection: Connection) -> _Form:
    return _Form(
        kind=kind,
        has_buyer=narrowed.buyer_id is not None,
        has_operator=narrowed.operator_id is not None,
        has_states=bool(narrowed.states),
        dialect=connection.dialect.name,
    )


def all_found(
    connection: Connection, kind: type[RecordT], narrowed: Narrowed, *, part: tuple[int, int | None]
) -> tuple[RecordT, ...]:
    """Records of a kind, oldest first.

    ``part`` is how many are passed over, and how many are given at most.
    """
    asked = _bodies(_form(kind, narrowed, connection), part != (0, None))
    given = {**narrowed.given(connection), **_given(part)}
    return tuple(record_from_text(kind, text) for text in connection.scalars(asked, given))


def count(connection: Connection, kind: type[Record], narrowed: Narrowed) -> int:
    """How many records of a kind there are."""
    asked = _counted(_form(kind, narrowed, connection))
    return connection.scalar(asked, narrowed.given(connection)) or 0


def stamps(
    connection: Connection, kind: type[Record], narrowed: Narrowed, *, part: tuple[int, int | None]
) -> StampedPart:
    """Which records of a kind there are, oldest first, and which version of each.

    ``part`` is how many are passed over, and how many are given at most.
    """
    given = {**narrowed.given(connection), **_given(part)}
    asked = _stamped(_form(kind, narrowed, connection))
    rows: list[Any] = [*connection.execute(asked, given)]
    # Where there is no row, none tells how many there are.
    is_passed = not rows and part[0] > 0
    total = rows[0][3] if rows else count(connection, kind, narrowed) if is_passed else 0
    found = tuple(Stamp(record_id=row[0], version=row[1], is_sent=row[2]) for row in rows)
    return StampedPart(stamps=found, total=total)


def stamp(connection: Connection, kind: type[Record], record_id: str) -> Stamp | None:
    """Which version of a record there is; ``None`` where there is no such record."""
    row: Any = connection.execute(_stamp(RECORD_TABLES[kind]), {"of": record_id}).one_or_none()
    return None if row is None else Stamp(record_id=row[0], version=row[1], is_sent=row[2])


def _given(part: tuple[int, int | None]) -> dict[str, int]:
    offset, limit = part
    return {"offset": offset, "limit": MANY if limit is None else limit}


@cache
def _bodies(form: _Form, is_part: bool) -> Select[Any]:  # noqa: FBT001  (a key)
    """Records, of which an index alone tells which they are: only their own rows are read."""
    table = RECORD_TABLES[form.kind]
    ids = _part_of(_ids(form)) if is_part else _ids(form)
    return select(table.c.body).where(table.c.id.in_(ids)).order_by(table.c.id)


@cache
def _counted(form: _Form) -> Select[Any]:
    return select(func.count()).select_from(_ids(form).order_by(None).subquery())


@cache
def _stamped(form: _Form) -> Select[Any]:
    table = RECORD_TABLES[form.kind]
    ids = _part_of(_ids(form))
    total = _counted(form).scalar_subquery()
    return _of_table(table, total).where(table.c.id.in_(ids)).order_by(table.c.id)


@cache
def _stamp(table: Table) -> Select[Any]:
    return _of_table(table).where(table.c.id == bindparam("of"))


def _of_table(table: Table, *more: ColumnElement[Any]) -> Select[Any]:
    """Identifier, version, and whether something was sent for it."""
    beside = table.outerjoin(_SUBMISSION, _SUBMISSION.c.id == table.c.id)
    is_sent = _SUBMISSION.c.id.is_not(None)
    return select(table.c.id, table.c.version, is_sent, *more).select_from(beside)


def _part_of(ids: Select[Any]) -> Select[Any]:
    return ids.limit(bindparam("limit")).offset(bindparam("offset"))


def _ids(form: _Form) -> Select[Any]:
    """Identifiers of the records, oldest first; those of an operator stand beside them."""
    table = RECORD_TABLES[form.kind]
    record_id: ColumnElement[str] = table.c.id
    asked = select(record_id)
    if form.has_operator:
        record_id = INVOLVEMENT.c.record_id
        asked = select(record_id).where(
            INVOLVEMENT.c.operator_id == bindparam("operator"), INVOLVEMENT.c.kind == table.name
        )
        if form.has_buyer or form.has_states:
            asked = asked.join(table, table.c.id == record_id)
    if form.has_buyer:
        asked = asked.where(table.c.buyer_id == bindparam("buyer"))
    if form.has_states:
        asked = asked.where(is_one_of(table.c.state, "states", form.dialect))
    return asked.order_by(record_id)
