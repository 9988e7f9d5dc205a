"""A partner that says what cannot be is told so, and nothing of it is taken over."""

import pytest

from karakoram.sales.orders import LegState, ProductOrder
from karakoram.sales.purchases import PurchaseState
from karakoram.usecases.buy.buy_legs import order_legs, quote_legs
from karakoram.usecases.buy.compare_purchases import compare_purchases
from karakoram.usecases.buy.follow_purchases import follow_purchases
from tests.support.partnering import ORDERS, PRODUCTS, QUOTES, sides
from tests.support.selling import deed


def changed(of_path, change, *, method=""):
    """An answer that a wrong server gives at paths that begin so."""

    def way(request, status, body):
        is_meant = request.url.path.startswith(of_path) and method in {"", request.method}
        return change(status, body) if is_meant and status < 300 else (status, body)

    return way


def dearer(lines):
    for each in lines:
        each["price"]["dutyFreeAmount"]["value"] += 0.01


def dearer_quote(status, body):
    for item in body["quoteItem"]:
        dearer(item["quoteItemPrice"])
    return status, body


def dearer_product(status, body):
    if isinstance(body, dict):
        dearer(body["productPrice"])
    return status, body


def put(**values):
    def over(status, body):
        return (status, {**body, **values}) if isinstance(body, dict) else (status, body)

    return over


def lost(status, body):
    return (status, body) if isinstance(body, list) else (404, {"code": "notFound", "reason": "?"})


def twice(status, body):
    if not isinstance(body, list):
        return status, body
    return status, [*body, *({**each, "id": f"{each['id']}-b"} for each in body)]


def item_put(items, **values):
    def over(status, body):
        if isinstance(body, dict):
            body[items][0].update(values)
        return status, body

    return over


def ordering(both, order):
    return order_legs(order.product_order_id, may_be_dearer=False, buying=both.buying, deed=deed())


def following(both, order):
    both.carry_out()
    return follow_purchases(buying=both.buying, deed=deed())


def comparing(both, order):
    both.carry_out()
    both.wire.change, kept = lambda request, status, body: (status, body), both.wire.change
    follow_purchases(buying=both.buying, deed=deed())
    both.wire.change = kept
    return compare_purchases(buying=both.buying)


def comparing_ordered(both, order):
    return compare_purchases(buying=both.buying)


