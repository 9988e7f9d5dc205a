"""What did the ninth form add? Which operators a record concerns, for the lists of each."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 100
_KINDS = ("quote", "product_order", "product", "invoice", "credit_note")


def upgrade() -> None:
    """Make the table, with what the records say."""
    op.create_table(
        "involvement",
        sa.Column("operator_id", _word(), primary_key=True),
        sa.Column("kind", _word(), primary_key=True),
        sa.Column("record_id", _word(), primary_key=True),
    )
    op.create_index("ix_involvement_record", "involvement", ["kind", "record_id"])
    for kind in _KINDS:
        _fill(kind)


def _fill(kind: str) -> None:
    records = sa.table(kind, sa.column("id"), sa.column("body"))
    rows = sa.table(
        "involvement", sa.column("operator_id"), sa.column("kind"), sa.column("record_id")
    )
    connection, last = op.get_bind(), ""
    while True:
        asked = sa.select(records.c.id, records.c.body).where(records.c.id > last)
        found = connection.execute(asked.order_by(records.c.id).limit(_ROWS_AT_ONCE)).all()
        if not found:
            return
        last = found[-1].id
        told = [
            {"operator_id": each, "kind": kind, "record_id": row.id}
            for row in found
            for each in sorted(set(_operators(json.loads(row.body))))
        ]
        if told:
            connection.execute(sa.insert(rows), told)


def _operators(body: dict[str, Any]) -> Iterator[str]:
    """Who sells; who has a leg, in the plan or the order; who earns a charge of the plan."""
    if body.get("seller_id") is not None:
        yield body["seller_id"]
    plans = [body.get("plan"), *(offer["plan"] for offer in body.get("offers", ()))]
    for plan in filter(None, plans):
        yield from (each["operator_id"] for each in (*plan["legs"], *plan["charges"]))
    yield from (each["leg"]["operator_id"] for each in body.get("legs", ()))


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
