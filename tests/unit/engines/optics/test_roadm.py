"""ROADMs: equalisation, and what their paths cost."""

import numpy as np
import pytest

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.amplifier_types import ChannelColumns
from karakoram.engines.optics.roadm import (
    ConstantPower,
    ConstantSignalDensity,
    ConstantSlotDensity,
    equalised,
)
from karakoram.engines.optics.roadm_path import (
    RoadmBand,
    add_or_drop_osnr,
    roadm_impairments,
    stacked_impairments,
)
from tests.support.optics_devices import some_shares

CHANNELS = ChannelColumns(
    frequency_hz=np.array([192.0e12, 192.1e12, 193.0e12]),
    symbol_rate_hz=np.array([32e9, 32e9, 64e9]),
    slot_width_hz=np.array([37.5e9, 50e9, 75e9]),
)


def path(**band):
    return stacked_impairments([roadm_impairments([RoadmBand(**band)], CHANNELS.frequency_hz)])


def test_the_three_equalisations_follow_what_they_are_named_after():
    assert ConstantPower(power_w=1e-5).target_power_w(CHANNELS).tolist() == [1e-5] * 3
    signal = ConstantSignalDensity(density_w_per_hz=1e-5 / 32e9).target_power_w(CHANNELS)
    np.testing.assert_allclose(signal, [1e-5, 1e-5, 2e-5])
    slot = ConstantSlotDensity(density_w_per_hz=1e-5 / 50e9).target_power_w(CHANNELS)
    np.testing.assert_allclose(slot, [0.75e-5, 1e-5, 1.5e-5])


def test_a_roadm_attenuates_to_the_target_and_never_amplifies():
    power_w = np.array([[1e-4, 1e-3, 5e-5], [1e-2, 1e-2, 1e-2]])
    found_w, shares = equalised(
        power_w,
        some_shares(2, 3),
        target_w=np.array([[1e-5, 1e-5, 1e-5]]),
        impairments=path(insertion_loss=20.0),
        channels=CHANNELS,
    )
    np.testing.assert_allclose(found_w, [[0.5e-5, 1e-5, 0.25e-5], [1e-5, 1e-5, 1e-5]])
    np.testing.assert_array_equal(shares.ase, 0.01)


def test_a_noise_figure_adds_noise_at_the_input_and_keeps_the_target():
    power_w = np.full((1, 3), 1e-4)
    found_w, shares = equalised(
        power_w,
        some_shares(1, 3, ase=0.0, nli=0.0),
        target_w=np.full((1, 3), 1e-5),
        impairments=path(insertion_loss=2.0, noise_factor=100.0),
        channels=CHANNELS,
    )
    np.testing.assert_allclose(found_w, 1e-5)
    noise_w = 100.0 * PLANCK_J_S * CHANNELS.frequency_hz * CHANNELS.symbol_rate_hz
    np.testing.assert_allclose(shares.osnr[0], 1e-4 / noise_w)


def test_each_quantity_comes_from_the_first_band_that_specifies_it():
    bands = [
        RoadmBand(f_min_hz=191e12, f_max_hz=192.05e12, insertion_loss=10.0, pmd_s=1e-12),
        RoadmBand(f_min_hz=191e12, f_max_hz=195e12, insertion_loss=20.0, osnr=1e4, pdl_db=0.5),
    ]
    found = roadm_impairments(bands, CHANNELS.frequency_hz)
    assert found.insertion_loss.tolist() == [10.0, 20.0, 20.0]
    assert found.pmd_s.tolist() == [1e-12, 0.0, 0.0]
    assert found.osnr.tolist() == [1e4] * 3
    assert found.pdl_db.tolist() == [0.5] * 3
    assert found.noise_factor.tolist() == [0.0] * 3
    assert found.dispersion_s_per_m.tolist() == [0.0] * 3


@pytest.mark.parametrize("bands", [[], [RoadmBand(f_min_hz=191e12, f_max_hz=192.5e12)]])
def test_a_channel_that_no_band_covers_is_refused(bands):
    with pytest.raises(ValueError, match="must cover it"):
        roadm_impairments(bands, CHANNELS.frequency_hz)


@pytest.mark.parametrize(
    "wrong",
    [
        {"f_min_hz": 2e12, "f_max_hz": 1e12},
        {"insertion_loss": 0.5},
        {"osnr": 0.0},
        {"noise_factor": -1.0},
        {"pmd_s": -1e-12},
        {"pdl_db": -0.1},
    ],
)
def test_impairments_that_cannot_be_are_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        RoadmBand(**wrong)


def test_paths_may_differ_from_row_to_row():
    rows = stacked_impairments(
        [
            roadm_impairments([RoadmBand(insertion_loss=loss)], CHANNELS.frequency_hz)
            for loss in (2.0, 4.0)
        ]
    )
    found_w, _ = equalised(
        np.full((2, 3), 1e-5),
        some_shares(2, 3),
        target_w=np.full((2, 3), 1.0),
        impairments=rows,
        channels=CHANNELS,
    )
    np.testing.assert_allclose(found_w, [[0.5e-5] * 3, [0.25e-5] * 3])


def test_add_and_drop_share_their_noise_evenly():
    each = add_or_drop_osnr(500.0)
    assert 1 / (1 / each + 1 / each) == pytest.approx(500.0)
