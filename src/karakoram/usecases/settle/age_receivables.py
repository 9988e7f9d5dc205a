"""Who owes what since when, on a day?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from karakoram.core.money import Money
from karakoram.sales.parties import Party
from karakoram.settlement.aging import AgedInvoice
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.usecases.settle.known_names import (
    refuse_unknown,
    refuse_unknown_names,
    refuse_unknown_owner,
)
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementStore
from karakoram.usecases.settle.print_bill import payments_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeQuestion:
    """Whose receivables, of whom, on which day."""

    on_day: date
    """What was billed, paid and credited up to this day counts."""
    seller: str = ""
    """Empty for every seller."""
    payer: str = ""
    """Empty for every payer."""


def aged_receivables(question: AgeQuestion, *, store: SettlementStore) -> tuple[AgedInvoice, ...]:
    """Every invoice of which something was open at the end of a day, the oldest due first.

    Raises
    ------
    InvalidDataError
        With a finding for each of seller and payer whose name nobody has.
    """

    def read(tx: SettlementReader) -> tuple[AgedInvoice, ...]:
        refuse_unknown_names(
            {
                "seller": lambda: refuse_unknown_owner(tx, question.seller),
                "payer": lambda: refuse_unknown(tx, Party, question.payer),
            }
        )
        return tuple(sorted(_aged(tx, question), key=_place))

    return store.read(read)


def _aged(tx: SettlementReader, question: AgeQuestion) -> Iterator[AgedInvoice]:
    credited: dict[str, int] = {}
    for note in tx.find_all(CreditNote):
        if note.issued_on <= question.on_day:
            credited[note.invoice_id] = credited.get(note.invoice_id, 0) + note.gross.minor
    for invoice in tx.find_all(Invoice):
        if invoice.issued_on > question.on_day or not _is_meant(invoice, question):
            continue
        paid = sum(
            each.settled.minor
            for each in payments_of(tx, invoice)
            if each.paid_on <= question.on_day
        )
        minor = invoice.gross.minor - paid - credited.get(invoice.invoice_id, 0)
        if minor:
            yield AgedInvoice(
                invoice=invoice,
                open_amount=Money(minor, invoice.currency),
                overdue_days=(question.on_day - invoice.due_on).days,
            )


def _is_meant(invoice: Invoice, question: AgeQuestion) -> bool:
    return question.seller in {"", invoice.seller_id} and question.payer in {"", invoice.payer_id}


def _place(each: AgedInvoice) -> tuple[date, str]:
    return each.invoice.due_on, each.invoice.number
