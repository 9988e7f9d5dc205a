"""Light of a submarine line: the published droop formula, its best power, and what it carries."""

from dataclasses import replace

import numpy as np
import pytest

from karakoram.core.errors import InvalidDataError
from karakoram.core.units import db_from_linear, linear_from_db
from karakoram.planning.wet_light import (
    Slots,
    mode_loads,
    shannon_bit_per_s,
    wet_comb,
    wet_light,
)
from karakoram.refdata.library import read_library
from tests.support.submarine import branching_unit, wet_line

SLOTS = Slots(spacing_ghz=150.0, symbol_rate_gbaud=131.0)


def lit(**figures):
    line = wet_line(**figures)
    return wet_light(line, wet_comb(line, SLOTS))


@pytest.fixture(scope="module")
def light():
    return lit()


def test_spans_follow_the_generalised_droop_formula(light):
    one = lit(length_km=80.0)
    np.testing.assert_allclose(
        1.0 + 1.0 / light.end.gsnr, (1.0 + 1.0 / one.end.gsnr) ** 75, rtol=1e-9
    )
    figures = light.figures
    np.testing.assert_allclose(
        1.0 / figures.gsnr, 1.0 / figures.snr_ase + 1.0 / figures.snr_nli, rtol=1e-12
    )
    np.testing.assert_allclose(light.gosnr, figures.gsnr * 131.0 / 12.5, rtol=1e-12)


def test_the_signal_along_the_line_ends_as_the_share_that_is_signal(light):
    along = light.signal_along_w
    assert along.shape == (76, 30)
    np.testing.assert_allclose(along[0], light.comb.launch_power_w)
    np.testing.assert_allclose(along[-1] / along[0], light.end.signal, rtol=1e-12)
    assert (np.diff(along, axis=0) < 0.0).all()


def test_a_branching_unit_counts_at_the_end_of_its_span(light):
    # Five units of 3 dB: in their spans noise is twice as much, interference the same.
    units = tuple(branching_unit(1_000.0 * place + 1.0, 3.0) for place in range(1, 6))
    branched = wet_light(wet_line(branching_units=units), light.comb)
    ase = 1.0 / light.figures.snr_ase
    more = 1.0 / branched.figures.snr_ase - ase
    # Droop adds a little of the second order.
    np.testing.assert_allclose(more / ase, 5.0 / 75.0 * (10.0**0.3 - 1.0), rtol=0.03)
    np.testing.assert_allclose(branched.figures.snr_nli, light.figures.snr_nli, rtol=0.01)
    along, plain = branched.signal_along, light.signal_along
    np.testing.assert_allclose(along[12], plain[12], rtol=1e-12)
    assert (along[13] < plain[13] * (1.0 - 1e-4)).all()
    np.testing.assert_allclose(along[-1], branched.end.signal, rtol=1e-12)
    assert (branched.droop.signal_kept < light.droop.signal_kept).all()
    assert branched.best_gosnr.mean() < light.best_gosnr.mean()


def test_one_gain_for_the_band_keeps_its_total_power(light):
    power_w = light.droop.power_w[0]
    unlit = light.line.bandwidth_thz.value * 1e12 - light.comb.symbol_rate_hz.sum()
    assert unlit > 0.0
    assert (power_w.sum(axis=1) <= power_w[0].sum() + 1e-15).all()
    # Noise between channels takes little of it: they fill 87 % of the band.
    np.testing.assert_allclose(power_w.sum(axis=1), power_w[0].sum(), rtol=0.05)
    assert (light.droop.signal_kept < 1.0).all()


def test_no_other_output_power_has_a_better_mean_than_the_best(light):
    best_dbm = 10.0 * np.log10(light.best_output_power_w * 1e3)
    best = db_from_linear(light.best_gosnr).mean()
    for other_db in (-1.0, -0.1, 0.1, 1.0):
        other = lit(repeater_output_power_dbm=best_dbm + other_db)
        assert db_from_linear(other.gosnr).mean() < best
    assert db_from_linear(lit(repeater_output_power_dbm=best_dbm).gosnr).mean() == pytest.approx(
        best, abs=1e-6
    )


