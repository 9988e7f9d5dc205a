"""What has each owner earned, collected and borne in a period?"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from karakoram.core.identifiers import OperatorId, ProductId, StatementId
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.settlement.agreements import SettlementAgreement
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.offered_days import OfferedDays, offering_on
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.settlement.rating.rated import RatedCharge
from karakoram.settlement.share_bases import SharedCharge
from karakoram.settlement.shares import LineShares, line_shares
from karakoram.settlement.statements import (
    STATEMENT_LIFE,
    OwnerStatement,
    StatementLine,
    clearing_difference,
    owner_lines,
    share_key,
    shared_charges,
)
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.settle.glass_lengths import glass_lengths_m
from karakoram.usecases.settle.ledger_ports import SettlementReader, SettlementWriter
from karakoram.usecases.settle.offered_products import offered_days
from karakoram.usecases.settle.settling import Settling, next_number, refuse_future

_DAYS_ASSUMED = 30
"""To dispute and to pay where no agreement says otherwise; assumed, market practice."""


def issue_statements(
    period: BillingPeriod, *, deed: Deed, settling: Settling
) -> tuple[OwnerStatement, ...]:
    """A statement for every owner and currency, of what no statement has told yet.

    The days to dispute and to pay are the longest of the agreements by which its lines are settled,
    so that each of them is kept.

    Asked again it gives statements of what was billed or credited for the period since, and none
    where nothing was.

    Parameters
    ----------
    period
        Whose lines are meant: those of days within it.
    deed
        Who does it, when and why; its day is the day of the statements.
    settling
        The parts of the outside.

    Raises
    ------
    RefusedError
        With code ``in-the-future`` where the period is not over.
    """
    refuse_future(period.to_day, today=settling.today(deed), what="the end of the period")

    def write(tx: SettlementWriter) -> tuple[OwnerStatement, ...]:
        told = {line.key for each in tx.find_all(OwnerStatement) for line in each.lines}
        invoices = [each for each in tx.find_all(Invoice) if _lies_in(each, period)]
        numbers = {invoice.invoice_id for invoice in invoices}
        notes = [each for each in tx.find_all(CreditNote) if each.invoice_id in numbers]
        made = []
        for currency in sorted({invoice.currency for invoice in invoices}):
            shares = tuple(shares_of_invoices(tx, invoices, currency=currency, settling=settling))
            lines = owner_lines(
                [each for each in invoices if each.currency == currency],
                shares,
                [each for each in notes if each.currency == currency],
            )
            made += [
                _issue_statement(
                    tx,
                    owner,
                    (new, _shared_in(new, shares, owner)),
                    period=period,
                    deed=deed,
                    settling=settling,
                )
                for owner, every in lines.items()
                if (new := tuple(line for line in every if line.key not in told))
            ]
        assert not clearing_difference(made), "the balances of all owners sum to zero"
        return tuple(made)

    return settling.store.write(write)


def _shared_in(
    new: Iterable[StatementLine], shares: Iterable[LineShares], operator_id: OperatorId
) -> tuple[SharedCharge, ...]:
    """How what the new lines tell of an owner's shares is shared between all owners."""
    keys = {line.key for line in new}
    meant = (share for share in shares if share_key(share) in keys)
    return shared_charges(meant, operator_id)


def _lies_in(invoice: Invoice, period: BillingPeriod) -> bool:
    return period.from_day <= invoice.from_day and invoice.to_day <= period.to_day


def shares_of_invoices(
    tx: SettlementReader, invoices: Iterable[Invoice], *, currency: str, settling: Settling
) -> Iterator[LineShares]:
    """Who earns how much of every line of the invoices in one currency.

    Parameters
    ----------
    tx
        What is stored.
    invoices
        Those of other currencies are passed over.
    currency
        ISO 4217.
    settling
        The parts of the outside.
    """
    offered: dict[ProductId, tuple[OfferedDays, ...]] = {}
    lengths: dict[ProductId, dict[OperatorId, int]] = {}
    for invoice in invoices:
        if invoice.currency != currency:
            continue
        for line in invoice.lines:
            if line.product_id not in offered:
                product = known_record(tx, Product, line.product_id)
                offered |= offered_days(tx, [product], zone_of=settling.zone_of)
                lengths[line.product_id] = dict(glass_lengths_m(tx, product))
            yield _line_shares(
                line,
                invoice,
                offered=offered[line.product_id],
                lengths_m=lengths[line.product_id],
                settling=settling,
            )


def _line_shares(
    line: RatedCharge,
    invoice: Invoice,
    *,
    offered: tuple[OfferedDays, ...],
    lengths_m: dict[OperatorId, int],
    settling: Settling,
) -> LineShares:
    agreements = settling.terms.agreements
    offering_id = offering_on(offered, line.from_day)
    agreement = agreements.for_product(offering_id, on_day=line.from_day)
    return line_shares(
        line,
        seller_id=invoice.seller_id,
        agreement=agreement,
        shares=() if agreement is None else agreements.shares_of(agreement.agreement_id),
        lengths_m=lengths_m,
    )


def _issue_statement(
    tx: SettlementWriter,
    operator_id: OperatorId,
    content: tuple[Sequence[StatementLine], tuple[SharedCharge, ...]],
    *,
    period: BillingPeriod,
    deed: Deed,
    settling: Settling,
) -> OwnerStatement:
    lines, shared = content
    issued_on = deed.at.date()
    prefix = f"{operator_id}-S{issued_on.year}-"
    agreements = _agreements_of(tx, lines, settling=settling)
    days_to_dispute = [each.days_to_dispute for each in agreements]
    days_to_pay = [each.days_to_pay for each in agreements]
    statement = OwnerStatement(
        statement_id=StatementId(settling.ids.new_id()),
        number=next_number(tx, OwnerStatement, prefix),
        operator_id=operator_id,
        from_day=period.from_day,
        to_day=period.to_day,
        currency=lines[0].amount.currency,
        lines=tuple(lines),
        shared=shared,
        issued_on=issued_on,
        dispute_until=issued_on + timedelta(max(days_to_dispute, default=_DAYS_ASSUMED)),
        due_on=issued_on + timedelta(max(days_to_pay, default=_DAYS_ASSUMED)),
        state=STATEMENT_LIFE.first,
        made_at=deed.at,
    )
    tx.add(statement)
    change = Change(
        action="statement.issue",
        subject_kind="statement",
        subject_id=statement.statement_id,
        state_after=statement.state.value,
        detail=f"{statement.number}: {statement.balance} to {operator_id}",
    )
    log_change(tx, settling.ids, deed=deed, change=change)
    return statement


def _agreements_of(
    tx: SettlementReader, lines: Iterable[StatementLine], *, settling: Settling
) -> tuple[SettlementAgreement, ...]:
    """The agreements by which the lines are settled, each once."""
    days = {(line.product_id, line.from_day) for line in lines}
    products = tx.find_some(Product, {product_id for product_id, _ in days})
    offered = offered_days(tx, products.values(), zone_of=settling.zone_of)
    agreements = settling.terms.agreements
    by_id = {
        agreement.agreement_id: agreement
        for product_id, on_day in sorted(days)
        if (
            agreement := agreements.for_product(
                offering_on(offered[product_id], on_day), on_day=on_day
            )
        )
    }
    return tuple(by_id.values())
