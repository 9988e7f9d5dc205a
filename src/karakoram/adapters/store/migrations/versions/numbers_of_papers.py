"""What did the eleventh form add? The numbers by which papers are called, and an index of them."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_ROWS_AT_ONCE = 100
_PAPERS = ("invoice", "credit_note", "owner_statement", "dispute")


def upgrade() -> None:
    """Add the column to each table, with what the records say, and its index."""
    word = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    for name in _PAPERS:
        op.add_column(name, sa.Column("number", word))
        _fill(name)
        op.create_index(f"ix_{name}_number", name, ["number"])


def _fill(name: str) -> None:
    """Write into the column of every row what its record says."""
    rows = sa.table(name, *map(sa.column, ("id", "body", "number")))
    change = (
        sa.update(rows).where(rows.c.id == sa.bindparam("of")).values(number=sa.bindparam("told"))
    )
    connection, last = op.get_bind(), ""
    while True:
        asked = sa.select(rows.c.id, rows.c.body).where(rows.c.id > last).order_by(rows.c.id)
        found = connection.execute(asked.limit(_ROWS_AT_ONCE)).all()
        if not found:
            return
        told = [{"of": row.id, "told": json.loads(row.body)["number"]} for row in found]
        connection.execute(change, told)
        last = found[-1].id
