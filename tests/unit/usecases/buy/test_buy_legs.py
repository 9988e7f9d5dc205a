"""A leg is bought of a partner: asked about, quoted, ordered, watched, ended or called off."""

import pytest

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.core.provenance import Confidence
from karakoram.sales.orders import LegEvent, LegState, OrderState, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.purchases import Purchase, PurchaseState
from karakoram.usecases.buy.buy_legs import order_legs, planned_price, qualify_legs, quote_legs
from karakoram.usecases.buy.compare_purchases import compare_purchases
from karakoram.usecases.buy.follow_purchases import follow_purchases
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order
from karakoram.usecases.sell.end_product import cease_product
from tests.support.partnering import ORDERS, PARTNER, PRODUCTS, QUOTES, sides
from tests.support.selling import deed

STATE = PurchaseState


def bought(both, order, *, may_be_dearer=False):
    found = order_legs(
        order.product_order_id, may_be_dearer=may_be_dearer, buying=both.buying, deed=deed()
    )
    assert not found.findings, found.findings
    return found.purchases[0]


def followed(both, order_id=None):
    found = follow_purchases(order_id, buying=both.buying, deed=deed())
    assert not found.findings, found.findings
    return found.purchases


def agree(both):
    found = compare_purchases(buying=both.buying)
    assert not found.findings, found.findings
    return found.purchases


def now(both, kind, record_id):
    return both.ours.store.read(lambda tx: tx.find(kind, record_id))


def finish(both, order):
    """Our own test of the whole."""
    leg = next(each for each in order.legs if each.leg.after)
    for event in (LegEvent.START, LegEvent.COMPLETE):
        order = advance_leg(
            order.product_order_id,
            leg.leg.name,
            event,
            deed=deed(),
            store=both.ours.store,
            ids=both.ours.ids,
        )
    return order


def ceased(both, product_id, name="c1"):
    return cease_product(
        product_id,
        buyer_id="CT",
        external_id=ExternalId(name),
        deed=deed(),
        store=both.ours.store,
        ids=both.ours.ids,
    )


def cancelled(both, order):
    return cancel_order(
        order.product_order_id, deed=deed(), store=both.ours.store, ids=both.ours.ids
    )


@pytest.fixture
def both():
    return sides()


@pytest.fixture
def up(both):
    """An order that is up on both sides."""
    order = both.order()
    bought(both, order)
    both.carry_out()
    followed(both)
    return finish(both, now(both, ProductOrder, order.product_order_id))


def test_a_partner_is_asked_whether_it_can_provide_a_leg_and_nothing_is_bound(both):
    order = both.order()
    (leg,), findings = qualify_legs(order.product_order_id, buying=both.buying)
    assert (leg.told.days_confidence, leg.told.reason) == (Confidence.ASSUMED, "")
    assert (leg.operator_id, leg.told.confidence, findings) == (PARTNER, "green", ())
    assert both.theirs.get(QUOTES).json() == []
    assert both.ours.store.read(lambda tx: tx.find_all(Purchase)) == ()


def test_a_quote_is_asked_for_once_however_often_it_is_called_for(both):
    order = both.order()
    one, other = (
        quote_legs(order.product_order_id, buying=both.buying, deed=deed()) for _ in range(2)
    )
    assert one == other
    assert one.purchases[0].state is STATE.QUOTED
    assert one.purchases[0].price == planned_price(order, PARTNER, currency="USD")
    assert len(both.theirs.get(QUOTES).json()) == 1


def test_a_leg_is_ordered_once_and_comes_up_here_when_it_is_up_there(both):
    order = both.order()
    purchase = bought(both, order)
    assert bought(both, order) == purchase
    assert (purchase.state, purchase.word) == (STATE.ORDERED, "acknowledged")
    assert len(both.theirs.get(ORDERS).json()) == 1
    followed(both)
    agree(both)
    leg = now(both, ProductOrder, order.product_order_id).legs[0]
    assert leg.state is LegState.ACKNOWLEDGED
    both.carry_out()
    (after,) = followed(both)
    assert after.state is STATE.ACTIVE
    assert both.theirs.get(f"{PRODUCTS}/{after.product_there}").json()["status"] == "active"
    order = now(both, ProductOrder, order.product_order_id)
    assert order.legs[0].state is LegState.COMPLETED
    assert finish(both, order).state is OrderState.COMPLETED
    agree(both)
    log = both.ours.store.read(lambda tx: tx.log_of(purchase.purchase_id))
    assert [each.state_after for each in log][-1] == "active"


