"""A way along a cable is its lines one after another, as all planning takes them."""

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.provenance import Confidence
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.cable_light import joined_legs, wet_leg
from karakoram.planning.cable_ways import cable_ways, shortest_way, wet_line_of
from karakoram.planning.optical_plant import line_key
from karakoram.planning.wet_light import Slots
from tests.support.budgets import corridor_plant
from tests.support.launches import Corridor
from tests.support.submarine import figure, peace_answer, wet_line

NETWORK = Corridor.network


def way(cable_id, from_id, to_id):
    ways = cable_ways(NETWORK, cable_id, IN_SERVICE)
    return shortest_way(ways, from_id=from_id, to_id=to_id)


def ends(lines):
    return [(one.a_site_id, one.z_site_id) for one in lines]


def test_the_way_crosses_egypt_on_land_of_the_same_owner():
    assert ends(way("PEACE", "CLS-CYB", "MRS")) == [
        ("CLS-CYB", "ZAF"),
        ("ZAF", "ATL"),
        ("ATL", "MRS"),
    ]
    assert ends(way("PEACE", "MRS", "CLS-CYB"))[0] == ("MRS", "ATL")


def test_no_way_leads_to_where_the_cable_does_not_land():
    assert way("SMW5", "CLS-HWK", "MRS") is None


def test_the_shortest_of_several_ways_is_taken():
    # Karachi to Fujairah is direct; to Djibouti the cable calls at Qalhat.
    assert ends(way("SMW5", "CLS-HWK", "FUJ")) == [("CLS-HWK", "FUJ")]
    assert ends(way("SMW5", "CLS-HWK", "DJI")) == [("CLS-HWK", "QAL"), ("QAL", "DJI")]


def test_lines_are_what_planning_takes_them_for():
    plant = corridor_plant().by_spacing[150.0]
    for line, leg in zip(way("PEACE", "CLS-CYB", "MRS"), peace_answer().light.legs, strict=True):
        shares = plant.by_line[line_key(line)].shares
        at = np.abs(plant.comb.frequency_hz[None] - leg.frequency_hz[:, None]).argmin(axis=1)
        np.testing.assert_allclose(leg.end.signal, shares.signal[at], rtol=1e-12)
        np.testing.assert_allclose(leg.end.ase, shares.ase[at], rtol=1e-12)
        assert leg.length_km == pytest.approx(line.length_km)


def test_the_whole_is_the_product_of_its_lines_on_the_channels_they_share():
    light = peace_answer().light
    assert light.frequency_hz.size == 30
    assert [leg.wet is None for leg in light.legs] == [False, True, False]
    product = np.ones(30)
    for leg in light.legs:
        at = np.abs(leg.frequency_hz[None] - light.frequency_hz[:, None]).argmin(axis=1)
        product *= 1.0 + 1.0 / leg.end.gsnr[at]
    np.testing.assert_allclose(1.0 + 1.0 / light.end.gsnr, product, rtol=1e-12)
    assert light.length_km == pytest.approx(9_480.0)
    assert light.latency_ms == pytest.approx(9_480.0 * 1.468 / 299.792458)
    assert light.pmd_s**2 == pytest.approx(sum(leg.pmd_s**2 for leg in light.legs))


def test_lines_without_a_common_channel_do_not_join():
    slots = Slots(spacing_ghz=150.0, symbol_rate_gbaud=131.0)
    legs = [
        wet_leg(wet_line(centre_thz=thz, bandwidth_thz=1.0), slots, places=("A", "Z"))
        for thz in (192.0, 195.0)
    ]
    with pytest.raises(InvalidDataError, match="no channel in common"):
        joined_legs(legs)


def test_every_figure_of_a_line_has_the_source_of_its_record():
    (line,) = way("PEACE", "CLS-CYB", "ZAF")
    wet = wet_line_of(NETWORK, line, stated={"repeater_spacing_km": figure(60.0)})
    assert wet.repeater_spacing_km == figure(60.0)
    assert wet.repeater_output_power_dbm.provenance.confidence is Confidence.ASSUMED
    assert wet.length_km.provenance.confidence is Confidence.STATED
    assert wet.centre_thz.provenance.confidence is Confidence.DERIVED
    assert wet.attenuation_db_per_km.value == pytest.approx(0.17)
    assert wet.name == "PEACE CLS-CYB-ZAF"
