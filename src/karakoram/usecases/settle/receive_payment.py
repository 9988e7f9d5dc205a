"""What does a payment of a buyer settle?"""

from dataclasses import dataclass, replace
from datetime import date

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.core.money import Money
from karakoram.sales.change_log import Deed
from karakoram.settlement.invoices import INVOICE_LIFE, Invoice, payment_event
from karakoram.settlement.payments import payment_entries
from karakoram.usecases.sell.sales_action import (
    Change,
    Content,
    Request,
    done_before,
    log_change,
    remember,
)
from karakoram.usecases.settle.ledger_ports import SettlementWriter
from karakoram.usecases.settle.settling import Settling, book, found, refuse_future


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerPayment:
    """What came in at the bank."""

    invoice: str
    """Identifier or number of the invoice."""
    amount: Money
    paid_on: date
    external_id: ExternalId
    """The bank's reference: a payment that is told twice counts once."""
    withheld: Money | None = None
    """What the buyer kept back as tax; ``None`` for nothing."""
    certificate: str = ""
    """Of the tax that was kept back, as the buyer's tax office numbers it."""

    @property
    def kept_back(self) -> Money:
        """What the buyer kept back as tax."""
        return Money(0, self.amount.currency) if self.withheld is None else self.withheld

    @property
    def reference(self) -> str:
        """Of the bank, and of the certificate."""
        of_tax = f", certificate {self.certificate}" if self.certificate else ""
        return f"{self.external_id}{of_tax}"


def receive_payment(payment: BuyerPayment, *, deed: Deed, settling: Settling) -> Invoice:
    """The invoice after the payment.

    Parameters
    ----------
    payment
        What came in, for which invoice.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such invoice.
    RefusedError
        With code ``wrong-currency``, ``payment-not-positive``, ``payment-too-large``,
        ``no-certificate``, ``in-the-future``, ``before-invoice``, ``closed-period`` or
        ``external-id-reused``.
    IllegalTransitionError
        If the invoice is settled.
    """

    def write(tx: SettlementWriter) -> Invoice:
        invoice = found(tx, Invoice, payment.invoice)
        request = Request(
            action="invoice.pay",
            buyer_id=invoice.payer_id,
            external_id=payment.external_id,
            content=_content(invoice, payment),
            deed=deed,
        )
        if done_before(tx, request) is not None:
            return invoice
        refuse_future(payment.paid_on, today=settling.today(deed), what="the day of payment")
        _check_day(invoice, payment.paid_on)
        settled = _settled(invoice, payment)
        state = INVOICE_LIFE.next_state(invoice.state, payment_event(invoice, settled))
        _check_amount(invoice, payment, settled)
        paid = replace(invoice, state=state, paid=invoice.paid + settled)
        stored = tx.replace(paid)
        book(
            tx,
            payment_entries(
                invoice, payment.amount, withheld=payment.kept_back, reference=payment.reference
            ),
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
            detail=f"{settled} on {payment.paid_on}, reference {payment.reference}",
        )
        log_change(tx, settling.ids, deed=deed, change=change)
        return stored

    return settling.store.write(write)


def _content(invoice: Invoice, payment: BuyerPayment) -> Content:
    """What is told, so that the same payment told twice counts once."""
    return {
        "invoice": invoice.invoice_id,
        "amount": str(payment.amount),
        "paid_on": f"{payment.paid_on}",
        "kept_back": str(payment.kept_back),
        "certificate": payment.certificate,
    }


def _settled(invoice: Invoice, payment: BuyerPayment) -> Money:
    """By how much the buyer owes less.

    Raises
    ------
    RefusedError
        With code ``wrong-currency``.
    """
    for amount in (payment.amount, payment.kept_back):
        if amount.currency != invoice.currency:
            raise RefusedError(
                f"invoice {invoice.number} is in {invoice.currency}, the payment in "
                f"{amount.currency}",
                code="wrong-currency",
                where=invoice.number,
                alternatives=(f"say what the bank credited in {invoice.currency}",),
            )
    return payment.amount + payment.kept_back


def _check_day(invoice: Invoice, paid_on: date) -> None:
    if paid_on < invoice.issued_on:
        raise RefusedError(
            f"invoice {invoice.number} is of {invoice.issued_on}, and the payment of {paid_on}",
            code="before-invoice",
            where=invoice.number,
            alternatives=(
                "name the day on which the bank credited it",
                "pay another invoice with it",
            ),
        )


def _check_amount(invoice: Invoice, payment: BuyerPayment, settled: Money) -> None:
    if payment.amount.minor <= 0 or payment.kept_back.minor < 0:
        raise RefusedError(
            f"a payment must be more than nothing, got {payment.amount}, and what is kept back not "
            f"less, got {payment.kept_back}",
            code="payment-not-positive",
            where=invoice.number,
        )
    if payment.kept_back.minor and not payment.certificate:
        raise RefusedError(
            f"{payment.kept_back} was kept back as tax without a certificate",
            code="no-certificate",
            where=invoice.number,
            alternatives=("name the certificate of the buyer's tax office",),
        )
    if settled.minor > invoice.open_amount.minor:
        raise RefusedError(
            f"{settled} is more than the {invoice.open_amount} that invoice {invoice.number} "
            "leaves open",
            code="payment-too-large",
            where=invoice.number,
            alternatives=(f"pay {invoice.open_amount}", "pay another invoice with the rest"),
        )