@pytest.mark.parametrize(
    ("word", "state", "leg"),
    [
        ("inProgress", STATE.ORDERED, LegState.IN_PROGRESS),
        ("held", STATE.ORDERED, LegState.IN_PROGRESS),
        ("rejected", STATE.REFUSED, LegState.REJECTED),
    ],
)
def test_what_a_partner_says_of_its_work_happens_to_our_leg(both, word, state, leg):
    order = both.order()
    bought(both, order)
    (work,) = [
        each
        for each in both.theirs.get("/tmf-api/serviceOrdering/v4/serviceOrder?limit=200").json()
        if each["state"] == "acknowledged"
    ]
    both.theirs.patch(
        work["href"].removeprefix("http://karakoram.test"), {"state": word}, by="op1-noc"
    )
    (after,) = followed(both)
    assert after.state is state
    found = now(both, ProductOrder, order.product_order_id)
    assert found.legs[0].state is leg
    assert found.state is (OrderState.REJECTED if word == "rejected" else OrderState.IN_PROGRESS)
    agree(both)


def test_an_order_that_is_called_off_here_is_called_off_there(both):
    order = both.order()
    purchase = bought(both, order)
    cancelled(both, order)
    (after,) = followed(both)
    assert after.state is STATE.CANCELLED
    assert both.theirs.get(f"{ORDERS}/{purchase.order_there}").json()["state"] == "cancelled"
    agree(both)
    assert followed(both) == ()


def test_a_quote_whose_leg_is_called_off_holds_nothing_any_more(both):
    order = both.order()
    quote_legs(order.product_order_id, buying=both.buying, deed=deed())
    cancelled(both, order)
    (after,) = followed(both)
    assert after.state is STATE.CANCELLED
    (quote,) = both.theirs.get(QUOTES).json()
    assert quote["state"] == "declined"


def test_a_leg_that_is_up_there_is_ended_when_our_order_is_called_off(both):
    order = both.order()
    bought(both, order)
    both.carry_out()
    followed(both)
    cancelled(both, order)
    (after,) = followed(both)
    assert after.state is STATE.CEASING
    both.carry_out()
    (after,) = followed(both)
    assert after.state is STATE.CEASED
    agree(both)


def test_the_end_of_a_product_ends_the_leg_there_first(both, up):
    end = ceased(both, up.product_id)
    (after,) = followed(both)
    assert after.state is STATE.CEASING
    assert now(both, ProductOrder, end.product_order_id).state is OrderState.ACKNOWLEDGED
    both.carry_out()
    (after,) = followed(both)
    assert after.state is STATE.CEASED
    assert now(both, ProductOrder, end.product_order_id).state is OrderState.COMPLETED
    assert now(both, Product, up.product_id).state is ProductState.TERMINATED
    agree(both)


def test_an_end_that_is_called_off_here_is_called_off_there_and_may_be_asked_again(both, up):
    end = ceased(both, up.product_id)
    followed(both)
    cancelled(both, end)
    (after,) = followed(both)
    assert after.state is STATE.ACTIVE
    assert both.theirs.get(f"{PRODUCTS}/{after.product_there}").json()["status"] == "active"
    agree(both)
    ceased(both, up.product_id, "c2")
    followed(both)
    both.carry_out()
    assert followed(both)[0].state is STATE.CEASED
    agree(both)


