"""What did the interface over HTTP add? Clients that log in, and requests as they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make a table of records for each."""
    for kind in ("api_client", "submission"):
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
