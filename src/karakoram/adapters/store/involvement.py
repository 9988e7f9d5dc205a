"""Which operators does a record concern, as rows beside it?"""

from sqlalchemy import Connection, Table, delete, insert, select

from karakoram.adapters.store.statements import is_among
from karakoram.adapters.store.tables import INVOLVEMENT, RECORD_TABLES
from karakoram.core.identifiers import OperatorId
from karakoram.settlement.viewing import operators_concerned
from karakoram.usecases.sell.sales_ports import Record, identifier


def add(connection: Connection, record: Record) -> None:
    """Write whom a new record concerns."""
    _insert(connection, record, operators_concerned(record))


def replace(connection: Connection, newer: Record) -> None:
    """Write whom a record concerns now, where that has changed."""
    now, before = operators_concerned(newer), _written(connection, newer)
    gone = before - now
    if gone:
        connection.execute(
            delete(INVOLVEMENT).where(
                INVOLVEMENT.c.kind == RECORD_TABLES[type(newer)].name,
                INVOLVEMENT.c.record_id == identifier(newer),
                is_among(INVOLVEMENT.c.operator_id, sorted(gone), connection),
            )
        )
    _insert(connection, newer, now - before)


def of_kind(connection: Connection, table: Table) -> dict[str, set[str]]:
    """The operators that every record of a table concerns, by its identifier."""
    asked = select(INVOLVEMENT.c.record_id, INVOLVEMENT.c.operator_id).where(
        INVOLVEMENT.c.kind == table.name
    )
    written: dict[str, set[str]] = {}
    for row in connection.execute(asked):
        written.setdefault(row.record_id, set()).add(row.operator_id)
    return written


def _written(connection: Connection, record: Record) -> frozenset[OperatorId]:
    asked = select(INVOLVEMENT.c.operator_id).where(
        INVOLVEMENT.c.kind == RECORD_TABLES[type(record)].name,
        INVOLVEMENT.c.record_id == identifier(record),
    )
    return frozenset(map(OperatorId, connection.scalars(asked)))


def _insert(connection: Connection, record: Record, operators: frozenset[OperatorId]) -> None:
    rows = [
        {
            "operator_id": each,
            "kind": RECORD_TABLES[type(record)].name,
            "record_id": identifier(record),
        }
        for each in sorted(operators)
    ]
    if rows:
        connection.execute(insert(INVOLVEMENT), rows)
