"""Offerings and prices refuse what makes no sense by itself, and count tiers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.catalogues import DSL_OFFERING, LINE_OFFERING, price

E1 = price("e1", "DPLC", "10")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"amount": Decimal(-1)}, "amount must be a number from 0"),
        ({"amount": Decimal("NaN")}, "amount must be a number from 0"),
        ({"amount": Decimal(10**13)}, "amount must be a number from 0 to 1,000,000,000,000"),
        ({"tier_from": Decimal(-1)}, "tier_from must be at least 0"),
        ({"tier_from": Decimal(5), "tier_to": Decimal(5)}, "tier_to must be greater than"),
        ({"valid_from": date(2027, 1, 1), "valid_to": date(2026, 1, 1)}, "valid_to"),
        ({"applies_when": ("signal",)}, "must be two words with ="),
    ],
)
def test_a_price_that_makes_no_sense_is_refused(changes, told):
    with pytest.raises(ValueError, match=told):
        replace(E1, **changes)


def test_an_offering_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="valid_to"):
        replace(DSL_OFFERING, valid_to=date(2025, 1, 1))
    with pytest.raises(ValueError, match="two words"):
        replace(LINE_OFFERING, value_uses=("signal",))


@pytest.mark.parametrize(
    ("tier", "quantity", "charged"),
    [
        ((0, None), 7, 7),
        ((0, 5), 7, 5),
        ((5, None), 7, 2),
        ((5, 6), 7, 1),
        ((5, 6), 3, 0),
        ((5, 6), 5, 0),
    ],
)
def test_a_tier_charges_the_units_that_lie_in_it(tier, quantity, charged):
    low, high = tier
    tiered = replace(E1, tier_from=Decimal(low), tier_to=None if high is None else Decimal(high))
    assert tiered.units_charged(Decimal(quantity)) == charged
