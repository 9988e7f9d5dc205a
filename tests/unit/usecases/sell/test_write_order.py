"""An order and its product are written together, and the log tells of both."""

from dataclasses import replace

from karakoram.sales.catalogue.words import CustomerKind
from karakoram.sales.orders import OrderAction, ProductOrder
from karakoram.sales.parties import Party
from karakoram.sales.products import Product, ProductState
from karakoram.usecases.sell.sales_action import Request
from karakoram.usecases.sell.write_order import new_product, write_order
from tests.support.selling import deed, ordered, quoted, seller, wave


def written(ours, order, product):
    request = Request(
        action="order.place",
        buyer_id="CT",
        external_id=order.product_order_id,
        content={},
        deed=deed(),
    )
    ours.store.write(
        lambda tx: write_order(tx, order, product, origin="by hand", request=request, ids=ours.ids)
    )
    return ours.store.read(
        lambda tx: (
            tx.find(ProductOrder, order.product_order_id),
            tx.find(Product, product.product_id),
            tx.log_of(order.product_order_id)[-1],
            tx.log_of(product.product_id)[-1],
        )
    )


def test_a_new_product_waits_for_its_order_and_its_sponsor_pays():
    ours = seller()
    known = ordered(ours, quoted(ours, wave(), "q1"), "o1")
    order = replace(known, product_order_id="O2", product_id="P2", quote_id=None)
    buyer = ours.store.read(lambda tx: tx.find(Party, "CT"))
    product = new_product(
        order, "WAVE-100G", buyer=replace(buyer, kind=CustomerKind.CENTRE, sponsor_id="SCO")
    )
    stored, waits, of_order, of_product = written(ours, order, product)
    assert (stored.product_id, waits.payer_id) == ("P2", "SCO")
    assert (waits.state, waits.product_order_id) == (ProductState.PENDING_ACTIVE, "O2")
    assert of_order.detail == "add P2 by hand"
    assert (of_product.action, of_product.state_before) == ("product.order", "")


def test_a_product_that_is_changed_tells_where_it_stood_before():
    ours = seller()
    known = ordered(ours, quoted(ours, wave(), "q1"), "o1")
    before = ours.store.read(lambda tx: tx.find(Product, known.product_id))
    order = replace(known, product_order_id="O2", action=OrderAction.MODIFY)
    after = replace(before, state=ProductState.PENDING_CHANGE, product_order_id="O2")
    _, waits, of_order, of_product = written(ours, order, after)
    assert waits.product_order_id == "O2"
    assert of_order.detail == f"modify {known.product_id} by hand"
    assert (of_product.state_before, of_product.state_after) == (
        "pendingActive",
        "active.pendingChange",
    )
