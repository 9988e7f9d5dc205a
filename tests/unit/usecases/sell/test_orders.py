"""Orders: legs of operators, roll back, changes, ceases."""

import pytest

from karakoram.core.errors import IllegalTransitionError, NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId
from karakoram.sales.inventory.resources import ResourceStatus
from karakoram.sales.orders import LegEvent, LegState, OrderAction, OrderState, ProductOrder
from karakoram.sales.products import Product, ProductState
from karakoram.sales.quotes import Quote, QuoteLevel, QuoteState
from karakoram.usecases.sell.advance_leg import advance_leg, cancel_order, mark_jeopardy
from karakoram.usecases.sell.end_product import cease_product, resume_product, suspend_product
from tests.support.selling import (
    channels,
    deed,
    faults,
    glass,
    later,
    ordered,
    quoted,
    seller,
    wave,
)


@pytest.fixture
def selling():
    return seller()


def advance(selling, order, leg, *events, why="because"):
    for event in events:
        order = advance_leg(
            order.product_order_id,
            leg,
            event,
            deed=deed(why=why),
            store=selling.store,
            ids=selling.ids,
        )
        assert not faults(selling.store)
    return order


def completed(selling, order):
    for leg in order.legs:
        order = advance(selling, order, leg.leg.name, LegEvent.START, LegEvent.COMPLETE)
    return order


def active(selling, wish=None, name="o1"):
    quote = quoted(selling, wish or wave(), f"q-{name}")
    return completed(selling, ordered(selling, quote, name))


def product_of(selling, order):
    return selling.store.read(lambda tx: tx.find(Product, order.product_id))


def held(selling, *claimants):
    return selling.store.read(lambda tx: tx.claims_of(claimants))


def cease(selling, product_id, name, buyer="CT"):
    return cease_product(
        product_id,
        buyer_id=buyer,
        external_id=ExternalId(name),
        deed=deed(),
        store=selling.store,
        ids=selling.ids,
    )


def test_an_order_has_a_leg_for_each_operator_and_days_that_add_up(selling):
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    assert [(leg.leg.name, leg.state.value, leg.due_on.day) for leg in order.legs] == [
        ("OP1 working", "acknowledged", 21),
        ("OP2 protection", "acknowledged", 21),
        ("OP3 protection", "acknowledged", 21),
        ("SCO test", "pending", 26),
    ]
    product = product_of(selling, order)
    assert product.state is ProductState.PENDING_ACTIVE
    assert all(claim.until is None for claim in held(selling, product.product_id))


def test_a_product_is_active_only_when_every_leg_is_complete(selling):
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    order = advance(selling, order, "OP1 working", LegEvent.START, LegEvent.COMPLETE)
    assert order.state is OrderState.PARTIAL
    order = advance(selling, order, "OP2 protection", LegEvent.HOLD)
    assert order.state is OrderState.HELD
    order = advance(selling, order, "OP3 protection", LegEvent.START, LegEvent.COMPLETE)
    with pytest.raises(IllegalTransitionError, match="cannot start a leg that is pending"):
        advance(selling, order, "SCO test", LegEvent.START)
    order = advance(selling, order, "OP2 protection", LegEvent.RESUME, LegEvent.COMPLETE)
    assert product_of(selling, order).state is ProductState.PENDING_ACTIVE
    assert order.legs[-1].state is LegState.ACKNOWLEDGED  # released
    order = advance(selling, order, "SCO test", LegEvent.START, LegEvent.COMPLETE)
    assert order.state is OrderState.COMPLETED
    product = product_of(selling, order)
    assert product.state is ProductState.ACTIVE
    waves = selling.store.read(
        lambda tx: tx.resources_by_id(c.resource_id for c in product.plan.connections)
    )
    assert {each.status for each in waves} == {ResourceStatus.AVAILABLE}


@pytest.mark.parametrize(
    ("events", "code"),
    [((LegEvent.REJECT,), "leg-rejected"), ((LegEvent.START, LegEvent.FAIL), "leg-failed")],
)
def test_a_leg_that_is_refused_or_fails_rolls_everything_back(selling, events, code):
    before = selling.store.tables.copy()
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    order = advance(selling, order, "OP1 working", LegEvent.START, LegEvent.COMPLETE)
    order = advance(selling, order, "OP2 protection", *events, why="no spare card")
    assert order.state is OrderState.FAILED
    assert [leg.state.value for leg in order.legs][0::2] == ["cancelled", "cancelled"]
    assert [(r.code, r.where, r.message) for r in order.reasons] == [
        (code, "OP2 protection", "no spare card")
    ]
    assert product_of(selling, order).state is ProductState.CANCELLED
    assert selling.store.tables.claims == before.claims
    assert selling.store.tables.resources.keys() == before.resources.keys()


