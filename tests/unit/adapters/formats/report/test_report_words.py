from dataclasses import replace

from karakoram.adapters.formats.report.words import (
    CONFIDENCE_MEANINGS,
    LABEL_WORDS,
    PERIOD_WORDS,
    ROLE_WORDS,
    SCOPE_WORDS,
    UNIT_WORDS,
    availability,
    bit_rate,
    minutes,
    service_words,
    short_site_name,
    site_name,
)
from karakoram.core.provenance import Confidence
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.planning.demand import Protection
from karakoram.planning.offers import DiversityScope, OfferLabel
from karakoram.planning.path_side import PathSide
from tests.support.offers import service_demand
from tests.support.small_corridor import small_network

NETWORK = small_network()


def test_every_member_of_every_enumeration_has_words():
    assert set(CONFIDENCE_MEANINGS) == set(Confidence)
    assert set(LABEL_WORDS) == set(OfferLabel)
    assert set(ROLE_WORDS) == set(PathSide)
    assert set(UNIT_WORDS) == set(PriceUnit)
    assert set(PERIOD_WORDS) == set(ChargePeriod)
    assert set(SCOPE_WORDS) == set(DiversityScope)


def test_a_service_is_named_by_rate_ends_and_protection():
    demand = service_demand()
    assert service_words(NETWORK, demand) == "400G from Urumqi to Marseille, protected 1+1"
    bare = replace(demand, protection=Protection.NONE, bit_rate_gbps=2.5)
    assert service_words(NETWORK, bare) == "2.5G from Urumqi to Marseille, unprotected"
    assert bit_rate(100.0) == "100G"


def test_drawings_use_the_first_part_of_a_name():
    assert short_site_name(NETWORK, "RWP") == "Rawalpindi"
    assert short_site_name(NETWORK, "CLS-CYB") == "Cybernet CLS"


def test_a_name_that_is_too_long_is_cut_with_a_mark():
    site = replace(NETWORK.sites["URC"], name="A name without end or comma at all")
    longer = replace(NETWORK, sites={**NETWORK.sites, "URC": site})
    shown = short_site_name(longer, "URC", letters_max=10)
    assert len(shown) <= 10
    assert shown.endswith("\u2026")


def test_an_unknown_site_is_called_by_its_identifier():
    assert site_name(NETWORK, "NOWHERE") == "NOWHERE"


def test_availability_shows_two_digits_of_what_is_missing():
    assert availability(0.5) == "50.0 %"
    assert availability(3.4e-7) == "99.999966 %"
    assert availability(1e-15) == "100.000000000 %"


def test_small_outages_keep_two_digits():
    assert minutes(0.00123) == "0.0012"
    assert minutes(0.0) == "0"
    assert minutes(12_345.6) == "12,346"
