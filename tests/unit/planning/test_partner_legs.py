from dataclasses import fields
from datetime import date

import pytest

from karakoram.core.errors import NotFoundError
from karakoram.core.money import total
from karakoram.network.views import PartnerLeg
from karakoram.planning.partner_legs import operator_view

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def view(prepared_corridor):
    return operator_view(prepared_corridor, "SCO", bit_rate_gbps=400.0, on_day=DAY)


def test_a_partner_tells_of_a_leg_its_ends_latency_outage_and_price_and_nothing_else():
    assert {field.name for field in fields(PartnerLeg)} == {
        *("operator_id", "a_site_id", "z_site_id"),
        *("latency_ms", "unavailability", "mrc", "nrc"),
    }


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


def test_a_bit_rate_that_nobody_can_carry_leaves_no_legs(prepared_corridor):
    view = operator_view(prepared_corridor, "SCO", bit_rate_gbps=1e6, on_day=DAY)
    assert view.partner_legs == ()
