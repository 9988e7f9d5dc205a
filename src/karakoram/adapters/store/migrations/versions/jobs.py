"""What did the seventh form add? Jobs as records, and their rows; nobody kept one before."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables in the place of the first, which was never used."""
    op.drop_index("ix_job_state", "job")
    op.drop_table("job")
    op.create_table(
        "job",
        sa.Column("id", _word(), primary_key=True),
        sa.Column("buyer_id", _word()),
        sa.Column("external_id", _word()),
        sa.Column("state", _word()),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("due_us", sa.BigInteger),
    )
    op.create_index("ix_job_buyer_id", "job", ["buyer_id", "state", "id"])
    op.create_index("ix_job_state", "job", ["state", "id"])
    is_due = sa.text("due_us IS NOT NULL")
    op.create_index(
        "ix_job_due_us", "job", ["due_us"], sqlite_where=is_due, postgresql_where=is_due
    )
    op.create_table(
        "job_row",
        sa.Column(
            "job_id", _word(), sa.ForeignKey("job.id", name="fk_job_row_job"), primary_key=True
        ),
        sa.Column("row", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("result", _word()),
        sa.Column("body", sa.Text, nullable=False),
    )
    op.create_index("ix_job_row_result", "job_row", ["job_id", "result", "row"])


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
