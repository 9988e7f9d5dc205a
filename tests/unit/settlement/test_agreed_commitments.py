"""What was promised of which product, and what is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.money import Money
from karakoram.settlement.agreed_commitments import commitments_of
from tests.support.settling import promise, settled_wave


def test_each_product_that_the_buyer_has_of_the_offering_is_meant():
    _, _, wave = settled_wave()
    line = replace(wave, payer_id="P1", product_offering_id="PSTN-LINE", product_id="a")
    products = [
        line,
        replace(line, product_id="b"),
        replace(line, product_id="c", payer_id="P2"),
        wave,
    ]
    found = list(commitments_of(products, [promise("300")]))
    assert [(one.product_id, one.monthly) for one in found] == [
        ("a", Money(30_000, "PKR")),
        ("b", Money(30_000, "PKR")),
    ]
    assert found[0].source == "commitment C1: test"


@pytest.mark.parametrize("monthly", ["0", "-1", "NaN", "1.005"])
def test_what_is_no_amount_is_refused(monthly):
    with pytest.raises(ValueError, match=r"monthly must be above 0|digits"):
        promise(monthly)
    with pytest.raises(ValueError, match="must be after"):
        promise("1", valid_from=date(2027, 1, 1), valid_to=date(2026, 1, 1))
    assert promise("1.50").monthly == Decimal("1.50")
