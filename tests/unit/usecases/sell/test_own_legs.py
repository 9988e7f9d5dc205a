"""An operator sees and speaks of its own legs alone."""

import pytest

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.usecases.sell.own_legs import check_own_leg, order_with_legs_of
from tests.support.selling import ordered, quoted, seller, wave


def test_only_who_has_a_leg_finds_the_order_and_speaks_of_it():
    selling = seller()
    order = ordered(selling, quoted(selling, wave("1+1"), "q"), "o")
    own, other = (
        order.legs[0].leg,
        next(
            each.leg for each in order.legs if each.leg.operator_id != order.legs[0].leg.operator_id
        ),
    )
    number, store = order.product_order_id, selling.store
    assert order_with_legs_of(number, own.operator_id, store=store) == order
    with pytest.raises(NotFoundError, match="OP9 has no leg of order"):
        order_with_legs_of(number, "OP9", store=store)
    check_own_leg(number, own.name, operator_id=own.operator_id, store=store)
    with pytest.raises(RefusedError) as refused:
        check_own_leg(number, other.name, operator_id=own.operator_id, store=store)
    assert refused.value.code == "not-your-leg"
    assert f"speak of {own.name}" in refused.value.alternatives
