"""The packaged catalogue is sound, holds every service, and never presents a guess as said."""

from datetime import date
from decimal import Decimal

import pytest

from karakoram.adapters.formats.catalogue_folder import CatalogueFolder
from karakoram.core.provenance import Confidence
from karakoram.refdata.catalogue_folder import catalogue_folder
from karakoram.refdata.facts import read_kpis, read_operator_offers, read_price_facts
from karakoram.sales.catalogue.configuration import full_values, prices_for, resource_needs
from karakoram.sales.catalogue.lifecycle import LifecycleStatus
from karakoram.sales.catalogue.words import (
    FeasibilityCheck,
    MarketSegment,
    PriceBasis,
    SponsorRule,
    ValueType,
)

DAY = date(2026, 11, 28)
FOUND = {"length_km": Decimal(100)}


@pytest.fixture(scope="module")
def catalogue(corridor):
    read, findings = CatalogueFolder(catalogue_folder()).read_catalogue_with_findings(corridor)
    assert findings == ()
    return read


def sold(catalogue):
    return [
        one
        for one in catalogue.product_offerings.values()
        if one.lifecycle_status is LifecycleStatus.LAUNCHED
    ]


def test_every_check_and_every_segment_has_an_offering(catalogue):
    assert {catalogue.service(one).feasibility for one in sold(catalogue)} == set(FeasibilityCheck)
    assert {segment for one in sold(catalogue) for segment in one.segments} == set(MarketSegment)


@pytest.mark.parametrize(
    "offering_id",
    [
        *(f"WAVE-{g}G{p}" for g in (10, 100, 400, 800) for p in ("", "-1P1")),
        *("IP-TRANSIT", "IPLC-ETHERNET", "DPLC-ETHERNET", "DXX-N64", "DPLC-E1", "DPLC-E3"),
        *("DPLC-STM1", "DPLC-STM4", "DPLC-STM16", "DPLC-ODU0", "DPLC-ODU1", "DPLC-ODU2"),
        *("DPLC-ODU2E", "DPLC-ODU3", "DPLC-ODU4", "DPLC-ODUFLEX", "LDI-E1", "LDI-SIP"),
        *("PSTN-LINE", "ISDN-PRI", "S-PHONE", "BACKHAUL-E1", "BACKHAUL-ETHERNET"),
        *("SCOM-PREPAID", "SCOM-POSTPAID", "SNET-DSL", "SNET-DSL-RURAL", "SNET-DSL-PUBLIC"),
        *("SNET-FTTH", "SNET-WIRELESS", "STORMFIBER-HOME", "STORMFIBER-OFFICE", "CO-LOCATION"),
        *("FIBRE-IRU", "FIBRE-LEASE", "ITS-ROADSIDE", "MTAG-PLAZA", "PEACE-CAPACITY"),
        *("PEACE-BACKHAUL", "CENTRE-LIVING", "CENTRE-FREELANCE", "CENTRE-STUDENT"),
    ],
)
def test_the_service_is_sold(catalogue, offering_id):
    assert catalogue.offering(offering_id) in sold(catalogue)


def chosen(catalogue, offering):
    """A value for each characteristic: what counts by itself, else the first or the least."""
    values = full_values(catalogue, offering, {})
    for name, one in catalogue.characteristics_of(catalogue.specification(offering)).items():
        if name not in values:
            least = "GIL" if one.value_type is ValueType.SITE else str(one.at_least)
            allowed = dict(word.split("=") for word in offering.value_uses)
            first = allowed[name].split("|")[0] if name in allowed else None
            values[name] = first or (one.allowed_values[0] if one.allowed_values else least)
    return values


def test_every_offering_takes_resources_and_has_a_price_on_any_day(catalogue):
    for offering in sold(catalogue):
        values = chosen(catalogue, offering)
        assert resource_needs(catalogue, offering, values), offering.product_offering_id
        for operator_id in offering.operator_ids:
            prices = prices_for(
                catalogue, offering, values, found=FOUND, operator_id=operator_id, on_date=DAY
            )
            if offering.price_basis is PriceBasis.CATALOGUE:
                assert prices, offering.product_offering_id


def test_a_stated_price_is_a_published_one(catalogue):
    said = {(fact.provenance.source, fact.value) for fact in read_price_facts()}
    stated = [
        price
        for price in catalogue.product_offering_prices.values()
        if price.provenance.confidence is not Confidence.ASSUMED
    ]
    assert len(stated) == 22
    for price in stated:
        assert (price.provenance.source, float(price.amount)) in said, price
    assumed = set(catalogue.product_offering_prices.values()) - set(stated)
    assert all(price.provenance.note for price in assumed)


def test_a_stated_promise_is_a_published_bar(catalogue):
    said = {(fact.provenance.source, fact.threshold, fact.unit) for fact in read_kpis()}
    for one in catalogue.service_level_objectives.values():
        if one.provenance.confidence is Confidence.STATED:
            assert (one.provenance.source, one.threshold, one.unit) in said, one.objective_id


def test_a_stated_offering_rests_on_a_published_page(catalogue):
    said = {fact.provenance.source for fact in (*read_operator_offers(), *read_price_facts())}
    for one in catalogue.product_offerings.values():
        if one.provenance.confidence is Confidence.STATED:
            assert one.provenance.source in said, one.product_offering_id


def test_the_regulated_termination_falls_day_by_day_as_published(catalogue):
    offering = catalogue.offering("LDI-SIP")
    values = chosen(catalogue, offering)

    def termination(day):
        prices = prices_for(
            catalogue, offering, values, found=FOUND, operator_id="SCO", on_date=day
        )
        return [str(one.price.amount) for one in prices if one.price.name == "termination"]

    assert termination(date(2018, 12, 31)) == []
    assert termination(date(2021, 12, 31)) == ["0.7"]
    assert termination(date(2022, 1, 1)) == ["0.5"]
    assert termination(date(2023, 6, 30)) == ["0.4"]
    assert termination(DAY) == ["0.3"]


def test_what_is_sponsored_is_charged_to_the_sponsor_and_reported(catalogue):
    sponsored = [one for one in sold(catalogue) if one.sponsor_rule is SponsorRule.SPONSOR_PAYS]
    assert {one.sponsor_account_id for one in sponsored} == {
        "SCO-SOCIAL-LIVING",
        "SCO-SOCIAL-STP",
        "SCO-SOCIAL-STUDENT",
    }
    assert all(catalogue.service(one).usage_kinds for one in sponsored)


def test_an_e3_takes_the_place_of_21_e1_and_an_odu2_of_8_slots(catalogue):
    for offering_id, units in (("DPLC-E3", 21), ("DPLC-E3-1P1", 42), ("DPLC-ODU2", 8)):
        offering = catalogue.offering(offering_id)
        needs = resource_needs(catalogue, offering, chosen(catalogue, offering))
        assert [need.units for need in needs] == [1, 1, units]
