"""A product that is changed here changes its leg at the partner, and changes back if it must."""

from dataclasses import replace

import pytest

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.core.money import Money
from karakoram.sales.orders import LegState, OrderState
from karakoram.sales.products import ProductState
from karakoram.sales.purchases import Purchase, PurchaseState, purchase_back_id
from karakoram.usecases.buy import purchases_to_follow
from karakoram.usecases.buy.buy_legs import order_legs, qualify_legs
from karakoram.usecases.buy.follow_until_done import is_left, waits
from karakoram.usecases.sell.end_product import cease_product
from tests.support.changing import at_a_fake, at_a_platform
from tests.support.fake_partner import FakePartner
from tests.support.partnering import ORDERS, PRODUCTS
from tests.support.selling import deed

STATE = PurchaseState


@pytest.fixture
def real():
    """The partner is a platform of its own, behind HTTP."""
    return at_a_platform()


@pytest.fixture
def faked():
    """The partner does what a test says."""
    return at_a_fake()


def test_a_change_is_asked_quoted_ordered_and_carried_out_there(real):
    order = real.change()
    (leg,), findings = qualify_legs(order.product_order_id, buying=real.buying)
    assert (leg.told.confidence, findings) == ("green", ())
    change = real.buy(order)
    assert (change.state, change.changed_id) == (STATE.ORDERED, f"{order.product_id}:OP1 working")
    assert real.buy(order) == change
    real.agree()
    (there,) = [
        each for each in real.both.theirs.get(ORDERS).json() if each["state"] != "completed"
    ]
    assert there["id"] == change.order_there
    real.follow()
    assert real.order(order).legs[0].state is LegState.ACKNOWLEDGED
    real.carry_out()
    real.follow()
    real.agree()
    assert real.order(order).legs[0].state is LegState.COMPLETED
    real.finish(order)
    real.follow()
    real.agree()
    base, change = real.purchases().values()
    assert (base.state, change.state) == (STATE.ACTIVE, STATE.SETTLED)
    assert base.wish.configuration.text("term_months") == "12"
    product = real.both.theirs.get(f"{PRODUCTS}/{base.product_there}").json()
    assert (product["status"], product["productConfiguration"]["term_months"]) == ("active", "12")
    assert len(product["productOrderItem"]) == 2
    assert real.order(order).state is OrderState.COMPLETED
    assert real.follow() == (base,)


def test_a_change_that_comes_to_nothing_here_is_called_off_there(real):
    order = real.change()
    change = real.buy(order)
    real.cancel(order)
    real.follow()
    real.agree()
    assert real.both.theirs.get(f"{ORDERS}/{change.order_there}").json()["state"] == "cancelled"
    base, change = real.purchases().values()
    assert (base.state, change.state) == (STATE.ACTIVE, STATE.CANCELLED)
    assert base.wish.configuration.text("term_months") == "36"


def test_a_change_that_is_through_there_and_fails_here_is_taken_back(real):
    order = real.change()
    real.buy(order)
    real.carry_out()
    real.follow()
    real.cancel(order)
    back = real.follow()[-1]
    assert (back.is_back, back.state) == (True, STATE.ORDERED)
    assert waits(back)
    assert is_left(back)
    real.agree()
    real.carry_out()
    real.follow()
    real.agree()
    states = [each.state for each in real.purchases().values()]
    assert states == [STATE.ACTIVE, STATE.SETTLED, STATE.SETTLED]
    base = real.purchases()["OP1 working"]
    product = real.both.theirs.get(f"{PRODUCTS}/{base.product_there}").json()
    assert product["productConfiguration"]["term_months"] == "36"
    again = real.change("24", "3")
    real.buy(again)
    real.carry_out()
    real.follow()
    real.finish(again)
    real.follow()
    real.agree()
    assert real.product().state is ProductState.ACTIVE


def test_a_partner_that_fails_a_change_fails_ours_and_the_product_stays_as_it_was(faked):
    order = faked.change()
    faked.buy(order)
    faked.partner.work("inProgress")
    faked.follow()
    faked.partner.work("failed")
    faked.follow()
    assert faked.order(order).state is OrderState.FAILED
    assert faked.product().state is ProductState.ACTIVE
    assert [each.state for each in faked.purchases().values()] == [STATE.ACTIVE, STATE.FAILED]
    assert faked.partner.made_products["product of o1"].status == "active"
    faked.agree()


def test_a_change_in_which_nothing_differs_for_the_partner_is_not_ordered(faked):
    order = faked.change("36")
    assert faked.buy(order).state is STATE.CHANGED
    assert set(faked.partner.made_orders) == {"o1"}
    faked.follow()
    assert faked.order(order).legs[0].state is LegState.COMPLETED
    faked.cancel(order)
    faked.follow()
    assert [each.state for each in faked.purchases().values()] == [STATE.ACTIVE, STATE.SETTLED]
    faked.agree()


def dearer(price):
    return replace(price, mrc=Money(price.mrc.minor + 1, "USD"))


