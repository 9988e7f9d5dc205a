"""What did the tenth form add? The legs of orders and products, and what pages are found by."""

import json
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 100
_OF_BUYERS = ("qualification", "quote", "product_order", "product", "invoice", "credit_note")
_SERVICES = {
    "pendingActive": "reserved",
    "active": "active",
    "active.pendingChange": "active",
    "suspended": "inactive",
    "pendingTerminate": "active",
    "terminated": "terminated",
    "cancelled": "terminated",
}
"""How the service of an operator stands by its product."""
_ENDED = frozenset({"terminated", "cancelled"})


def upgrade() -> None:
    """Make the table, with what the records say, and the indexes."""
    op.create_table(
        "leg",
        sa.Column("kind", _word(), primary_key=True),
        sa.Column("record_id", _word(), primary_key=True),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("operator_id", _word(), nullable=False),
        sa.Column("state", _word(), nullable=False),
    )
    _fill("product", _services)
    _fill("product_order", _legs)
    op.create_index(
        "ix_leg_operator_id", "leg", ["operator_id", "kind", "record_id", "place", "state"]
    )
    for name in _OF_BUYERS:
        op.create_index(f"ix_{name}_of_buyer", name, ["buyer_id", "id", "state"])
    op.create_index("ix_resource_operator_id", "resource", ["operator_id", "resource_id", "kind"])


def _fill(kind: str, told: Any) -> None:  # noqa: ANN401  (what tells the legs)
    records = sa.table(kind, sa.column("id"), sa.column("body"))
    columns = ("kind", "record_id", "place", "operator_id", "state")
    rows = sa.table("leg", *map(sa.column, columns))
    connection, last = op.get_bind(), ""
    while True:
        asked = sa.select(records.c.id, records.c.body).where(records.c.id > last)
        found = connection.execute(asked.order_by(records.c.id).limit(_ROWS_AT_ONCE)).all()
        if not found:
            return
        last = found[-1].id
        new = [
            dict(zip(columns, (kind, row.id, place, *leg), strict=True))
            for row in found
            for place, leg in enumerate(told(json.loads(row.body)), start=1)
        ]
        if new:
            connection.execute(sa.insert(rows), new)


def _services(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Operator and state; what rested when its cease was ordered rests on."""
    rests = body.get("suspended_from") is not None and body["state"] not in _ENDED
    state = "inactive" if rests else _SERVICES[body["state"]]
    yield from ((each["operator_id"], state) for each in body["plan"]["legs"])


def _legs(body: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((each["leg"]["operator_id"], each["state"]) for each in body["legs"])


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
