"""What becomes of a change that a partner has carried out, and of what it changed?

The partner's part is through before our own order is: that may still come to nothing, and then the
change is taken back, by a quote and an order as it was made.
"""

from dataclasses import replace

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import PurchaseId
from karakoram.sales.change_log import Deed
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import LegState, OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import orders_told
from karakoram.sales.products import Product
from karakoram.sales.purchases import (
    PURCHASE_LIFE,
    Purchase,
    PurchaseEvent,
    PurchaseState,
    change_of_back,
    purchase_back_id,
)
from karakoram.usecases.buy.partner_legs import Buying, log_purchase
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter

GONE = frozenset({LegState.CANCELLED, LegState.REJECTED, LegState.FAILED})
"""States of a leg that is not wanted any more."""


def is_wanted(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether what is bought is to be there, as our orders stand."""
    if purchase.is_back:
        return _changed(tx, purchase).state is PurchaseState.ACTIVE
    order = known_record(tx, ProductOrder, purchase.product_order_id)
    is_gone = leg_named(order, purchase.leg).state in GONE
    if is_gone or cease_order(tx, purchase) is not None:
        return False
    return purchase.is_change or not _is_left_out(tx, purchase)


def cease_order(tx: SalesReader, purchase: Purchase) -> ProductOrder | None:
    """Our order that ends the product, unless it came to nothing."""
    product = known_record(tx, Product, purchase.product_id)
    order = known_record(tx, ProductOrder, product.product_order_id)
    return order if order.action is OrderAction.DELETE and order.stands else None


def changed_over(purchase: Purchase, *, buying: Buying, deed: Deed, told: Purchase) -> Purchase:
    """The change, carried out; the purchase that it changes is what it asked for.

    It keeps what that was before, so that it can be taken back.
    """
    state = PURCHASE_LIFE.next_state(purchase.state, PurchaseEvent.CHANGE)

    def write(tx: SalesWriter) -> Purchase:
        base = _changed(tx, purchase)
        changed = replace(base, wish=told.wish, price=told.price, reasons=())
        through = replace(told, state=state, wish=base.wish, price=base.price)
        tx.replace(changed)
        stored = tx.replace(through)
        for each, before in ((changed, base), (through, purchase)):
            log_purchase(
                tx,
                buying.ids,
                each,
                deed=deed,
                action="purchase.change",
                before=before.state.value,
            )
        return stored

    return buying.store.write(write)


def settled(purchase: Purchase, *, buying: Buying, deed: Deed) -> Purchase:
    """A change that is through, once our own order has ended: it stands, or is to be taken back."""

    def write(tx: SalesWriter) -> Purchase:
        order = known_record(tx, ProductOrder, purchase.product_order_id)
        is_gone = leg_named(order, purchase.leg).state in GONE
        if not (purchase.is_back or is_gone or order.state is OrderState.COMPLETED):
            return purchase
        after = replace(
            purchase, state=PURCHASE_LIFE.next_state(purchase.state, PurchaseEvent.SETTLE)
        )
        stored = tx.replace(after)
        log_purchase(
            tx,
            buying.ids,
            after,
            deed=deed,
            action="purchase.settle",
            before=purchase.state.value,
        )
        if not purchase.is_back:
            after_that = _take_back if is_gone else _let_stand
            after_that(tx, after, buying=buying, deed=deed)
        return stored

    return buying.store.write(write)


def check_price_back(purchase: Purchase, *, buying: Buying) -> None:
    """Refuse that a change is taken back for more than was paid before it.

    Raises
    ------
    RefusedError
        With code ``dearer-than-before``.
    """
    before = buying.store.read(
        lambda tx: known_record(tx, Purchase, change_of_back(purchase.purchase_id)).price
    )
    asked = purchase.price
    assert asked is not None, "a quoted purchase has a price"
    assert before is not None, "what was bought had a price"
    is_dearer = asked.mrc.currency != before.mrc.currency or (
        asked.mrc.minor > before.mrc.minor or asked.nrc.minor > before.nrc.minor
    )
    if is_dearer:
        raise RefusedError(
            f"{purchase.operator_id} asks {asked} to take the change of {purchase.leg} back, which "
            f"was {before}",
            code="dearer-than-before",
            where="price",
            alternatives=(
                f"partner order {purchase.product_order_id} --dearer",
                "settle it with the partner",
            ),
        )


def back_of(purchase: Purchase, *, buying: Buying) -> Purchase | None:
    """What takes a change back; ``None`` where nothing does."""
    back_id = purchase_back_id(purchase.purchase_id)
    return buying.store.read(lambda tx: tx.find(Purchase, back_id))


def _take_back(tx: SalesWriter, change: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Write down that the change is to be taken back, where there is something to go back to.

    An earlier change that is not taken back yet goes back further than this one.
    """
    base = _changed(tx, change)
    is_standing = base.state in {
        PurchaseState.ACTIVE,
        PurchaseState.CEASING,
        PurchaseState.ENDED,
    }
    if not is_standing or base.wish == change.wish or _kept_of(tx, base):
        return
    back = replace(
        change,
        purchase_id=purchase_back_id(change.purchase_id),
        is_back=True,
        state=PURCHASE_LIFE.first,
        attempt=change.attempt + 1,
        quote_there="",
        price=None,
        valid_until=None,
        order_there="",
        word="",
        due_on=max(change.due_on, deed.at.date()),
        made_at=deed.at,
        version=0,
    )
    tx.add(back)
    log_purchase(tx, buying.ids, back, deed=deed, action="purchase.want")


def _let_stand(tx: SalesWriter, change: Purchase, *, buying: Buying, deed: Deed) -> None:
    """Call off what was to take an earlier change back: this one has passed it."""
    for each in _kept_of(tx, _changed(tx, change)):
        off = replace(each, state=PURCHASE_LIFE.next_state(each.state, PurchaseEvent.CANCEL))
        tx.replace(off)
        log_purchase(
            tx,
            buying.ids,
            off,
            deed=deed,
            action="purchase.cancel",
            before=each.state.value,
        )


def _kept_of(tx: SalesReader, base: Purchase) -> tuple[Purchase, ...]:
    """What is still to take earlier changes of a purchase back."""
    kept = tx.find_all(Purchase, states=[PurchaseState.KEPT.value])
    return tuple(each for each in kept if each.changed_id == base.purchase_id)


def _changed(tx: SalesReader, change: Purchase) -> Purchase:
    """The purchase that a change changes."""
    assert change.changed_id is not None, f"{change.purchase_id} changes nothing"
    return known_record(tx, Purchase, PurchaseId(change.changed_id))


def _is_left_out(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether an order that changed the product since has no such leg any more."""
    order_ids = orders_told(tx.log_of(purchase.product_id))
    if purchase.product_order_id not in order_ids[:-1]:
        return False
    later = order_ids[order_ids.index(purchase.product_order_id) + 1 :]
    orders = tx.find_some(ProductOrder, later)
    changes = [
        orders[each]
        for each in later
        if orders[each].action is OrderAction.MODIFY and orders[each].state is OrderState.COMPLETED
    ]
    legs = {(leg.leg.name, leg.leg.operator_id) for each in changes[-1:] for leg in each.legs}
    return bool(changes) and (purchase.leg, purchase.operator_id) not in legs
