"""Acceptance figures of ITU-T G.977.1 from measurements, with numbers worked out by hand."""

from dataclasses import replace
from math import log10

import numpy as np
import pytest

from karakoram.network.measured_channels import WayAlong
from tests.support.measured import TERMS, channel, judged


def db(ratio):
    return 10.0 * log10(ratio)


@pytest.mark.parametrize(
    "figures",
    [
        # OSNR 100 in 0.1 nm is SNR_ASE 25 at 50 GBd; GSNR 20.
        {"osnr_01nm_db": 20.0, "gsnr_db": db(20.0)},
        {"snr_ase_db": db(25.0), "gsnr_db": db(20.0)},
        # 1/16 - 1/80 = 1/20.
        {"osnr_01nm_db": 20.0, "received_snr_db": db(16.0), "terminal_snr_db": db(80.0)},
    ],
)
def test_whichever_way_it_is_measured_the_three_figures_are_those(figures):
    (way,) = judged(channel(**figures))
    found = way.measured
    assert found.snr_ase[0] == pytest.approx(25.0, rel=1e-12)
    assert found.gsnr[0] == pytest.approx(20.0, rel=1e-12)
    # 1/20 - 1/25 = 1/100.
    assert found.snr_nli[0] == pytest.approx(100.0, rel=1e-9)
    assert way.verdict.surplus_db[0] == pytest.approx(db(20.0) - 13.0, abs=1e-9)
    assert way.verdict.is_accepted


def test_the_design_is_read_between_its_channels_in_decibels():
    (way,) = judged(channel(gsnr_db=14.0))
    # Half way between 20 and 80 in dB is 40; both have SNR_NLI 100.
    assert way.designed.snr_ase[0] == pytest.approx(40.0, rel=1e-9)
    assert way.designed.snr_nli[0] == pytest.approx(100.0, rel=1e-9)
    assert way.designed.gsnr[0] == pytest.approx(1.0 / (1.0 / 40.0 + 1.0 / 100.0), rel=1e-9)


def test_the_design_is_told_for_the_reference_channel():
    # Lit at 25 GBd, told at 50 GBd: twice the ASE, a quarter of the interference.
    (way,) = judged(channel(gsnr_db=14.0), symbol_rate_hz=25e9)
    assert way.designed.snr_ase[0] == pytest.approx(20.0, rel=1e-9)
    assert way.designed.snr_nli[0] == pytest.approx(400.0, rel=1e-9)


def test_what_a_row_does_not_tell_is_not_a_number_and_not_met():
    (way,) = judged(channel("1", gsnr_db=14.0), channel("2", thz=193.75, snr_ase_db=14.0))
    assert np.isnan(way.measured.snr_ase[0])
    assert np.isnan(way.measured.snr_nli).all()
    assert np.isnan(way.measured.gsnr[1])
    assert way.verdict.is_met.tolist() == [True, False]
    assert not way.verdict.is_accepted


def test_interference_that_comes_out_as_less_than_nothing_is_not_a_number():
    (way,) = judged(channel(gsnr_db=15.0, snr_ase_db=14.0))
    assert np.isnan(way.measured.snr_nli[0])
    assert way.verdict.is_accepted


def test_a_row_has_a_contract_of_its_own_and_directions_stand_apart():
    there = channel("1", gsnr_db=14.0, contract_gsnr_db=14.5)
    back = channel("2", gsnr_db=14.0, direction=WayAlong.BACK)
    ways = judged(back, there)
    assert [way.direction for way in ways] == [WayAlong.FORTH, WayAlong.BACK]
    assert [way.verdict.is_accepted for way in ways] == [False, True]
    assert ways[0].verdict.surplus_db[0] == pytest.approx(-0.5)


def test_one_channel_may_fall_short_by_the_uncertainty_the_mean_may_not():
    short, long = channel("1", gsnr_db=12.9), channel("2", thz=193.75, gsnr_db=13.2)
    forgiving = replace(TERMS, uncertainty_db=0.15)
    assert not judged(short, long)[0].verdict.is_accepted
    assert judged(short, long, terms=forgiving)[0].verdict.is_accepted
    assert not judged(short, terms=forgiving)[0].verdict.is_accepted


def test_channels_stand_by_frequency():
    (way,) = judged(channel("1", thz=193.75, gsnr_db=14.0), channel("2", gsnr_db=15.0))
    np.testing.assert_allclose(way.frequency_hz, [193.7e12, 193.75e12])
    np.testing.assert_allclose(way.measured.gsnr, [10.0**1.5, 10.0**1.4])
