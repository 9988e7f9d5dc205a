"""Prices that contradict each other, count the unknown or are missing are found."""

from datetime import date
from decimal import Decimal

import pytest

from karakoram.core.findings import errors_of
from karakoram.sales.catalogue.validate import validate_catalogue
from karakoram.sales.catalogue.words import PriceType
from tests.support import catalogues as small
from tests.support.catalogues import price, small_catalogue


def codes(**changes):
    return [(f.code, f.place.record) for f in validate_catalogue(small_catalogue(**changes))]


def prices(*more):
    return {"product_offering_prices": (*small.PRICES, *more)}


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (price("new", "x", "1"), "unknown-product-offering"),
        (price("new", "DSL-RURAL", "1", name="n", currency=""), "price-without-currency"),
        (price("new", "DSL-RURAL", "1", name="n", currency="XYZ"), "unknown-currency"),
        (price("new", "DSL-RURAL", "1", name="n", operator_id="CYB"), "price-of-no-seller"),
        (price("new", "DSL-RURAL", "1", name="n", quantity_of="x"), "price-counts-nothing"),
        (price("new", "DPLC", "1", name="n", quantity_of="length_km*x"), "price-counts-nothing"),
        (
            price("new", "DSL-RURAL", "1", name="n", price_type=PriceType.USAGE),
            "usage-not-made",
        ),
        (
            price(
                *("new", "DSL-RURAL", "1"),
                name="n",
                price_type=PriceType.USAGE,
                quantity_of="voice_minute",
            ),
            "usage-not-made",
        ),
        (price("new", "DPLC", "1", name="n", applies_when=("x=1",)), "unknown-characteristic"),
        (price("new", "DPLC", "1", name="n", applies_when=("signal=E9",)), "value-not-allowed"),
        (price("new", "DSL-RURAL", "1"), "price-overlap"),
        (price("new", "DPLC", "1", applies_when=("protection=1+1",)), "price-overlap"),
    ],
)
def test_what_is_wrong_with_a_price_is_found(more, code):
    found = codes(**prices(more))
    assert {one for one, _ in found} == {code}
    assert {record for _, record in found} == {"new"}


@pytest.mark.parametrize(
    "more",
    [
        price("new", "DPLC", "1", applies_when=("signal=STM-1",)),
        price("new", "DPLC", "1", applies_when=("signal=E1",), operator_id="ONE"),
        price("new", "DSL-RURAL", "1", name="another"),
        price("new", "DSL-RURAL", "1", price_type=PriceType.ONE_TIME),
    ],
)
def test_prices_of_other_things_do_not_overlap(more):
    assert codes(**prices(more)) == []


def test_prices_follow_each_other_by_day_and_by_tier():
    first = price("a", "DSL-RURAL", "1", valid_to=date(2026, 7, 1))
    second = price("b", "DSL-RURAL", "2", valid_from=date(2026, 7, 1), tier_to=Decimal(5))
    third = price("c", "DSL-RURAL", "2", valid_from=date(2026, 7, 1), tier_from=Decimal(5))
    rest = tuple(p for p in small.PRICES if p.product_offering_id != "DSL-RURAL")
    assert codes(product_offering_prices=(*rest, first, second, third)) == []


def test_an_offering_without_a_price_is_a_warning():
    rest = tuple(p for p in small.PRICES if p.product_offering_id != "DSL-RURAL")
    (found,) = validate_catalogue(small_catalogue(product_offering_prices=rest))
    assert found.code == "offering-without-price"
    assert errors_of((found,)) == ()