def test_a_partner_that_asks_more_to_take_a_change_back_is_not_paid_unless_said_so(faked):
    order = faked.change()
    faked.buy(order)
    faked.carry_out()
    faked.follow()
    faked.cancel(order)
    faked.partner.price = dearer(faked.partner.price)
    assert faked.codes() == ["dearer-than-before"]
    assert faked.codes() == ["dearer-than-before"]
    back = faked.all(Purchase)[-1]
    assert back.purchase_id == purchase_back_id(faked.all(Purchase)[-2].purchase_id)
    assert len(faked.partner.made_orders) == 2
    faked.buy(order, may_be_dearer=True)
    faked.follow()
    faked.carry_out()
    faked.follow()
    assert faked.all(Purchase)[-1].state is STATE.SETTLED
    assert faked.partner.made_orders["o3"].action == "modify"
    faked.agree()


def test_a_leg_that_a_change_leaves_out_is_ended_there_and_a_new_one_is_bought(faked):
    """As if the first order had gone another way: its leg has a name that the change has not."""
    (base,) = faked.all(Purchase)
    order = faked.order(faked.first)
    detour = replace(order.legs[0], leg=replace(order.legs[0].leg, name="OP1 detour"))

    def rename(tx):
        tx.replace(replace(base, leg="OP1 detour"))
        tx.replace(replace(order, legs=(detour, *order.legs[1:])))

    faked.ours.store.write(rename)
    change = faked.change()
    assert faked.buy(change).changed_id is None
    faked.carry_out()
    faked.follow()
    assert faked.partner.made_orders["o2"].action == "add"
    faked.finish(change)
    faked.follow()
    assert faked.partner.made_orders["o3"].action == "delete"
    faked.carry_out()
    faked.follow()
    assert [each.state for each in faked.all(Purchase)] == [STATE.CEASED, STATE.ACTIVE]
    assert faked.product().state is ProductState.ACTIVE


def test_a_quote_that_would_change_another_product_is_not_taken_over(faked):
    order = faked.change()
    right = faked.partner.new_quote
    faked.partner.new_quote = lambda wish, name, **_: right(wish, name, product_id="another")
    found = order_legs(order.product_order_id, may_be_dearer=True, buying=faked.buying, deed=deed())
    assert {each.code for each in found.findings} == {"partner-wrong-echo"}
    assert found.purchases[0].state is STATE.WANTED


def test_nothing_is_bought_for_an_order_that_has_ended(faked):
    order = faked.change()
    faked.cancel(order)
    found = order_legs(order.product_order_id, may_be_dearer=True, buying=faked.buying, deed=deed())
    assert [each.code for each in found.findings] == ["order-ended"]
    assert set(faked.partner.quotes) == {"q1"}


def test_a_second_change_waits_until_the_first_is_over_there(faked):
    first = faked.change()
    faked.buy(first)
    faked.cancel(first)
    second = faked.change("24", "3")
    found = order_legs(
        second.product_order_id, may_be_dearer=True, buying=faked.buying, deed=deed()
    )
    assert [each.code for each in found.findings] == ["leg-out-of-step"]
    faked.follow()
    assert faked.buy(second).state is STATE.ORDERED


def test_a_change_keeps_the_offering_of_the_partner(faked, monkeypatch):
    order = faked.change()
    terms = faked.partner.terms
    ours = dict(terms.offerings)
    ours["WAVE-100G"] = replace(ours["WAVE-100G"], offering_id="OTHER")
    other = replace(terms, offerings=ours)
    monkeypatch.setattr(FakePartner, "terms", property(lambda self: other))
    found = order_legs(order.product_order_id, may_be_dearer=True, buying=faked.buying, deed=deed())
    assert [each.code for each in found.findings] == ["other-offering"]


def test_the_end_of_a_product_is_not_bought(faked):
    order = cease_product(
        faked.first.product_id,
        buyer_id="CT",
        external_id=ExternalId("c"),
        deed=deed(),
        store=faked.ours.store,
        ids=faked.ours.ids,
    )
    with pytest.raises(RefusedError) as no:
        order_legs(order.product_order_id, may_be_dearer=True, buying=faked.buying, deed=deed())
    assert no.value.code == "end-by-follow"


def test_our_leg_hears_of_an_end_although_whoever_heard_it_was_killed_before_telling(faked):
    """The end of a purchase and that of our leg are two steps."""
    order = faked.change()
    faked.buy(order)
    faked.partner.work("failed")
    store, count = faked.ours.store, 0
    write = store.write

    def killed(action):
        nonlocal count
        count += 1
        if count > 1:
            raise KeyboardInterrupt
        return write(action)

    store.write = killed
    with pytest.raises(KeyboardInterrupt):
        faked.follow()
    store.write = write
    change = faked.all(Purchase)[-1]
    assert change.state is STATE.FAILED
    assert faked.order(order).state is OrderState.ACKNOWLEDGED
    assert change.purchase_id in purchases_to_follow.to_follow(None, faked.buying)
    faked.follow()
    assert faked.order(order).state is OrderState.REJECTED
    assert faked.product().state is ProductState.ACTIVE
    assert change.purchase_id not in purchases_to_follow.to_follow(None, faked.buying)
