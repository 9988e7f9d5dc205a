"""What does a payment of a buyer settle?"""

from dataclasses import dataclass, replace
from datetime import date

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.core.money import Money
from karakoram.sales.change_log import Deed
from karakoram.settlement.entries import payment_entries
from karakoram.settlement.invoices import INVOICE_LIFE, Invoice, payment_event
from karakoram.usecases.ledger_ports import SettlementWriter
from karakoram.usecases.sales_action import (
    Change,
    Request,
    done_before,
    log_change,
    remember,
)
from karakoram.usecases.settling import Settling, book, found, refuse_future


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerPayment:
    """What came in at the bank."""

    invoice: str
    """Identifier or number of the invoice."""
    amount: Money
    paid_on: date
    external_id: ExternalId
    """The bank's reference: a payment that is told twice counts once."""


def receive_payment(payment: BuyerPayment, *, deed: Deed, settling: Settling) -> Invoice:
    """The invoice after the payment.

    Raises
    ------
    NotFoundError
        If there is no such invoice.
    RefusedError
        With code ``wrong-currency``, ``payment-not-positive``, ``payment-too-large``,
        ``in-the-future``, ``closed-period`` or ``external-id-reused``.
    IllegalTransitionError
        If the invoice is settled.
    """

    def write(tx: SettlementWriter) -> Invoice:
        invoice = found(tx, Invoice, payment.invoice)
        request = Request(
            action="invoice.pay",
            buyer_id=invoice.payer_id,
            external_id=payment.external_id,
            content=f"{invoice.invoice_id}\n{payment.amount}\n{payment.paid_on}",
            deed=deed,
        )
        if done_before(tx, request) is not None:
            return invoice
        refuse_future(payment.paid_on, deed=deed, what="the day of payment")
        event = payment_event(invoice, payment.amount)
        state = INVOICE_LIFE.next_state(invoice.state, event)
        _check_amount(invoice, payment.amount)
        paid = replace(invoice, state=state, paid=invoice.paid + payment.amount)
        tx.replace(paid)
        book(
            tx,
            payment_entries(invoice, payment.amount),
            subject=("invoice", invoice.invoice_id),
            booked_on=payment.paid_on,
            ids=settling.ids,
        )
        remember(tx, request, invoice.invoice_id)
        change = Change(
            action=request.action,
            subject_kind="invoice",
            subject_id=invoice.invoice_id,
            state_before=invoice.state.value,
            state_after=state.value,
            detail=f"{payment.amount} on {payment.paid_on}, reference {payment.external_id}",
        )
        log_change(tx, settling.ids, deed=deed, change=change)
        return replace(paid, version=paid.version + 1)

    return settling.store.write(write)


def _check_amount(invoice: Invoice, amount: Money) -> None:
    if amount.currency != invoice.currency:
        raise RefusedError(
            f"invoice {invoice.number} is in {invoice.currency}, the payment in {amount.currency}",
            code="wrong-currency",
            where=invoice.number,
            alternatives=(f"say what the bank credited in {invoice.currency}",),
        )
    if amount.minor <= 0:
        raise RefusedError(
            f"a payment must be more than nothing, got {amount}",
            code="payment-not-positive",
            where=invoice.number,
        )
    if amount.minor > invoice.open_amount.minor:
        raise RefusedError(
            f"{amount} is more than the {invoice.open_amount} that invoice {invoice.number} leaves "
            "open",
            code="payment-too-large",
            where=invoice.number,
            alternatives=(f"pay {invoice.open_amount}", "pay another invoice with the rest"),
        )
