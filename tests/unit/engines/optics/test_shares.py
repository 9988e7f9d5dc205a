"""Is what adds over lines told to the last digit, however much of the power is noise?"""

import numpy as np

from karakoram.engines.optics.shares import NoiseShares, pure_signal


def test_the_figure_that_adds_keeps_its_digits_where_signal_or_noise_is_next_to_nothing():
    noise = np.array([[1e-9, 0.3, 1.0, 1.0]])
    signal = np.array([[1.0 - 1e-9, 0.7, 1e-9, 1e-30]])
    shares = NoiseShares(signal=signal, ase=0.25 * noise, nli=0.75 * noise)
    expected = [-np.log1p(-1e-9), -np.log(0.7), 9.0 * np.log(10.0), 30.0 * np.log(10.0)]
    np.testing.assert_allclose(shares.log_noise[0], expected, rtol=1e-14)


def test_pure_signal_adds_nothing():
    assert pure_signal((1, 2)).log_noise.tolist() == [[0.0, 0.0]]
