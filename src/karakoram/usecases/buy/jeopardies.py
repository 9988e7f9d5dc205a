"""What does a partner keep, or has it ended, against our records, and when is it asked again?

Each holds for as long as the two sides differ: whoever looks is told, however often.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import OrderState, ProductOrder
from karakoram.sales.purchases import (
    OPEN_PURCHASES,
    PURCHASE_LIFE,
    Purchase,
    PurchaseEvent,
    PurchaseState,
)
from karakoram.usecases.buy.change_purchases import cease_order, is_wanted
from karakoram.usecases.buy.partner_legs import AT_REST, Buying, log_purchase
from karakoram.usecases.buy.partner_ports import PartnerError
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter

AGAIN_AFTER = timedelta(hours=1)
"""After which a partner that has refused is asked again by itself; ours, nobody prescribes one."""
_S = PurchaseState
_STANDING = frozenset({_S.ACTIVE, _S.CEASING, _S.ENDED})
"""Where a leg may stand that a change can still be taken back of."""


def jeopardy(tx: SalesReader, purchase: Purchase) -> RefusedError | None:
    """What is to be told of a purchase, with code and place; ``None`` where all is well."""
    found: Mapping[PurchaseState, Callable[[SalesReader, Purchase], PartnerError | None]] = {
        _S.KEPT: _kept_change,
        _S.ENDED: _lost_leg,
        _S.ACTIVE: _kept_leg,
    }
    tell = found.get(purchase.state)
    return None if tell is None else tell(tx, purchase)


def is_over(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether nothing is left to be done of a purchase that is kept or has ended there."""
    if purchase.state is _S.KEPT:
        base = _changed(tx, purchase)
        is_needed = base.state in _STANDING and base.wish != purchase.wish
        return not (is_needed or any(_beside(tx, purchase)))
    if is_wanted(tx, purchase):
        return any(_is_up_for_good(tx, each) for each in _beside(tx, purchase))
    cease = cease_order(tx, purchase)
    return cease is None or cease.state is OrderState.COMPLETED


def is_due(tx: SalesReader, purchase: Purchase, now: datetime) -> bool:
    """Whether a partner that has refused is to be asked again."""
    return now - tx.log_of(purchase.purchase_id)[-1].deed.at >= AGAIN_AFTER


def tried_again(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """What takes a change back, to be quoted anew; as it was, where it is not to be now."""

    def write(tx: SalesWriter) -> Purchase:
        if _kept_change(tx, purchase) is None:
            return purchase
        anew = replace(
            purchase,
            state=PURCHASE_LIFE.next_state(purchase.state, PurchaseEvent.TRY_AGAIN),
            attempt=purchase.attempt + 1,
            quote_there="",
            price=None,
            valid_until=None,
            order_there="",
            word="",
            reasons=(),
            due_on=max(purchase.due_on, deed.at.date()),
        )
        stored = tx.replace(anew)
        log_purchase(
            tx,
            buying.ids,
            anew,
            deed=deed,
            action="purchase.try-again",
            before=purchase.state.value,
        )
        return stored

    return buying.store.write(write)


def _kept_change(tx: SalesReader, back: Purchase) -> PartnerError | None:
    """A change that came to nothing here and stands there; a later one may be about to pass it."""
    if any(_beside(tx, back)) or is_over(tx, back) or not is_wanted(tx, back):
        return None
    return PartnerError(
        f"our change of {back.leg} came to nothing, and {back.operator_id} has not taken it back"
        f"{_why(back)}",
        code="change-kept",
        where=back.purchase_id,
        alternatives=(
            "partner follow, which asks again after an hour",
            f"partner order {back.product_order_id}, which asks at once",
            "change the product anew, or settle it with the partner",
        ),
    )


def _lost_leg(tx: SalesReader, purchase: Purchase) -> PartnerError | None:
    """A leg that has ended there and is wanted here, and that nothing takes the place of."""
    if not is_wanted(tx, purchase) or any(_beside(tx, purchase)):
        return None
    return PartnerError(
        f"{purchase.leg} has ended at {purchase.operator_id}, and its end was called off here",
        code="leg-lost",
        where=purchase.product_there,
        alternatives=("change the product, which buys the leg anew", "service cease"),
    )


def _kept_leg(tx: SalesReader, purchase: Purchase) -> PartnerError | None:
    """A leg that is not wanted, and that its partner would not end."""
    if not purchase.reasons or is_wanted(tx, purchase):
        return None
    return PartnerError(
        f"{purchase.operator_id} does not end {purchase.leg}{_why(purchase)}",
        code="partner-keeps",
        where=purchase.product_there,
        alternatives=(
            "partner follow, which asks again after an hour",
            "settle it with the partner",
        ),
    )


def _why(purchase: Purchase) -> str:
    return "".join(f": {each.message}" for each in purchase.reasons)


def _beside(tx: SalesReader, purchase: Purchase) -> Iterable[Purchase]:
    """Other open purchases: of one that is kept, changes of the same; else of the same leg."""
    states = [each.value for each in OPEN_PURCHASES if each not in AT_REST]
    for each in tx.find_all(Purchase, states=states):
        if purchase.is_change:
            is_beside = each.changed_id == purchase.changed_id
        else:
            is_beside = _place(each) == _place(purchase) and not each.is_change
        if is_beside and each.purchase_id != purchase.purchase_id:
            yield each


def _place(purchase: Purchase) -> tuple[str, str, str]:
    return purchase.product_id, purchase.leg, purchase.operator_id


def _is_up_for_good(tx: SalesReader, purchase: Purchase) -> bool:
    order = known_record(tx, ProductOrder, purchase.product_order_id)
    return purchase.state is _S.ACTIVE and order.state is OrderState.COMPLETED


def _changed(tx: SalesReader, back: Purchase) -> Purchase:
    assert back.changed_id is not None, f"{back.purchase_id} changes nothing"
    return known_record(tx, Purchase, PurchaseId(back.changed_id))
