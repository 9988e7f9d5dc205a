"""One purchase is wanted, written down and brought a step further, and asks how others stand."""

from dataclasses import replace

import pytest

from karakoram.core.errors import ConflictError, RefusedError
from karakoram.sales.orders import LegState, OrderState
from karakoram.sales.purchases import Purchase, PurchaseEvent, PurchaseState
from karakoram.usecases.buy.follow_steps import take_step
from karakoram.usecases.buy.partner_legs import Buying, legs_to_buy
from karakoram.usecases.buy.purchase_questions import is_wanted, purchases_beside
from karakoram.usecases.buy.tell_leg import advance_our_leg, tell_leg
from karakoram.usecases.buy.want_purchases import purchase_to_change, want_purchase
from karakoram.usecases.buy.write_purchases import move_purchase, write_purchase
from tests.support.changing import at_a_fake
from tests.support.selling import deed, ordered, quoted, wave


@pytest.fixture
def faked():
    return at_a_fake()


@pytest.fixture
def wanted(faked):
    """A purchase of another product, of which the partner has not heard."""
    order = ordered(faked.ours, quoted(faked.ours, wave(), "q8"), "o8")
    (leg,) = legs_to_buy(order.product_order_id, faked.buying)
    return want_purchase(leg, buying=faked.buying, deed=deed())[0]


def beside(side, purchase):
    return side.ours.store.read(lambda tx: list(purchases_beside(tx, purchase)))


def log(side, purchase):
    return side.ours.store.read(lambda tx: tx.log_of(purchase.purchase_id))


def test_what_is_wanted_twice_is_written_down_once(faked):
    order = ordered(faked.ours, quoted(faked.ours, wave(), "q8"), "o8")
    (leg,) = legs_to_buy(order.product_order_id, faked.buying)
    first = want_purchase(leg, buying=faked.buying, deed=deed())
    assert first == (want_purchase(leg, buying=faked.buying, deed=deed())[0], True)
    assert want_purchase(leg, buying=faked.buying, deed=deed())[1] is False
    assert [each.action for each in log(faked, first[0])] == ["purchase.want"]
    assert purchase_to_change(leg, faked.buying) is None


def test_a_purchase_that_somebody_else_has_moved_is_neither_written_nor_logged(faked, wanted):
    moved = move_purchase(wanted, PurchaseEvent.CANCEL, buying=faked.buying, deed=deed())
    assert (moved.state, moved.version) == (PurchaseState.CANCELLED, wanted.version + 1)
    before = log(faked, wanted)
    with pytest.raises(ConflictError):
        faked.ours.store.write(
            lambda tx: write_purchase(
                tx,
                replace(wanted, word="held"),
                before=wanted,
                buying=faked.buying,
                deed=deed(),
                action="purchase.hear",
            )
        )
    assert log(faked, wanted) == before
    assert [each.action for each in before] == ["purchase.want", "purchase.cancel"]


def test_a_purchase_that_is_up_and_wanted_takes_no_step(faked):
    (base,) = faked.all(Purchase)
    assert faked.ours.store.read(lambda tx: is_wanted(tx, base))
    assert take_step(base, buying=faked.buying, deed=deed()) is base


def test_a_purchase_of_nobody_who_is_a_partner_is_told(faked):
    order = faked.change()
    change = faked.buy(order)
    alone = Buying(store=faked.ours.store, ids=faked.ours.ids, partners={})
    with pytest.raises(RefusedError, match="OP1 is no partner any more") as told:
        take_step(change, buying=alone, deed=deed())
    assert (told.value.code, told.value.where) == ("no-such-partner", change.purchase_id)


def test_a_change_on_its_way_stands_beside_other_changes_and_not_beside_its_leg(faked, wanted):
    change = faked.buy(faked.change())
    (base, *_) = faked.all(Purchase)
    assert change.changed_id == base.purchase_id
    assert beside(faked, base) == []
    assert beside(faked, change) == []
    assert beside(faked, replace(change, purchase_id="another")) == [change]
    assert beside(faked, replace(base, purchase_id="another")) == [base]
    assert beside(faked, wanted) == []


def test_our_leg_is_taken_to_where_the_partner_is_one_event_after_another(faked):
    order = faked.change()
    change = faked.buy(order)
    advance_our_leg(
        faked.order(order), change.leg, LegState.COMPLETED, buying=faked.buying, deed=deed()
    )
    assert faked.order(order).legs[0].state is LegState.COMPLETED
    faked.cancel(order)
    ended = faked.order(order)
    assert ended.state not in {OrderState.COMPLETED, OrderState.IN_PROGRESS}
    tell_leg(change, buying=faked.buying, deed=deed())
    assert faked.order(order) == ended