def test_an_order_whose_leg_is_refused_before_any_was_begun_is_rejected_with_the_reason(selling):
    before = selling.store.tables.copy()
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    order = advance(selling, order, "OP2 protection", LegEvent.REJECT, why="no spare card")
    assert order.state is OrderState.REJECTED
    assert {leg.state.value for leg in order.legs} == {"rejected"}
    assert [(r.code, r.where, r.message) for r in order.reasons] == [
        ("leg-rejected", "OP2 protection", "no spare card")
    ]
    assert product_of(selling, order).state is ProductState.CANCELLED
    assert selling.store.tables.claims == before.claims
    stored = selling.store.read(lambda tx: tx.find(ProductOrder, order.product_order_id))
    assert stored == order
    with pytest.raises(IllegalTransitionError):
        cancel_order(order.product_order_id, deed=deed(), store=selling.store, ids=selling.ids)


def test_a_cancelled_order_gives_everything_back_once(selling):
    before = selling.store.tables.copy()
    order = ordered(selling, quoted(selling, wave(), "q1"), "o1")
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    assert cancel_order(order.product_order_id, **parts).state is OrderState.CANCELLED
    assert selling.store.tables.claims == before.claims
    with pytest.raises(IllegalTransitionError, match="cannot cancel an order that is cancelled"):
        cancel_order(order.product_order_id, **parts)


def test_ordering_again_gives_the_same_order(selling):
    quote = quoted(selling, wave(), "q1")
    order = ordered(selling, quote, "o1")
    assert ordered(selling, quote, "o1") == order
    with pytest.raises(RefusedError, match="is accepted") as no:
        ordered(selling, quote, "o2")
    assert no.value.code == "quote-not-orderable"
    assert f"it became order {order.product_order_id}" in str(no.value)


