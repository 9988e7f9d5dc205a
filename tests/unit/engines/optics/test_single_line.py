"""Is one line with one launch, walked in place, what the walk of many lines makes of it?"""

import numpy as np
import pytest

from karakoram.engines.optics import (
    AmplifierColumns,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    full_comb,
    line_columns,
    prepared_lines,
)
from karakoram.engines.optics.line_power import line_powers

COMB = full_comb(
    f_min_hz=191.3e12, f_max_hz=196.1e12, spacing_hz=150e9, symbol_rate_hz=64e9, psd_w_per_hz=2e-14
)
SECTIONS = 12
FIELDS = (
    "length_m",
    "attenuation_per_m",
    "input_loss",
    "output_loss",
    "dispersion_s_per_m2",
    "dispersion_slope_s_per_m3",
    "effective_area_m2",
    "pmd_s_per_sqrt_m",
)


def fibre(**changes):
    rng = np.random.default_rng(7)
    ones = np.ones(SECTIONS)
    columns = {
        "length_m": rng.uniform(50e3, 95e3, SECTIONS),
        "attenuation_per_m": 4.6e-5 * ones,
        "input_loss": rng.uniform(1.0, 1.3, SECTIONS),
        "output_loss": rng.uniform(1.0, 1.3, SECTIONS),
        "dispersion_s_per_m2": 16.7e-6 * ones,
        "dispersion_slope_s_per_m3": np.full(SECTIONS, np.nan),
        "effective_area_m2": rng.choice([83e-12, 125e-12], SECTIONS),
        "pmd_s_per_sqrt_m": 1e-15 * ones,
    }
    return FibreColumns(**(columns | changes))


def prepared(*, lines=1, method=None, restores=False, power_max_w=1.0, fibres=None):
    columns = line_columns([fibres or fibre()] * lines)
    gain = np.concatenate([np.full((lines, 1), 100.0), columns.fibre.loss], axis=1)
    amplifiers = AmplifierColumns(
        gain=gain,
        noise_factor=np.linspace(3.0, 5.0, gain.size).reshape(gain.shape),
        output_power_max_w=np.full(gain.shape, power_max_w),
        restores_profile=np.full(gain.shape, restores),
    )
    return prepared_lines(columns, COMB, amplifiers, method=method or PropagationMethod())


@pytest.mark.parametrize(
    ("times", "power_max_w"), [(1.0, np.inf), (1.0, 0.035), (2.0, np.inf), (20.0, np.inf)]
)
def test_powers_are_those_of_the_walk_of_many_lines(times, power_max_w):
    lines = prepared(power_max_w=power_max_w)
    launch_w = times * COMB.launch_power_w[None] * np.linspace(0.5, 1.5, COMB.channel_count)
    single, walked = lines.single.powers(launch_w), line_powers(launch_w, lines.places)
    np.testing.assert_allclose(single.amplifier_output_w, walked.amplifier_output_w, rtol=1e-12)
    np.testing.assert_allclose(single.section_output_w, walked.section_output_w, rtol=1e-12)
    saturates = single.amplifier_output_w.sum(axis=-1).max() < 0.99 * launch_w.sum()
    assert saturates == np.isfinite(power_max_w)


@pytest.mark.parametrize("times", [1.0, 8.0])
def test_forty_sections_end_within_a_ten_thousandth_of_a_db_of_the_converged_solution(times):
    forty = FibreColumns(
        **{name: np.tile(getattr(fibre(), name), 4)[:40] for name in FIELDS},
    )
    launch_w = times * COMB.launch_power_w[None]
    usual, fine = (
        prepared(fibres=forty, power_max_w=np.inf, method=PropagationMethod(raman_step_neper=step))
        .single.powers(launch_w)
        .section_output_w[0, -1]
        for step in (PropagationMethod().raman_step_neper, 0.01)
    )
    apart_db = np.abs(10.0 * np.log10(usual / fine)).max()
    assert 0.0 < apart_db < 1e-4


def test_noise_is_that_of_a_launch_beside_others():
    lines = prepared()
    launch_w = COMB.launch_power_w[None]
    beside = lines.gsnr(np.concatenate([launch_w, 2.0 * launch_w]))
    np.testing.assert_allclose(lines.gsnr(launch_w)[0], beside[0], rtol=1e-11)


def test_where_more_happens_there_is_no_short_way():
    assert prepared().single is not None
    assert prepared(lines=2).single is None
    assert prepared(restores=True).single is None
    assert prepared(method=PropagationMethod(raman=RamanModel.NONE)).single is None
    offset = np.tile(np.linspace(0.0, 1e-7, COMB.channel_count), (SECTIONS, 1))
    assert prepared(fibres=fibre(attenuation_offset_per_m=offset)).single is None
