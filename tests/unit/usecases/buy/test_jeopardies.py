"""What a partner keeps or has ended against our records is told until both sides say the same."""

from dataclasses import replace

import pytest

from karakoram.sales.orders import OrderState
from karakoram.sales.products import ProductState
from karakoram.sales.purchases import Purchase, PurchaseState
from karakoram.usecases.buy.buy_legs import order_legs
from karakoram.usecases.buy.follow_until_done import is_left, waits
from karakoram.usecases.buy.jeopardies import AGAIN_AFTER, try_again
from tests.support.changing import after, at_a_fake, at_a_platform
from tests.support.selling import deed, ordered, quoted, wave

STATE = PurchaseState


@pytest.fixture
def faked():
    """The partner does what a test says."""
    return at_a_fake()


def change_in_vain(side):
    """The order for a change that comes to nothing here once the partner has carried it out."""
    order = side.change()
    side.buy(order)
    side.carry_out()
    side.follow()
    side.cancel(order)
    return order


def assert_taken_back(side, *, hours=1):
    """The partner takes the change back once it is asked again, and both sides agree."""
    side.follow(hours=hours)
    side.carry_out()
    side.follow(hours=hours)
    side.agree()
    assert months(side) == ("36", "36")


@pytest.fixture
def kept(faked):
    """A change that came to nothing here after the partner had carried it out and kept it."""
    faked.order_kept = change_in_vain(faked)
    faked.follow()
    faked.partner.work("failed")
    assert faked.codes() == ["change-kept"]
    return faked


def last(side):
    return side.all(Purchase)[-1]


def states(side):
    return [each.state for each in side.purchases().values()]


def months(side):
    """The term that the partner was told last, and that of our product."""
    base = side.purchases()["OP1 working"]
    return base.wish.configuration.text("term_months"), side.product().configuration.text(
        "term_months"
    )


def test_a_change_that_the_partner_keeps_is_told_and_asked_about_again_after_an_hour(kept):
    assert AGAIN_AFTER.total_seconds() == 3600
    back = last(kept)
    assert (back.state, back.is_back, waits(back), is_left(back)) == (STATE.KEPT, True, False, True)
    assert [each.code for each in back.reasons] == ["partner-failed"]
    assert kept.codes(hours=0.9) == ["change-kept"]
    assert kept.compared() == ["change-kept"]
    assert (len(kept.partner.quotes), len(kept.partner.made_orders)) == (3, 3)
    kept.follow(hours=1)
    again = last(kept)
    assert (again.state, again.attempt, again.reasons) == (STATE.ORDERED, back.attempt + 1, ())
    assert kept.follow(hours=9)[0] == again
    assert len(kept.partner.made_orders) == 4
    kept.carry_out()
    kept.follow(hours=9)
    assert states(kept) == [STATE.ACTIVE, STATE.SETTLED, STATE.SETTLED]
    assert months(kept) == ("36", "36")
    kept.agree()


def test_a_quote_that_is_refused_keeps_a_change_as_an_order_does(faked):
    change_in_vain(faked)
    right = faked.partner.new_quote

    def refused(wish, name, **more):
        made = right(wish, name, **more)
        return replace(made, state="unableToProvide", price=None, reasons=("no fibre",))

    faked.partner.new_quote = refused
    assert faked.codes() == ["change-kept"]
    assert last(faked).state is STATE.KEPT
    faked.partner.new_quote = right
    assert_taken_back(faked, hours=2)


def test_a_person_has_a_change_that_is_kept_asked_about_at_once(kept):
    assert kept.buy(kept.order_kept, may_be_dearer=False).state is STATE.ORDERED
    assert kept.buy(kept.order_kept, may_be_dearer=False) == last(kept)
    kept.partner.work("rejected")
    assert kept.codes() == ["change-kept"]
    right = kept.partner.new_quote
    kept.partner.new_quote = lambda *words, **more: replace(
        right(*words, **more), state="rejected", price=None
    )
    found = order_legs(
        kept.order_kept.product_order_id, may_be_dearer=True, buying=kept.buying, deed=deed()
    )
    assert [each.code for each in found.findings] == ["change-kept"]
    kept.partner.new_quote = right
    kept.buy(kept.order_kept)
    kept.carry_out()
    kept.follow()
    kept.agree()


