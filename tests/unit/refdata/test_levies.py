"""Taxes and levies, each with its source."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from karakoram.core.provenance import Confidence
from karakoram.refdata.facts import read_price_facts
from karakoram.refdata.levies import LevyBase, TaxedService, read_levies

LEVIES = {levy.levy_id: levy for levy in read_levies()}
TODAY = date(2026, 11, 28)


def test_published_levies_are_those_of_the_published_facts():
    facts = {fact.item: Decimal(str(fact.value)) for fact in read_price_facts()}
    for levy_id, item in {
        "ST-PB": "sales tax / FED on telecom, Punjab",
        "ST-SD": "sales tax / FED on telecom, Sindh",
        "ST-KP": "sales tax / FED on telecom, KPK",
        "ST-BA": "sales tax / FED on telecom, Balochistan",
        "ST-JK": "sales tax / FED on telecom, AJK",
        "FED-IS-TELEPHONE": "sales tax / FED on telecom, ICT landline FED",
        "ADVANCE-236-INTERNET": "advance tax s.236: internet, mobile, prepaid",
        "ADVANCE-236-TELEPHONE": "advance tax s.236: fixed telephone bill above Rs 1,000",
        "USF": "USF contribution",
        "R-AND-D": "ICT R&D (Ignite) contribution",
        "LICENCE-FEE": "annual licence fee",
    }.items():
        assert LEVIES[levy_id].percent == facts[item], levy_id


def test_what_nobody_publishes_is_assumed():
    assumed = {
        levy.levy_id for levy in LEVIES.values() if levy.provenance.confidence is Confidence.ASSUMED
    }
    assert assumed == {"ST-GB", "ST-EXPORT", "USF", "R-AND-D", "LICENCE-FEE"}
    assert all(levy.provenance.source for levy in LEVIES.values())


def test_no_service_is_taxed_twice_by_one_jurisdiction():
    for one, other in combinations(LEVIES.values(), 2):
        if (one.jurisdiction, one.applies_to) == (other.jurisdiction, other.applies_to):
            both = [s for s in TaxedService if one.is_for(s) and other.is_for(s)]
            assert one.applies_to is LevyBase.OWNER_REVENUE or not both


def test_data_of_islamabad_are_taxed_with_nothing_and_its_telephones_are():
    islamabad = [levy for levy in LEVIES.values() if levy.holds_in("PK-IS")]
    asked = [levy for levy in islamabad if levy.applies_to is LevyBase.INVOICE]
    by_service = {s: [levy.percent for levy in asked if levy.is_for(s)] for s in TaxedService}
    assert by_service[TaxedService.DATA] == [0]
    assert by_service[TaxedService.TELEPHONE] == [17]
    assert by_service[TaxedService.INTERNET] == []


def test_a_levy_of_a_country_holds_in_its_parts_and_not_abroad():
    advance = LEVIES["ADVANCE-236-INTERNET"]
    assert advance.holds_in("PK-GB")
    assert advance.holds_in("PK")
    assert not advance.holds_in("EXPORT")
    assert not LEVIES["ST-PB"].holds_in("PK")
    assert not advance.validity.holds_on(date(2025, 6, 30))
    assert advance.validity.holds_on(TODAY)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"above": Decimal(5)}, "above_currency must be given with above"),
        ({"above_currency": "PKR"}, "above_currency must be given with above"),
        ({"percent": Decimal(101)}, "percent must be at most 100"),
        ({"valid_to": date(2018, 7, 1)}, "valid_to 2018-07-01 must be after"),
    ],
)
def test_a_levy_that_cannot_be_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        replace(LEVIES["ST-PB"], **changes)
