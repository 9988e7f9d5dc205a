"""Are many launches of one line, a block at a time, what each of them alone is?"""

import numpy as np
import pytest

from karakoram.engines.optics import PropagationMethod, RamanModel, many_launches
from karakoram.engines.optics.generalised_gn import GeneralisedGn
from tests.support.scattered_lines import COMB, fibre, prepared

BLOCK = 16


def launches(rows, times=1.0):
    spread = np.random.default_rng(5).uniform(0.5, 1.5, (rows, COMB.channel_count))
    return times * COMB.launch_power_w * spread


@pytest.mark.parametrize(
    ("times", "power_max_w"), [(1.0, np.inf), (1.0, 0.035), (3.0, np.inf), (20.0, np.inf)]
)
@pytest.mark.parametrize("rows", [2, BLOCK, BLOCK + 1])
def test_gsnr_is_that_of_the_walk_that_keeps_everything(monkeypatch, rows, times, power_max_w):
    size = BLOCK * COMB.channel_count**2 // many_launches.PRODUCTS_A_BLOCK
    monkeypatch.setattr(many_launches, "PRODUCT_SIZE_MAX", size)
    lines = prepared(power_max_w=power_max_w)
    launch_w = launches(rows, times)
    assert lines.many is not None
    np.testing.assert_allclose(lines.gsnr(launch_w), lines.noise(launch_w).gsnr, rtol=1e-10)


def test_a_launch_does_not_depend_on_what_else_is_in_its_block():
    lines, launch_w = prepared(), launches(7)
    # One launch of twenty times the power takes more steps than the others.
    launch_w[3] *= 20.0
    together = lines.gsnr(launch_w)
    for row in range(7):
        alone = lines.gsnr(launch_w[[row, row]])[0]
        np.testing.assert_allclose(together[row], alone, rtol=1e-12)


def test_launches_are_not_written():
    launch_w = launches(3)
    before = launch_w.copy()
    prepared().gsnr(launch_w)
    np.testing.assert_array_equal(launch_w, before)


@pytest.mark.parametrize(
    "lines",
    [
        prepared(lines=2),
        prepared(restores=True),
        prepared(method=PropagationMethod(raman=RamanModel.NONE)),
        prepared(method=PropagationMethod(nonlinear=GeneralisedGn())),
    ],
)
def test_where_more_happens_in_a_line_it_is_walked_as_all_are(lines):
    assert lines.many is None


def test_unequal_loss_is_walked_as_all_lines_are():
    offset = 1e-6 * np.linspace(0.0, 1.0, COMB.channel_count)
    uneven = fibre(attenuation_offset_per_m=np.tile(offset, (12, 1)))
    assert prepared(fibres=uneven).many is None
