"""Which purchases are to be looked at?"""

from collections.abc import Iterator

from karakoram.core.identifiers import OperatorId, ProductOrderId, PurchaseId
from karakoram.sales.orders import OPEN_LEG_STATES, OPEN_ORDER_STATES, ProductOrder
from karakoram.sales.product_log import orders_told
from karakoram.sales.purchases import (
    OPEN_PURCHASES,
    Purchase,
    later_purchase_id,
    purchase_id,
)
from karakoram.usecases.buy.partner_legs import Buying
from karakoram.usecases.buy.purchase_questions import AT_REST
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader


def to_follow(order_id: ProductOrderId | None, buying: Buying) -> tuple[PurchaseId, ...]:
    """The purchases to look at, of the product of one order or of all; changes come first.

    What is kept or lost comes last: by then it is known what became of the others.

    Those that are open; and those that have ended while our leg does not know it yet, because
    whoever looked was interrupted between the two.
    """

    def read(tx: SalesReader) -> tuple[PurchaseId, ...]:
        product_id = None
        if order_id is not None:
            product_id = known_record(tx, ProductOrder, order_id).product_id
        found = tx.find_all(Purchase, states=[each.value for each in OPEN_PURCHASES])
        own = [each for each in found if product_id in {None, each.product_id}]
        orders = tx.find_all(ProductOrder, states=[each.value for each in OPEN_ORDER_STATES])
        ended = (
            each
            for order in orders
            if product_id in {None, order.product_id}
            for each in _ended(tx, order, frozenset(buying.partners))
        )
        ids = [each.purchase_id for each in sorted(own, key=_turn)]
        return tuple(dict.fromkeys((*ids, *ended)))

    return buying.store.read(read)


def _turn(purchase: Purchase) -> tuple[bool, bool]:
    return purchase.state in AT_REST, not purchase.is_change


def _ended(
    tx: SalesReader, order: ProductOrder, partners: frozenset[OperatorId]
) -> Iterator[PurchaseId]:
    """Purchases that have ended, of legs of the order that are still open."""
    names = [
        each.leg.name
        for each in order.legs
        if each.leg.operator_id in partners and each.state in OPEN_LEG_STATES
    ]
    if not names:
        return
    product_id = order.product_id
    order_ids = orders_told(tx.log_of(product_id))
    known = tx.find_some(
        Purchase,
        [
            each
            for name in names
            for each in (
                purchase_id(product_id, name),
                *(later_purchase_id(product_id, name, order_id) for order_id in order_ids),
            )
        ],
    )
    yield from (each.purchase_id for each in known.values() if each.state not in OPEN_PURCHASES)