OTHER_OFFERING = {"product": {"productOffering": {"id": "WAVE-10G"}}}
WRONG = {
    "a quote under another name": (
        ordering, QUOTES, put(externalId="other"), "partner-wrong-echo", "wanted",
    ),
    "a quote for another offering": (
        ordering, QUOTES, item_put("quoteItem", **OTHER_OFFERING), "partner-wrong-echo", "wanted",
    ),
    "a quote that binds nobody": (
        ordering, QUOTES, put(quoteLevel="budgetary"), "partner-wrong-echo", "wanted",
    ),
    "a quote in no state of Sonata": (
        ordering, QUOTES, put(state="done"), "partner-wrong-state", "wanted",
    ),
    "a quote without a price": (
        ordering, QUOTES, item_put("quoteItem", quoteItemPrice=[]), "partner-wrong-price", "wanted",
    ),
    "an order under another name": (
        ordering, ORDERS, put(externalId="other"), "partner-wrong-echo", "accepted",
    ),
    "an order of another quote": (
        ordering,
        ORDERS,
        item_put("productOrderItem", quoteItem={"id": "1", "quoteId": "other"}),
        "partner-wrong-echo",
        "accepted",
    ),
    "an order in no state of Sonata": (
        ordering, ORDERS, put(state="nearly"), "partner-wrong-state", "accepted",
    ),
}  # fmt: skip
LATER = {
    "an order that is lost": (following, ORDERS, lost, "partner-lost-record", "ordered"),
    "an order with another identifier": (
        following, ORDERS, put(id="other"), "partner-wrong-echo", "ordered",
    ),
    "an order of another product": (
        following,
        ORDERS,
        item_put("productOrderItem", product={"id": "other"}),
        "partner-wrong-echo",
        "ordered",
    ),
    "a product that is not up": (
        following, PRODUCTS, put(status="pendingActive"), "partner-wrong-state", "ordered",
    ),
    "a product at another price": (
        following,
        PRODUCTS,
        dearer_product,
        "partner-wrong-price",
        "ordered",
    ),
    "a product of another order": (
        following,
        PRODUCTS,
        put(productOrderItem=[{"productOrderId": "other", "productOrderItemId": "1"}]),
        "partner-wrong-echo",
        "ordered",
    ),
    "a product that is lost": (following, PRODUCTS, lost, "partner-lost-record", "ordered"),
    "compared: two orders of one name": (
        comparing_ordered, ORDERS, twice, "partner-double-record", "ordered",
    ),
    "compared: a product that is lost": (
        comparing, PRODUCTS, lost, "partner-lost-record", "active",
    ),
    "compared: a product at another price": (
        comparing,
        PRODUCTS,
        dearer_product,
        "partner-wrong-price",
        "active",
    ),
    "compared: a product that has ended": (
        comparing, PRODUCTS, put(status="terminated"), "partner-wrong-state", "active",
    ),
    "compared: an order that we never gave": (
        comparing_ordered,
        ORDERS,
        lambda status, body: (
            (status, [*body, {"id": "x", "externalId": "leg:x:order:1", "state": "inProgress"}])
            if isinstance(body, list)
            else (status, body)
        ),
        "partner-unknown-order",
        "ordered",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_to_an_order_is_not_taken_over(name):
    act, path, change, code, state = WRONG[name]
    both = sides(change=changed(path, change))
    found = act(both, both.order())
    assert {each.code for each in found.findings} == {code}
    assert "Instead: " in found.findings[0].message
    assert both.purchase().state.value == state


@pytest.mark.parametrize("name", LATER)
def test_a_wrong_answer_later_is_not_taken_over(name):
    act, path, change, code, state = LATER[name]
    both = sides()
    order = both.order()
    assert not ordering(both, order).findings
    both.wire.change = changed(path, change)
    found = act(both, order)
    assert [each.code for each in found.findings] == [code]
    assert both.purchase().state.value == state
    leg = both.ours.store.read(lambda tx: tx.find(ProductOrder, order.product_order_id)).legs[0]
    assert (leg.state is LegState.COMPLETED) == (state == "active")


def test_an_order_that_goes_back_is_told():
    both = sides()
    order = both.order()
    ordering(both, order)
    both.wire.change = changed(ORDERS, put(state="inProgress"))
    assert not following(both, order).findings
    both.wire.change = changed(ORDERS, put(state="acknowledged"))
    found = follow_purchases(buying=both.buying, deed=deed())
    assert [each.code for each in found.findings] == ["partner-wrong-state"]
    assert both.purchase().word == "inProgress"


def test_a_price_that_changes_after_it_was_quoted_is_not_accepted():
    both = sides()
    order = both.order()
    quote_legs(order.product_order_id, buying=both.buying, deed=deed())
    both.wire.change = changed(QUOTES, dearer_quote)
    found = ordering(both, order)
    assert [each.code for each in found.findings] == ["partner-wrong-price"]
    assert both.purchase().state is PurchaseState.QUOTED
    assert both.theirs.get(ORDERS).json() == []


def test_two_orders_of_one_name_are_found_before_a_third_is_given():
    both = sides()
    order = both.order()
    quote_legs(order.product_order_id, buying=both.buying, deed=deed())

    def lose(request):
        if (request.method, request.url.path) == ("POST", ORDERS):
            raise both_lost

    both_lost = KeyboardInterrupt()
    both.wire.after = lose
    with pytest.raises(KeyboardInterrupt):
        ordering(both, order)
    both.wire.after = lambda request: None
    both.wire.change = changed(ORDERS, twice)
    found = ordering(both, order)
    assert [each.code for each in found.findings] == ["partner-double-record"]
    assert len(both.theirs.get(ORDERS).json()) == 1
