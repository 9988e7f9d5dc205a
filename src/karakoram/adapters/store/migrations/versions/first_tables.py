"""What did the first store hold? Records, resources, claims, replays, the log and jobs."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KINDS = ("party", "qualification", "quote", "product_order", "product")


def upgrade() -> None:
    """Make every table."""
    for kind in _KINDS:
        _make_record_table(kind)
    _make_resource()
    _make_claim()
    op.create_table(
        "replay",
        sa.Column("buyer_id", _word(), primary_key=True),
        sa.Column("external_id", _word(), primary_key=True),
        *_texts("action", "digest"),
        sa.Column("subject_id", _word(), nullable=False),
    )
    _make_change_log()
    op.create_table(
        "job",
        sa.Column("job_id", _word(), primary_key=True),
        sa.Column("kind", _word(), nullable=False),
        *_texts("payload"),
        sa.Column("state", _word(), nullable=False),
        sa.Column("run_after_us", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("lease_until_us", sa.BigInteger),
        *_texts("trouble"),
    )
    op.create_index("ix_job_state", "job", ["state", "run_after_us"])


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _texts(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _make_record_table(kind: str) -> None:
    op.create_table(
        kind,
        sa.Column("id", _word(), primary_key=True),
        sa.Column("buyer_id", _word()),
        sa.Column("external_id", _word()),
        sa.Column("state", _word()),
        sa.Column("version", sa.Integer, nullable=False),
        *_texts("body"),
    )
    op.create_index(f"ix_{kind}_buyer_id", kind, ["buyer_id", "state", "id"])
    op.create_index(f"ix_{kind}_state", kind, ["state", "id"])


def _make_resource() -> None:
    op.create_table(
        "resource",
        sa.Column("resource_id", _word(), primary_key=True),
        sa.Column("kind", _word(), nullable=False),
        *_texts("model", "name"),
        sa.Column("operator_id", _word(), nullable=False),
        sa.Column("a_site_id", _word(), nullable=False),
        sa.Column("z_site_id", _word()),
        sa.Column("unit_count", sa.Integer, nullable=False),
        sa.Column("taken", sa.LargeBinary, nullable=False),
        sa.Column("status", _word(), nullable=False),
        sa.Column("length_km", sa.Double, nullable=False),
        sa.Column("latency_ms", sa.Double, nullable=False),
        *_texts("source", "source_date", "confidence", "note"),
        sa.Column("version", sa.Integer, nullable=False),
    )
    for column in ("kind", "a_site_id", "z_site_id"):
        op.create_index(f"ix_resource_{column}", "resource", [column])


def _make_claim() -> None:
    op.create_table(
        "claim",
        sa.Column("claim_id", _word(), primary_key=True),
        sa.Column(
            "resource_id",
            _word(),
            sa.ForeignKey("resource.resource_id", name="fk_claim_resource"),
            nullable=False,
        ),
        sa.Column("units", sa.LargeBinary, nullable=False),
        sa.Column("claimant_id", _word(), nullable=False),
        sa.Column("side", _word(), nullable=False),
        sa.Column("hop", sa.Integer, nullable=False),
        sa.Column("until_us", sa.BigInteger),
    )
    op.create_index("ix_claim_resource_id", "claim", ["resource_id", "claimant_id"])
    op.create_index("ix_claim_claimant_id", "claim", ["claimant_id"])
    op.create_index("ix_claim_until_us", "claim", ["until_us"])


def _make_change_log() -> None:
    op.create_table(
        "change_log",
        sa.Column(
            "place",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("entry_id", _word(), nullable=False),
        *_texts("who", "why"),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        *_texts("action", "subject_kind"),
        sa.Column("subject_id", _word(), nullable=False),
        *_texts("state_before", "state_after", "detail"),
    )
    op.create_index("ix_change_log_subject_id", "change_log", ["subject_id", "place"])
    for statement in _guards_of_the_log():
        op.execute(statement)


def _guards_of_the_log() -> tuple[str, ...]:
    """What makes the database refuse to change or remove an entry."""
    refusal = "the change log is only ever added to"
    if op.get_bind().dialect.name == "postgresql":
        function = (
            "CREATE FUNCTION refuse_change_of_log() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        trigger = (
            "CREATE TRIGGER change_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON change_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log()"
        )
        return (function, trigger)
    return tuple(
        f"CREATE TRIGGER change_log_stays_{what.lower()} BEFORE {what} ON change_log "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for what in ("UPDATE", "DELETE")
    )
