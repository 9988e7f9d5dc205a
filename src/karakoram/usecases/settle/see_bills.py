"""Which bills does somebody see, what is asked in them, and which were asked for on demand?

A bill is an invoice, or a credit note that takes some of one back (TM Forum 678).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from operator import itemgetter

from karakoram.core.errors import NotFoundError
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.payments import ReceivedPayment
from karakoram.settlement.viewing import Bill, bill_id, may_see_bill
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementStore
from karakoram.usecases.settle.print_bill import payments_of

KINDS: tuple[type[Bill], ...] = (Invoice, CreditNote)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenBill:
    """A bill, what was credited of it, and the request that it came of."""

    bill: Bill
    credit_notes: tuple[CreditNote, ...]
    """Of an invoice, oldest first."""
    payments: tuple[ReceivedPayment, ...] = ()
    """Of an invoice, in the order of its seller's book."""
    request: Submission | None
    """``None`` where it was made with the bills of a period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillQuestion:
    """Which bills are asked for."""

    kinds: tuple[type[Bill], ...] = KINDS
    states: tuple[str, ...] = ()
    """Of invoices; empty for all."""
    part: tuple[int, int] | None = None
    """How many are passed over, and how many are given at most; ``None`` for all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BillListing:
    """Some of the bills that somebody may see, and how many there are."""

    bills: tuple[SeenBill, ...]
    total: int


def bill_seen(word: str, *, viewer: Viewer, store: SettlementStore) -> SeenBill:
    """The bill.

    Raises
    ------
    NotFoundError
        If there is none, or it is not for this viewer to see.
    """

    def read(tx: SettlementReader) -> SeenBill:
        found = tx.find(Invoice, word) or tx.find(CreditNote, word)
        if found is None or not may_see_bill(found, viewer):
            raise NotFoundError(f"there is no bill {word!r}.")
        return _seen(tx, [found])[0]

    return store.read(read)


def bills_seen(question: BillQuestion, *, viewer: Viewer, store: SettlementStore) -> BillListing:
    """The bills that are asked for and that the viewer may see, oldest first."""

    def read(tx: SettlementReader) -> BillListing:
        offset, limit = question.part or (0, None)
        end = None if limit is None else offset + limit
        found: list[tuple[str, type[Bill]]] = []
        total = 0
        for kind in question.kinds:
            stamped = tx.stamps(
                kind,
                buyer_id=viewer.party_id,
                operator_id=viewer.operator_id,
                states=question.states if kind is Invoice else (),
                limit=end,
            )
            found += ((each.record_id, kind) for each in stamped.stamps)
            total += stamped.total
        part = sorted(found, key=itemgetter(0))[offset:end]
        return BillListing(bills=_seen(tx, _read(tx, part, viewer=viewer)), total=total)

    return store.read(read)


def bills_on_demand(*, viewer: Viewer, store: SettlementStore) -> tuple[SeenBill, ...]:
    """The bills that the viewer may see and that somebody asked for, oldest first."""
    found = bills_seen(BillQuestion(kinds=(Invoice,)), viewer=viewer, store=store)
    return tuple(each for each in found.bills if each.request is not None)


def bill_on_demand(word: str, *, viewer: Viewer, store: SettlementStore) -> SeenBill:
    """The bill that somebody asked for.

    Raises
    ------
    NotFoundError
        If there is none, it was not asked for, or it is not for this viewer to see.
    """
    found = bill_seen(word, viewer=viewer, store=store)
    if found.request is None:
        raise NotFoundError(f"nobody asked for bill {word!r} on demand.")
    return found


def _read(
    tx: SettlementReader, named: Iterable[tuple[str, type[Bill]]], *, viewer: Viewer
) -> list[Bill]:
    """The bills of these identifiers, in their order."""
    every = tuple(named)
    found: dict[str, Bill] = {
        **tx.find_some(Invoice, [name for name, kind in every if kind is Invoice]),
        **tx.find_some(CreditNote, [name for name, kind in every if kind is CreditNote]),
    }
    assert all(may_see_bill(each, viewer) for each in found.values()), "a store gives what is seen"
    return [found[name] for name, _ in every]


def _seen(tx: SettlementReader, bills: Iterable[Bill]) -> tuple[SeenBill, ...]:
    """The bills with what belongs to each; the credit notes of a payer are read once."""
    every = tuple(bills)
    credited = {
        each.payer_id for each in every if isinstance(each, Invoice) and each.credited.minor
    }
    notes = [note for payer in sorted(credited) for note in tx.find_all(CreditNote, buyer_id=payer)]
    requests = tx.find_some(Submission, [bill_id(each) for each in every])
    return tuple(
        SeenBill(
            bill=bill,
            credit_notes=tuple(each for each in notes if each.invoice_id == bill_id(bill)),
            payments=payments_of(tx, bill) if isinstance(bill, Invoice) else (),
            request=requests.get(bill_id(bill)),
        )
        for bill in every
    )
