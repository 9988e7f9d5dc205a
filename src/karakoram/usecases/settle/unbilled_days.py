"""Which days before a period, on which something was in service, has no invoice asked for?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from karakoram.core.identifiers import OperatorId, PartyId
from karakoram.sales.products import Product
from karakoram.settlement.invoices import Invoice
from karakoram.settlement.rating.periods import day_of
from karakoram.usecases.settle.bill_period import BillRun
from karakoram.usecases.settle.ledger_ports import SettlementReader
from karakoram.usecases.settle.settling import Settling


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class UnbilledDays:
    """Days for which one payer was not asked by one seller."""

    seller_id: OperatorId
    payer_id: PartyId
    from_day: date
    to_day: date
    """First day after."""


def unbilled_days(run: BillRun, *, settling: Settling) -> tuple[UnbilledDays, ...]:
    """The first such days of each seller and payer, from their first product to the period.

    Days without a charge count too: an invoice that would ask nothing is never made.

    Parameters
    ----------
    run
        Period, and whom it is about.
    settling
        The parts of the outside.
    """
    return settling.store.read(lambda tx: tuple(sorted(_found(tx, run, settling))))


def _found(tx: SettlementReader, run: BillRun, settling: Settling) -> Iterable[UnbilledDays]:
    first: dict[tuple[OperatorId, PartyId], date] = {}
    for product in tx.find_all(Product):
        is_meant = run.seller_id in {None, product.seller_id} and run.payer_id in {
            None,
            product.payer_id,
        }
        if is_meant and product.active_from is not None:
            account = (product.seller_id, product.payer_id)
            day = day_of(product.active_from, settling.zone_of(product.seller_id))
            first[account] = min(day, first.get(account, day))
    billed: dict[tuple[OperatorId, PartyId], list[tuple[date, date]]] = {}
    for invoice in tx.find_all(Invoice):
        account = (invoice.seller_id, invoice.payer_id)
        billed.setdefault(account, []).append((invoice.from_day, invoice.to_day))
    for account, day in first.items():
        gap = _first_gap(day, run.period.from_day, billed.get(account, []))
        if gap is not None:
            seller_id, payer_id = account
            yield UnbilledDays(
                seller_id=seller_id, payer_id=payer_id, from_day=gap[0], to_day=gap[1]
            )


def _first_gap(
    begin: date, end: date, billed: Iterable[tuple[date, date]]
) -> tuple[date, date] | None:
    """The first days from ``begin`` up to ``end`` that no billed stretch covers."""
    day = begin
    for from_day, to_day in sorted(billed):
        if from_day > day:
            break
        day = max(day, to_day)
    if day >= end:
        return None
    until = min((from_day for from_day, _ in billed if from_day > day), default=end)
    return day, min(until, end)