def test_a_leg_that_has_ended_there_before_its_end_is_called_off_is_told(both, up):
    end = ceased(both, up.product_id)
    followed(both)
    both.carry_out()
    cancelled(both, end)
    found = follow_purchases(buying=both.buying, deed=deed())
    assert [each.code for each in found.findings] == ["leg-lost"]
    assert both.purchase().state is STATE.ENDED


def test_a_partner_that_does_not_end_its_product_fails_our_end(both, up):
    end = ceased(both, up.product_id)
    followed(both)
    there = both.purchase().cease_there
    form = {
        "productOrder": {"productOrderId": there},
        "relatedContactInformation": [
            {"name": "n", "number": "1", "emailAddress": "e", "role": "cancelProductOrderContact"}
        ],
    }
    answer = both.theirs.post(
        "/mefApi/sonata/productOrderingManagement/v11/cancelProductOrder", form
    )
    assert answer.status_code == 201
    (after,) = followed(both)
    assert after.state is STATE.ACTIVE
    assert now(both, ProductOrder, end.product_order_id).state is OrderState.REJECTED
    agree(both)


def test_a_partner_that_asks_more_than_our_plan_counts_is_not_ordered_from_unless_said_so():
    def dearer(request, status, body):
        if request.url.path.startswith(QUOTES) and isinstance(body, dict):
            for item in body["quoteItem"]:
                for price in item.get("quoteItemPrice", []):
                    price["price"]["dutyFreeAmount"]["value"] += 1
        return status, body

    both = sides(change=dearer)
    order = both.order()
    found = order_legs(order.product_order_id, may_be_dearer=False, buying=both.buying, deed=deed())
    assert [each.code for each in found.findings] == ["dearer-than-planned"]
    assert "--dearer" in found.findings[0].message
    assert found.purchases[0].state is STATE.QUOTED
    assert both.theirs.get(ORDERS).json() == []
    assert bought(both, order, may_be_dearer=True).state is STATE.ORDERED


def test_a_quote_that_is_over_is_asked_for_anew(both):
    order = both.order()
    quote_legs(order.product_order_id, buying=both.buying, deed=deed())
    both.buying.partners[PARTNER].decline(both.purchase().quote_there, is_at_work=False)
    again = order_legs(order.product_order_id, may_be_dearer=False, buying=both.buying, deed=deed())
    assert again.findings == ()
    assert (again.purchases[0].state, again.purchases[0].attempt) == (STATE.QUOTED, 2)
    assert bought(both, order).state is STATE.ORDERED


def test_what_a_partner_cannot_provide_is_refused_with_its_reasons():
    def unable(request, status, body):
        if request.url.path == QUOTES and request.method == "POST":
            body["state"] = "unableToProvide"
            body["quoteItem"][0].pop("quoteItemPrice")
            why = {"code": "otherIssue", "value": "no-free-slot; no channel is free"}
            body["quoteItem"][0]["terminationError"] = [why]
        return status, body

    both = sides(change=unable)
    order = both.order()
    (refused,) = quote_legs(order.product_order_id, buying=both.buying, deed=deed()).purchases
    assert refused.state is STATE.REFUSED
    assert refused.reasons[0].message == "no-free-slot; no channel is free"
    assert now(both, ProductOrder, order.product_order_id).state is OrderState.ACKNOWLEDGED
    agree(both)


def test_orders_without_a_leg_of_a_partner_and_unknown_ones_are_refused(both):
    with pytest.raises(NotFoundError):
        quote_legs("nothing", buying=both.buying, deed=deed())
    order = both.order()
    both.buying = type(both.buying)(store=both.ours.store, ids=both.ours.ids, partners={})
    with pytest.raises(RefusedError, match="no leg of order") as refused:
        quote_legs(order.product_order_id, buying=both.buying, deed=deed())
    assert refused.value.code == "no-partner-leg"


def test_a_purchase_of_somebody_who_is_no_partner_any_more_is_told(both):
    bought(both, both.order())
    alone = type(both.buying)(store=both.ours.store, ids=both.ours.ids, partners={})
    found = follow_purchases(buying=alone, deed=deed())
    assert [each.code for each in found.findings] == ["no-such-partner"]
