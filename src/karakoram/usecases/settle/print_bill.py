"""How does an invoice, a credit note or a statement become a paper?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC

from karakoram.core.errors import NotFoundError
from karakoram.core.findings import Finding
from karakoram.core.identifiers import OperatorId, ProductId
from karakoram.network.network import Network
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.parties import Party
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.payments import ReceivedPayment, received_payments
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.ports import NetworkSource, PaperPrinter
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.settle.ledger_ports import SettlementReader, TransferQuestion
from karakoram.usecases.settle.offered_products import BilledLine, offerings_billed
from karakoram.usecases.settle.settling import found

Offerings = Mapping[ProductId, ProductOfferingId]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InvoicePaper:
    """An invoice with all that came of it."""

    invoice: Invoice
    payer: Party
    seller_name: str
    offerings: Offerings
    """What each product of its lines was sold as."""
    notes: tuple[CreditNote, ...] = ()
    payments: tuple[ReceivedPayment, ...] = ()
    is_internal: bool = False
    """Whether it tells who earns each line, and where each price comes from."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CreditNotePaper:
    """A credit note and the invoice that it is of."""

    note: CreditNote
    invoice: Invoice
    payer: Party
    seller_name: str
    offerings: Offerings
    is_internal: bool = False
    """Whether it tells who bears each line."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StatementPaper:
    """A statement of an owner."""

    statement: OwnerStatement
    owner_name: str
    offerings: Offerings


BillPaper = InvoicePaper | CreditNotePaper
SettlementPaper = BillPaper | StatementPaper


def bill_of(tx: SettlementReader, word: str, *, is_internal: bool = False) -> BillPaper:
    """The invoice of that identifier or number, or else the credit note, with what belongs to it.

    Raises
    ------
    NotFoundError
        If there is neither.
    """
    try:
        return _invoice_paper(tx, found(tx, Invoice, word), is_internal=is_internal)
    except NotFoundError:
        return _note_paper(tx, word, is_internal=is_internal)


def payments_of(tx: SettlementReader, invoice: Invoice) -> tuple[ReceivedPayment, ...]:
    """What was paid of an invoice, in the order of its seller's book."""
    if not invoice.paid.minor:
        return ()
    about = TransferQuestion(subject_kind="invoice", subject_id=invoice.invoice_id)
    return received_payments(tx.transfers_of(about), invoice=invoice)


def statement_paper(tx: SettlementReader, word: str) -> StatementPaper:
    """The statement of that identifier or number.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    statement = found(tx, OwnerStatement, word)
    return StatementPaper(
        statement=statement,
        owner_name=statement.operator_id,
        offerings=_offerings(tx, statement.lines),
    )


def print_paper(
    paper: SettlementPaper, *, networks: NetworkSource, printer: PaperPrinter[SettlementPaper]
) -> tuple[Finding, ...]:
    """Warnings of what the reader of a paper would miss, such as letters that no font has.

    It is written with the names of operators.

    Raises
    ------
    RefusedError, OSError
        If it cannot be made.
    """
    printer.check()
    network = networks.read_network()
    named: SettlementPaper
    if isinstance(paper, StatementPaper):
        named = replace(paper, owner_name=_name(network, paper.statement.operator_id))
    else:
        seller_id = paper.invoice.seller_id
        named = replace(paper, seller_name=_name(network, seller_id))
    return printer.write_paper(named)


def _name(network: Network, operator_id: OperatorId) -> str:
    known = network.operators.get(operator_id)
    return operator_id if known is None else f"{known.name} ({operator_id})"


def _invoice_paper(tx: SettlementReader, invoice: Invoice, *, is_internal: bool) -> InvoicePaper:
    notes = tx.find_all(CreditNote, buyer_id=invoice.payer_id)
    return InvoicePaper(
        invoice=invoice,
        payer=known_record(tx, Party, invoice.payer_id),
        seller_name=invoice.seller_id,
        offerings=_offerings(tx, invoice.lines),
        notes=tuple(each for each in notes if each.invoice_id == invoice.invoice_id),
        payments=payments_of(tx, invoice),
        is_internal=is_internal,
    )


def _note_paper(tx: SettlementReader, word: str, *, is_internal: bool) -> CreditNotePaper:
    try:
        note = found(tx, CreditNote, word)
    except NotFoundError:
        raise NotFoundError(f"there is no invoice and no credit note {word!r}.") from None
    return CreditNotePaper(
        note=note,
        invoice=known_record(tx, Invoice, note.invoice_id),
        payer=known_record(tx, Party, note.payer_id),
        seller_name=note.seller_id,
        offerings=_offerings(tx, note.lines),
        is_internal=is_internal,
    )


def _offerings(tx: SettlementReader, lines: Iterable[BilledLine]) -> Offerings:
    """What each product was sold as: a paper says the same when it is printed again.

    No zone is at hand, and none matters but to lines that begin on the day of a change.
    """
    return offerings_billed(tx, lines, zone_of=lambda _: UTC)
