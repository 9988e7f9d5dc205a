"""Which tables hold what is sold, what it stands on, and the ledger?

The same tables on SQLite and PostgreSQL. Identifiers are compared byte by byte on both, so that
their order is that of Python and of time (RFC 9562, version 7).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

from karakoram.operations.outages import Outage
from karakoram.sales.api_clients import ApiClient
from karakoram.sales.jobs import Job
from karakoram.sales.orders import ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product
from karakoram.sales.purchases import Purchase
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote
from karakoram.sales.submissions import Submission
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.sell.sales_ports import Record

SCHEMA = "0011"
"""The newest migration; a store that names another one is older or newer than this program."""

WORD = Text().with_variant(Text(collation="C"), "postgresql")
"""What is compared and sorted byte by byte."""
COUNTED = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database counts up itself."""

METADATA = MetaData()


def _index_where(name: str, holds: str, *columns: str, unique: bool = False) -> Index:
    """An index of the rows for which the condition holds."""
    condition = text(holds)
    return Index(name, *columns, unique=unique, sqlite_where=condition, postgresql_where=condition)


def _record_table(name: str, *more: Column[Any] | Index) -> Table:
    """A table of one kind of record: what is asked for as columns, all of it as JSON."""
    return Table(
        name,
        METADATA,
        Column("id", WORD, primary_key=True),
        Column("buyer_id", WORD),
        Column("external_id", WORD),
        Column("state", WORD),
        Column("version", Integer, nullable=False),
        Column("body", Text, nullable=False),
        Index(f"ix_{name}_buyer_id", "buyer_id", "state", "id"),
        Index(f"ix_{name}_state", "state", "id"),
        *more,
    )


def _numbered_table(name: str, *more: Column[Any] | Index) -> Table:
    """A table of papers that people call by a number."""
    return _record_table(name, Column("number", WORD), Index(f"ix_{name}_number", "number"), *more)


def _of_buyer(name: str) -> Index:
    """An index in the order of a list of one buyer, whatever the states."""
    return Index(f"ix_{name}_of_buyer", "buyer_id", "id", "state")


RECORD_TABLES: Mapping[type[Record], Table] = {
    Party: _record_table("party"),
    Qualification: _record_table("qualification", _of_buyer("qualification")),
    Quote: _record_table(
        "quote",
        Column("valid_until_us", BigInteger),  # microseconds since 1970 in UTC
        Index("ix_quote_valid_until_us", "state", "valid_until_us"),
        _of_buyer("quote"),
    ),
    ProductOrder: _record_table("product_order", _of_buyer("product_order")),
    Product: _record_table(
        "product",
        Column("product_offering_id", WORD),
        # All that is told of a product in a list: its row, of kilobytes, need not be read.
        Index("ix_product_told", "id", "product_offering_id", "buyer_id"),
        _of_buyer("product"),
    ),
    Purchase: _record_table("purchase"),
    ApiClient: _record_table("api_client"),
    Submission: _record_table("submission"),
    Outage: _record_table("outage"),
    Invoice: _numbered_table("invoice", _of_buyer("invoice")),
    CreditNote: _numbered_table("credit_note", _of_buyer("credit_note")),
    OwnerStatement: _numbered_table("owner_statement"),
    Dispute: _numbered_table("dispute"),
    Job: _record_table(
        "job",
        Column("due_us", BigInteger),  # microseconds since 1970 in UTC; null once it has ended
        _index_where("ix_job_due_us", "due_us IS NOT NULL", "due_us"),
    ),
}

INVOLVEMENT = Table(
    "involvement",
    METADATA,
    Column("operator_id", WORD, primary_key=True),
    Column("kind", WORD, primary_key=True),  # the table of the record
    Column("record_id", WORD, primary_key=True),
    Index("ix_involvement_record", "kind", "record_id"),
)
"""Which records an operator may see, so that its lists need not read those of all others."""

