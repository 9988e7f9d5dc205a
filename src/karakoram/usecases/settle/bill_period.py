"""What is each buyer asked for a period, and what does asking it again change?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import chain

from karakoram.core.errors import InvalidDataError
from karakoram.core.identifiers import InvoiceId, OperatorId, PartyId, ProductId
from karakoram.core.money import Money
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.settlement.agreed_commitments import commitments_of
from karakoram.settlement.entries import invoice_entries
from karakoram.settlement.invoices import INVOICE_LIFE, Invoice
from karakoram.settlement.rating.corrections import corrections
from karakoram.settlement.rating.periods import BillingPeriod, day_of
from karakoram.settlement.rating.rate_period import rated_period
from karakoram.settlement.rating.rated import RatedCharge, RatedKind
from karakoram.settlement.rating.tariffs import judged_usage
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.settle.charged_products import product_intervals
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter
from karakoram.usecases.settle.offered_products import offered_days
from karakoram.usecases.settle.settling import Settling, book, next_number, refuse_future
from karakoram.usecases.settle.tax_invoice import taxes_of

_OF_USAGE = frozenset({RatedKind.USAGE, RatedKind.SHORTFALL})


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRun:
    """What is billed together."""

    period: BillingPeriod
    usage: tuple[UsageRecord, ...] | None = None
    """All that was used in the months of the period; ``None`` where usage is not told: then what
    was billed of it before stays, and no shortfall is asked."""
    seller_id: OperatorId | None = None
    """Only what this operator sold; ``None`` for all."""
    payer_id: PartyId | None = None
    """Only what this party pays."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class _Account:
    """Who bills whom, in which currency."""

    seller_id: OperatorId
    payer_id: PartyId


@dataclass(frozen=True, slots=True, kw_only=True)
class _Billing:
    """What all invoices of a run have in common."""

    run: BillRun
    deed: Deed
    settling: Settling


def bill_period(run: BillRun, *, deed: Deed, settling: Settling) -> tuple[Invoice, ...]:
    """New invoices, one for each seller, payer and currency; none where nothing is new.

    A period that is billed again gives invoices of what changed since: lines that are wrong now are
    taken back, and what takes their place is asked. So a run that was cut off is simply run again.

    Parameters
    ----------
    run
        Period, usage, and whom to bill.
    deed
        Who does it, when and why; its day is the day of the invoices.
    settling
        The parts of the outside.

    Raises
    ------
    RefusedError
        With code ``in-the-future`` where the period is not over.
    InvalidDataError
        If usage cannot be charged; carries every finding.
    """
    refuse_future(run.period.to_day, today=settling.today(deed), what="the end of the period")
    groups = settling.store.read(lambda tx: _grouped(tx, run, settling))
    billing = _Billing(run=run, deed=deed, settling=settling)
    invoices: list[Invoice] = []
    for account, product_ids in sorted(groups.items()):
        write = partial(
            _bill_account,
            account=account,
            product_ids=product_ids,
            billing=billing,
        )
        invoices += settling.store.write(write)
    return tuple(invoices)


def _grouped(
    tx: SettlementReader, run: BillRun, settling: Settling
) -> dict[_Account, list[ProductId]]:
    """The products that each account is billed for."""
    every = tx.find_all(Product)
    _refuse_uncharged(tx, every, run)
    groups: dict[_Account, list[ProductId]] = {}
    for product in every:
        account = _Account(seller_id=product.seller_id, payer_id=product.payer_id)
        is_meant = run.seller_id in {None, account.seller_id} and run.payer_id in {
            None,
            account.payer_id,
        }
        if is_meant and _is_charged(product, run.period, settling):
            groups.setdefault(account, []).append(product.product_id)
    return groups


def _refuse_uncharged(tx: SettlementReader, products: Iterable[Product], run: BillRun) -> None:
    """Refuse usage that cannot be charged before anybody is billed, whomever it is of."""
    if run.usage:
        judged = judged_usage(run.usage, product_intervals(tx, products))
        if judged.findings:
            raise InvalidDataError(judged.findings)


def _is_charged(product: Product, period: BillingPeriod, settling: Settling) -> bool:
    """Whether some moment of the product lies in the period."""
    if product.active_from is None:
        return False
    zone = settling.zone_of(product.seller_id)
    if day_of(product.active_from, zone) >= period.to_day:
        return False
    ended = product.active_until
    return ended is None or day_of(ended, zone) >= period.from_day


