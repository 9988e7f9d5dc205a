import numpy as np
import pytest

from karakoram.engines.optics import Comb, full_comb


def comb(**changes):
    given = {
        "frequency_hz": np.array([193.0e12, 193.1e12]),
        "symbol_rate_hz": np.array([64e9, 32e9]),
        "launch_power_w": np.array([1e-3, 2e-3]),
    }
    return Comb(**{**given, **changes})


def test_a_full_comb_fills_the_band_from_its_lower_edge():
    full = full_comb(
        f_min_hz=191.3e12,
        f_max_hz=196.1e12,
        spacing_hz=75e9,
        symbol_rate_hz=64e9,
        psd_w_per_hz=1e-3 / 32e9,
    )
    assert full.channel_count == 64
    assert full.frequency_hz[0] == pytest.approx(191.3375e12)
    assert full.frequency_hz[-1] + 37.5e9 == pytest.approx(196.1e12)
    np.testing.assert_allclose(full.launch_power_w, 2e-3)


def test_a_slot_that_does_not_fit_whole_is_left_out():
    full = full_comb(
        f_min_hz=191.3e12,
        f_max_hz=191.3e12 + 299e9,
        spacing_hz=100e9,
        symbol_rate_hz=90e9,
        psd_w_per_hz=1e-14,
    )
    assert full.channel_count == 2


def test_a_comb_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        comb().launch_power_w[0] = 1.0


def test_a_comb_keeps_no_hold_on_the_arrays_it_was_made_from():
    power = np.array([1e-3, 2e-3])
    made = comb(launch_power_w=power)
    power[0] = 5.0
    assert made.launch_power_w[0] == 1e-3


@pytest.mark.parametrize(
    "changes",
    [
        {"frequency_hz": np.array([193.1e12, 193.0e12])},
        {"frequency_hz": np.array([193.0e12, 193.04e12])},
        {"launch_power_w": np.array([1e-3, 0.0])},
        {"symbol_rate_hz": np.array([64e9, -32e9])},
        {"roll_off": np.array([0.1, 1.1])},
        {"roll_off": np.array([-0.1])},
    ],
    ids=["descending", "overlapping", "dark", "negative rate", "too round", "negative"],
)
def test_an_impossible_comb_is_refused(changes):
    with pytest.raises(AssertionError):
        comb(**changes)


def test_spectra_are_rectangles_unless_one_or_each_is_said_to_be_round():
    assert comb().roll_off.tolist() == [0.0, 0.0]
    assert comb(roll_off=np.array([0.2])).roll_off.tolist() == [0.2, 0.2]
    assert comb(roll_off=np.array([0.2, 0.1])).roll_off.tolist() == [0.2, 0.1]


def test_channels_may_touch():
    assert comb(frequency_hz=np.array([193.0e12, 193.048e12])).channel_count == 2


def test_arrays_of_unequal_length_are_refused():
    with pytest.raises(Exception, match=r"Type-check error|violates"):
        comb(launch_power_w=np.array([1e-3]))


def test_a_comb_without_a_slot_is_refused():
    with pytest.raises(AssertionError, match="narrower"):
        full_comb(
            f_min_hz=191.3e12,
            f_max_hz=191.32e12,
            spacing_hz=50e9,
            symbol_rate_hz=32e9,
            psd_w_per_hz=1e-14,
        )
