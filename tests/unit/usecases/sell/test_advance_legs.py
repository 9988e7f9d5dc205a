"""Several legs of an order are told of in one step."""

import pytest

from karakoram.core.errors import IllegalTransitionError, RefusedError
from karakoram.sales.orders import LegEvent, LegState, OrderState
from karakoram.sales.products import Product, ProductState
from karakoram.usecases.sell.advance_leg import advance_legs
from tests.support.selling import deed, faults, ordered, quoted, seller, wave


@pytest.fixture
def selling():
    return seller()


def test_all_legs_are_told_of_at_once(selling):
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    own = advance_legs(order.product_order_id, LegEvent.START, operator_id="OP1", **parts)
    started = {leg.leg.operator_id for leg in own.legs if leg.state is LegState.IN_PROGRESS}
    assert started == {"OP1"}
    with pytest.raises(RefusedError, match="can start now") as no:
        advance_legs(order.product_order_id, LegEvent.START, operator_id="OP1", **parts)
    assert no.value.code == "no-leg-for-event"
    while order.state is not OrderState.COMPLETED:
        for event in (LegEvent.START, LegEvent.COMPLETE):
            order = advance_legs(order.product_order_id, event, operator_id=None, **parts)
    product = selling.store.read(lambda tx: tx.find(Product, order.product_id))
    assert product.state is ProductState.ACTIVE
    assert not faults(selling.store)


def test_one_of_all_legs_that_fails_ends_the_order(selling):
    order = ordered(selling, quoted(selling, wave("1+1"), "q1"), "o1")
    parts = {"deed": deed(), "store": selling.store, "ids": selling.ids}
    with pytest.raises(IllegalTransitionError, match="an operator cannot release"):
        advance_legs(order.product_order_id, LegEvent.RELEASE, operator_id=None, **parts)
    order = advance_legs(order.product_order_id, LegEvent.REJECT, operator_id=None, **parts)
    assert order.state is OrderState.REJECTED
