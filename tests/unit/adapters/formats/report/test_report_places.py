from dataclasses import replace

import pytest

from karakoram.adapters.formats.report.places import (
    DUTY_SHAPES,
    Duty,
    operator_stretches,
    path_sites,
    wet_stretches,
)
from karakoram.core.provenance import Confidence
from karakoram.planning.traces import gsnr_confidence
from karakoram.planning.trust import (
    availability_trust,
    latency_trust,
    length_trust,
    price_trust,
)
from tests.support.offers import service_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
OFFER = service_design(NETWORK).offers[0]
WORKING = OFFER.paths[0]


def place_of(site_id):
    return next(place for place in path_sites(NETWORK, WORKING) if place.site_id == site_id)


def test_kilometres_run_up_to_the_length_of_the_path():
    places = path_sites(NETWORK, WORKING)
    assert places[0].km == 0.0
    assert places[-1].km == pytest.approx(WORKING.length_km)
    assert place_of("KJB").km == 2130.0


@pytest.mark.parametrize(
    ("site_id", "duty"),
    [
        ("URC", Duty.END),
        ("MRS", Duty.END),
        ("KJB", Duty.HANDOVER),
        ("CLS-CYB", Duty.HANDOVER),
        ("GIL", Duty.ROADM),
        ("BBS", Duty.PASSAGE),
    ],
)
def test_each_site_has_the_first_of_its_duties(site_id, duty):
    assert place_of(site_id).duty is duty


def test_a_landing_where_no_operator_changes_is_a_landing():
    legs = tuple(replace(leg, operator_id="ONE-FOR-ALL") for leg in WORKING.legs)
    places = path_sites(NETWORK, replace(WORKING, legs=legs))
    assert [p.duty for p in places if p.site_id == "CLS-CYB"] == [Duty.LANDING]
    assert not any(p.duty is Duty.HANDOVER for p in places)


def test_regenerators_are_known_whatever_else_the_site_does():
    assert place_of("RWP").is_regenerator
    assert not place_of("KJB").is_regenerator


def test_every_duty_has_a_shape_of_its_own():
    assert set(DUTY_SHAPES) == set(Duty)
    assert len(set(DUTY_SHAPES.values())) == len(Duty)


def test_a_leased_leg_does_not_change_the_operator():
    stretches = operator_stretches(WORKING)
    assert [s.operator_id for s in stretches] == ["CT", "SCO", "ON", "CYB", "PEACE-CO"]
    assert stretches[2].owner_ids == ("ON", "NTC")
    assert stretches[-1].end_km == pytest.approx(WORKING.length_km)


def test_the_sea_begins_at_the_landing_and_its_repeaters_are_counted():
    (wet,) = wet_stretches(NETWORK, WORKING)
    assert (wet.cable_id, wet.length_km) == ("PEACE", pytest.approx(9480.0))
    assert wet.repeaters == 118  # 9480 km in 119 equal parts of at most 80 km


def test_a_cable_without_a_system_record_counts_no_repeaters():
    bare = replace(NETWORK, submarine_systems={})
    (wet,) = wet_stretches(bare, WORKING)
    assert wet.repeaters is None


def test_a_length_is_trusted_as_far_as_its_worst_span():
    by_owner = {leg.owner_id: length_trust(NETWORK, leg) for leg in WORKING.legs}
    assert by_owner["CT"] is Confidence.DERIVED
    assert length_trust(NETWORK, WORKING) is Confidence.ASSUMED


def test_computed_figures_are_never_better_than_derived():
    stated = {
        span_id: replace(span, provenance=replace(span.provenance, confidence=Confidence.STATED))
        for span_id, span in NETWORK.spans.items()
    }
    published = replace(NETWORK, spans=stated)
    assert length_trust(published, WORKING) is Confidence.STATED
    assert latency_trust(published, WORKING) is Confidence.DERIVED
    calm = replace(OFFER, outage_shares=(), shared_risks=())
    assert availability_trust(calm) is Confidence.DERIVED


def test_assumed_rules_make_the_gsnr_assumed():
    assert gsnr_confidence(NETWORK, WORKING, WORKING.lightpaths[0]) is Confidence.ASSUMED
    assert availability_trust(OFFER) is Confidence.ASSUMED
    assert price_trust(OFFER) is Confidence.ASSUMED
