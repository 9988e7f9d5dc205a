import numpy as np
import pytest

from karakoram.engines.optics import (
    NoiseShares,
    composed_gsnr,
    gsnr_from_log_noise,
    gsnr_from_published_design,
    log_noise,
    osnr_01nm,
    snr_with_terminals,
)


def test_two_equal_lines_multiply_the_share_of_signal():
    """s = 0.99 twice gives s = 0.9801, which is a GSNR of 0.9801 / 0.0199."""
    assert composed_gsnr(np.array([99.0, 99.0])) == pytest.approx(0.9801 / 0.0199)


def test_composition_works_channel_by_channel():
    gsnr = np.array([[100.0, 50.0], [200.0, np.inf]])
    composed = composed_gsnr(gsnr)
    assert composed.shape == (2,)
    assert composed[1] == pytest.approx(50.0)


def test_lines_without_noise_compose_to_no_noise():
    assert composed_gsnr(np.array([np.inf, np.inf])).tolist() == np.inf
    assert gsnr_from_log_noise(np.array([0.0])).tolist() == [np.inf]


def test_log_noise_is_first_order_the_inverse_of_gsnr():
    assert log_noise(np.array([1e6]))[0] == pytest.approx(1e-6, rel=1e-5)


def test_terminals_add_their_noise_in_a_tenth_of_a_nanometre():
    """OSNR 1000 in 12.5 GHz is 500 in 25 GHz: 1/100 + 1/500 = 0.012."""
    snr = snr_with_terminals(
        gsnr=np.array([100.0]), symbol_rate_hz=np.array([25e9]), terminal_osnr=np.array([1000.0])
    )
    assert snr[0] == pytest.approx(1.0 / 0.012)


def test_paths_with_unequal_numbers_of_roadms_are_padded_with_infinity():
    snr = snr_with_terminals(
        gsnr=np.full((2, 3), 100.0),
        symbol_rate_hz=np.full(3, 12.5e9),
        terminal_osnr=np.array([[400.0, np.inf], [400.0, 400.0]]),
    )
    np.testing.assert_allclose(1.0 / snr[:, 0], [0.0125, 0.015])


def test_osnr_in_a_tenth_of_a_nanometre_is_higher_for_wide_channels():
    osnr = osnr_01nm(snr=np.full(2, 10.0), symbol_rate_hz=np.array([12.5e9, 125e9]))
    np.testing.assert_allclose(osnr, [10.0, 100.0])


def test_published_design_is_shannon_in_two_polarisations_plus_a_gap():
    gsnr = gsnr_from_published_design(
        bit_rate_bit_per_s=np.array([24e12]),
        bandwidth_hz=np.array([4e12]),
        implementation_gap=np.array([1.5]),
    )
    assert gsnr[0] == pytest.approx(1.5 * (2**3 - 1))


def test_equipment_better_than_shannon_is_refused():
    with pytest.raises(AssertionError):
        gsnr_from_published_design(
            bit_rate_bit_per_s=np.array(24e12),
            bandwidth_hz=np.array(4e12),
            implementation_gap=np.array(0.9),
        )


def shares(signal, ase, nli):
    return NoiseShares(signal=np.array([signal]), ase=np.array([ase]), nli=np.array([nli]))


def test_shares_give_the_three_signal_to_noise_ratios():
    given = shares(0.9, 0.06, 0.04)
    assert given.gsnr[0] == pytest.approx(9.0)
    assert given.osnr[0] == pytest.approx(15.0)
    assert given.snr_nli[0] == pytest.approx(22.5)


def test_shares_of_lines_compose_as_their_gsnr_does():
    first, second = shares(0.9, 0.06, 0.04), shares(0.8, 0.05, 0.15)
    path = first.followed_by(second)
    assert path.gsnr[0] == pytest.approx(composed_gsnr(np.array([first.gsnr[0], second.gsnr[0]])))
    assert path.signal[0] + path.ase[0] + path.nli[0] == pytest.approx(1.0)
    # 6 % of which 80 % stay, and 5 %.
    assert path.ase[0] == pytest.approx(0.06 * 0.8 + 0.05)


@pytest.mark.parametrize("count", [0, 1, 2, 75])
def test_repeating_a_span_equals_following_it_by_itself(count):
    span = shares(0.99, 0.007, 0.003)
    path = shares(1.0, 0.0, 0.0)
    for _ in range(count):
        path = path.followed_by(span)
    repeated = span.repeated(np.array([float(count)]))
    for name in ("signal", "ase", "nli"):
        np.testing.assert_allclose(
            getattr(repeated, name), getattr(path, name), rtol=1e-12, atol=1e-16
        )


def test_repeating_a_span_without_noise_gives_no_noise():
    repeated = shares(1.0, 0.0, 0.0).repeated(np.array([75.0]))
    assert repeated.gsnr.tolist() == [np.inf]
    assert repeated.osnr.tolist() == [np.inf]