def test_a_change_that_is_kept_is_told_also_after_a_later_one_was_called_off(kept):
    """The later one is not ordered of the partner, or is not carried out: nothing has changed."""
    kept.cancel(kept.change("24", "3"))
    assert kept.compared() == ["change-kept"]
    order = kept.change("24", "4")
    kept.buy(order)
    assert kept.codes(hours=1) == []
    kept.cancel(order)
    assert kept.codes() == ["change-kept"]
    assert kept.compared() == ["change-kept"]
    assert_taken_back(kept)


def test_a_later_change_that_comes_to_nothing_too_is_taken_back_to_what_our_product_is(kept):
    order = kept.change("24", "3")
    kept.buy(order)
    kept.carry_out()
    kept.follow()
    kept.agree()
    kept.cancel(order)
    assert kept.codes() == ["change-kept"]
    assert months(kept) == ("24", "36")
    assert_taken_back(kept)
    assert [each.is_back for each in kept.all(Purchase)].count(True) == 1


def test_a_change_is_not_written_down_where_one_that_is_kept_is_asked_about_meanwhile(kept):
    order = kept.change("24", "3")
    store, write = kept.ours.store, kept.ours.store.write

    def meanwhile(action):
        store.write = write
        try_again(last(kept), buying=kept.buying, deed=after(1))
        return write(action)

    store.write = meanwhile
    found = order_legs(
        order.product_order_id, may_be_dearer=True, buying=kept.buying, deed=after(1)
    )
    assert {each.code for each in found.findings} == {"leg-out-of-step"}
    assert (last(kept).state, last(kept).is_back) == (STATE.WANTED, True)


@pytest.mark.parametrize("term", ["24", "12", "36"])
def test_a_later_change_that_stands_passes_one_that_is_kept(kept, term):
    """Also one to what the partner has, or to what our product is, already."""
    order = kept.change(term, "3")
    kept.buy(order)
    kept.carry_out()
    kept.follow()
    kept.finish(order)
    kept.follow()
    kept.agree()
    assert months(kept) == (term, term)
    assert STATE.KEPT not in states(kept)
    kept.follow(hours=9)
    assert months(kept) == (term, term)


def test_a_change_back_waits_while_the_leg_is_to_end_and_goes_on_when_the_end_is_called_off(faked):
    change_in_vain(faked)
    end = faked.cease()
    faked.follow()
    faked.follow()
    assert (last(faked).state, last(faked).is_back) == (STATE.KEPT, True)
    faked.agree()
    faked.cancel(end)
    assert faked.codes() == ["change-kept"]
    assert_taken_back(faked)


def test_a_change_that_is_through_while_the_leg_is_to_end_is_taken_back_if_it_stays(faked):
    """It was called off too late: the partner has completed it before it was asked."""
    order = faked.change()
    change = faked.buy(order)
    faked.cancel(order)
    end = faked.cease()
    there = faked.partner.made_orders[change.order_there]

    def too_late(order_id):
        faked.partner.made_orders[order_id] = replace(there, state="pendingCancellation")

    faked.partner.cancel, right = too_late, faked.partner.cancel
    faked.follow()
    faked.partner.made_orders[change.order_there] = there
    faked.ours.store.write(lambda tx: tx.replace(replace(last(faked), word="inProgress")))
    faked.partner.cancel = right
    faked.partner.made_orders[change.order_there] = replace(there, state="completed")
    faked.follow()
    assert months(faked)[0] == "12"
    faked.cancel(end)
    assert faked.codes() == ["change-kept"]
    assert_taken_back(faked)


def test_a_change_that_is_kept_ends_with_its_leg(kept):
    kept.cease()
    kept.follow()
    kept.carry_out()
    kept.follow()
    kept.follow()
    assert states(kept) == [STATE.CEASED, STATE.SETTLED, STATE.CANCELLED]
    assert kept.product().state is ProductState.TERMINATED
    kept.agree()


