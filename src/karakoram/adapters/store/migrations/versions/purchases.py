"""What did buying of partners add? The purchases, one for each leg that is bought."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of purchases."""
    op.create_table(
        "purchase",
        sa.Column("id", _word(), primary_key=True),
        sa.Column("buyer_id", _word()),
        sa.Column("external_id", _word()),
        sa.Column("state", _word()),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_purchase_buyer_id", "purchase", ["buyer_id", "state", "id"])
    op.create_index("ix_purchase_state", "purchase", ["state", "id"])


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