def _rated_lines(
    tx: SettlementReader, products: Sequence[Product], *, run: BillRun, settling: Settling
) -> tuple[RatedCharge, ...]:
    """Every line of the products of one seller for the period.

    Parameters
    ----------
    tx
        What is stored.
    products
        Of one seller.
    run
        Period and usage.
    settling
        The parts of the outside.
    """
    if not products:
        return ()
    theirs = {product.product_id for product in products}
    zone = settling.zone_of(products[0].seller_id)
    intervals = product_intervals(tx, products)
    if run.usage is None:
        return rated_period(intervals, period=run.period, zone=zone)
    promised = settling.terms.minimum_commitments.values()
    offered = offered_days(tx, products if promised else (), zone_of=settling.zone_of).values()
    return rated_period(
        intervals,
        [each for each in run.usage if each.product_id in theirs],
        period=run.period,
        zone=zone,
        commitments=commitments_of(chain.from_iterable(offered), promised),
    )


def _bill_account(
    tx: SettlementWriter,
    *,
    account: _Account,
    product_ids: Iterable[ProductId],
    billing: _Billing,
) -> tuple[Invoice, ...]:
    """The new invoices of an account, written."""
    run, deed, settling = billing.run, billing.deed, billing.settling
    products = [
        product
        for _, product in sorted(tx.find_some(Product, product_ids).items())
        if (product.seller_id, product.payer_id) == (account.seller_id, account.payer_id)
        and _is_charged(product, run.period, settling)
    ]
    rated = _rated_lines(tx, products, run=run, settling=settling)
    before = [
        line
        for invoice in tx.find_all(Invoice, buyer_id=account.payer_id)
        if invoice.seller_id == account.seller_id
        for line in invoice.lines
        if run.period.from_day <= line.from_day and line.to_day <= run.period.to_day
        if run.usage is not None or line.kind not in _OF_USAGE
    ]
    new = corrections(before, rated)
    currencies = sorted({line.amount.currency for line in new})
    return tuple(
        _issue_invoice(
            tx,
            _invoice(tx, account, _of_currency(new, currency), billing=billing),
            deed=deed,
            settling=settling,
        )
        for currency in currencies
    )


def _of_currency(lines: Iterable[RatedCharge], currency: str) -> tuple[RatedCharge, ...]:
    return tuple(line for line in lines if line.amount.currency == currency)


def _invoice(
    tx: SettlementReader,
    account: _Account,
    lines: tuple[RatedCharge, ...],
    *,
    billing: _Billing,
) -> Invoice:
    run, deed, settling = billing.run, billing.deed, billing.settling
    terms = settling.terms.book_of(account.seller_id)
    issued_on = deed.at.date()
    currency = lines[0].amount.currency
    nothing = Money(0, currency)
    return Invoice(
        invoice_id=InvoiceId(settling.ids.new_id()),
        number=next_number(tx, Invoice, f"{account.seller_id}-{issued_on.year}-"),
        seller_id=account.seller_id,
        payer_id=account.payer_id,
        from_day=run.period.from_day,
        to_day=run.period.to_day,
        currency=currency,
        lines=lines,
        taxes=taxes_of(tx, lines, seller_id=account.seller_id, on_day=issued_on, settling=settling),
        issued_on=issued_on,
        due_on=issued_on + timedelta(days=terms.days_to_pay),
        paid=nothing,
        credited=nothing,
        state=INVOICE_LIFE.first,
        made_at=deed.at,
    )


def _issue_invoice(
    tx: SettlementWriter, invoice: Invoice, *, deed: Deed, settling: Settling
) -> Invoice:
    """Write the invoice, book it, tell it in the log."""
    tx.add(invoice)
    book(
        tx,
        invoice_entries(invoice),
        subject=("invoice", invoice.invoice_id),
        booked_on=invoice.issued_on,
        ids=settling.ids,
    )
    change = Change(
        action="invoice.issue",
        subject_kind="invoice",
        subject_id=invoice.invoice_id,
        state_after=invoice.state.value,
        detail=f"{invoice.number}: {invoice.gross} of {invoice.payer_id}",
    )
    log_change(tx, settling.ids, deed=deed, change=change)
    return invoice
