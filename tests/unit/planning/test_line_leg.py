"""Lines of a network as a leg: their noise, their ROADMs, and the channels they carry."""

import numpy as np
import pytest

from karakoram.planning.line_leg import line_leg, plant_channels, shortest_lines
from karakoram.planning.optical_plant import line_key
from tests.support.budgets import corridor_plant
from tests.support.launches import Corridor

NETWORK = Corridor.network


@pytest.fixture(scope="module")
def plant():
    return corridor_plant()


def leg(plant, from_id, to_id):
    way = shortest_lines(NETWORK, from_id=from_id, to_id=to_id)
    return line_leg(NETWORK, plant, way, spacing_ghz=100.0)


def test_the_roadm_at_the_beginning_counts_as_passed(plant):
    (line,) = shortest_lines(NETWORK, from_id="CLS-CYB", to_id="ZAF")
    found = line_leg(NETWORK, plant, (line,), spacing_ghz=100.0)
    optics = plant.by_spacing[100.0]
    alone = np.exp(optics.by_line[line_key(line)].log_noise)
    express = plant.roadm_types["CLS-CYB"].express_osnr_db
    passed = 1.0 + optics.comb.symbol_rate_hz / 12.5e9 / 10 ** (express / 10)
    np.testing.assert_allclose(1.0 + 1.0 / found.leg.gsnr, alone * passed, rtol=1e-12)
    assert found.input_power_dbm == pytest.approx(-20.0 + 10 * np.log10(2.0))
    assert found.leg.latency_s == pytest.approx(5_800e3 * 1.468 / 299_792_458)


def test_two_legs_are_the_leg_over_the_lines_of_both(plant):
    first, second, whole = (
        leg(plant, *ends) for ends in (("RWP", "CLS-CYB"), ("CLS-CYB", "ZAF"), ("RWP", "ZAF"))
    )
    np.testing.assert_allclose(
        np.log1p(1.0 / whole.leg.gsnr),
        np.log1p(1.0 / first.leg.gsnr) + np.log1p(1.0 / second.leg.gsnr),
        rtol=1e-12,
    )
    np.testing.assert_allclose(whole.leg.pmd_s**2, first.leg.pmd_s**2 + second.leg.pmd_s**2)
    assert whole.output_power_dbm == second.output_power_dbm


def test_channels_outside_the_band_of_repeaters_are_not_carried(plant):
    found = leg(plant, "CLS-CYB", "MRS")
    lit = plant_channels(NETWORK, plant, spacing_ghz=100.0)
    assert lit.frequency_hz.size == found.is_carried.size == 48
    offset_hz = np.abs(lit.frequency_hz - 193.7e12)
    np.testing.assert_array_equal(found.is_carried > 0.0, offset_hz + 50e9 <= 2.25e12 + 1e3)
    assert leg(plant, "ZAF", "ATL").is_carried.all()


def test_light_goes_on_only_where_operators_hand_over():
    # AAE1 is a kilometre shorter from Egypt to Marseille, but nobody hands PEACE over to it.
    way = shortest_lines(NETWORK, from_id="CLS-CYB", to_id="MRS")
    assert [line.submarine_cable_id for line in way] == ["PEACE", None, "PEACE"]
    # SEA-ME-WE 5 meets PEACE in Egypt, but is handed over to at its own station in Karachi only.
    way = shortest_lines(NETWORK, from_id="CLS-CYB", to_id="TLN")
    assert {line.submarine_cable_id for line in way} == {None, "SMW5"}
    assert "CLS-HWK" in {line.a_site_id for line in way}
