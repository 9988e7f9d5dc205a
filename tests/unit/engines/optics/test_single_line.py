"""Is one line with one launch, walked in place, what the walk of many lines makes of it?"""

import numpy as np
import pytest

from karakoram.engines.optics import (
    FibreColumns,
    PropagationMethod,
    RamanModel,
)
from karakoram.engines.optics.line_power import line_powers
from tests.support.scattered_lines import COMB, FIELDS, SECTIONS, fibre, prepared


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