def test_the_best_is_found_from_far_too_much_and_far_too_little_power(light):
    for dbm in (6.0, 24.0):
        far = lit(repeater_output_power_dbm=dbm)
        assert far.best_output_power_w == pytest.approx(light.best_output_power_w, rel=1e-2)


@pytest.mark.parametrize("dbm", [-10.0, 35.0])
def test_light_of_which_nothing_is_left_is_refused(dbm):
    with pytest.raises(InvalidDataError, match="nothing of the light is left"):
        lit(repeater_output_power_dbm=dbm, length_km=12_000.0)


def test_slots_fill_the_band_amid_it_or_on_the_grid_of_the_land():
    line = wet_line(bandwidth_thz=4.5)
    amid = wet_comb(line, Slots(spacing_ghz=100.0, symbol_rate_gbaud=63.1))
    assert amid.channel_count == 45
    assert amid.frequency_hz.mean() == pytest.approx(193.7e12)
    on_land = Slots(spacing_ghz=100.0, symbol_rate_gbaud=63.1, within_thz=(191.3, 196.1))
    comb = wet_comb(line, on_land)
    assert comb.channel_count == 44
    offsets = (comb.frequency_hz - 191.3e12) / 100e9 - 0.5
    np.testing.assert_allclose(offsets, np.round(offsets), atol=1e-6)
    assert set(comb.launch_power_w.tolist()) == set(amid.launch_power_w.tolist())
    wide = wet_comb(replace_band(line, 12.0), on_land)
    assert wide.channel_count == 48


def replace_band(line, thz):
    return replace(line, bandwidth_thz=replace(line.bandwidth_thz, value=thz))


@pytest.mark.parametrize("within", [None, (191.3, 196.1)])
def test_a_band_narrower_than_a_slot_lights_one(within):
    slots = Slots(spacing_ghz=150.0, symbol_rate_gbaud=131.0, within_thz=within)
    comb = wet_comb(wet_line(bandwidth_thz=0.05), slots)
    assert comb.channel_count == 1
    assert abs(comb.frequency_hz[0] - 193.7e12) <= 75e9 + 1.0
    assert comb.launch_power_w[0] == pytest.approx(10 ** (17.0 / 10.0) / 1e3)


def test_shannon_of_two_polarisations_and_a_gap():
    gsnr, rate_hz = np.array([3.0, 15.0]), np.array([1e9, 2e9])
    assert shannon_bit_per_s(gsnr, rate_hz) == pytest.approx(2e9 * 2 + 4e9 * 4)
    assert shannon_bit_per_s(gsnr, rate_hz, gap=5.0) == pytest.approx(2e9 * np.log2(1.6) + 4e9 * 2)


MODES = [
    mode
    for mode in read_library().transceiver_modes.values()
    if mode.transceiver_mode_id in ("LH-400G-QPSK-130", "LH-800G-16QAM-131")
]


def loads(gsnr_db, *, cd_s_per_m=10.0, pmd_s=1e-12, margin_db=2.0):
    gsnr = linear_from_db(np.array(gsnr_db))
    found = mode_loads(
        gsnr,
        dispersion_s_per_m=np.full(gsnr.shape, cd_s_per_m),
        pmd_s=pmd_s,
        modes=MODES,
        margin_db=margin_db,
    )
    return {one.mode.bit_rate_gbps: (one.channels, one.bit_rate_gbps) for one in found}


def test_each_channel_has_the_fastest_mode_that_works():
    # Required in the signal band: 8.7 dB for 400G and 16.2 dB for 800G, 2 dB of margin more.
    assert loads([9.0, 12.0, 15.0, 20.0, 21.0]) == {400.0: (2, 800.0), 800.0: (2, 1_600.0)}
    assert loads([9.0]) == {}
    assert loads([9.0], margin_db=0.0) == {400.0: (1, 400.0)}


def test_dispersion_and_pmd_forbid_modes_too():
    assert loads([25.0], cd_s_per_m=200.0) == {400.0: (1, 400.0)}
    assert loads([25.0], cd_s_per_m=400.0) == {}
    assert loads([25.0], pmd_s=22e-12) == {400.0: (1, 400.0)}
