"""Stretches without regeneration and the mode of each."""

import numpy as np
import pytest

from karakoram.engines.optimise import Segments, transparent_segments
from tests.support.regenerations import SNR_NEEDED, modes, path

ONE = np.array([1])


def snr_from(*noise):
    return 1.0 / np.expm1(sum(noise))


def test_a_stretch_closes_while_its_noise_leaves_the_snr_that_is_needed():
    share = np.log1p(1.0 / SNR_NEEDED) / 2.0 * (1.0 - 1e-12)
    found = transparent_segments(
        path([[[share], [share], [share]]]), modes(symbol_rate_hz=[30e9]), wavelengths=ONE
    )
    assert found.transponders.tolist() == [[0, 2, 2, 0], [0, 0, 2, 2], [0, 0, 0, 2], [0] * 4]
    assert found.mode[0].tolist() == [-1, 0, 0, -1]
    assert found.spare[0, 1] == pytest.approx(snr_from(share) / SNR_NEEDED)
    assert found.spare[0, 2] == pytest.approx(1.0)
    assert found.spectrum_hz[0].tolist() == [0.0, 50e9, 100e9, 0.0]


@pytest.mark.parametrize(("excess", "closes"), [(-1e-9, True), (1e-9, False)])
def test_a_little_too_much_noise_is_too_much(excess, closes):
    noise = np.log1p(1.0 / SNR_NEEDED) * (1.0 + excess)
    found = transparent_segments(path([[[noise]]]), modes(snr_needed=[10.0]), wavelengths=ONE)
    assert (found.mode[0, 1] == 0) == closes


def test_the_noisiest_channel_over_the_whole_stretch_counts():
    found = transparent_segments(
        path([[[0.01, 0.03], [0.04, 0.01]]]), modes(symbol_rate_hz=[30e9]), wavelengths=ONE
    )
    assert found.spare[0, 2] == pytest.approx(snr_from(0.05) / SNR_NEEDED)


def test_transmitter_add_drop_and_each_pass_add_their_noise_in_the_signal_bandwidth():
    found = transparent_segments(
        path(
            [[[0.01], [0.01], [0.01]]],
            end_noise=[1e-3, 2e-3, 4e-3, 8e-3],
            express_noise=[1e-4, 2e-4, 4e-4, 8e-4],
        ),
        modes(symbol_rate_hz=[25e9], transmitter_osnr=[1e4]),
        wavelengths=ONE,
    )
    noise = np.expm1(0.03) + 2.0 * (1e-4 + 1e-3 + 8e-3 + 2e-4 + 4e-4)
    assert found.spare[0, 3] == pytest.approx(1.0 / noise / SNR_NEEDED)
    noise = np.expm1(0.01) + 2.0 * (1e-4 + 2e-3 + 4e-3)
    assert found.spare[1, 2] == pytest.approx(1.0 / noise / SNR_NEEDED)


def test_each_mode_is_judged_in_its_own_comb():
    found = transparent_segments(
        path([[[0.5]], [[0.01]]]),
        modes(comb=[0, 1], slot_width_hz=[50e9, 75e9]),
        wavelengths=np.array([1, 1]),
    )
    assert found.mode[0, 1] == 1
    assert found.spectrum_hz[0, 1] == 75e9


def test_fewest_wavelengths_go_before_the_narrowest_slot_before_the_widest_margin():
    def mode(wavelengths, slots, needed):
        return transparent_segments(
            path([[[0.01]]]),
            modes(slot_width_hz=slots, snr_needed=needed),
            wavelengths=np.array(wavelengths),
        ).mode[0, 1]

    assert mode([2, 1, 3], [50e9, 150e9, 50e9], [5.0, 9.0, 2.0]) == 1
    assert mode([2, 2, 2], [150e9, 100e9, 125e9], [5.0, 9.0, 2.0]) == 1
    assert mode([2, 2, 2], [100e9, 100e9, 100e9], [5.0, 9.0, 2.0]) == 2


def test_a_mode_that_may_not_be_used_is_not():
    found = transparent_segments(
        path([[[0.01]]]), modes(snr_needed=[5.0, 9.0]), wavelengths=np.array([0, 1])
    )
    assert found.mode[0, 1] == 1


@pytest.mark.parametrize("wavelengths", [[0], [4]])
def test_transponders_are_two_for_each_wavelength(wavelengths):
    found = transparent_segments(
        path([[[0.01]]]), modes(snr_needed=[5.0]), wavelengths=np.array(wavelengths)
    )
    assert found.transponders[0, 1] == 2 * wavelengths[0]


def test_dispersion_adds_and_pmd_adds_in_squares_up_to_what_the_receiver_bears():
    def reach(**figures):
        found = transparent_segments(
            path([[[0.001]] * 3], dispersion_s_per_m=[[1.0] * 3], pmd_s=[[2.0] * 3]),
            modes(symbol_rate_hz=[30e9], **figures),
            wavelengths=ONE,
        )
        return int((found.transponders[0] > 0).sum())

    assert reach() == 3
    assert reach(dispersion_s_per_m_max=[2.0]) == 2
    assert reach(dispersion_s_per_m_max=[1.9]) == 1
    assert reach(pmd_s_max=[2.83]) == 2
    assert reach(pmd_s_max=[2.82]) == 1


def test_stretches_cannot_be_written_and_do_not_run_backwards():
    found = transparent_segments(path([[[0.01]]]), modes(snr_needed=[5.0]), wavelengths=ONE)
    with pytest.raises(ValueError, match="read-only"):
        found.spare[0, 1] = 0.0
    with pytest.raises(ValueError, match="read-only"):
        found.mode[0, 1] = 0
    zero = np.zeros((2, 2))
    with pytest.raises(AssertionError, match="ends after it begins"):
        Segments(
            transponders=np.eye(2, dtype=np.int64),
            mode=-np.eye(2, dtype=np.int64),
            spectrum_hz=zero,
            spare=zero,
        )
