"""What was promised of which product, and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.money import Money
from karakoram.core.time import Validity
from karakoram.settlement.agreed_commitments import commitments_of
from karakoram.settlement.offered_days import OfferedDays
from tests.support.settling import promise


def offered(product_id, *, payer="P1", offering="PSTN-LINE", **days):
    return OfferedDays(
        product_id=product_id,
        payer_id=payer,
        product_offering_id=offering,
        validity=Validity(**days),
    )


def test_each_product_that_the_buyer_has_of_the_offering_is_meant():
    others = [offered("c", payer="P2"), offered("d", offering="WAVE-100G")]
    every = [offered("a"), offered("b"), *others]
    found = list(commitments_of(every, [promise("300")]))
    assert [(one.product_id, one.monthly) for one in found] == [
        ("a", Money(30_000, "PKR")),
        ("b", Money(30_000, "PKR")),
    ]
    assert found[0].source == "commitment C1: test"


def test_what_was_promised_of_an_offering_is_owed_while_the_product_is_of_it():
    changed, until = date(2027, 1, 10), date(2027, 3, 1)
    every = [
        offered("a", valid_to=changed),
        offered("a", offering="PSTN-LINE-RURAL", valid_from=changed),
        offered("b", offering="PSTN-LINE-RURAL", valid_to=until),
        offered("b", valid_from=until),
    ]
    found = list(commitments_of(every, [promise("300", valid_to=until)]))
    assert [(one.product_id, one.validity) for one in found] == [("a", Validity(valid_to=changed))]


@pytest.mark.parametrize("monthly", ["0", "-1", "NaN", "1.005"])
def test_what_is_no_amount_is_refused(monthly):
    with pytest.raises(ValueError, match=r"monthly must be above 0|digits"):
        promise(monthly)
    with pytest.raises(ValueError, match="must be after"):
        promise("1", valid_from=date(2027, 1, 1), valid_to=date(2026, 1, 1))
    assert promise("1.50").monthly == Decimal("1.50")
