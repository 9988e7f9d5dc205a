"""Receivers and the choice of the best mode."""

import numpy as np
import pytest

from karakoram.engines.optics.mode_choice import (
    ModeFailure,
    ReceivedColumns,
    TransceiverMode,
    mode_choice,
)
from karakoram.engines.optics.receiver import PenaltyCurve, receiver_snr

DISPERSION = PenaltyCurve(
    impairment=np.array([0.0, 20.0, 40.0]), penalty_db=np.array([0.0, 0.0, 1.0])
)


def mode(**changes):
    return TransceiverMode(
        **{
            "bit_rate_bit_per_s": 400e9,
            "symbol_rate_hz": 62.5e9,
            "slot_width_hz": 75e9,
            "osnr_required": 100.0,
            "transmitter_osnr": 1e9,
            "cost": 1.0,
            **changes,
        }
    )


def received(paths=1, **changes):
    columns = {
        "gsnr": 40.0,
        "inverse_osnr": 0.0,
        "dispersion_s_per_m": 10.0,
        "pmd_s": 1e-12,
        "pdl_db": 1.0,
        "power_w": 1e-4,
        "slot_width_hz": 100e9,
        **changes,
    }
    return ReceivedColumns(
        **{
            name: np.array(np.broadcast_to(np.asarray(value, dtype=float), (paths, 1)))
            for name, value in columns.items()
        }
    )


def failures(one, **changes):
    return ModeFailure(int(mode_choice([one], received(**changes), margin_db=0.0).failure[0, 0]))


def test_noise_of_line_transmitter_and_roadms_adds():
    snr = receiver_snr(
        gsnr=np.array([[50.0], [np.inf]]),
        symbol_rate_hz=np.array([25e9, 50e9]),
        inverse_osnr=np.array([[0.001, 0.002], [0.0, 0.0025]]),
    )
    np.testing.assert_allclose(1 / snr, [[0.022, 0.028], [0.0, 0.01]])


class TestPenalties:
    def test_between_points_a_penalty_is_a_straight_line_and_outside_it_is_infinite(self):
        assert DISPERSION.at(np.array([30.0])).tolist() == [0.5]
        assert DISPERSION.at(np.array([-0.1, 40.1])).tolist() == [np.inf, np.inf]

    def test_a_point_given_twice_is_refused(self):
        with pytest.raises(ValueError, match="ascend"):
            PenaltyCurve(impairment=np.array([1.0, 1.0]), penalty_db=np.array([0.0, 1.0]))


class TestFailures:
    def test_a_mode_that_closes_has_none_and_a_margin(self):
        found = mode_choice([mode()], received(), margin_db=1.0)
        assert found.failure.tolist() == [[0]]
        assert found.best.tolist() == [0]
        # 40 in 62.5 GHz is 200 in 12.5 GHz, twice what is required.
        assert found.margin_db[0, 0] == pytest.approx(10 * np.log10(2.0) - 1.0)

    def test_margin_and_penalty_can_take_the_last_of_the_gsnr(self):
        one = mode(dispersion_penalty=DISPERSION)
        assert failures(one, gsnr=20.0001) == ModeFailure(0)
        assert failures(one, gsnr=19.999) == ModeFailure.GSNR
        assert failures(one, gsnr=20.0001, dispersion_s_per_m=30.0) == ModeFailure.GSNR
        assert mode_choice([one], received(gsnr=20.0001), margin_db=0.1).best.tolist() == [-1]

    def test_outside_a_table_says_which_and_not_that_noise_is_too_much(self):
        assert (
            failures(mode(dispersion_penalty=DISPERSION), dispersion_s_per_m=40.1)
            == ModeFailure.CHROMATIC_DISPERSION
        )
        pmd = PenaltyCurve(impairment=np.array([0.0, 10e-12]), penalty_db=np.array([0.0, 0.5]))
        assert failures(mode(pmd_penalty=pmd), pmd_s=11e-12) == ModeFailure.PMD
        pdl = PenaltyCurve(impairment=np.array([0.0, 2.0]), penalty_db=np.array([0.0, 0.5]))
        assert failures(mode(pdl_penalty=pdl), pdl_db=2.5) == ModeFailure.PDL

    def test_the_window_of_power_includes_its_ends(self):
        one = mode(power_min_w=1e-5, power_max_w=1e-4)
        assert failures(one, power_w=1e-4) == ModeFailure(0)
        assert failures(one, power_w=1.01e-4) == ModeFailure.POWER
        assert failures(one, power_w=0.99e-5) == ModeFailure.POWER

    def test_too_narrow_a_slot_is_named(self):
        assert failures(mode(), slot_width_hz=75e9) == ModeFailure(0)
        assert failures(mode(), slot_width_hz=62.5e9) == ModeFailure.SPACING

    def test_filters_take_their_part_and_may_be_too_many(self):
        assert failures(mode(), gsnr=20.0001, filter_penalty_db=0.0) == ModeFailure(0)
        assert failures(mode(), gsnr=20.0001, filter_penalty_db=0.01) == ModeFailure.GSNR
        assert failures(mode(), filter_penalty_db=np.inf) == ModeFailure.FILTERING
        found = mode_choice([mode()], received(filter_penalty_db=1.0), margin_db=0.0)
        assert found.margin_db[0, 0] == pytest.approx(10 * np.log10(2.0) - 1.0)

    def test_everything_that_is_wrong_is_said(self):
        one = mode(dispersion_penalty=DISPERSION, power_min_w=1.0)
        found = failures(one, gsnr=1.0, dispersion_s_per_m=50.0, slot_width_hz=50e9)
        assert found == (
            ModeFailure.GSNR
            | ModeFailure.CHROMATIC_DISPERSION
            | ModeFailure.POWER
            | ModeFailure.SPACING
        )

    def test_the_noise_of_the_transmitter_counts_per_mode(self):
        found = mode_choice([mode(), mode(transmitter_osnr=150.0)], received(), margin_db=0.0)
        assert found.failure.tolist() == [[0, int(ModeFailure.GSNR)]]


class TestBest:
    def test_bit_rate_goes_before_spectrum_before_cost_before_order(self):
        modes = [
            mode(bit_rate_bit_per_s=200e9),
            mode(slot_width_hz=100e9, cost=0.1),
            mode(cost=2.0),
            mode(cost=1.0),
            mode(cost=1.0),
        ]
        assert mode_choice(modes, received(), margin_db=0.0).best.tolist() == [3]

    def test_every_path_gets_its_own(self):
        modes = [
            mode(bit_rate_bit_per_s=800e9, osnr_required=190.0),
            mode(),
            mode(osnr_required=10.0),
        ]
        found = mode_choice(modes, received(4, gsnr=[[40.0], [30.0], [10.0], [1.0]]), margin_db=0.0)
        assert found.best.tolist() == [0, 1, 2, -1]


@pytest.mark.parametrize(
    "wrong",
    [
        {"bit_rate_bit_per_s": 0.0},
        {"osnr_required": -1.0},
        {"slot_width_hz": 50e9},
        {"power_min_w": 2.0, "power_max_w": 1.0},
    ],
)
def test_a_mode_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        mode(**wrong)
