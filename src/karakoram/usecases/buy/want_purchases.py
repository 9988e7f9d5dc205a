"""What is wanted of a partner for a leg: something new, or a change of what was bought before?"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.orders import OPEN_ORDER_STATES, OrderAction, ProductOrder
from karakoram.sales.purchases import PURCHASE_LIFE, Purchase, PurchaseEvent, PurchaseState
from karakoram.usecases.buy.partner_legs import Buying, LegToBuy
from karakoram.usecases.buy.purchase_questions import purchases_on_way
from karakoram.usecases.buy.write_purchases import add_purchase
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter


def purchase_to_change(wanted: LegToBuy, buying: Buying) -> Purchase | None:
    """What was bought for the leg before, and is to change; ``None`` where it is bought anew.

    Raises
    ------
    RefusedError
        With code ``leg-out-of-step`` where something is still on its way there.
    """
    return buying.store.read(lambda tx: _to_change(tx, wanted))


def want_purchase(wanted: LegToBuy, *, buying: Buying, deed: Deed) -> tuple[Purchase, bool]:
    """The purchase for a leg, written down before anything is asked; and whether it is new.

    Raises
    ------
    RefusedError
        With code ``order-ended``, ``other-offering``, or as of :func:`purchase_to_change`.
    """
    known = buying.store.read(lambda tx: tx.find(Purchase, wanted.bought_id))
    if known is not None:
        return known, False
    new = _new_purchase(wanted, purchase_to_change(wanted, buying), deed=deed)

    def write(tx: SalesWriter) -> tuple[Purchase, bool]:
        meanwhile = tx.find(Purchase, new.purchase_id)
        if meanwhile is not None:
            return meanwhile, False
        _check_open(known_record(tx, ProductOrder, new.product_order_id))
        _to_change(tx, wanted)  # nobody has asked for anything else of it meanwhile
        add_purchase(tx, new, buying=buying, deed=deed)
        return new, True

    return buying.store.write(write)


def _to_change(tx: SalesReader, wanted: LegToBuy) -> Purchase | None:
    if wanted.order.action is OrderAction.ADD:
        return None
    leg = wanted.leg.leg
    asked = (wanted.order.product_id, leg.name, leg.operator_id)
    known = [each for each in purchases_on_way(tx) if each.leg_bought == asked]
    others = [each for each in known if each.purchase_id != wanted.bought_id]
    own = next((each for each in others if not each.is_change), None)
    on_way = [each for each in others if each.is_change or each.state is not PurchaseState.ACTIVE]
    if not on_way:
        return own
    blocking = on_way[0]
    raise RefusedError(
        f"{leg.name} is {blocking.state.value} at {leg.operator_id}, and cannot be changed yet",
        code="leg-out-of-step",
        where=blocking.purchase_id,
        alternatives=("partner follow",),
    )


def _new_purchase(wanted: LegToBuy, changed: Purchase | None, *, deed: Deed) -> Purchase:
    """What is to be bought; a change in which nothing differs for the partner is through."""
    leg, wish = wanted.leg.leg, wanted.wish
    new = Purchase(
        purchase_id=wanted.bought_id,
        operator_id=leg.operator_id,
        product_id=wanted.order.product_id,
        product_order_id=wanted.order.product_order_id,
        leg=leg.name,
        leg_order_id=wanted.leg.leg_order_id,
        wish=wish,
        due_on=wanted.leg.due_on,
        state=PURCHASE_LIFE.first,
        made_at=deed.at,
    )
    if changed is None:
        return new
    if changed.wish.product_offering_id != wish.product_offering_id:
        raise RefusedError(
            f"{leg.name} is {changed.wish.product_offering_id} of {leg.operator_id}, and the file "
            f"of partners says {wish.product_offering_id}; a change keeps the offering",
            code="other-offering",
            where=leg.name,
            alternatives=(f"write {changed.wish.product_offering_id} there", "order leg"),
        )
    new = replace(new, changed_id=changed.purchase_id, product_there=changed.product_there)
    if wish != changed.wish:
        return new
    state = PURCHASE_LIFE.next_state(new.state, PurchaseEvent.CHANGE)
    return replace(new, state=state, price=changed.price)


def _check_open(order: ProductOrder) -> None:
    if order.state not in OPEN_ORDER_STATES:
        raise RefusedError(
            f"order {order.product_order_id} is {order.state.value}; nothing is bought for it",
            code="order-ended",
            where=order.product_order_id,
        )
