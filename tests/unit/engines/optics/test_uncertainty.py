"""First-order spreads are those of many lots drawn."""

import numpy as np
import pytest

from karakoram.core.units import linear_from_db, per_m_from_db_per_km, watt_from_dbm
from karakoram.engines.optics.fibre import FibreColumns, line_columns
from karakoram.engines.optics.line import line_noise
from karakoram.engines.optics.spectrum import full_comb
from karakoram.engines.optics.uncertainty import (
    Disturbance,
    PlannedLines,
    Uncertainty,
    sampled_gsnr_db,
    uncertain_gsnr,
)
from tests.support.optics_lines import loss_matched_amplifiers
from tests.support.watched import at_full_speed

COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=192.2e12,
    spacing_hz=150e9,
    symbol_rate_hz=131e9,
    psd_w_per_hz=watt_from_dbm(5.0) / 131e9,
)

ALL = (
    Uncertainty(
        disturbance=Disturbance.FIBRE_LOSS_DB_PER_KM,
        shift=0.0,
        own_spread=0.01,
        common_spread=0.005,
    ),
    Uncertainty(disturbance=Disturbance.CONNECTOR_LOSS_DB, shift=0.0, own_spread=0.15),
    Uncertainty(disturbance=Disturbance.ADDED_LOSS_DB, shift=0.5, own_spread=0.3),
    Uncertainty(disturbance=Disturbance.NOISE_FIGURE_DB, shift=0.0, own_spread=0.3),
    Uncertainty(disturbance=Disturbance.RECEIVED_SNR_DB, shift=0.2, own_spread=0.3),
)


def planned():
    """Two lines of unequal length."""

    def fibre(lengths_km):
        ones = np.ones(len(lengths_km))
        return FibreColumns(
            length_m=1e3 * np.array(lengths_km),
            attenuation_per_m=per_m_from_db_per_km(0.25 * ones),
            input_loss=1.2 * ones,
            output_loss=1.2 * ones,
            dispersion_s_per_m2=16.7e-6 * ones,
            dispersion_slope_s_per_m3=58.0 * ones,
            effective_area_m2=83e-12 * ones,
            pmd_s_per_sqrt_m=1e-15 * ones,
        )

    lines = line_columns([fibre([80.0, 70.0, 90.0, 60.0]), fibre([50.0])])
    amplifiers = loss_matched_amplifiers(
        lines, booster_gain=120.0, noise_factor=linear_from_db(5.5), output_power_max_w=1.0
    )
    return PlannedLines(
        lines=lines,
        comb=COMB,
        amplifiers=amplifiers,
        launch_power_w=np.tile(COMB.launch_power_w, (2, 1)),
    )


many_lots = at_full_speed()(sampled_gsnr_db)
"""Hundreds of lots; the test of the seed draws a few of them watched."""


def test_without_uncertainty_the_plan_is_sure():
    plan = planned()
    found = uncertain_gsnr(plan, ())
    expected = 10.0 * np.log10(line_noise(plan.lines, COMB, plan.amplifiers).gsnr)
    np.testing.assert_allclose(found.planned_db, expected, rtol=1e-12)
    np.testing.assert_allclose(found.at(0.95), expected, rtol=1e-12)


def test_mean_spread_and_quantile_are_those_of_lots():
    plan = planned()
    found = uncertain_gsnr(plan, ALL)
    lots = many_lots(plan, ALL, rng=np.random.default_rng(7), sample_count=1500)
    assert np.abs(lots.mean(axis=0) - found.mean_db).max() < 0.1
    assert np.abs(lots.std(axis=0) / found.spread_db - 1.0).max() < 0.06
    assert np.abs(np.quantile(lots, 0.05, axis=0) - found.at(0.95)).max() < 0.12


@pytest.mark.parametrize("kind", list(Disturbance))
def test_each_uncertainty_alone_spreads_as_its_lots_do(kind):
    plan = planned()
    small = 0.002 if kind is Disturbance.FIBRE_LOSS_DB_PER_KM else 0.1
    for own, common in ((small, 0.0), (0.0, small)):
        alone = (Uncertainty(disturbance=kind, shift=0.0, own_spread=own, common_spread=common),)
        found = uncertain_gsnr(plan, alone)
        lots = many_lots(plan, alone, rng=np.random.default_rng(3), sample_count=600)
        assert np.abs(lots.std(axis=0) / found.spread_db - 1.0).max() < 0.09


def test_what_is_common_to_all_places_spreads_more_than_what_is_not():
    plan = planned()
    own, common = (
        uncertain_gsnr(
            plan,
            (
                Uncertainty(
                    disturbance=Disturbance.NOISE_FIGURE_DB,
                    shift=0.0,
                    own_spread=spreads[0],
                    common_spread=spreads[1],
                ),
            ),
        ).spread_db
        for spreads in ((0.5, 0.0), (0.0, 0.5))
    )
    assert (common > own).all()


def test_more_confidence_promises_less():
    found = uncertain_gsnr(planned(), ALL)
    assert (found.at(0.99) < found.at(0.95)).all()
    np.testing.assert_allclose(found.at(0.5), found.mean_db, atol=1e-12)
    one_sigma = found.mean_db - found.spread_db
    np.testing.assert_allclose(found.at(0.8413447460685429), one_sigma, atol=1e-9)


def test_the_same_seed_draws_the_same_lots():
    plan = planned()
    first, again = (
        sampled_gsnr_db(plan, ALL, rng=np.random.default_rng(1), sample_count=3) for _ in range(2)
    )
    np.testing.assert_array_equal(first, again)


def test_two_uncertainties_of_one_kind_add_up():
    plan = planned()
    half = Uncertainty(disturbance=Disturbance.ADDED_LOSS_DB, shift=0.25, own_spread=0.3)
    whole = Uncertainty(disturbance=Disturbance.ADDED_LOSS_DB, shift=0.5, own_spread=0.3 * 2**0.5)
    two, one = uncertain_gsnr(plan, (half, half)), uncertain_gsnr(plan, (whole,))
    np.testing.assert_allclose(two.at(0.95), one.at(0.95), rtol=1e-9)
