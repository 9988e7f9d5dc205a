"""What does a partner keep, or has it ended, against our records, and when is it asked again?

Each holds for as long as the two sides differ: whoever looks is told, however often.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from karakoram.core.errors import RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import OrderState
from karakoram.sales.purchases import Purchase, PurchaseEvent, PurchaseState, next_attempt
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.partner_ports import PartnerError
from karakoram.usecases.buy.purchase_questions import (
    cease_order,
    differs_there,
    is_order_through,
    is_wanted,
    purchases_beside,
)
from karakoram.usecases.buy.write_purchases import move_purchase_in
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter

AGAIN_AFTER = timedelta(hours=1)
"""After which a partner that has refused is asked again by itself; ours, nobody prescribes one."""
_S = PurchaseState


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
    beside = tuple(purchases_beside(tx, purchase))
    if purchase.state is _S.KEPT:
        return not (beside or differs_there(tx, purchase))
    if is_wanted(tx, purchase):
        return any(each.state is _S.ACTIVE and is_order_through(tx, each) for each in beside)
    cease = cease_order(tx, purchase)
    return cease is None or cease.state is OrderState.COMPLETED


def is_due(tx: SalesReader, purchase: Purchase, now: datetime) -> bool:
    """Whether a partner that has refused is to be asked again."""
    return now - tx.log_of(purchase.purchase_id)[-1].deed.at >= AGAIN_AFTER


def try_again(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """What takes a change back, to be quoted anew; as it was, where it is not to be now."""

    def write(tx: SalesWriter) -> Purchase:
        if _kept_change(tx, purchase) is None:
            return purchase
        anew = replace(next_attempt(purchase), due_on=max(purchase.due_on, deed.at.date()))
        return move_purchase_in(
            tx, purchase, PurchaseEvent.TRY_AGAIN, buying=buying, deed=deed, told=anew
        )

    return buying.store.write(write)


def _kept_change(tx: SalesReader, back: Purchase) -> PartnerError | None:
    """A change that came to nothing here and stands there; a later one may be about to pass it."""
    if any(purchases_beside(tx, back)) or is_over(tx, back) or not is_wanted(tx, back):
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
    if not is_wanted(tx, purchase) or any(purchases_beside(tx, purchase)):
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