def lost(side, end):
    """The leg ends there, we hear of it and are killed before our own order does."""
    side.follow()
    side.carry_out()
    store, write = side.ours.store, side.ours.store.write

    def killed(action):
        store.write = fatal
        return write(action)

    def fatal(action):
        if last(side).state is STATE.ENDED:
            raise KeyboardInterrupt
        return write(action)

    store.write = killed
    with pytest.raises(KeyboardInterrupt):
        side.follow()
    store.write = write
    assert last(side).state is STATE.ENDED
    side.cancel(end)


def test_a_leg_that_ended_before_its_end_was_called_off_is_told_until_it_is_bought_anew(faked):
    lost(faked, faked.cease())
    assert faked.product().state is ProductState.ACTIVE
    assert faked.codes() == ["leg-lost"]
    assert faked.codes() == ["leg-lost"]
    assert faked.compared() == ["leg-lost"]
    off = faked.change("24", "2")
    faked.buy(off)
    faked.follow()
    faked.cancel(off)
    assert faked.codes() == ["leg-lost"]
    order = faked.change("24", "3")
    bought = faked.buy(order)
    assert (bought.state, bought.changed_id) == (STATE.ORDERED, None)
    faked.carry_out()
    faked.follow()
    faked.finish(order)
    faked.follow()
    faked.agree()
    assert states(faked) == [STATE.CEASED, STATE.CANCELLED, STATE.ACTIVE]
    assert faked.product().configuration.text("term_months") == "24"


def test_the_end_of_a_product_whose_leg_was_lost_asks_nothing_of_the_partner(faked):
    lost(faked, faked.cease())
    count = len(faked.partner.made_orders)
    faked.cease("again")
    faked.follow()
    assert states(faked) == [STATE.CEASED]
    assert len(faked.partner.made_orders) == count
    assert faked.product().state is ProductState.TERMINATED
    faked.agree()


def test_a_leg_that_has_ended_waits_for_the_others_and_is_lost_when_they_come_to_nothing(faked):
    """As if our own part were to be taken down too."""
    end = faked.order(faked.cease())
    own = replace(end.legs[0], leg=replace(end.legs[0].leg, name="SCO own", operator_id="SCO"))
    own = replace(own, leg_order_id="own")
    faked.ours.store.write(lambda tx: tx.replace(replace(end, legs=(*end.legs, own))))
    faked.follow()
    faked.carry_out()
    faked.follow()
    assert faked.order(end).state is OrderState.PARTIAL
    assert states(faked) == [STATE.ENDED]
    faked.agree()
    faked.cancel(end)
    assert faked.codes() == ["leg-lost"]


def test_a_leg_that_its_partner_does_not_end_is_told_and_asked_about_again_after_an_hour(faked):
    order = ordered(faked.ours, quoted(faked.ours, wave(), "q8"), "o8")
    faked.buy(order)
    faked.carry_out()
    faked.follow()
    faked.cancel(order)
    faked.follow()
    faked.partner.work("failed")
    assert faked.codes() == ["partner-keeps"]
    assert faked.codes(hours=0.5) == ["partner-keeps"]
    assert faked.compared() == ["partner-keeps"]
    assert last(faked).state is STATE.ACTIVE
    count = len(faked.partner.made_orders)
    faked.follow(hours=1)
    assert len(faked.partner.made_orders) == count + 1
    faked.carry_out()
    faked.follow(hours=1)
    faked.agree()
    assert last(faked).state is STATE.CEASED


def test_a_platform_that_fails_to_take_a_change_back_is_asked_under_other_names():
    real = at_a_platform()
    change_in_vain(real)
    real.follow()
    (there,) = [
        each["id"]
        for each in real.both.theirs.get("/tmf-api/serviceOrdering/v4/serviceOrder").json()
        if each["state"] == "acknowledged"
    ]
    path = f"/tmf-api/serviceOrdering/v4/serviceOrder/{there}"
    for word in ("inProgress", "failed"):
        assert real.both.theirs.patch(path, {"state": word}, by="op1-noc").status_code == 200
    assert real.codes() == ["change-kept"]
    assert_taken_back(real)
