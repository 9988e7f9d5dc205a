"""Chosen values are judged, and say what an order takes and what is asked for it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from karakoram.sales.catalogue.configuration import (
    configuration_findings,
    full_values,
    prices_for,
    resource_needs,
)
from karakoram.sales.catalogue.words import NeedPlace
from karakoram.sales.resource_kinds import ResourceKind
from tests.support import catalogues as small
from tests.support.catalogues import (
    CENTRE_OFFERING,
    DAY,
    LINE_OFFERING,
    PRICES,
    price,
    small_catalogue,
)

CATALOGUE = small_catalogue()


def asked(
    values, length_km=None, *, operator_id="SCO", catalogue=CATALOGUE, offering=LINE_OFFERING
):
    prices = prices_for(
        catalogue,
        offering,
        values,
        found={} if length_km is None else {"length_km": Decimal(length_km)},
        operator_id=operator_id,
        on_date=DAY,
    )
    return {one.price.product_offering_price_id: one.amount for one in prices}


def test_defaults_and_fixed_values_fill_what_is_not_chosen():
    assert full_values(CATALOGUE, LINE_OFFERING, {"signal": "E1"}) == {
        "signal": "E1",
        "protection": "none",
    }
    fixed = replace(LINE_OFFERING, value_uses=("signal=E3", "protection=1+1"))
    assert full_values(CATALOGUE, fixed, {}) == {"signal": "E3", "protection": "1+1"}


def test_a_default_that_the_offering_does_not_allow_stands_for_nothing():
    choosy = replace(LINE_OFFERING, value_uses=("protection=1+1|never",))
    assert full_values(CATALOGUE, choosy, {}) == {}


def test_values_that_can_be_ordered_have_no_findings():
    assert configuration_findings(CATALOGUE, LINE_OFFERING, {"signal": "E3"}) == ()


def test_what_the_check_finds_is_not_for_the_buyer_to_state():
    values = {"signal": "E3", "length_km": "7"}
    (found,) = configuration_findings(CATALOGUE, LINE_OFFERING, values)
    assert (found.code, found.place.field) == ("unknown-characteristic", "length_km")


def test_a_number_has_one_spelling_whoever_wrote_it():
    line = replace(small.LINE, characteristic_ids=(*small.LINE.characteristic_ids, "timeslots"))
    catalogue = small_catalogue(product_specifications=(line, small.DSL))
    for word in ("2.0", "02", "2e0", " 2"):
        values = {"signal": "E1", "timeslots": word}
        assert configuration_findings(catalogue, LINE_OFFERING, values) == ()
        assert full_values(catalogue, LINE_OFFERING, values)["timeslots"] == "2"
    (found,) = configuration_findings(catalogue, LINE_OFFERING, {"signal": "E1", "timeslots": "x"})
    assert found.message == "'x' must be a number without its unit"


def test_all_that_is_wrong_with_the_values_is_told_at_once():
    values = {"protection": "2+2", "colour": "red"}
    found = configuration_findings(CATALOGUE, LINE_OFFERING, values)
    assert [(one.code, one.place.field) for one in found] == [
        ("unknown-characteristic", "colour"),
        ("value-missing", "signal"),
        ("value-not-allowed", "protection"),
    ]
    assert found[1].message == "is not chosen; choose one of E1, E3"


def test_a_value_of_the_product_that_the_offering_leaves_out_is_refused():
    (found,) = configuration_findings(CATALOGUE, LINE_OFFERING, {"signal": "STM-1"})
    assert found.message == "'STM-1' must be one of E1, E3 in this offering"


def test_what_an_order_takes_stands_in_the_order_of_reservation():
    needs = resource_needs(CATALOGUE, LINE_OFFERING, {"signal": "E3", "protection": "1+1"})
    assert [(need.kind, need.where, need.units) for need in needs] == [
        (ResourceKind.PORT, NeedPlace.A_END, 1),
        (ResourceKind.E1, NeedPlace.ALONG_PATH, 42),
    ]


def test_prices_are_those_of_the_values_and_the_seller():
    assert asked({"signal": "E1"}, "10") == {
        "line-e1": Decimal(9000),
        "line-km": Decimal("1458.0"),
    }
    assert asked({"signal": "E3"}, "0") == {"line-e3": Decimal(90000)}
    assert asked({"signal": "E3"}, "0", operator_id="ONE") == {"line-e3-one": Decimal(80000)}


def test_a_price_of_usage_has_no_quantity_before_it_is_used():
    assert asked({}, offering=CENTRE_OFFERING) == {"centre-hours": None}


@pytest.mark.parametrize("length", [None, "-1"])
def test_a_price_whose_units_nobody_states_is_refused(length):
    with pytest.raises(ValueError, match="line-km is for one km and needs a number for length_km"):
        asked({"signal": "E1"}, length)


def test_what_is_counted_together_is_multiplied():
    both = price("both", "DPLC", "2", name="both", quantity_of="n * length_km")
    catalogue = small_catalogue(product_offering_prices=(both,))
    assert asked({"signal": "E1", "n": "3"}, "2.5", catalogue=catalogue) == {
        "both": Decimal("15.0")
    }


def test_a_price_that_no_longer_holds_is_not_asked():
    old = price("old", "DPLC", "1", name="old", valid_to=DAY)
    catalogue = small_catalogue(product_offering_prices=(*PRICES, old))
    assert "old" not in asked({"signal": "E1"}, "1", catalogue=catalogue)
