"""Launch powers are the best there are, within what amplifiers give."""

import numpy as np
import pytest
from scipy.optimize import minimize

from karakoram.core.units import linear_from_db, per_m_from_db_per_km, watt_from_dbm
from karakoram.engines.optics.fibre import FibreColumns, line_columns
from karakoram.engines.optics.launch_goals import LeastMargin, ShannonCapacity
from karakoram.engines.optics.launch_power import optimal_launch_power
from karakoram.engines.optics.launched_lines import AmplifiedBands, launched_lines
from karakoram.engines.optics.line import line_noise
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.spectrum import Comb, full_comb
from tests.support.optics_lines import loss_matched_amplifiers

NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)


def fibre(lengths_km):
    """Sections of planning fibre with connectors."""
    length_m = 1e3 * np.array(lengths_km, dtype=np.float64)
    ones = np.ones(length_m.size)
    return FibreColumns(
        length_m=length_m,
        attenuation_per_m=per_m_from_db_per_km(np.full(length_m.size, 0.22)),
        input_loss=1.12 * ones,
        output_loss=1.12 * ones,
        dispersion_s_per_m2=16.7e-6 * ones,
        dispersion_slope_s_per_m3=58.0 * ones,
        effective_area_m2=83e-12 * ones,
        pmd_s_per_sqrt_m=1e-15 * ones,
    )


LINES = line_columns([fibre([80.0] * 6), fibre([60.0, 95.0]), fibre([40.0])])


def comb_of(channels, *, power_dbm=5.0):
    """Channels of 131 GBd in slots of 150 GHz."""
    return full_comb(
        f_min_hz=191.3e12,
        f_max_hz=191.3e12 + channels * 150e9,
        spacing_hz=150e9,
        symbol_rate_hz=131e9,
        psd_w_per_hz=watt_from_dbm(power_dbm) / 131e9,
    )


def amplifiers(lines, *, power_max_dbm=30.0):
    """EDFAs of noise figure 5.5 dB."""
    return loss_matched_amplifiers(
        lines,
        booster_gain=linear_from_db(21.0),
        noise_factor=linear_from_db(5.5),
        output_power_max_w=watt_from_dbm(power_max_dbm),
    )


def ready(comb, *, power_max_dbm=30.0, lines=LINES, method=None):
    """Lines for any launch, and the power rule."""
    chosen = {} if method is None else {"method": method}
    able = launched_lines(lines, comb, amplifiers(lines, power_max_dbm=power_max_dbm), **chosen)
    return able, np.tile(comb.launch_power_w, (lines.section_count.size, 1))


def goals(comb):
    return (LeastMargin(), ShannonCapacity(symbol_rate_hz=comb.symbol_rate_hz))


def test_at_the_power_rule_lines_are_what_they_were():
    comb = comb_of(10)
    able, rule_w = ready(comb)
    plain = line_noise(LINES, comb, amplifiers(LINES))
    np.testing.assert_allclose(able.gsnr(rule_w), plain.gsnr, rtol=1e-12)
    np.testing.assert_allclose(able.noise(rule_w).osnr, plain.osnr, rtol=1e-12)


def test_a_booster_that_follows_the_launch_gains_nothing_from_more_power():
    lines = line_columns([fibre([1e-3])])
    comb = comb_of(3, power_dbm=-20.0)
    able, rule_w = ready(comb, lines=lines, method=NO_RAMAN)
    first = able.noise(rule_w).ase_ratio[:, 0]
    louder = able.noise(4.0 * rule_w).ase_ratio[:, 0]
    np.testing.assert_allclose(louder, first, rtol=1e-12)


@pytest.mark.parametrize("power_max_dbm", [30.0, 12.5])
@pytest.mark.parametrize("which", [0, 1])
def test_no_random_change_of_the_powers_is_better(which, power_max_dbm):
    comb = comb_of(12)
    able, rule_w = ready(comb, power_max_dbm=power_max_dbm)
    goal = goals(comb)[which]
    plan = optimal_launch_power(able, goal, start_w=rule_w)
    rng = np.random.default_rng(20261122)
    lines = np.repeat(np.arange(3), 600)
    sizes = 10.0 ** rng.uniform(-3.5, -0.5, (lines.size, 1))
    trial_w = plan.launch_power_w[lines] * np.exp(
        sizes * rng.standard_normal((lines.size, comb.channel_count))
    )
    most_w = able.power_max_w[lines]
    trial_w *= np.minimum(1.0, most_w / trial_w.sum(axis=1, keepdims=True))
    score = goal.score(able.gsnr(trial_w, lines))
    excess = (score - plan.score[lines]) / (1.0 if which == 0 else plan.score[lines])
    # The softened largest is at most ln(12) / 4096 Np above the largest: 0.0026 dB.
    assert excess.max() < (0.003 if which == 0 else 1e-7)
    assert (plan.score > plan.score_before).all()


def test_the_slopes_at_the_optimum_are_those_of_the_amplifiers_bound():
    comb = comb_of(12)
    goal = goals(comb)[1]
    able, rule_w = ready(comb, power_max_dbm=12.5)
    plan = optimal_launch_power(able, goal, start_w=rule_w)
    assert plan.residual.max() < 1e-4
    used_up = np.isclose(plan.launch_power_w.sum(axis=1), able.power_max_w[:, 0], rtol=1e-9)
    np.testing.assert_array_equal(used_up, [True, True, True])
    assert (plan.power_price > 1e-3).all()
    free, rule_w = ready(comb)
    assert (optimal_launch_power(free, goal, start_w=rule_w).power_price == 0.0).all()


