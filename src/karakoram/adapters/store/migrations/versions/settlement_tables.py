"""What did settlement add? Outages, invoices, credit notes, statements of owners and disputes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_KINDS = ("outage", "invoice", "credit_note", "owner_statement", "dispute")


def upgrade() -> None:
    """Make a table for each kind of record."""
    for kind in _KINDS:
        op.create_table(
            kind,
            sa.Column("id", _word(), primary_key=True),
            sa.Column("buyer_id", _word()),
            sa.Column("external_id", _word()),
            sa.Column("state", _word()),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("body", sa.Text, nullable=False),
        )
        op.create_index(f"ix_{kind}_buyer_id", kind, ["buyer_id", "state", "id"])
        op.create_index(f"ix_{kind}_state", kind, ["state", "id"])


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
