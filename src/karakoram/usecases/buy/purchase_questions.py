"""How does a purchase stand to our orders, and to the other purchases of its leg?"""

from collections.abc import Iterable

from karakoram.core.identifiers import PurchaseId
from karakoram.sales.order_steps import leg_named
from karakoram.sales.orders import LegState, OrderAction, OrderState, ProductOrder
from karakoram.sales.product_log import orders_told
from karakoram.sales.products import Product
from karakoram.sales.purchases import OPEN_PURCHASES, Purchase, PurchaseState
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader

AT_REST = frozenset({PurchaseState.KEPT, PurchaseState.ENDED})
"""States in which nothing is on its way there: a change passes what is kept, and buys anew."""
_GONE = frozenset({LegState.CANCELLED, LegState.REJECTED, LegState.FAILED})
"""States of a leg that is not wanted any more."""
_STANDING = frozenset({PurchaseState.ACTIVE, PurchaseState.CEASING, PurchaseState.ENDED})
"""Where a leg may stand that a change can still be taken back of."""


def is_wanted(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether what is bought is to be there, as our orders stand."""
    if purchase.is_back:
        return changed_purchase(tx, purchase).state is PurchaseState.ACTIVE
    if is_leg_gone(tx, purchase) or cease_order(tx, purchase) is not None:
        return False
    return purchase.is_change or not _is_left_out(tx, purchase)


def is_leg_gone(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether our leg that asked for the purchase has come to nothing."""
    order = known_record(tx, ProductOrder, purchase.product_order_id)
    return leg_named(order, purchase.leg).state in _GONE


def is_order_through(tx: SalesReader, purchase: Purchase) -> bool:
    """Whether our order that asked for the purchase is completed."""
    order = known_record(tx, ProductOrder, purchase.product_order_id)
    return order.state is OrderState.COMPLETED


def cease_order(tx: SalesReader, purchase: Purchase) -> ProductOrder | None:
    """Our order that ends the product, unless it came to nothing."""
    product = known_record(tx, Product, purchase.product_id)
    order = known_record(tx, ProductOrder, product.product_order_id)
    return order if order.action is OrderAction.DELETE and order.stands else None


def changed_purchase(tx: SalesReader, change: Purchase) -> Purchase:
    """The purchase that a change changes."""
    assert change.changed_id is not None, f"{change.purchase_id} changes nothing"
    return known_record(tx, Purchase, PurchaseId(change.changed_id))


def differs_there(tx: SalesReader, change: Purchase) -> bool:
    """Whether the leg stands there otherwise than a change that is to be taken back found it."""
    base = changed_purchase(tx, change)
    return base.state in _STANDING and base.wish != change.wish


def purchases_on_way(tx: SalesReader) -> tuple[Purchase, ...]:
    """The open purchases that are not at rest."""
    return tx.find_all(Purchase, states=[s.value for s in OPEN_PURCHASES if s not in AT_REST])


def purchases_beside(tx: SalesReader, purchase: Purchase) -> Iterable[Purchase]:
    """The others on their way: of a change, changes of the same purchase; else of the same leg."""
    for each in purchases_on_way(tx):
        if purchase.is_change:
            is_beside = each.changed_id == purchase.changed_id
        else:
            is_beside = each.leg_bought == purchase.leg_bought and not each.is_change
        if is_beside and each.purchase_id != purchase.purchase_id:
            yield each


def kept_changes(tx: SalesReader, base: Purchase) -> tuple[Purchase, ...]:
    """What is still to take earlier changes of a purchase back."""
    kept = tx.find_all(Purchase, states=[PurchaseState.KEPT.value])
    return tuple(each for each in kept if each.changed_id == base.purchase_id)


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
