"""Does what is in a store fit together?

Units that are taken are those that somebody claims, none twice; what is claimed and who claims it
are there; every record can be read; jobs have their rows; and the ledger is what its transfers make
it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, inspect, select

from karakoram.adapters.store.bits import units_from_bytes
from karakoram.adapters.store.checking_jobs import job_findings
from karakoram.adapters.store.checking_ledger import ledger_findings
from karakoram.adapters.store.codec import named_amiss, record_from_text
from karakoram.adapters.store.dump import ROWS_AT_ONCE, counts_of
from karakoram.adapters.store.involvement import of_kind
from karakoram.adapters.store.legs import of_kind as legs_of_kind
from karakoram.adapters.store.rows import (
    cells_from_record,
    claim_from_cells,
    entry_from_cells,
    resource_from_cells,
)
from karakoram.adapters.store.tables import CHANGE_LOG, CLAIM, RECORD_TABLES, RESOURCE, TABLES
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Severity, finding_at
from karakoram.sales.moving import rider_of
from karakoram.sales.orders import OPEN_ORDER_STATES, OrderAction, ProductOrder
from karakoram.sales.products import PRODUCT_LIFE, Product
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.sales.services import CarriedLeg, legs_carried
from karakoram.settlement.viewing import operators_concerned
from karakoram.usecases.store.store_ports import StoreCheck

_SHOWN_MAX = 8
_MENDED = (
    "it is read as it is; to mend it, tell the record once more under its identifier with a right "
    "name and all else as it is:  karakoram party add, karakoram outage add"
)
_KEPT = (
    "it is read as it is, and stays, because other records name it; a new party or client takes "
    "another"
)


def checked(connection: Connection) -> StoreCheck:
    """The rows by table, and every broken rule; where a table is missing, only that."""
    missing = tuple(_missing(connection))
    if missing:
        return StoreCheck(counts=counts_of(connection, _tables_there(connection)), findings=missing)
    known: set[str] = set()
    records = tuple(_record_findings(connection, known))
    resources = tuple(_resource_findings(connection, known))
    claims = tuple(_claim_findings(connection, known))
    log = tuple(_unread(connection, CHANGE_LOG, key="entry_id", read=entry_from_cells))
    jobs = tuple(job_findings(connection))
    ledger = tuple(ledger_findings(connection))
    findings = (*records, *resources, *claims, *log, *jobs, *ledger)
    return StoreCheck(counts=counts_of(connection), findings=findings)


def _tables_there(connection: Connection) -> list[Table]:
    there = set(inspect(connection).get_table_names())
    return [table for table in TABLES if table.name in there]


def _missing(connection: Connection) -> Iterator[Finding]:
    """Tables, and columns of tables, that are not there."""
    there = _tables_there(connection)
    for table in TABLES:
        if table not in there:
            yield finding_at("table-missing", (table.name, None, None), "the table is missing")
            continue
        columns = {each["name"] for each in inspect(connection).get_columns(table.name)}
        for name in (each.name for each in table.columns if each.name not in columns):
            yield finding_at(
                "column-missing", (table.name, None, None), f"column {name} is missing"
            )


def _rows(connection: Connection, asked: Any) -> Iterable[Any]:  # noqa: ANN401  (a statement)
    streamed = connection.execution_options(yield_per=ROWS_AT_ONCE)
    return streamed.execute(asked).mappings()


def _unread(
    connection: Connection,
    table: Table,
    *,
    key: str,
    read: Callable[[Any], object],
) -> Iterator[Finding]:
    """A finding for each row that cannot be read."""
    for row in _rows(connection, select(table).order_by(table.c[key])):
        try:
            read(row)
        except (ValueError, RefusedError, OverflowError) as error:
            yield finding_at("row-unreadable", (table.name, row[key], None), str(error))


def _record_findings(connection: Connection, known: set[str]) -> Iterator[Finding]:
    """Records that cannot be read or do not agree with their columns; notes who may claim."""
    for kind, table in RECORD_TABLES.items():
        concerned = of_kind(connection, table)
        written = legs_of_kind(connection, table.name)

        def read(
            row: Any,  # noqa: ANN401
            *,
            kind: type[Any] = kind,
            concerned: Mapping[str, set[str]] = concerned,
            written: Mapping[str, list[CarriedLeg]] = written,
        ) -> object:
            record = record_from_text(kind, row["body"])
            known.update(_claimants(record))
            cells = cells_from_record(record)
            wrong = [name for name, cell in cells.items() if name != "body" and cell != row[name]]
            if wrong:
                raise RefusedError(f"{', '.join(wrong)} beside the record is not what it says")
            if concerned.get(row["id"], set()) != operators_concerned(record):
                raise RefusedError("the operators beside the record are not those that it concerns")
            if tuple(written.get(row["id"], ())) != legs_carried(record):
                raise RefusedError("the legs beside the record are not those that it has")
            return record

        yield from _unread(connection, table, key="id", read=read)
        if hasattr(kind, "NAMED"):
            yield from _name_findings(connection, kind, table)


def _name_findings(connection: Connection, kind: type[Any], table: Table) -> Iterator[Finding]:
    """A warning for each name that would be refused today; the record is read as it is."""
    for row in _rows(connection, select(table.c.id, table.c.body).order_by(table.c.id)):
        try:
            record = record_from_text(kind, row["body"])
        except RefusedError:  # told already
            continue
        for field, breach in named_amiss(record):
            help_ = _MENDED if field in kind.NAMED.names else _KEPT
            told = finding_at(
                "name-refused", (table.name, row["id"], None), f"{field} {breach}; {help_}"
            )
            yield replace(told, severity=Severity.WARNING)


def _claimants(record: object) -> Iterator[str]:
    """Who may hold units for a record: a product that lives, an offer or a change not yet done."""
    match record:
        case Product() if not PRODUCT_LIFE.is_final(record.state):
            yield record.product_id
        case Quote(state=QuoteState.ORDERABLE):
            yield from (offer.offer_id for offer in record.offers)
        case ProductOrder(action=OrderAction.MODIFY) if record.state in OPEN_ORDER_STATES:
            yield record.product_order_id


def _resource_findings(connection: Connection, known: set[str]) -> Iterator[Finding]:
    """Resources that cannot be read, or whose taken units are not those that are claimed."""
    known.update(connection.scalars(select(RESOURCE.c.resource_id)))
    yield from _unread(connection, RESOURCE, key="resource_id", read=resource_from_cells)
    claimed: dict[str, int] = {}
    asked = select(CLAIM.c.claim_id, CLAIM.c.resource_id, CLAIM.c.units).order_by(CLAIM.c.claim_id)
    for row in _rows(connection, asked):
        before, units = claimed.get(row["resource_id"], 0), units_from_bytes(row["units"])
        if before & units:
            yield finding_at(
                "unit-claimed-twice",
                (CLAIM.name, row["claim_id"], None),
                f"unit {_numbers(before & units)} of {row['resource_id']} is claimed twice",
            )
        claimed[row["resource_id"]] = before | units
    asked = select(RESOURCE.c.resource_id, RESOURCE.c.taken).order_by(RESOURCE.c.resource_id)
    for row in _rows(connection, asked):
        taken, held = units_from_bytes(row["taken"]), claimed.get(row["resource_id"], 0)
        if taken != held:
            yield finding_at(
                "taken-not-claimed",
                (RESOURCE.name, row["resource_id"], None),
                f"unit {_numbers(taken ^ held)} is taken and not claimed, or claimed and not taken",
            )


def _claim_findings(connection: Connection, known: set[str]) -> Iterator[Finding]:
    """Claims that cannot be read, or whose two ends are not there."""
    resources = set(connection.scalars(select(RESOURCE.c.resource_id)))
    yield from _unread(connection, CLAIM, key="claim_id", read=claim_from_cells)
    asked = select(CLAIM.c.claim_id, CLAIM.c.resource_id, CLAIM.c.claimant_id).order_by(
        CLAIM.c.claim_id
    )
    for row in _rows(connection, asked):
        for field, there in (("resource_id", resources), ("claimant_id", known)):
            if rider_of(row[field]) not in there:
                yield finding_at(
                    "claim-orphaned",
                    (CLAIM.name, row["claim_id"], None),
                    f"{field} names {row[field]}, which is not there or holds nothing now",
                )


def _numbers(units: int) -> str:
    lowest: list[str] = []
    while units and len(lowest) < _SHOWN_MAX:
        lowest.append(str((units & -units).bit_length() - 1))
        units &= units - 1
    return ", ".join(lowest) + (" and more" if units else "")
