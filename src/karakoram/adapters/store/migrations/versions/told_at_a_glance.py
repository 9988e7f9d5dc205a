"""What did the fourth form add? What lists tell of a product, and until when a quote holds."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from karakoram.adapters.store.bits import microseconds_from_moment

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 100


def upgrade() -> None:
    """Add two columns, with what the records say, and an index for each."""
    word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.add_column("product", sa.Column("product_offering_id", word))
    op.add_column("quote", sa.Column("valid_until_us", sa.BigInteger))
    _fill("product", "product_offering_id", lambda body: str(body["product_offering_id"]))
    _fill("quote", "valid_until_us", _valid_until_us)
    op.create_index("ix_product_told", "product", ["id", "product_offering_id", "buyer_id"])
    op.create_index("ix_quote_valid_until_us", "quote", ["state", "valid_until_us"])


def _fill(table: str, column: str, told: Callable[[dict[str, Any]], object]) -> None:
    """Write into the column of every row what its record says."""
    rows = sa.table(table, sa.column("id"), sa.column("body"), sa.column(column))
    change = (
        sa.update(rows)
        .where(rows.c.id == sa.bindparam("of"))
        .values({column: sa.bindparam("told")})
    )
    connection, last = op.get_bind(), ""
    while True:
        asked = sa.select(rows.c.id, rows.c.body).where(rows.c.id > last).order_by(rows.c.id)
        found = connection.execute(asked.limit(_ROWS_AT_ONCE)).all()
        if not found:
            return
        connection.execute(
            change, [{"of": row.id, "told": told(json.loads(row.body))} for row in found]
        )
        last = found[-1].id


def _valid_until_us(body: dict[str, Any]) -> int:
    return microseconds_from_moment(datetime.fromisoformat(body["valid_until"]))
