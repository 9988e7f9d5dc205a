"""Noise-figure models: what each gives at points that can be worked out by hand."""

import numpy as np
import pytest

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.dual_stage import DualStageNoiseFigure
from karakoram.engines.optics.noise_figure import (
    FixedNoiseFigure,
    NoiselessAmplifier,
    OperatingPoint,
)
from karakoram.engines.optics.openroadm_noise_figure import OpenRoadmInline, OpenRoadmPreamplifier
from karakoram.engines.optics.polynomial_noise_figure import PolynomialNoiseFigure
from karakoram.engines.optics.two_coil import TwoCoilNoiseFigure, two_coil_noise_figure


def ratio(value_db):
    return 10 ** (np.asarray(value_db, dtype=float) / 10)


def point(gain_db, *, power_dbm=0.0, slots_hz=96 * 50e9):
    gain = ratio(np.atleast_1d(gain_db))
    return OperatingPoint(
        gain=gain,
        input_power_w=np.broadcast_to(1e-3 * ratio(power_dbm), gain.shape),
        slot_width_total_hz=slots_hz,
    )


def figure_db(model, *args, **kwargs):
    return 10 * np.log10(model.noise_factor(point(*args, **kwargs)))


MEDIUM = {
    "factor_min": float(ratio(6)),
    "factor_max": float(ratio(10)),
    "gain_min": float(ratio(15)),
    "gain_max": float(ratio(26)),
}


class TestFixed:
    def test_it_is_the_same_at_every_gain_it_can_give(self):
        model = FixedNoiseFigure(factor=float(ratio(5.5)), gain_min=100.0)
        assert figure_db(model, [20.0, 25.0, 40.0]) == pytest.approx(5.5)

    def test_below_its_least_gain_a_decibel_of_padding_costs_a_decibel(self):
        model = FixedNoiseFigure(factor=float(ratio(5.5)), gain_min=100.0)
        assert figure_db(model, [17.0]) == pytest.approx(8.5)

    @pytest.mark.parametrize("wrong", [{"factor": -0.1}, {"gain_min": 0.0}])
    def test_what_cannot_be_is_refused(self, wrong):
        with pytest.raises(ValueError, match="must be"):
            FixedNoiseFigure(**{"factor": 3.0, "gain_min": 1.0, **wrong})

    def test_the_openroadm_booster_adds_nothing(self):
        assert NoiselessAmplifier().noise_factor(point([1.0, 22.0])).tolist() == [0.0, 0.0]


class TestTwoCoil:
    def test_the_published_figures_come_back_at_the_ends_of_the_range(self):
        model = two_coil_noise_figure(**MEDIUM)
        assert figure_db(model, [15.0, 26.0]) == pytest.approx([10.0, 6.0], abs=1e-12)

    def test_below_the_range_it_is_padded(self):
        assert figure_db(two_coil_noise_figure(**MEDIUM), [12.0]) == pytest.approx(13.0)

    def test_in_the_extended_range_the_first_stage_carries_on_alone(self):
        model = two_coil_noise_figure(**MEDIUM)
        expected = model.first_factor + model.second_factor_times_gain / ratio(28.0)
        assert model.noise_factor(point(28.0)) == pytest.approx(expected)
        assert figure_db(model, 28.0) < 6.0

    def test_the_two_coils_by_friis_are_the_noise_factor(self):
        model = two_coil_noise_figure(**MEDIUM)
        before_second = ratio(20.0) * ratio(20.0 - 26.0) / model.second_stage_gain
        by_hand = model.first_factor + model.second_factor / before_second
        assert model.noise_factor(point(20.0)) == pytest.approx(by_hand)
        assert 1.07 <= model.second_factor / model.first_factor <= 1.59

    def test_the_second_stage_gives_5_decibels_where_the_coils_are_then_alike(self):
        model = TwoCoilNoiseFigure(
            first_factor=4.0,
            second_factor_times_gain=5.0 * 10**0.5,
            gain_min=10.0,
            gain_max=100.0,
        )
        assert model.second_stage_gain == pytest.approx(10**0.5)
        assert model.second_factor == pytest.approx(5.0)

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"gain_min": 500.0}, "least gain"),
            ({"gain_min": 0.0}, "least gain"),
            ({"factor_max": 3.0}, "noise factor at the least gain"),
            ({"factor_min": 0.0}, "noise factor at the least gain"),
            ({"factor_min": 2.4}, "first coil"),
            ({"factor_max": 4.02}, "second stage"),
            ({"factor_max": 200.0}, "second stage"),
        ],
    )
    def test_coils_that_cannot_exist_are_refused(self, change, message):
        with pytest.raises(ValueError, match=message):
            two_coil_noise_figure(**{**MEDIUM, **change})


