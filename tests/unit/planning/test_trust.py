"""What is computed is trusted no further than what it was computed from."""

from dataclasses import replace

from karakoram.core.provenance import Confidence
from karakoram.planning.traces import gsnr_confidence
from karakoram.planning.trust import availability_trust, gsnr_trust, length_trust
from tests.support.offers import service_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
OFFER = service_design(NETWORK).offers[0]
WORKING = OFFER.paths[0]


def test_a_path_is_as_good_as_the_worst_of_its_legs():
    of_legs = {length_trust(NETWORK, leg) for leg in WORKING.legs}
    assert Confidence.ASSUMED in of_legs
    assert len(of_legs) > 1
    assert length_trust(NETWORK, WORKING) is Confidence.ASSUMED


def test_an_availability_rests_also_on_what_costs_too_little_to_be_shown():
    shown = replace(OFFER, outage_shares=(), shared_risks=())
    assert availability_trust(shown) is Confidence.DERIVED
    assert availability_trust(replace(shown, outage_confidence=Confidence.ASSUMED)) is (
        Confidence.ASSUMED
    )


def test_the_light_of_a_path_is_as_good_as_the_worst_of_its_lightpaths():
    each = {gsnr_confidence(NETWORK, WORKING, light) for light in WORKING.lightpaths}
    assert gsnr_trust(NETWORK, WORKING) in each
