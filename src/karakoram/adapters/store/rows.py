"""How does a record stand in a row of its table?"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

from karakoram.adapters.store.bits import (
    bytes_from_units,
    microseconds_from_moment,
    moment_from_microseconds,
    units_from_bytes,
)
from karakoram.adapters.store.codec import text_from_record
from karakoram.core.cells import shown
from karakoram.core.errors import RefusedError
from karakoram.core.provenance import Confidence, Provenance
from karakoram.planning.path_side import PathSide
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.inventory.resources import Claim, Resource, ResourceStatus
from karakoram.sales.jobs import Job, JobRow
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.sell.sales_ports import Record, identifier

Cells = Mapping[Any, Any]
"""A row by the names of its columns."""
RecordT = TypeVar("RecordT")
Reader = Callable[[Cells], RecordT]
"""Makes a record of a row."""


def as_stored(kind: type[RecordT], key: str) -> Callable[[Reader[RecordT]], Reader[RecordT]]:
    """Lets what reads a row say which row is damaged, where its cells are none of the kind.

    Parameters
    ----------
    kind
        What a row is.
    key
        The column that names it.
    """

    def decorated(read: Reader[RecordT]) -> Reader[RecordT]:
        @wraps(read)
        def read_or_told(cells: Cells) -> RecordT:
            try:
                return read(cells)
            except (ValueError, TypeError, OverflowError) as error:
                raise unreadable(kind, cells[key], why=error) from error

        return read_or_told

    return decorated


def unreadable(kind: type, name: object, *, why: object) -> RefusedError:
    """That a row was changed by something else than this program."""
    return RefusedError(
        f"what is stored is no {kind.__name__}: {shown(str(name))}: {why}", code="store-damaged"
    )


def _whose(record: Record) -> str | None:
    """The buyer of a record; of what is billed, whoever pays; ``None`` where there is neither."""
    buyer = getattr(record, "buyer_id", None) or getattr(record, "payer_id", None)
    return None if buyer is None else str(buyer)


def cells_from_record(record: Record) -> dict[str, Any]:
    """The row of a record."""
    state = getattr(record, "state", None)
    return {
        **_asked_for(record),
        "id": identifier(record),
        "buyer_id": _whose(record),
        "external_id": getattr(record, "external_id", None),
        "state": None if state is None else state.value,
        "version": record.version,
        "body": text_from_record(record),
    }


def _asked_for(record: Record) -> dict[str, Any]:
    """What only some kinds of records have a column for."""
    match record:
        case Quote():
            return {"valid_until_us": microseconds_from_moment(record.valid_until)}
        case Product():
            return {"product_offering_id": record.product_offering_id}
        case Job():
            due_at = record.due_at
            return {"due_us": None if due_at is None else microseconds_from_moment(due_at)}
        case Invoice() | CreditNote() | OwnerStatement() | Dispute():
            return {"number": record.number}
        case _:
            return {}


def cells_from_job_row(row: JobRow) -> dict[str, Any]:
    """The row of a row of a job."""
    return {
        "job_id": row.job_id,
        "row": row.row,
        "result": None if row.result is None else row.result.value,
        "body": text_from_record(row),
    }


def cells_from_resource(resource: Resource) -> dict[str, Any]:
    """The row of a resource."""
    return {
        "resource_id": resource.resource_id,
        "kind": resource.kind.value,
        "model": resource.model,
        "name": resource.name,
        "operator_id": resource.operator_id,
        "a_site_id": resource.a_site_id,
        "z_site_id": resource.z_site_id,
        "unit_count": resource.unit_count,
        "taken": bytes_from_units(resource.taken),
        "status": resource.status.value,
        "length_km": resource.length_km,
        "latency_ms": resource.latency_ms,
        "source": resource.provenance.source,
        "source_date": resource.provenance.source_date,
        "confidence": resource.provenance.confidence.value,
        "note": resource.provenance.note,
        "version": resource.version,
    }


@as_stored(Resource, "resource_id")
def resource_from_cells(cells: Cells) -> Resource:
    """The resource that a row is."""
    return Resource(
        resource_id=cells["resource_id"],
        kind=ResourceKind(cells["kind"]),
        model=cells["model"],
        name=cells["name"],
        operator_id=cells["operator_id"],
        a_site_id=cells["a_site_id"],
        z_site_id=cells["z_site_id"],
        unit_count=cells["unit_count"],
        taken=units_from_bytes(cells["taken"]),
        status=ResourceStatus(cells["status"]),
        length_km=cells["length_km"],
        latency_ms=cells["latency_ms"],
        provenance=Provenance(
            source=cells["source"],
            source_date=cells["source_date"],
            confidence=Confidence(cells["confidence"]),
            note=cells["note"],
        ),
        version=cells["version"],
    )


def cells_from_claim(claim: Claim) -> dict[str, Any]:
    """The row of a claim."""
    return {
        "claim_id": claim.claim_id,
        "resource_id": claim.resource_id,
        "units": bytes_from_units(claim.units),
        "claimant_id": claim.claimant_id,
        "side": claim.side.value,
        "hop": claim.hop,
        "until_us": None if claim.until is None else microseconds_from_moment(claim.until),
    }


@as_stored(Claim, "claim_id")
def claim_from_cells(cells: Cells) -> Claim:
    """The claim that a row is."""
    return Claim(
        claim_id=cells["claim_id"],
        resource_id=cells["resource_id"],
        units=units_from_bytes(cells["units"]),
        claimant_id=cells["claimant_id"],
        side=PathSide(cells["side"]),
        hop=cells["hop"],
        until=None if cells["until_us"] is None else moment_from_microseconds(cells["until_us"]),
    )


def cells_from_entry(entry: LogEntry) -> dict[str, Any]:
    """The row of an entry of the change log."""
    return {
        "entry_id": entry.entry_id,
        "who": entry.deed.who,
        "why": entry.deed.why,
        "at_us": microseconds_from_moment(entry.deed.at),
        "action": entry.action,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "state_before": entry.state_before,
        "state_after": entry.state_after,
        "detail": entry.detail,
    }


@as_stored(LogEntry, "entry_id")
def entry_from_cells(cells: Cells) -> LogEntry:
    """The entry that a row is."""
    return LogEntry(
        entry_id=cells["entry_id"],
        deed=Deed(who=cells["who"], why=cells["why"], at=moment_from_microseconds(cells["at_us"])),
        action=cells["action"],
        subject_kind=cells["subject_kind"],
        subject_id=cells["subject_id"],
        state_before=cells["state_before"],
        state_after=cells["state_after"],
        detail=cells["detail"],
    )
