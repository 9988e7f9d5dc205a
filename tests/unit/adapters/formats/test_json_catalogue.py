"""Offerings read as JSON in the words of TM Forum 620, and nothing is lost on the way."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from karakoram.adapters.formats.json_catalogue import (
    json_from_offering,
    json_from_offerings,
    json_from_price_changes,
)
from karakoram.usecases.catalogue.change_price_list import ChangeKind, PriceChange, PriceListAnswer
from karakoram.usecases.catalogue.show_catalogue import OfferingsAnswer
from tests.support import catalogues as small
from tests.support.catalogues import DAY, price, small_catalogue

TM_FORUM = {
    *("id", "name", "description", "isBundle", "isSellable", "lifecycleStatus", "validFor"),
    *("productSpecification", "prodSpecCharValueUse", "marketSegment", "channel", "place"),
    *("serviceLevelAgreement", "productOfferingPrice"),
}
TM_FORUM_PRICE = {
    *("id", "name", "priceType", "recurringChargePeriodType", "recurringChargePeriodLength"),
    *("price", "unitOfMeasure", "prodSpecCharValueUse", "validFor"),
}


def answer(corridor, *offerings, **tables):
    return OfferingsAnswer(
        catalogue=small_catalogue(**tables),
        network=corridor,
        offerings=offerings,
        on_date=DAY,
    )


@pytest.fixture
def told(corridor):
    """The offering as a program reads it, after the way through text."""

    def tell(offering, **tables):
        payload = json_from_offering(answer(corridor, offering, **tables), offering)
        return json.loads(json.dumps(payload))

    return tell


def test_the_words_are_those_of_tm_forum(told):
    payload = told(small.LINE_OFFERING)
    assert payload.keys() >= TM_FORUM
    assert payload["productOfferingPrice"][0].keys() >= TM_FORUM_PRICE
    assert payload["lifecycleStatus"] == "Launched"
    assert payload["prodSpecCharValueUse"] == [
        {
            "name": "signal",
            "productSpecCharacteristicValue": [{"value": "E1"}, {"value": "E3"}],
        }
    ]


def test_days_are_moments_in_utc_and_open_ends_are_null(told):
    assert told(small.DSL_OFFERING)["validFor"] == {
        "startDateTime": "2026-01-01T00:00:00Z",
        "endDateTime": "2027-01-01T00:00:00Z",
    }
    assert told(small.LINE_OFFERING)["validFor"] == {"startDateTime": None, "endDateTime": None}


def test_places_are_sites_and_regions_of_the_network(told):
    assert [(p["id"], p["@referredType"]) for p in told(small.DSL_OFFERING)["place"]] == [
        ("AST", "Site"),
        ("GHK", "Site"),
        ("Gilgit-Baltistan", "Region"),
    ]


def test_a_price_says_how_often_for_what_and_how_it_is_known(told):
    prices = {one["id"]: one for one in told(small.LINE_OFFERING)["productOfferingPrice"]}
    km = prices["line-km"]
    assert (km["priceType"], km["recurringChargePeriodType"]) == ("recurring", "month")
    assert km["price"] == {"unit": "PKR", "value": 145.8}
    assert km["unitOfMeasure"] == {"amount": 1, "units": "km"}
    assert km["quantityOf"] == ["length_km"]
    assert prices["line-e3-one"]["seller"] == "ONE"
    assert km["provenance"]["confidence"] == "assumed"
    hours = told(small.CENTRE_OFFERING)["productOfferingPrice"][0]
    assert (hours["priceType"], hours["recurringChargePeriodType"]) == ("usage", None)
    assert hours["price"]["value"] == 0


def test_only_prices_of_the_day_are_told_with_their_tier(told):
    old = price("old", "DSL-RURAL", "1", name="old", valid_to=date(2026, 1, 1))
    tier = replace(price("tier", "DSL-RURAL", "1", name="tier"), tier_to=Decimal("2.5"))
    prices = told(small.DSL_OFFERING, product_offering_prices=(old, tier))["productOfferingPrice"]
    assert [(one["id"], one["tier"]) for one in prices] == [("tier", {"above": 0, "upTo": 2.5})]


def test_the_service_and_its_resources_are_told(told):
    service = told(small.LINE_OFFERING)["serviceSpecification"]
    assert service["feasibility"] == "multiplex_path"
    assert [(one["kind"], one["where"]) for one in service["resource"]] == [
        ("port", "a_end"),
        ("e1", "along_path"),
    ]
    assert service["resource"][1]["unitsByValue"] == ["E1=1", "E3=21", "STM-1=63"]


def test_what_may_be_chosen_is_told_with_its_limits_and_default(told):
    product = replace(small.LINE, characteristic_ids=("protection", "timeslots", "signal"))
    payload = told(small.LINE_OFFERING, product_specifications=(product, small.DSL))
    first, second, _ = payload["productSpecification"]["productSpecCharacteristic"]
    assert first["productSpecCharacteristicValue"] == [
        {"value": "none", "isDefault": True},
        {"value": "1+1", "isDefault": False},
    ]
    assert second["productSpecCharacteristicValue"] == [
        {"value": "1", "isDefault": True, "valueFrom": 1, "valueTo": 31}
    ]


def test_a_promise_is_told_with_its_bars_and_credits(told):
    level = told(small.LINE_OFFERING)["serviceLevelAgreement"]
    assert (level["objective"][0]["conformanceComparator"], level["id"]) == (">=", "private-line")
    assert level["credit"][0]["creditPercent"] == 10.0
    silent = replace(small.LINE_OFFERING, service_level_id=None)
    assert told(silent)["serviceLevelAgreement"] is None


def test_a_sponsor_is_told(told):
    assert told(small.CENTRE_OFFERING)["sponsor"] == {
        "rule": "sponsor_pays",
        "account": "SCO-SOCIAL",
    }


def test_a_list_of_offerings_says_its_day(corridor):
    payload = json_from_offerings(answer(corridor, small.LINE_OFFERING, small.DSL_OFFERING))
    assert payload["onDate"] == "2026-11-28"
    assert [one["id"] for one in payload["productOffering"]] == ["DPLC", "DSL-RURAL"]


def test_changes_of_prices_are_told_before_and_after():
    before, after = small.PRICES[0], replace(small.PRICES[0], amount=Decimal(2))
    found = json_from_price_changes(
        PriceListAnswer(
            changes=(
                PriceChange(kind=ChangeKind.CHANGED, before=before, after=after),
                PriceChange(kind=ChangeKind.REMOVED, before=before, after=None),
                PriceChange(kind=ChangeKind.ADDED, before=None, after=after),
            ),
            unchanged=3,
            warnings=(),
            is_written=True,
        )
    )
    sides = [(one["before"], one["after"]) for one in found["changes"]]
    old, new = {"unit": "PKR", "value": 9000}, {"unit": "PKR", "value": 2}
    assert sides == [(old, new), (old, None), (None, new)]
    assert (found["written"], found["unchanged"]) == (True, 3)
