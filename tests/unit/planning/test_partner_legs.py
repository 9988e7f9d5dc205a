from dataclasses import fields
from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import total
from karakoram.core.provenance import Confidence
from karakoram.network.prices import ChargePeriod, PriceUnit
from karakoram.network.records import Status
from karakoram.network.views import PartnerLeg
from karakoram.planning.partner_legs import operator_view
from karakoram.planning.prepare import prepare
from tests.support.planning_networks import fibre, mode, network_of, small_library
from tests.support.watched import at_full_speed

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
@at_full_speed()
def view(prepared_corridor):
    return operator_view(prepared_corridor, "SCO", bit_rate_gbps=400.0, on_day=DAY)


def test_a_partner_tells_of_a_leg_its_ends_latency_outage_and_price_and_nothing_else():
    assert {field.name for field in fields(PartnerLeg)} == {
        *("operator_id", "a_site_id", "z_site_id"),
        *("latency_ms", "unavailability", "mrc", "nrc"),
        *("latency_confidence", "outage_confidence", "price_confidence"),
    }


def test_a_partner_says_how_far_it_trusts_what_it_tells(view, corridor):
    told = {leg.price_confidence for leg in view.partner_legs}
    assert told <= {price.provenance.confidence for price in corridor.prices.values()}
    assert Confidence.STATED not in {leg.latency_confidence for leg in view.partner_legs}


def test_the_viewers_own_plant_is_no_leg(view):
    assert view.viewer_id == "SCO"
    assert "SCO" not in {leg.operator_id for leg in view.partner_legs}


def test_a_leg_runs_over_the_partner_alone(view, corridor):
    (motorways,) = [leg for leg in view.partner_legs if leg.operator_id == "ONE"]
    assert {motorways.a_site_id, motorways.z_site_id} == {"RWP", "KHI"}
    spans = [span for span in corridor.spans.values() if span.operator_id == "ONE"]
    direct_km = 975.6 + 342.7 + 173.7
    assert motorways.latency_ms == pytest.approx(direct_km * 1.468 / 299.792458, rel=1e-3)
    assert sum(span.length_km for span in spans) > direct_km
    assert 0.0 < motorways.unavailability < 0.05


def test_a_leased_stretch_is_paid_for_within_the_leg(view, corridor):
    (motorways,) = [leg for leg in view.partner_legs if leg.operator_id == "ONE"]
    assert motorways.mrc.currency == corridor.currency
    assert total((motorways.mrc, motorways.nrc), corridor.currency).minor > 0


def test_an_unknown_viewer_is_refused(prepared_corridor):
    with pytest.raises(NotFoundError, match="is not an operator"):
        operator_view(prepared_corridor, "NOBODY", bit_rate_gbps=400.0, on_day=DAY)


@at_full_speed()
def test_a_bit_rate_that_nobody_can_carry_leaves_no_legs(prepared_corridor):
    view = operator_view(prepared_corridor, "SCO", bit_rate_gbps=1e6, on_day=DAY)
    assert view.partner_legs == ()
    assert {pair.operator_id for pair in view.legs_not_offered} >= {"ONE", "PEACE-C"}


def view_of(network, viewer, **asked):
    return operator_view(
        prepare(network), viewer, **{"bit_rate_gbps": 100.0, "on_day": DAY, **asked}
    )


def partner(*spans, **given):
    """ME meets PAR at A and at Z; what PAR has between them is for a test to say."""
    return network_of(
        fibre("H", "A", 1.0, operator="ME"),
        fibre("H", "Z", 1.0, operator="ME"),
        *spans,
        meetings=[("A", "ME", "PAR"), ("Z", "ME", "PAR")],
        **given,
    )


def not_offered(network, **asked):
    view = view_of(network, "ME", **asked)
    assert view.partner_legs == ()
    (pair,) = view.legs_not_offered
    assert (pair.operator_id, pair.a_site_id, pair.z_site_id) == ("PAR", "A", "Z")
    return pair.reason


def test_a_leg_that_is_offered_is_not_listed_as_not():
    view = view_of(partner(fibre("A", "Z", 10.0, operator="PAR")), "ME")
    assert [(leg.a_site_id, leg.z_site_id) for leg in view.partner_legs] == [("A", "Z")]
    assert view.legs_not_offered == ()


def test_a_way_that_nobody_sells_is_not_offered_for_nothing():
    prices = [("ME", PriceUnit.KM, ChargePeriod.MONTH, 400.0, "1")]
    network = partner(fibre("A", "Z", 10.0, operator="PAR"), prices=prices)
    assert not_offered(network) == "no price for 100 Gb/s on the day"


def test_the_fastest_way_that_is_sold_is_offered_and_not_a_faster_one_that_is_not():
    prices = [(owner, PriceUnit.KM, ChargePeriod.MONTH, 400.0, "1") for owner in ("ME", "PAR")]
    network = partner(
        fibre("A", "Z", 10.0, operator="PAR", owner="SHY", name="shy"),
        fibre("A", "Z", 20.0, operator="PAR"),
        prices=prices,
    )
    (leg,) = view_of(network, "ME").partner_legs
    assert leg.latency_ms == pytest.approx(0.1)
    assert leg.mrc.minor == 2_000


def test_a_way_too_noisy_is_passed_by_for_one_that_is_not():
    library = small_library(
        transceiver_modes={"SR": mode("SR", 100.0, cd_ps_per_nm_max=17.2 * 300.0)}
    )
    far = fibre("A", "Z", 400.0, operator="PAR", name="far")
    halves = [fibre("A", "M", 250.0, operator="PAR"), fibre("M", "Z", 250.0, operator="PAR")]
    (leg,) = view_of(partner(far, *halves, library=library), "ME").partner_legs
    assert leg.latency_ms == pytest.approx(2.5)
    reason = not_offered(partner(far, library=library))
    assert reason == "no mode carries 100 Gb/s so far between two ROADMs"


def test_ends_that_nothing_in_service_joins_say_so():
    network = partner(
        fibre("A", "B", 10.0, operator="PAR"),
        fibre("B", "Z", 10.0, operator="PAR", status=Status.OPTION),
        fibre("C", "Z", 10.0, operator="PAR"),
    )
    assert not_offered(network) == "no fibre of its own in service joins them"


def test_an_end_without_roadm_is_named():
    network = partner(fibre("A", "Z", 10.0, operator="PAR"), roadms="HA")
    assert not_offered(network).startswith("no ROADM stands at Z,")
