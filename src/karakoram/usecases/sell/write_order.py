"""How is a new order written, with its product and what the change log tells of both?"""

from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.orders import OrderAction, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.product_log import ORDERED, order_words
from karakoram.sales.products import PRODUCT_LIFE, Product
from karakoram.usecases.sell.sales_action import Change, Request, known_record, log_change, remember
from karakoram.usecases.sell.sales_ports import IdSource, SalesWriter


def new_product(
    order: ProductOrder, product_offering_id: ProductOfferingId, *, buyer: Party
) -> Product:
    """The product that an order adds, at the beginning of its life."""
    assert order.plan is not None, "an order that adds a product has a plan"
    return Product(
        product_id=order.product_id,
        buyer_id=buyer.party_id,
        payer_id=buyer.sponsor_id or buyer.party_id,
        product_offering_id=product_offering_id,
        seller_id=order.seller_id,
        configuration=order.configuration,
        plan=order.plan,
        state=PRODUCT_LIFE.first,
        product_order_id=order.product_order_id,
    )


def write_order(
    tx: SalesWriter,
    order: ProductOrder,
    product: Product,
    *,
    origin: str,
    request: Request,
    ids: IdSource,
) -> None:
    """Write an order that adds or changes a product, and the product that waits for it.

    Parameters
    ----------
    tx
        Where to write.
    order
        A new one.
    product
        As it stands from now on.
    origin
        What the order came from, as the log tells it.
    request
        By which it was asked for.
    ids
        Names for the entries of the log.
    """
    before = ""
    if order.action is OrderAction.ADD:
        tx.add(product)
    else:
        before = known_record(tx, Product, order.product_id).state.value
        tx.replace(product)
    tx.add(order)
    remember(tx, request, order.product_order_id)
    of_order = Change(
        action="order.place",
        subject_kind="order",
        subject_id=order.product_order_id,
        state_after=order.state.value,
        detail=f"{order.action.value} {order.product_id} {origin}",
    )
    of_product = Change(
        action=ORDERED,
        subject_kind="product",
        subject_id=product.product_id,
        state_before=before,
        state_after=product.state.value,
        detail=order_words(order.product_order_id, doing=order.action.value),
    )
    for change in (of_order, of_product):
        log_change(tx, ids, deed=request.deed, change=change)
