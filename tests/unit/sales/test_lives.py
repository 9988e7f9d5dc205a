"""The lives of quotes, legs, orders, products, resources and clients."""

from itertools import product as every

import pytest

from karakoram.sales.api_clients import CLIENT_LIFE
from karakoram.sales.inventory.resources import RESOURCE_LIFE
from karakoram.sales.jobs import JOB_LIFE
from karakoram.sales.orders import LEG_LIFE, LegState, OrderState, order_state
from karakoram.sales.products import PRODUCT_LIFE
from karakoram.sales.quotes import QUOTE_LIFE

ENDING = {
    life.subject: life for life in (QUOTE_LIFE, LEG_LIFE, PRODUCT_LIFE, JOB_LIFE, CLIENT_LIFE)
}
LIVES = {**ENDING, RESOURCE_LIFE.subject: RESOURCE_LIFE}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_every_state_can_be_reached_and_has_a_way_out_or_is_an_end(life):
    states = type(life.first)
    assert set(life.transitions) == set(states)
    reached, before = {life.first}, set()
    while reached != before:
        before = set(reached)
        reached |= {after for state in before for after in life.transitions[state].values()}
    assert reached == set(states)


@pytest.mark.parametrize("life", ENDING.values(), ids=ENDING)
def test_an_end_can_be_reached_from_everywhere(life):
    ends = {state for state in life.transitions if life.is_final(state)}
    assert ends
    before = set()
    while ends != before:
        before = set(ends)
        ends |= {s for s, ways in life.transitions.items() if set(ways.values()) & before}
    assert ends == set(life.transitions)


def test_a_resource_has_no_end_for_what_is_given_up_is_taken_out():
    assert not any(map(RESOURCE_LIFE.is_final, RESOURCE_LIFE.transitions))


@pytest.mark.parametrize(
    ("legs", "order"),
    [
        ("acknowledged pending", OrderState.ACKNOWLEDGED),
        ("inProgress pending", OrderState.IN_PROGRESS),
        ("inProgress held pending", OrderState.HELD),
        ("completed held", OrderState.HELD),
        ("completed inProgress", OrderState.PARTIAL),
        ("completed acknowledged", OrderState.PARTIAL),
        ("completed completed", OrderState.COMPLETED),
        ("completed rejected", OrderState.FAILED),
        ("cancelled rejected", OrderState.FAILED),
        ("rejected rejected", OrderState.REJECTED),
        ("cancelled failed held", OrderState.FAILED),
        ("cancelled cancelled", OrderState.CANCELLED),
        ("", OrderState.COMPLETED),
    ],
)
def test_an_order_is_what_its_legs_are(legs, order):
    assert order_state([LegState(word) for word in legs.split()]) is order


def test_an_order_is_complete_only_when_every_leg_is():
    for legs in every(LegState, repeat=3):
        complete = order_state(legs) is OrderState.COMPLETED
        assert complete == (set(legs) == {LegState.COMPLETED})