LEG = Table(
    "leg",
    METADATA,
    Column("kind", WORD, primary_key=True),  # the table of the record
    Column("record_id", WORD, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("operator_id", WORD, nullable=False),
    Column("state", WORD, nullable=False),
    Index("ix_leg_operator_id", "operator_id", "kind", "record_id", "place", "state"),
)
"""Legs of orders and products, so that a page of them need not read all that came before."""

RESOURCE = Table(
    "resource",
    METADATA,
    Column("resource_id", WORD, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("model", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("operator_id", WORD, nullable=False),
    Column("a_site_id", WORD, nullable=False),
    Column("z_site_id", WORD),
    Column("unit_count", Integer, nullable=False),
    Column("taken", LargeBinary, nullable=False),  # unit 0 is the lowest bit of the first byte
    Column("status", WORD, nullable=False),
    Column("length_km", Double, nullable=False),
    Column("latency_ms", Double, nullable=False),
    Column("source", Text, nullable=False),
    Column("source_date", Text, nullable=False),
    Column("confidence", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_resource_kind", "kind"),
    Index("ix_resource_a_site_id", "a_site_id"),
    Index("ix_resource_z_site_id", "z_site_id"),
    Index("ix_resource_operator_id", "operator_id", "resource_id", "kind"),
)

CLAIM = Table(
    "claim",
    METADATA,
    Column("claim_id", WORD, primary_key=True),
    Column(
        "resource_id",
        WORD,
        ForeignKey("resource.resource_id", name="fk_claim_resource"),
        nullable=False,
    ),
    Column("units", LargeBinary, nullable=False),
    Column("claimant_id", WORD, nullable=False),
    Column("side", WORD, nullable=False),
    Column("hop", Integer, nullable=False),
    Column("until_us", BigInteger),  # microseconds since 1970 in UTC
    Index("ix_claim_resource_id", "resource_id", "claimant_id"),
    Index("ix_claim_claimant_id", "claimant_id"),
    Index("ix_claim_until_us", "until_us"),
)

REPLAY = Table(
    "replay",
    METADATA,
    Column("buyer_id", WORD, primary_key=True),
    Column("external_id", WORD, primary_key=True),
    Column("action", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("subject_id", WORD, nullable=False),
)

CHANGE_LOG = Table(
    "change_log",
    METADATA,
    Column("place", COUNTED, primary_key=True, autoincrement=True),
    Column("entry_id", WORD, nullable=False),
    Column("who", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject_kind", Text, nullable=False),
    Column("subject_id", WORD, nullable=False),
    Column("state_before", Text, nullable=False),
    Column("state_after", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_change_log_subject_id", "subject_id", "place"),
)

JOB_ROW = Table(
    "job_row",
    METADATA,
    Column("job_id", WORD, ForeignKey("job.id", name="fk_job_row_job"), primary_key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("result", WORD),  # null while it is still to be done
    Column("body", Text, nullable=False),
    Index("ix_job_row_result", "job_id", "result", "row"),
)
"""Apart from the job, so that a row that is done is written alone."""

ACCOUNT = Table(
    "account",
    METADATA,
    Column("account_id", WORD, primary_key=True),
    Column("book", WORD, nullable=False),
    Column("name", WORD, nullable=False),
    Column("kind", WORD, nullable=False),
    Column("currency", WORD, nullable=False),
    Column("account_limit", WORD, nullable=False),
    Index("ix_account_book", "book", "name", unique=True),
)

BALANCE = Table(
    "balance",
    METADATA,
    Column(
        "account_id",
        WORD,
        ForeignKey("account.account_id", name="fk_balance_account"),
        primary_key=True,
    ),
    Column("debits_posted_minor", BigInteger, nullable=False),
    Column("credits_posted_minor", BigInteger, nullable=False),
    Column("debits_pending_minor", BigInteger, nullable=False),
    Column("credits_pending_minor", BigInteger, nullable=False),
)
"""A row is made with its account, so that there is one to lock before the first transfer."""

BOOK_CLOSE = Table(
    "book_close",
    METADATA,
    Column("book", WORD, primary_key=True),
    Column("closed_until", WORD),  # YYYY-MM-DD; null where it has never been closed
)
"""A row is made with the first account of a book."""

TRANSFER = Table(
    "ledger_transfer",
    METADATA,
    Column("place", COUNTED, primary_key=True, autoincrement=True),
    Column("transfer_id", WORD, nullable=False),
    Column("debit_account_id", WORD, nullable=False),
    Column("credit_account_id", WORD, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", WORD, nullable=False),
    Column("booked_on", WORD, nullable=False),  # YYYY-MM-DD
    Column("kind", WORD, nullable=False),
    Column("pending_id", WORD),
    Column("corrects", WORD),
    Column("subject_kind", WORD, nullable=False),
    Column("subject_id", WORD, nullable=False),
    Column("memo", Text, nullable=False),
    Column("exchange_rate", WORD, nullable=False),
    Index("ix_ledger_transfer_id", "transfer_id", unique=True),
    Index("ix_ledger_transfer_debit", "debit_account_id", "place"),
    Index("ix_ledger_transfer_credit", "credit_account_id", "place"),
    _index_where("ix_ledger_transfer_subject", "subject_id <> ''", "subject_id"),
    _index_where("ix_ledger_transfer_pending", "pending_id IS NOT NULL", "pending_id", unique=True),
)
"""Identifiers of time make the index of identifiers grow at its end, which is what is quick."""

TABLES: tuple[Table, ...] = (
    *RECORD_TABLES.values(),
    INVOLVEMENT,
    LEG,
    RESOURCE,
    CLAIM,
    REPLAY,
    CHANGE_LOG,
    JOB_ROW,
    ACCOUNT,
    BALANCE,
    BOOK_CLOSE,
    TRANSFER,
)
"""Every table, each after those that it names."""

PLACES: frozenset[Column[Any]] = frozenset({CHANGE_LOG.c.place, TRANSFER.c.place})
"""Columns that say in which order rows were added; counted anew where a store is restored."""
