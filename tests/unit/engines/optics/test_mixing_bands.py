import numpy as np
import pytest

from karakoram.engines.optics.mixing_bands import mixing_bands
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.spectrum import Comb

FREQUENCY_HZ = 191.4e12 + 0.4e12 * np.arange(12)


def bands(dispersion=(17e-6,), frequency_hz=FREQUENCY_HZ, slope=0.0):
    each = np.broadcast_to(dispersion, frequency_hz.shape)
    fibre = FibreType(
        attenuation_per_m=np.array([4.6e-5]),
        dispersion_ref_s_per_m2=float(each[0]),
        dispersion_slope_s_per_m3=slope,
        reference_area_m2=83e-12,
        dispersion_offset_s_per_m2=each - each[0] if each.size > 1 and slope == 0.0 else None,
    )
    comb = Comb(
        frequency_hz=frequency_hz,
        symbol_rate_hz=np.full(frequency_hz.shape, 32e9),
        launch_power_w=np.full(frequency_hz.shape, 1e-3),
        roll_off=np.array([0.1]),
    )
    return mixing_bands(fibre, comb)


def dispersion_of(beta2):
    return -2 * np.pi * FREQUENCY_HZ**2 * beta2 / 299_792_458.0


def test_a_parabola_of_beta2_has_its_own_slope_at_each_channel():
    away_hz = FREQUENCY_HZ - FREQUENCY_HZ[3]
    beta2 = -21e-27 - 9e-40 * away_hz + 4e-53 * away_hz**2
    made = bands(dispersion_of(beta2))
    np.testing.assert_allclose(made.beta2_s2_per_m, beta2, rtol=1e-12)
    np.testing.assert_allclose(made.beta2_slope_s3_per_m, -9e-40 + 8e-53 * away_hz, rtol=1e-7)


def test_constant_beta2_has_no_slope():
    made = bands(slope=np.nan)
    assert not made.beta2_slope_s3_per_m.any()
    assert np.ptp(made.beta2_s2_per_m) < 1e-12 * abs(made.beta2_s2_per_m[0])


@pytest.mark.parametrize(("count", "slopes"), [(1, False), (2, True)])
def test_few_channels_have_the_slope_that_they_show(count, slopes):
    made = bands(np.linspace(16e-6, 18e-6, count), frequency_hz=FREQUENCY_HZ[:count])
    assert made.beta2_slope_s3_per_m.any() == slopes
    if slopes:
        step = np.diff(made.beta2_s2_per_m) / np.diff(made.frequency_hz)
        np.testing.assert_allclose(made.beta2_slope_s3_per_m, step[0])


def test_waves_halfway_between_two_channels_are_mixed_by_the_mean_of_both():
    made = bands(slope=60.0)
    low, high = np.array([2]), np.array([7])
    away_hz = made.offset_hz(low, high)[:, None]
    mean = abs(made.beta2_s2_per_m[2] + made.beta2_s2_per_m[7]) / 2
    for channel, interferer in ((low, high), (high, low)):
        mixed = made.pair_beta2_s2_per_m(channel, interferer, away_hz=away_hz)
        np.testing.assert_allclose(mixed, mean, rtol=2e-3)
        assert abs(mixed[0, 0] / made.beta2_s2_per_m[channel[0]] + 1.0) > 0.02


def test_waves_in_phase_are_left_something_to_divide_by():
    made = bands(np.linspace(0.1e-6, 30e-6, FREQUENCY_HZ.size) ** 1.0)
    first, last = np.array([11]), np.array([0])
    away_hz = np.array([[abs(made.beta2_s2_per_m[11] / made.beta2_slope_s3_per_m[11]) * 2]])
    assert made.pair_beta2_s2_per_m(first, last, away_hz=away_hz)[0, 0] > 0.0


def test_fibre_without_dispersion_at_a_channel_is_refused():
    with pytest.raises(AssertionError, match="needs dispersion"):
        bands(np.linspace(0.0, 1e-6, FREQUENCY_HZ.size))
