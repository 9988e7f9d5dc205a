"""What did the ledger add? Accounts, their balances, transfers, and how far books are closed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TOTALS = tuple(
    f"{side}_{state}_minor" for state in ("posted", "pending") for side in ("debits", "credits")
)
_TRANSFER_INDEXES = (
    ("id", ("transfer_id",), True, None),
    ("debit", ("debit_account_id", "place"), False, None),
    ("credit", ("credit_account_id", "place"), False, None),
    ("subject", ("subject_id",), False, "subject_id <> ''"),
    ("pending", ("pending_id",), True, "pending_id IS NOT NULL"),
)


def upgrade() -> None:
    """Make the tables, and let the database refuse to change what is written."""
    op.create_table(
        "account",
        sa.Column("account_id", _word(), primary_key=True),
        *_words("book", "name", "kind", "currency", "account_limit"),
    )
    op.create_index("ix_account_book", "account", ["book", "name"], unique=True)
    op.create_table(
        "balance",
        sa.Column(
            "account_id",
            _word(),
            sa.ForeignKey("account.account_id", name="fk_balance_account"),
            primary_key=True,
        ),
        *(sa.Column(name, sa.BigInteger, nullable=False) for name in _TOTALS),
    )
    op.create_table(
        "book_close",
        sa.Column("book", _word(), primary_key=True),
        sa.Column("closed_until", _word()),
    )
    _make_transfer()
    for table in ("account", "ledger_transfer"):
        for statement in _guards(table):
            op.execute(statement)


def _word() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, _word(), nullable=False) for name in names)


def _make_transfer() -> None:
    op.create_table(
        "ledger_transfer",
        sa.Column(
            "place",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        *_words("transfer_id", "debit_account_id", "credit_account_id"),
        sa.Column("amount_minor", sa.BigInteger, nullable=False),
        *_words("currency", "booked_on", "kind"),
        sa.Column("pending_id", _word()),
        sa.Column("corrects", _word()),
        *_words("subject_kind", "subject_id"),
        sa.Column("memo", sa.Text, nullable=False),
        *_words("exchange_rate"),
    )
    for name, columns, is_unique, holds in _TRANSFER_INDEXES:
        condition = None if holds is None else sa.text(holds)
        op.create_index(
            f"ix_ledger_transfer_{name}",
            "ledger_transfer",
            list(columns),
            unique=is_unique,
            sqlite_where=condition,
            postgresql_where=condition,
        )


def _guards(table: str) -> tuple[str, ...]:
    """What makes the database refuse to change or remove a row."""
    refusal = f"{table} is only ever added to"
    if op.get_bind().dialect.name == "postgresql":
        function = (
            f"CREATE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
        )
        trigger = (
            f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_{table}()"
        )
        return (function, trigger)
    return tuple(
        f"CREATE TRIGGER {table}_stays_{what.lower()} BEFORE {what} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        for what in ("UPDATE", "DELETE")
    )
