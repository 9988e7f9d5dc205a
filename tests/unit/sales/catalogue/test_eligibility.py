"""Who may have an offering, where and when; every reason against it is told."""

from dataclasses import replace
from datetime import date

import pytest

from karakoram.sales.catalogue.eligibility import (
    EligibleCustomer,
    ServicePlace,
    eligible,
    segment_of,
)
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.words import Area, CustomerKind
from tests.support.catalogues import CENTRE_OFFERING, DAY, DSL_OFFERING

VILLAGER = EligibleCustomer(kind=CustomerKind.PERSON)
ASTORE = ServicePlace(site_id="AST", region="Gilgit-Baltistan", area=Area.RURAL)


def codes(offering=DSL_OFFERING, customer=VILLAGER, place=ASTORE, day=DAY):
    return [one.code.value for one in eligible(offering, customer, place, on_date=day)]


def test_nothing_stands_against_a_villager():
    assert codes() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": date(2025, 12, 31)}, "not-yet-sold"),
        ({"day": date(2027, 1, 1)}, "no-longer-sold"),
        ({"place": replace(ASTORE, area=Area.URBAN)}, "segment"),
        ({"place": replace(ASTORE, region="Punjab")}, "region"),
        ({"place": replace(ASTORE, site_id="GIL")}, "site"),
        ({"customer": EligibleCustomer(kind=CustomerKind.BUSINESS)}, "customer-kind"),
    ],
)
def test_each_thing_that_is_wrong_is_a_reason(changes, code):
    assert codes(**changes) == [code]


@pytest.mark.parametrize("status", LifecycleStatus)
def test_only_what_is_launched_can_be_ordered(status):
    is_launched = status is LifecycleStatus.LAUNCHED
    assert codes(replace(DSL_OFFERING, lifecycle_status=status)) == (
        [] if is_launched else ["not-launched"]
    )


def test_the_days_are_half_open():
    assert codes(day=date(2026, 1, 1)) == []
    assert codes(day=date(2026, 12, 31)) == []


def test_all_reasons_are_told_at_once():
    place = ServicePlace(site_id="KHI", region="Sindh", area=Area.URBAN)
    customer = EligibleCustomer(kind=CustomerKind.OPERATOR)
    assert codes(customer=customer, place=place, day=date(2028, 1, 1)) == [
        "no-longer-sold",
        "customer-kind",
        "segment",
        "region",
        "site",
    ]


def test_a_sponsored_offering_is_for_the_centres_of_that_sponsor():
    centre = EligibleCustomer(kind=CustomerKind.CENTRE, sponsor_account_id="SCO-SOCIAL")
    assert codes(CENTRE_OFFERING, centre) == []
    assert codes(CENTRE_OFFERING, replace(centre, sponsor_account_id=None)) == ["not-sponsored"]
    assert codes(CENTRE_OFFERING, replace(centre, sponsor_account_id="OTHER")) == ["not-sponsored"]


def test_segments_follow_from_who_and_where():
    told = {
        (kind.value, area.value): segment_of(kind, area).value
        for kind in CustomerKind
        for area in Area
    }
    assert told["person", "urban"] == told["business", "urban"] == "private_urban"
    assert told["public_body", "rural"] == told["centre", "rural"] == "public_rural"
    assert told["operator", "urban"] == told["operator", "rural"] == "wholesale"
