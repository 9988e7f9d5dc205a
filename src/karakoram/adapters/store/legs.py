"""Who carries which leg of an order or a product, and how does it stand, as rows beside it?"""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select

from karakoram.adapters.store.statements import MANY, is_one_of, words_given
from karakoram.adapters.store.tables import LEG, RECORD_TABLES
from karakoram.core.identifiers import OperatorId
from karakoram.sales.services import CarriedLeg, legs_carried
from karakoram.usecases.sell.sales_ports import LegPart, LegPlace, Record, identifier

_OF_RECORD = (LEG.c.kind == bindparam("kind_of")) & (LEG.c.record_id == bindparam("id_of"))
_WRITTEN = select(LEG.c.operator_id, LEG.c.state).where(_OF_RECORD).order_by(LEG.c.place)
_GONE = delete(LEG).where(_OF_RECORD)


def add(connection: Connection, record: Record) -> None:
    """Write who carries the legs of a new record."""
    _insert(connection, record, legs_carried(record))


def replace(connection: Connection, newer: Record) -> None:
    """Write who carries the legs of a record now, where that has changed."""
    now = legs_carried(newer)
    of = {"kind_of": RECORD_TABLES[type(newer)].name, "id_of": identifier(newer)}
    written = tuple(CarriedLeg(*row) for row in connection.execute(_WRITTEN, of))
    if written != now:
        connection.execute(_GONE, of)
        _insert(connection, newer, now)


def found(
    connection: Connection,
    kind: type[Record],
    *,
    operator_id: OperatorId | None,
    states: Iterable[str],
    part: tuple[int, int | None],
) -> LegPart:
    """The legs of the records of a kind, those of the oldest first, and how many there are.

    ``part`` is how many are passed over, and how many are given at most.
    """
    offset, limit = part
    wanted = tuple(states)
    form = _Form(operator_id is not None, bool(wanted), connection.dialect.name)
    given = {
        "of_kind": RECORD_TABLES[kind].name,
        "operator": operator_id,
        "states": words_given(wanted, connection),
        "offset": offset,
        "limit": MANY if limit is None else limit,
    }
    rows = connection.execute(_page(form), given)
    places = tuple(LegPlace(record_id=row[0], place=row[1]) for row in rows)
    return LegPart(places=places, total=connection.scalar(_count(form), given) or 0)


def of_kind(connection: Connection, name: str) -> dict[str, list[CarriedLeg]]:
    """The legs of every record of a table, by its identifier."""
    asked = select(LEG.c.record_id, LEG.c.operator_id, LEG.c.state).where(LEG.c.kind == name)
    written: dict[str, list[CarriedLeg]] = {}
    for row in connection.execute(asked.order_by(LEG.c.record_id, LEG.c.place)):
        written.setdefault(row[0], []).append(CarriedLeg(row[1], row[2]))
    return written


class _Form(NamedTuple):
    """What the statement of a question depends on."""

    has_operator: bool
    has_states: bool
    dialect: str


@cache
def _page(form: _Form) -> Select[Any]:
    asked = _narrowed(select(LEG.c.record_id, LEG.c.place), form)
    asked = asked.order_by(LEG.c.record_id, LEG.c.place)
    return asked.limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _count(form: _Form) -> Select[Any]:
    return _narrowed(select(func.count()).select_from(LEG), form)


def _narrowed(asked: Select[Any], form: _Form) -> Select[Any]:
    asked = asked.where(LEG.c.kind == bindparam("of_kind"))
    if form.has_operator:
        asked = asked.where(LEG.c.operator_id == bindparam("operator"))
    return asked.where(is_one_of(LEG.c.state, "states", form.dialect)) if form.has_states else asked


def _insert(connection: Connection, record: Record, legs: Iterable[CarriedLeg]) -> None:
    rows = [
        {
            "kind": RECORD_TABLES[type(record)].name,
            "record_id": identifier(record),
            "place": place,
            "operator_id": leg.operator_id,
            "state": leg.state,
        }
        for place, leg in enumerate(legs, start=1)
    ]
    if rows:
        connection.execute(insert(LEG), rows)
