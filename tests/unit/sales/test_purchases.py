"""What a partner says of its order, what may follow, and where our leg then stands."""

import pytest

from karakoram.sales.orders import LEG_LIFE, LegEvent, LegState
from karakoram.sales.partner_words import (
    ENDED,
    PartnerOrderState,
    leg_state,
    may_follow,
    next_leg_event,
)
from karakoram.sales.purchases import OPEN_PURCHASES, PURCHASE_LIFE, PurchaseState, purchase_id

STATES = list(PartnerOrderState)


@pytest.mark.parametrize("state", STATES)
def test_an_order_may_stand_where_it_stood_and_nothing_follows_an_end(state):
    assert may_follow(state, state)
    after = {each for each in STATES if may_follow(state, each)}
    assert (after == {state}) == (state in ENDED)


def test_an_order_does_not_go_back_to_where_it_was_not_begun():
    for state in set(STATES) - {PartnerOrderState.ACKNOWLEDGED}:
        is_possible = state is PartnerOrderState.ASSESSING_CANCELLATION
        assert may_follow(state, PartnerOrderState.ACKNOWLEDGED) == is_possible


@pytest.mark.parametrize("first", [LegState.ACKNOWLEDGED, LegState.IN_PROGRESS, LegState.HELD])
@pytest.mark.parametrize("told", STATES)
def test_events_lead_a_leg_to_what_is_told_by_steps_that_it_may_take(first, told):
    leg, wanted, events = first, leg_state(told), []
    while (event := next_leg_event(leg, wanted)) is not None:
        leg = LEG_LIFE.next_state(leg, event)
        events.append(event)
    reached = {LegState.FAILED: {LegState.FAILED, LegState.REJECTED}}.get(wanted, {wanted})
    assert leg in reached or (wanted is LegState.ACKNOWLEDGED and leg is first)
    assert len(events) <= 2
    assert (LegEvent.REJECT in events) == (
        first is LegState.ACKNOWLEDGED and wanted is LegState.FAILED
    )


def test_a_leg_that_is_over_is_led_nowhere():
    for state in (LegState.PENDING, LegState.COMPLETED, LegState.CANCELLED):
        assert next_leg_event(state, LegState.FAILED) is None


def test_purchases_that_are_open_are_those_to_which_something_can_happen():
    final = {state for state in PurchaseState if PURCHASE_LIFE.is_final(state)}
    assert set(OPEN_PURCHASES) == set(PurchaseState) - final
    assert purchase_id("P", "SCO working") == "P:SCO working"
