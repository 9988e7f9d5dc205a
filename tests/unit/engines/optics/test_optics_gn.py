import math

import numpy as np
import pytest

from karakoram.engines.optics import Comb
from karakoram.engines.optics.gn import (
    effective_length_m,
    interference_kernel,
    interference_ratio,
)

ALPHA_PER_M = 0.2e-3 * math.log(10.0) / 10.0
LIGHT = 299_792_458.0

BETA2 = -((1550e-9) ** 2) * 16.7e-6 / (2 * math.pi * LIGHT)

COMB = Comb(
    frequency_hz=np.array([193.0e12, 193.1e12, 193.2e12]),
    symbol_rate_hz=np.array([64e9, 32e9, 90e9]),
    launch_power_w=np.array([1e-3, 2e-3, 1.5e-3]),
)


def kernel(**changes):
    given = {
        "comb": COMB,
        "attenuation_per_m": np.array([ALPHA_PER_M]),
        "beta2_s2_per_m": np.full(3, BETA2),
        "reference_area_m2": 83e-12,
    }
    return interference_kernel(**{**given, **changes})


def test_interference_is_that_of_the_published_sum_term_by_term():
    """arXiv:1209.0394, equations 120 and 123, written out in plain loops."""
    power_w, length_m = [1e-3, 2e-3, 1.5e-3], 80e3
    effective_m = (1 - math.exp(-ALPHA_PER_M * length_m)) / ALPHA_PER_M
    expected = []
    for i in range(3):
        growth = math.log(COMB.frequency_hz[i] * 1550e-9 / LIGHT) / (math.pi * 4.2e-6**2)
        area = 83e-12 / (1 + 83e-12 * growth)
        gamma = 2 * math.pi * 2.6e-20 * COMB.frequency_hz[i] / (LIGHT * area)
        ratio = 0.0
        for j in range(3):
            scale = math.pi**2 / ALPHA_PER_M * abs(BETA2) * COMB.symbol_rate_hz[i]
            offset = COMB.frequency_hz[j] - COMB.frequency_hz[i]
            half = COMB.symbol_rate_hz[j] / 2
            psi = 0.5 * (math.asinh(scale * (offset + half)) - math.asinh(scale * (offset - half)))
            psi *= effective_m**2 * ALPHA_PER_M / (2 * math.pi * abs(BETA2))
            weight = 16 / 27 if i == j else 32 / 27
            ratio += gamma**2 * weight * psi / COMB.symbol_rate_hz[j] ** 2 * power_w[j] ** 2
        expected.append(ratio)
    length_eff_m = effective_length_m(
        attenuation_per_m=np.array([[ALPHA_PER_M]]), length_m=np.array([[length_m]])
    )
    ours = interference_ratio(
        power_w=np.array([power_w]), length_eff_m=length_eff_m, kernel=kernel()
    )
    np.testing.assert_allclose(ours[0], expected, rtol=1e-12)


def test_one_channel_interferes_with_itself_only():
    alone = Comb(
        frequency_hz=COMB.frequency_hz[:1],
        symbol_rate_hz=COMB.symbol_rate_hz[:1],
        launch_power_w=COMB.launch_power_w[:1],
    )
    assert kernel(comb=alone, beta2_s2_per_m=np.array([BETA2]))[0, 0] == pytest.approx(
        kernel()[0, 0], rel=1e-12
    )


def test_interference_grows_with_the_square_of_power():
    once, twice = (
        interference_ratio(
            power_w=factor * COMB.launch_power_w[None],
            length_eff_m=np.array([[21e3]]),
            kernel=kernel(),
        )
        for factor in (1.0, 2.0)
    )
    np.testing.assert_allclose(twice, 4.0 * once, rtol=1e-12)


def test_the_sign_of_dispersion_does_not_matter():
    np.testing.assert_allclose(kernel(beta2_s2_per_m=np.full(3, -BETA2)), kernel(), rtol=1e-12)


def test_loss_given_per_channel_is_loss_of_the_interferer():
    per_channel = ALPHA_PER_M * np.array([1.0, 1.0, 2.0])
    uneven = kernel(attenuation_per_m=per_channel)
    even = kernel()
    np.testing.assert_allclose(uneven[:, :2], even[:, :2], rtol=1e-12)
    assert (uneven[:, 2] > even[:, 2]).all()


def test_two_channels_mix_by_the_mean_of_their_dispersions():
    uneven = kernel(beta2_s2_per_m=BETA2 * np.array([0.8, 1.0, 1.4]))
    for i, j, factor in ((0, 1, 0.9), (1, 0, 0.9), (0, 2, 1.1), (2, 2, 1.4)):
        even = kernel(beta2_s2_per_m=np.full(3, factor * BETA2))
        np.testing.assert_allclose(uneven[i, j], even[i, j], rtol=1e-12)


def test_zero_dispersion_within_the_band_is_refused():
    with pytest.raises(AssertionError, match="needs dispersion"):
        kernel(beta2_s2_per_m=BETA2 * np.array([0.1, 0.0, -0.1]))
