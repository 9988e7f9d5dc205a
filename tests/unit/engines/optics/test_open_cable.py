"""Do measured figures of an open cable come out as the ones that were built in?"""

import numpy as np
import pytest

from karakoram.engines.optics.open_cable import (
    acceptance,
    at_symbol_rate,
    designed_figures,
    measured_figures,
)
from karakoram.engines.optics.shares import NoiseShares


def random_shares(rng):
    ase, nli = rng.uniform(0.005, 0.08, (2, 12))
    return NoiseShares(signal=1.0 - ase - nli, ase=ase, nli=nli)


def test_noise_of_both_kinds_adds_to_the_gsnr():
    figures = designed_figures(random_shares(np.random.default_rng(1)))
    np.testing.assert_allclose(
        1.0 / figures.gsnr, 1.0 / figures.snr_ase + 1.0 / figures.snr_nli, rtol=1e-12
    )


def test_a_measurement_of_a_computed_line_gives_its_figures_back():
    rng = np.random.default_rng(2)
    figures = designed_figures(random_shares(rng))
    rate_hz, terminal = np.full(12, 69e9), rng.uniform(40.0, 90.0, 12)
    measured = measured_figures(
        osnr_01nm=figures.snr_ase * 69e9 / 12.5e9,
        received_snr=1.0 / (1.0 / figures.gsnr + 1.0 / terminal),
        terminal_snr=terminal,
        symbol_rate_hz=rate_hz,
    )
    np.testing.assert_allclose(measured.gsnr, figures.gsnr, rtol=1e-10)
    np.testing.assert_allclose(measured.snr_ase, figures.snr_ase, rtol=1e-12)
    np.testing.assert_allclose(measured.snr_nli, figures.snr_nli, rtol=1e-9)


def test_a_difference_that_is_nothing_or_less_is_no_figure():
    measured = measured_figures(
        osnr_01nm=np.array([100.0, 100.0]),
        received_snr=np.array([30.0, 20.0]),
        terminal_snr=np.array([30.0, 30.0]),
        symbol_rate_hz=np.array([12.5e9, 12.5e9]),
    )
    assert np.isnan(measured.gsnr[0])
    assert measured.gsnr[1] == pytest.approx(60.0)


def test_another_symbol_rate_at_the_same_power_moves_both_kinds_against_each_other():
    figures = designed_figures(random_shares(np.random.default_rng(3)))
    twice = at_symbol_rate(figures, from_hz=np.array([50e9]), to_hz=np.array([100e9]))
    np.testing.assert_allclose(twice.snr_ase, figures.snr_ase / 2.0)
    np.testing.assert_allclose(twice.snr_nli, figures.snr_nli * 4.0)
    back = at_symbol_rate(twice, from_hz=np.array([100e9]), to_hz=np.array([50e9]))
    np.testing.assert_allclose(back.gsnr, figures.gsnr, rtol=1e-12)


def test_a_channel_may_fall_short_by_its_uncertainty_but_the_mean_may_not():
    committed = np.full(3, 20.0)
    short = 20.0 * 10**-0.02  # 0.2 dB
    high = 20.0 * 10**0.03
    met = acceptance(np.array([short, high, 20.0]), committed, uncertainty_db=0.3)
    assert met.is_accepted
    np.testing.assert_allclose(met.surplus_db, [-0.2, 0.3, 0.0], atol=1e-12)
    strict = acceptance(np.array([short, high, 20.0]), committed, uncertainty_db=0.1)
    assert strict.is_met.tolist() == [False, True, True]
    assert not strict.is_accepted
    low_mean = acceptance(np.array([short, 20.0, 20.0]), committed, uncertainty_db=0.3)
    assert low_mean.is_met.all()
    assert not low_mean.is_accepted


def test_a_channel_without_a_figure_is_not_accepted():
    found = acceptance(np.array([np.nan, 25.0]), np.full(2, 20.0), uncertainty_db=1.0)
    assert found.is_met.tolist() == [False, True]
    assert not found.is_accepted
    assert np.isnan(found.mean_surplus_db)
