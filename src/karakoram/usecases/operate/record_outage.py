"""How does the store learn that a product did not work?"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.names import is_mended
from karakoram.operations.outages import Outage
from karakoram.sales.change_log import Deed
from karakoram.sales.products import Product
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.settle.ledger_ports import SettlementWriter
from karakoram.usecases.settle.settling import Settling


def record_outage(outage: Outage, *, deed: Deed, settling: Settling) -> Outage:
    """The outage, recorded; one that is recorded just so stays as it is.

    One that an earlier program recorded in words that are refused today takes the right ones.

    Parameters
    ----------
    outage
        When a product did not work, and whose fault it was.
    deed
        Who does it, when and why.
    settling
        The parts of the outside.

    Raises
    ------
    NotFoundError
        If there is no such product, or the terms have no book of the operator at fault.
    RefusedError
        With code ``outage-differs`` where another record stands under the identifier, or
        ``not-in-service`` where the product was never active in that time, or ``in-the-future``.
    """
    if outage.ends_at > deed.at:
        raise RefusedError(
            f"the outage {outage.outage_id} ends at {outage.ends_at:%Y-%m-%d %H:%M} UTC, but it is "
            f"{deed.at:%Y-%m-%d %H:%M} UTC now",
            code="in-the-future",
            where=outage.outage_id,
            alternatives=("record it once the product works again",),
        )

    def write(tx: SettlementWriter) -> Outage:
        known = tx.find(Outage, outage.outage_id)
        if known is not None and is_mended(known, outage):
            mended = tx.replace(replace(outage, version=known.version))
            change = Change(
                action="outage.mend", subject_kind="outage", subject_id=outage.outage_id
            )
            log_change(tx, settling.ids, deed=deed, change=change)
            return mended
        if known is not None:
            _check_same(known, outage)
            return known
        product = known_record(tx, Product, outage.product_id)
        _check_in_service(product, outage)
        settling.terms.book_of(outage.at_fault_id)  # whoever bears a credit must have a book
        tx.add(outage)
        change = Change(
            action="outage.record",
            subject_kind="outage",
            subject_id=outage.outage_id,
            detail=f"product {outage.product_id}, {outage.where}: {outage.cause}",
        )
        log_change(tx, settling.ids, deed=deed, change=change)
        return outage

    return settling.store.write(write)


def _check_same(known: Outage, outage: Outage) -> None:
    if known != outage:
        raise RefusedError(
            f"outage {outage.outage_id} is recorded otherwise: product {known.product_id}, "
            f"{known.starts_at:%Y-%m-%d %H:%M} to {known.ends_at:%Y-%m-%d %H:%M} UTC",
            code="outage-differs",
            where=outage.outage_id,
            alternatives=("choose another identifier",),
        )


def _check_in_service(product: Product, outage: Outage) -> None:
    began, ended = product.active_from, product.active_until
    is_before = began is None or outage.ends_at <= began
    if is_before or (ended is not None and outage.starts_at >= ended):
        raise RefusedError(
            f"product {product.product_id} was not in service in that time "
            f"(active from {began or 'never'} until {ended or 'now'})",
            code="not-in-service",
            where=product.product_id,
        )
