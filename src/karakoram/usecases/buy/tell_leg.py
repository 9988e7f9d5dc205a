"""What does that which a partner says mean for our leg?"""

from dataclasses import replace

from karakoram.sales.change_log import Deed
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import OPEN_ORDER_STATES, LegState, ProductOrder
from karakoram.sales.partner_words import ENDED, PartnerOrderState, leg_state, next_leg_event
from karakoram.sales.purchases import Purchase, PurchaseState
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.purchase_questions import cease_order
from karakoram.usecases.sell.advance_leg import advance_leg
from karakoram.usecases.sell.sales_action import known_record

_S = PurchaseState
_WERE_UP = frozenset({_S.ACTIVE, _S.CEASING, _S.ENDED, _S.CEASED, _S.CHANGED, _S.SETTLED})


def tell_leg(purchase: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Let what the partner said happen to our leg."""
    ending = buying.store.read(lambda tx: cease_order(tx, purchase))
    if ending is not None and purchase.state in {_S.CEASING, _S.ENDED, _S.CEASED}:
        wanted = _of_ending(purchase)
        if wanted is not None:
            why = replace(deed, why=f"the partner tells {purchase.word}")
            advance_our_leg(ending, purchase.leg, wanted, buying=buying, deed=why)
        return
    if not (purchase.order_there or purchase.state is _S.CHANGED) or purchase.is_back:
        return
    order = buying.store.read(lambda tx: known_record(tx, ProductOrder, purchase.product_order_id))
    why = replace(deed, why=_why(purchase))
    advance_our_leg(order, purchase.leg, _of_purchase(purchase), buying=buying, deed=why)


def advance_our_leg(
    order: ProductOrder, name: str, wanted: LegState, *, buying: Buying, deed: Deed
) -> None:
    """Take a leg of our order to a state, one event after another.

    Parameters
    ----------
    order
        Ours, as it is stored.
    name
        Of the leg.
    wanted
        Where the leg is to stand.
    buying
        Store and partners.
    deed
        Who looks, when, and what the partner tells.
    """
    while order.state in OPEN_ORDER_STATES:
        event = next_leg_event(leg_named(order, name).state, wanted)
        if event is None:
            return
        order = advance_leg(
            order.product_order_id, name, event, deed=deed, store=buying.store, ids=buying.ids
        )


def _of_ending(purchase: Purchase) -> LegState | None:
    """Where the leg that ends the product stands; ``None`` where nothing is told of it yet."""
    if purchase.state is not _S.CEASING:
        return LegState.COMPLETED
    if not purchase.cease_there:
        return None
    told = PartnerOrderState(purchase.word)
    return None if told in ENDED else leg_state(told)


def _of_purchase(purchase: Purchase) -> LegState:
    """Where the leg that made the purchase stands."""
    if purchase.state is _S.ORDERED:
        told = PartnerOrderState(purchase.word)
        return leg_state(told) if told not in ENDED else LegState.ACKNOWLEDGED
    is_up = purchase.state in _WERE_UP
    return LegState.COMPLETED if is_up else LegState.FAILED


def _why(purchase: Purchase) -> str:
    """Why our leg moves; a change in which nothing differs for the partner was never ordered."""
    return f"the partner tells {purchase.word}" if purchase.order_there else "nothing differs there"
