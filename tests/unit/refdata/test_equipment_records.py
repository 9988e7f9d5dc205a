from dataclasses import replace

import pytest

from karakoram.refdata.library import read_library


@pytest.fixture(scope="module")
def mode():
    return read_library().transceiver_modes["LH-400G-QPSK-130"]


def test_required_gsnr_is_the_required_osnr_in_the_signals_own_bandwidth(mode):
    assert mode.required_gsnr_db == pytest.approx(18.9 - 10.170, abs=0.001)


def test_a_slot_off_the_grid_is_refused(mode):
    with pytest.raises(ValueError, match=r"multiple of 12\.5 GHz .*got 140"):
        replace(mode, spacing_ghz_min=140.0)


def test_a_signal_wider_than_its_slot_is_refused(mode):
    with pytest.raises(ValueError, match="at most spacing_ghz_min 100, got 130"):
        replace(mode, spacing_ghz_min=100.0)