@pytest.mark.parametrize(
    ("quote_of", "label", "at", "code"),
    [
        (lambda s: quoted(s, wave(), "q"), "", later(30), "quote-expired"),
        (
            lambda s: quoted(s, wave(), "q", level=QuoteLevel.BUDGETARY),
            "",
            later(0),
            "quote-not-orderable",
        ),
        (lambda s: quoted(s, wave(), "q"), "dearest", later(0), "unknown-offer"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_what_would_be_right(
    selling, quote_of, label, at, code
):
    quote = quote_of(selling)
    with pytest.raises(RefusedError) as no:
        ordered(selling, quote, "o1", label=label, at=at)
    assert (no.value.code, no.value.where) == (code, quote.quote_id)
    assert no.value.alternatives


def test_offers_are_named_by_any_of_their_labels(selling):
    order = ordered(selling, quoted(selling, wave(), "q"), "o", label="lowest latency")
    assert order.state is OrderState.ACKNOWLEDGED


def test_a_ceased_product_gives_everything_back(selling):
    before = selling.store.tables.copy()
    order = active(selling)
    gone = cease(selling, order.product_id, "c1")
    assert gone.action is OrderAction.DELETE
    assert cease(selling, order.product_id, "c1") == gone
    assert product_of(selling, gone).state is ProductState.PENDING_TERMINATE
    completed(selling, gone)
    assert product_of(selling, gone).state is ProductState.TERMINATED
    assert selling.store.tables.claims == before.claims
    assert selling.store.tables.resources.keys() == before.resources.keys()
    with pytest.raises(IllegalTransitionError, match="cannot cease a product that is terminated"):
        cease(selling, order.product_id, "c2")


def test_a_product_is_ceased_by_its_buyer_alone(selling):
    with pytest.raises(RefusedError, match="is not one of P1"):
        cease(selling, active(selling).product_id, "c1", buyer="P1")


def test_a_cease_called_off_leaves_the_product_active(selling):
    order = active(selling)
    gone = cease(selling, order.product_id, "c1")
    cancel_order(gone.product_order_id, deed=deed(), store=selling.store, ids=selling.ids)
    assert product_of(selling, order).state is ProductState.ACTIVE
    assert held(selling, order.product_id)


def changed(selling, order, count, name):
    quote = quoted(selling, channels(count), f"q-{name}", product_id=order.product_id)
    return ordered(selling, quote, name)


def slots(selling, order):
    claims = held(selling, order.product_id)
    return [c.units.bit_count() for c in claims if c.resource_id == "A-Z E1"]


def test_a_change_holds_the_old_until_the_new_is_up(selling):
    order = active(selling, channels("2"))
    change = changed(selling, order, "3", "m1")
    assert change.action is OrderAction.MODIFY
    assert product_of(selling, order).state is ProductState.PENDING_CHANGE
    assert slots(selling, order) == [2]
    assert held(selling, change.product_order_id)
    completed(selling, change)
    assert slots(selling, order) == [3]
    assert not held(selling, change.product_order_id)
    product = product_of(selling, order)
    assert product.state is ProductState.ACTIVE
    assert product.configuration.text("timeslots") == "3"


def test_a_change_takes_its_own_units_again_where_there_is_no_room_beside_them(selling):
    order = active(selling, channels("20"))
    before = held(selling, order.product_id)
    quote = quoted(selling, channels("30"), "q-m1", product_id=order.product_id)
    (offer,) = quote.offers
    beside = {c.resource_id: c for c in held(selling, offer.offer_id)}
    assert beside["A-Z E1"].units.bit_count() == 10  # of 31 time slots 20 are its own
    change = ordered(selling, quote, "m1")
    assert held(selling, order.product_id) == before
    completed(selling, change)
    assert slots(selling, order) == [30]
    assert not held(selling, change.product_order_id)
    (e1,) = selling.store.read(lambda tx: tx.resources_by_id(["A-Z E1"]))
    assert e1.taken.bit_count() == 30
    completed(selling, changed(selling, order, "31", "m2"))
    assert slots(selling, order) == [31]
    completed(selling, changed(selling, order, "4", "m3"))
    assert slots(selling, order) == [4]


def test_a_change_that_has_no_room_with_its_own_units_says_so(selling):
    active(selling, channels("5"), name="other")
    order = active(selling, channels("20"))
    quote = quoted(selling, channels("27"), "q-m1", product_id=order.product_id)
    assert [reason.code for reason in quote.reasons] == ["no-free-slot"]
    assert not held(selling, quote.quote_id)
    assert quoted(selling, channels("26"), "q-m2", product_id=order.product_id).offers


def test_a_change_called_off_gives_back_but_what_was_taken_beside(selling):
    order = active(selling, channels("20"))
    before = held(selling, order.product_id)
    change = changed(selling, order, "30", "m1")
    cancel_order(change.product_order_id, deed=deed(), store=selling.store, ids=selling.ids)
    assert held(selling, order.product_id) == before
    (e1,) = selling.store.read(lambda tx: tx.resources_by_id(["A-Z E1"]))
    assert e1.taken.bit_count() == 20


def test_a_change_counted_on_what_the_product_gave_up_since_is_refused(selling):
    order = active(selling, channels("20"))
    late = quoted(selling, channels("30"), "q-late", product_id=order.product_id)
    completed(selling, changed(selling, order, "1", "m1"))
    with pytest.raises(RefusedError, match="no longer holds what quote") as no:
        ordered(selling, late, "late")
    assert (no.value.code, no.value.where) == ("product-changed", order.product_id)
    assert no.value.alternatives == ("ask for a new quote",)


def test_a_change_that_fails_leaves_the_product_as_it_was(selling):
    order = active(selling, channels("2"))
    change = changed(selling, order, "3", "m1")
    advance(selling, change, change.legs[0].leg.name, LegEvent.REJECT)
    assert slots(selling, order) == [2]
    assert not held(selling, change.product_order_id)
    assert product_of(selling, order).state is ProductState.ACTIVE


def test_only_an_active_product_can_be_changed(selling):
    order = active(selling, channels("2"))
    cease(selling, order.product_id, "c1")
    with pytest.raises(RefusedError, match="only an active product") as no:
        quoted(selling, channels("3"), "q2", product_id=order.product_id)
    assert no.value.code == "product-not-active"


def test_a_product_rests_and_comes_back(selling):
    order = active(selling)
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    assert suspend_product(order.product_id, **parts).state is ProductState.SUSPENDED
    assert resume_product(order.product_id, **parts).state is ProductState.ACTIVE
    with pytest.raises(IllegalTransitionError):
        resume_product(order.product_id, **parts)


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_suspended_product_whose_cease_is_called_off_rests_again(selling, is_refused):
    order = active(selling)
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    suspend_product(order.product_id, **parts)
    end = cease(selling, order.product_id, "c1")
    if is_refused:
        end = advance(selling, end, end.legs[0].leg.name, LegEvent.START, LegEvent.FAIL)
    else:
        cancel_order(end.product_order_id, **parts)
    product = product_of(selling, order)
    assert (product.state, product.suspended_from) == (ProductState.SUSPENDED, deed().at)
    product = resume_product(order.product_id, **parts)
    assert (product.state, product.suspended_from) == (ProductState.ACTIVE, None)
    cancel_order(cease(selling, order.product_id, "c2").product_order_id, **parts)
    assert product_of(selling, order).state is ProductState.ACTIVE


def test_a_leg_past_its_day_is_in_jeopardy_until_it_is_complete(selling):
    order = ordered(selling, quoted(selling, wave(), "q1"), "o1")
    parts = {"store": selling.store, "ids": selling.ids}
    assert mark_jeopardy(deed=deed(later(20)), **parts) == ()
    (late,) = mark_jeopardy(deed=deed(later(21)), **parts)
    assert late.legs[0].jeopardy == "past its day on 2026-11-22"
    assert mark_jeopardy(deed=deed(later(21)), **parts)
    entries = selling.store.read(lambda tx: tx.log_of(order.product_order_id))
    assert [entry.action for entry in entries] == ["order.place", "order.jeopardy"]
    done = advance(selling, order, "OP1 working", LegEvent.START, LegEvent.COMPLETE)
    assert done.legs[0].jeopardy == ""


def test_every_action_is_in_the_log_with_who_when_and_why(selling):
    order = ordered(selling, quoted(selling, wave(), "q1"), "o1")
    advance(selling, order, "OP1 working", LegEvent.START, why="crew on site")
    entry = selling.store.read(lambda tx: tx.log_of(order.product_order_id))[-1]
    assert (entry.deed.who, entry.deed.why, entry.action) == ("desk", "crew on site", "leg.start")
    assert (entry.state_before, entry.state_after) == ("acknowledged", "inProgress")


def test_what_is_not_there_is_not_found(selling):
    with pytest.raises(NotFoundError, match="no product order 'x'"):
        advance_leg("x", "leg", LegEvent.START, deed=deed(), store=selling.store, ids=selling.ids)
    order = ordered(selling, quoted(selling, wave(), "q1"), "o1")
    with pytest.raises(NotFoundError, match="has no leg 'OP1 works'"):
        advance(selling, order, "OP1 works", LegEvent.START)


def test_an_order_that_fails_leaves_the_quote_accepted(selling):
    quote = quoted(selling, wave(), "q1")
    order = ordered(selling, quote, "o1")
    advance(selling, order, "OP1 working", LegEvent.REJECT)
    stored = selling.store.read(lambda tx: tx.find(Quote, quote.quote_id))
    assert stored.state is QuoteState.ACCEPTED
    assert selling.store.read(lambda tx: tx.find(ProductOrder, order.product_order_id)).reasons


def told(selling, subject_id):
    entries = selling.store.read(lambda tx: tx.log_of(subject_id))
    return [(entry.action, entry.state_before, entry.state_after) for entry in entries]


def test_quote_order_and_product_each_tell_their_own_states(selling):
    quote = quoted(selling, wave(), "q1")
    order = ordered(selling, quote, "o1")
    gone = cease(selling, completed(selling, order).product_id, "c1")
    assert told(selling, quote.quote_id)[-1] == (
        "quote.accept",
        "approved.orderable",
        "accepted",
    )
    assert told(selling, gone.product_order_id) == [("order.place", "", "acknowledged")]
    assert [state for _, _, state in told(selling, order.product_id)] == [
        "pendingActive",
        "active",
        "pendingTerminate",
    ]


@pytest.mark.parametrize("event", [LegEvent.RELEASE, LegEvent.CANCEL])
def test_an_operator_neither_releases_nor_cancels_a_leg_by_itself(selling, event):
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    with pytest.raises(IllegalTransitionError, match="possible now: reject") as no:
        advance(selling, order, "SCO test", event)
    assert no.value.alternatives == ("reject",)


def test_a_leg_of_an_order_that_is_complete_stays_as_it_is(selling):
    order = active(selling)
    with pytest.raises(IllegalTransitionError, match="possible now: nothing"):
        advance(selling, order, "OP1 working", LegEvent.CANCEL)


def test_a_change_keeps_the_only_ports_that_there_are():
    tight = seller(ports=1)
    order = active(tight, channels("2"))
    change = ordered(tight, quoted(tight, channels("3"), "q-m", product_id=order.product_id), "m")
    assert not [c for c in held(tight, change.product_order_id) if c.resource_id == "port:A"]
    completed(tight, change)
    assert [c.units for c in held(tight, order.product_id) if c.resource_id == "port:A"] == [1]
    assert slots(tight, order) == [3]
    other = quoted(tight, channels("3"), "q-o")
    assert [reason.code for reason in other.reasons] == ["no-free-port", "no-free-port"]


def test_who_sells_dark_fibre_is_who_was_asked_not_whose_glass_comes_last(selling):
    quote = quoted(selling, glass(), "q")
    order = ordered(selling, quote, "o")
    assert [each.leg.operator_id for each in order.legs] == ["OP1", "SCO"]
    assert (quote.seller_id, order.seller_id, product_of(selling, order).seller_id) == ("SCO",) * 3
    active = completed(selling, order)
    assert cease(selling, active.product_id, "c").seller_id == "SCO"
