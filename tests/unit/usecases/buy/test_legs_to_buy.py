"""Which legs are bought, and what each is called there."""

import pytest

from karakoram.core.errors import RefusedError
from karakoram.usecases.buy.partner_legs import legs_to_buy
from karakoram.usecases.buy.partner_ports import PartnerError, PartnerSilentError
from tests.support.partnering import PARTNER, sides


@pytest.fixture
def both():
    return sides()


def test_the_test_of_the_whole_is_not_bought(both):
    order = both.order()
    (leg,) = legs_to_buy(order.product_order_id, both.buying)
    assert [each.leg.operator_id for each in order.legs] == [PARTNER, "SCO"]
    assert leg.leg.leg.after == ()
    assert leg.wish.configuration.by_name == {"a_site": "A", "z_site": "Z", "term_months": "36"}


def test_a_leg_that_the_partner_is_not_known_to_sell_is_told(both):
    both.buying.partners[PARTNER].terms.offerings.clear()
    order = both.order("2")
    with pytest.raises(RefusedError, match="not written down what OP1 sells") as told:
        _ = legs_to_buy(order.product_order_id, both.buying)[0].wish
    assert told.value.code == "leg-not-offered"
    assert issubclass(PartnerSilentError, PartnerError)