def test_an_independent_optimiser_finds_no_more_capacity():
    comb = comb_of(6)
    able, rule_w = ready(comb, power_max_dbm=15.0)
    goal = goals(comb)[1]
    plan = optimal_launch_power(able, goal, start_w=rule_w)
    line = np.array([0])
    found = minimize(
        lambda y: -float(goal.score(able.gsnr(np.exp(y)[None], line))[0]) / 1e12,
        np.log(plan.launch_power_w[0]) - 0.3,
        method="SLSQP",
        constraints={
            "type": "ineq",
            "fun": lambda y: float(np.log(able.power_max_w[0, 0] / np.exp(y).sum())),
        },
        options={"ftol": 1e-12},
    )
    assert found.success
    assert -found.fun * 1e12 == pytest.approx(plan.score[0], rel=1e-7)


def test_the_worst_channel_is_best_where_all_are_alike():
    comb = comb_of(20)
    able, rule_w = ready(comb)
    plan = optimal_launch_power(able, LeastMargin(), start_w=rule_w)
    gsnr_db = 10.0 * np.log10(plan.gsnr)
    assert np.ptp(gsnr_db, axis=1).max() < 0.02
    rule_db = 10.0 * np.log10(able.gsnr(rule_w))
    np.testing.assert_allclose(
        plan.score - plan.score_before, (gsnr_db - rule_db.min(1)[:, None]).min(1)
    )


def test_channels_that_need_more_get_more():
    comb = comb_of(8)
    able, rule_w = ready(comb)
    required = np.where(np.arange(8) < 4, linear_from_db(12.0), linear_from_db(14.0))
    plan = optimal_launch_power(able, LeastMargin(required_gsnr=required), start_w=rule_w)
    margin_db = 10.0 * np.log10(plan.gsnr / required)
    assert np.ptp(margin_db, axis=1).max() < 0.02


def test_one_channel_alone_has_twice_as_much_emission_as_interference():
    """The optimum of a/P + b P²: a/P = 2 b P², P. Poggiolini, JLT 30, 3857 (2012)."""
    comb = comb_of(1)
    able, rule_w = ready(comb, method=NO_RAMAN, lines=line_columns([fibre([100.0])]))
    plan = optimal_launch_power(able, goals(comb)[1], start_w=rule_w)
    noise = able.noise(plan.launch_power_w)
    emission = noise.ase_ratio[0, 1, 0]
    assert emission == pytest.approx(2.0 * noise.interference_ratio[0, 0, 0], rel=0.01)


def test_each_band_keeps_to_its_own_amplifiers():
    comb = comb_of(12)
    is_low = np.arange(12) < 6
    bands = AmplifiedBands(
        is_in_band=np.array([is_low, ~is_low]),
        power_max_w=watt_from_dbm(np.array([11.0, 30.0])),
        noise_factor=np.array([1.26, 1.0]),
    )
    able = launched_lines(LINES, comb, amplifiers(LINES), bands=bands)
    plan = optimal_launch_power(able, goals(comb)[1], start_w=np.tile(comb.launch_power_w, (3, 1)))
    power_w = able.band_power_w(plan.launch_power_w)
    np.testing.assert_allclose(power_w[:2, 0], watt_from_dbm(10.8), rtol=1e-9)
    assert power_w[2, 0] < watt_from_dbm(10.8)
    assert (power_w[:2, 1] > power_w[:2, 0]).all()
    assert plan.residual.max() < 1e-4
    quiet = launched_lines(LINES, comb, amplifiers(LINES))
    first, other = (able.noise(plan.launch_power_w).ase_ratio[:, :2] for able in (able, quiet))
    np.testing.assert_allclose((first / other)[..., 6:], 1.0, rtol=1e-2)
    np.testing.assert_allclose((first / other)[..., :6], 1.26, rtol=1e-2)


def test_lines_are_best_alone_as_together():
    comb = comb_of(8)
    able, rule_w = ready(comb)
    together = optimal_launch_power(able, goals(comb)[1], start_w=rule_w)
    alone, alone_w = ready(comb, lines=line_columns([fibre([60.0, 95.0])]))
    single = optimal_launch_power(alone, goals(comb)[1], start_w=alone_w)
    np.testing.assert_allclose(together.score[1], single.score[0], rtol=1e-8)


def test_the_launch_powers_of_a_comb_do_not_matter_for_the_optimum():
    able, rule_w = ready(comb_of(8))
    goal = goals(comb_of(8))[1]
    usual = optimal_launch_power(able, goal, start_w=rule_w)
    far = optimal_launch_power(able, goal, start_w=0.03 * rule_w)
    np.testing.assert_allclose(usual.score, far.score, rtol=1e-6)


def test_a_comb_has_to_be_in_bands_once():
    with pytest.raises(AssertionError, match="one band"):
        AmplifiedBands(
            is_in_band=np.ones((2, 3), dtype=np.bool_),
            power_max_w=np.ones(2),
            noise_factor=np.ones(2),
        )


def test_more_lines_than_fit_in_a_batch_are_propagated_in_several(monkeypatch):
    comb = Comb(
        frequency_hz=np.array([193e12, 193.2e12]),
        symbol_rate_hz=np.full(2, 131e9),
        launch_power_w=np.full(2, 3e-3),
    )
    able, rule_w = ready(comb)
    whole = able.response(rule_w, np.arange(3))
    monkeypatch.setattr("karakoram.engines.optics.launched_lines.ROWS_MAX", 2)
    parts = able.response(rule_w, np.arange(3))
    np.testing.assert_allclose(parts.slope, whole.slope, rtol=1e-6, atol=1e-7)
    np.testing.assert_array_equal(parts.ase_part, whole.ase_part)
