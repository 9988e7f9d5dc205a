"""What do buyers get back for the months in which a promise was broken?"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

from karakoram.core.identifiers import CreditNoteId, OperatorId, ProductId
from karakoram.core.moments import Interval, days_window
from karakoram.core.money import Money, allocate
from karakoram.operations.outages import Outage
from karakoram.operations.service_time import service_time
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.settlement.entries import credit_note_entries
from karakoram.settlement.invoices import (
    INVOICE_LIFE,
    CreditLine,
    CreditNote,
    CreditReason,
    Invoice,
    InvoiceEvent,
    InvoiceTax,
)
from karakoram.settlement.offered_days import offering_on
from karakoram.settlement.rating.periods import BillingPeriod, day_of
from karakoram.settlement.rating.rated import RatedKind
from karakoram.settlement.service_credits import ServiceCredit, service_credit
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter
from karakoram.usecases.settle.offered_products import offered_days
from karakoram.usecases.settle.settling import Settling, book, next_number, refuse_future

_FOREVER = datetime.max.replace(tzinfo=UTC)


def credit_outages(
    period: BillingPeriod, *, deed: Deed, settling: Settling
) -> tuple[CreditNote, ...]:
    """New credit notes for outages in the months of the period, one for each invoice.

    Asked again it credits nothing twice; an outage that became known later adds the difference.

    Parameters
    ----------
    period
        Whole months that were billed.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    RefusedError
        With code ``in-the-future`` where the period is not over.
    """
    refuse_future(period.to_day, today=settling.today(deed), what="the end of the period")

    def write(tx: SettlementWriter) -> tuple[CreditNote, ...]:
        by_product: dict[ProductId, list[Outage]] = {}
        for outage in tx.find_all(Outage):
            by_product.setdefault(outage.product_id, []).append(outage)
        lines: dict[str, list[CreditLine]] = {}
        invoices: dict[str, Invoice] = {}
        for product_id, outages in by_product.items():
            product = known_record(tx, Product, product_id)
            for month in period.months:
                for invoice, line in _credited(
                    tx, product, outages, month=month, settling=settling
                ):
                    invoices[invoice.invoice_id] = invoice
                    lines.setdefault(invoice.invoice_id, []).append(line)
        return tuple(
            credit_invoice(
                tx,
                invoices[key],
                tuple(each),
                reason=CreditReason.SERVICE_LEVEL,
                deed=deed,
                settling=settling,
            )
            for key, each in lines.items()
        )

    return settling.store.write(write)


def credit_invoice(
    tx: SettlementWriter,
    invoice: Invoice,
    lines: tuple[CreditLine, ...],
    *,
    reason: CreditReason,
    deed: Deed,
    settling: Settling,
) -> CreditNote:
    """A credit note of an invoice, written, booked and told in the log.

    Parameters
    ----------
    tx
        What is stored.
    invoice
        Of which something is given back.
    lines
        What, for which product and days, and who bears it.
    reason
        Why.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.
    """
    issued_on = deed.at.date()
    prefix = f"{invoice.seller_id}-C{issued_on.year}-"
    net = Money(sum(line.amount.minor for line in lines), invoice.currency)
    note = CreditNote(
        credit_note_id=CreditNoteId(settling.ids.new_id()),
        number=next_number(tx, CreditNote, prefix),
        invoice_id=invoice.invoice_id,
        seller_id=invoice.seller_id,
        payer_id=invoice.payer_id,
        reason=reason,
        lines=lines,
        currency=invoice.currency,
        taxes=tuple(_taxes_back(invoice, net)),
        issued_on=issued_on,
        made_at=deed.at,
    )
    tx.add(note)
    credited = _after_credit(invoice, note)
    tx.replace(credited)
    book(
        tx,
        credit_note_entries(note, invoice),
        subject=("credit_note", note.credit_note_id),
        booked_on=issued_on,
        ids=settling.ids,
    )
    change = Change(
        action="invoice.credit",
        subject_kind="invoice",
        subject_id=invoice.invoice_id,
        state_before=invoice.state.value,
        state_after=credited.state.value,
        detail=f"credit note {note.number}: {note.gross}",
    )
    log_change(tx, settling.ids, deed=deed, change=change)
    return note


def _after_credit(invoice: Invoice, note: CreditNote) -> Invoice:
    """The invoice, settled where nothing is open; what was paid too much stays credited."""
    credited = replace(invoice, credited=invoice.credited + note.gross)
    if credited.open_amount.minor > 0 or INVOICE_LIFE.is_final(invoice.state):
        return credited
    return replace(credited, state=INVOICE_LIFE.next_state(invoice.state, InvoiceEvent.SETTLE))


def _taxes_back(invoice: Invoice, net: Money) -> Iterator[InvoiceTax]:
    """The part of each tax that was asked on what is given back."""
    whole = invoice.net.minor
    for tax in invoice.taxes:
        if tax.amount.minor and 0 < net.minor <= whole:
            amount = allocate(tax.amount, [net.minor, whole - net.minor])[0]
            yield replace(tax, base=net, amount=amount)


def _credited(
    tx: SettlementReader,
    product: Product,
    outages: Iterable[Outage],
    *,
    month: BillingPeriod,
    settling: Settling,
) -> Iterator[tuple[Invoice, CreditLine]]:
    """What a month of a product gives back beyond what it gave before, by who bears it."""
    billed, charge = _charged(tx, product, month)
    if billed is None:
        return
    credit = month_credit(
        product_of_month(tx, product, month, settling=settling),
        outages,
        month,
        charge=charge,
        settling=settling,
    )
    if credit is None:
        return
    key = f"credit/{product.product_id}/{month.from_day}"
    before = _given(tx, key, billed)
    for part in credit.borne:
        more = part.amount.minor - before.get(part.operator_id, 0)
        if more > 0:
            yield (
                billed,
                CreditLine(
                    key=f"{key}/{part.operator_id}/{before.get(part.operator_id, 0)}",
                    product_id=product.product_id,
                    from_day=month.from_day,
                    to_day=month.to_day,
                    text=f"{credit.percent.normalize():f} % of the month: {credit.reason}",
                    operator_id=part.operator_id,
                    amount=Money(more, charge.currency),
                    confidence=credit.confidence,
                    source=credit.source,
                ),
            )


def _charged(
    tx: SettlementReader, product: Product, month: BillingPeriod
) -> tuple[Invoice | None, Money]:
    """The last invoice of the month, and what recurs of the product in its currency."""
    last: Invoice | None = None
    minor: dict[str, int] = {}
    for invoice in tx.find_all(Invoice, buyer_id=product.payer_id):
        for line in invoice.lines:
            is_meant = line.product_id == product.product_id and month.holds(line.from_day)
            if is_meant and line.kind is RatedKind.RECURRING:
                minor[invoice.currency] = minor.get(invoice.currency, 0) + line.amount.minor
                last = invoice
    currency = "USD" if last is None else last.currency
    return last, Money(minor.get(currency, 0), currency)


def product_of_month(
    tx: SettlementReader, product: Product, month: BillingPeriod, *, settling: Settling
) -> Product:
    """The product as the offering that it was of when a month, or its service in it, began.

    What another offering promises holds from the month after the change.

    Parameters
    ----------
    tx
        What is stored.
    product
        As it stands now.
    month
        A calendar month.
    settling
        Time zones.
    """
    began = month.from_day
    if product.active_from is not None:
        began = max(began, day_of(product.active_from, settling.zone_of(product.seller_id)))
    offered = offered_days(tx, [product], zone_of=settling.zone_of)[product.product_id]
    return replace(product, product_offering_id=offering_on(offered, began))


def month_credit(
    product: Product,
    outages: Iterable[Outage],
    month: BillingPeriod,
    *,
    charge: Money,
    settling: Settling,
) -> ServiceCredit | None:
    """What a month of a product gives back of its charge; ``None`` where no promise was broken.

    Parameters
    ----------
    product
        Whose month it is, as :func:`product_of_month` tells it.
    outages
        Of the product, in any order.
    month
        A calendar month.
    charge
        For the whole month.
    settling
        Catalogue and time zones.
    """
    offering = settling.catalogue.offering(product.product_offering_id)
    if offering.service_level_id is None or product.active_from is None:
        return None
    zone = settling.zone_of(product.seller_id)
    alive = Interval(starts_at=product.active_from, ends_at=product.active_until or _FOREVER)
    window = alive.within(days_window(month.from_day, month.to_day, zone=zone))
    if window is None:
        return None
    steps = settling.catalogue.credit_steps_of(offering.service_level_id)
    return service_credit(service_time(outages, window=window), steps=steps, monthly_charge=charge)


def _given(tx: SettlementReader, key: str, invoice: Invoice) -> dict[OperatorId, int]:
    """What was credited under the key before, in minor units by who bore it."""
    given: dict[OperatorId, int] = {}
    for note in tx.find_all(CreditNote, buyer_id=invoice.payer_id):
        for line in note.lines:
            if line.key.startswith(f"{key}/"):
                given[line.operator_id] = given.get(line.operator_id, 0) + line.amount.minor
    return given