class TestPolynomial:
    MODEL = PolynomialNoiseFigure(
        coefficients_db=(0.1, -0.2, 6.0), gain_min=10.0, gain_max=float(ratio(25.0))
    )

    def test_it_is_a_polynomial_of_the_missing_gain_in_decibels(self):
        assert figure_db(self.MODEL, [25.0, 22.0]) == pytest.approx([6.0, 0.9 + 0.6 + 6.0])

    def test_above_the_flat_gain_nothing_changes(self):
        assert figure_db(self.MODEL, 28.0) == pytest.approx(6.0)

    def test_below_the_least_gain_it_is_padded(self):
        assert figure_db(self.MODEL, 8.0) == pytest.approx(figure_db(self.MODEL, 10.0) + 2.0)

    @pytest.mark.parametrize("wrong", [{"coefficients_db": ()}, {"gain_min": 1e6}])
    def test_what_cannot_be_is_refused(self, wrong):
        with pytest.raises(ValueError, match=r"coefficient|least gain"):
            PolynomialNoiseFigure(
                **{"coefficients_db": (6.0,), "gain_min": 1.0, "gain_max": 100.0, **wrong}
            )


class TestOpenRoadm:
    def test_a_channel_gets_the_specified_osnr(self):
        model = OpenRoadmInline(osnr_coefficients_db=(0.5, 40.0), gain_min=1.0)
        # 0 dBm in 96 slots of 50 GHz is -19.82 dBm in each.
        channel_w = 1e-3 / 96
        specified_db = 0.5 * 10 * np.log10(channel_w / 1e-3) + 40.0
        noise_w = model.noise_factor(point(20.0)) * PLANCK_J_S * 193.7e12 * 12.5e9
        assert 10 * np.log10(channel_w / noise_w) == pytest.approx(specified_db, abs=0.06)

    def test_power_is_counted_per_50_gigahertz(self):
        model = OpenRoadmInline(osnr_coefficients_db=(0.5, 40.0), gain_min=1.0)
        wide = figure_db(model, 20.0, power_dbm=3.0103, slots_hz=48 * 200e9)
        assert wide == pytest.approx(figure_db(model, 20.0), abs=1e-5)

    def test_the_preamplifier_stops_at_33_decibels(self):
        model = OpenRoadmPreamplifier(gain_min=1.0)
        strong_dbm, weak_dbm = -5.0, -20.0
        offset = 10 * np.log10(96)
        assert figure_db(model, 20.0, power_dbm=strong_dbm + offset) == pytest.approx(
            strong_dbm - 33.0 + 58.0
        )
        assert figure_db(model, 20.0, power_dbm=weak_dbm + offset) == pytest.approx(
            weak_dbm - (4 * weak_dbm + 275) / 7 + 58.0
        )

    def test_below_the_least_gain_it_is_padded(self):
        model = OpenRoadmPreamplifier(gain_min=100.0)
        assert figure_db(model, 18.0) == pytest.approx(figure_db(model, 20.0) + 2.0)

    def test_a_mask_without_coefficients_is_refused(self):
        with pytest.raises(ValueError, match="coefficient"):
            OpenRoadmInline(osnr_coefficients_db=(), gain_min=1.0)


class TestDualStage:
    def test_the_noise_of_the_booster_is_divided_by_the_gain_before_it(self):
        model = DualStageNoiseFigure(
            preamplifier=FixedNoiseFigure(factor=3.0, gain_min=1.0),
            booster=FixedNoiseFigure(factor=8.0, gain_min=1.0),
            preamplifier_gain=20.0,
        )
        assert model.noise_factor(point([20.0, 30.0])) == pytest.approx(3.0 + 8.0 / 20.0)

    def test_each_stage_is_padded_by_its_own_least_gain(self):
        model = DualStageNoiseFigure(
            preamplifier=FixedNoiseFigure(factor=3.0, gain_min=1.0),
            booster=FixedNoiseFigure(factor=8.0, gain_min=10.0),
            preamplifier_gain=20.0,
        )
        assert model.noise_factor(point(20.0)) == pytest.approx(3.0 + 80.0 * 0.2 / 20.0)

    def test_the_booster_sees_the_power_the_preamplifier_puts_out(self):
        booster = OpenRoadmPreamplifier(gain_min=1.0)
        model = DualStageNoiseFigure(
            preamplifier=NoiselessAmplifier(), booster=booster, preamplifier_gain=10.0
        )
        after = booster.noise_factor(point(10.0, power_dbm=10.0))
        assert model.noise_factor(point(20.0)) == pytest.approx(after / 10.0)

    def test_a_split_without_gain_is_refused(self):
        with pytest.raises(ValueError, match="preamplifier"):
            DualStageNoiseFigure(
                preamplifier=NoiselessAmplifier(),
                booster=NoiselessAmplifier(),
                preamplifier_gain=0.0,
            )


def test_rows_are_independent_amplifiers():
    model = two_coil_noise_figure(**MEDIUM)
    together = model.noise_factor(point([14.0, 20.0, 26.0, 30.0]))
    one_by_one = [float(model.noise_factor(point(g))[0]) for g in (14.0, 20.0, 26.0, 30.0)]
    assert together.tolist() == pytest.approx(one_by_one, rel=1e-15)
