"""When is there a short way to the GSNR? (That it is the same is tested with the lines.)"""

import dataclasses

import numpy as np
import pytest

from karakoram.engines.optics import (
    AmplifierColumns,
    FibreColumns,
    LineColumns,
    PropagationMethod,
    RamanModel,
    full_comb,
    prepared_lines,
)
from karakoram.engines.optics.flat_course import FlatCourse

NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)
COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=192.1e12,
    spacing_hz=100e9,
    symbol_rate_hz=64e9,
    psd_w_per_hz=1e-3 / 64e9,
)
TABLE = np.ones((2, 2))
LINES = LineColumns(
    section_count=np.array([2, 1]),
    fibre=FibreColumns(
        length_m=TABLE * 80e3,
        attenuation_per_m=TABLE * 4.6e-5,
        input_loss=TABLE,
        output_loss=TABLE,
        dispersion_s_per_m2=TABLE * 17e-6,
        dispersion_slope_s_per_m3=TABLE * np.nan,
        effective_area_m2=TABLE * 80e-12,
        pmd_s_per_sqrt_m=TABLE * 0.0,
    ),
)
LAUNCH_W = np.tile(COMB.launch_power_w, (2, 1))
TOTAL_W = float(COMB.launch_power_w.sum())


def course(*, limit_w, restores=False):
    shape = (2, 3)
    amplifiers = AmplifierColumns(
        gain=np.full(shape, np.exp(4.6e-5 * 80e3)),
        noise_factor=np.full(shape, 4.0),
        output_power_max_w=np.broadcast_to(limit_w, shape).astype(float),
        restores_profile=np.full(shape, restores),
    )
    found = prepared_lines(LINES, COMB, amplifiers, method=NO_RAMAN).course
    assert isinstance(found, FlatCourse)
    return found


@pytest.mark.parametrize("restores", [False, True])
def test_it_holds_up_to_the_maximum_of_the_amplifiers_and_no_further(restores):
    # What an amplifier gives is limited by the power that reaches it, noise of others included.
    enough = course(limit_w=TOTAL_W * 1.01, restores=restores)
    assert enough.holds(LAUNCH_W)
    assert not enough.holds(LAUNCH_W * 1.02)
    assert not course(limit_w=TOTAL_W * 0.999, restores=restores).holds(LAUNCH_W)


def test_one_weak_amplifier_is_enough_to_lose_it():
    limits_w = np.full((2, 3), 2.0 * TOTAL_W)
    assert course(limit_w=limits_w).holds(LAUNCH_W)
    limits_w[0, 2] = 0.9 * TOTAL_W
    weak = course(limit_w=limits_w)
    assert not weak.holds(LAUNCH_W)
    assert weak.part(slice(1, 2)).holds(LAUNCH_W[1:])


def test_padding_limits_nothing_and_adds_nothing():
    limits_w = np.full((2, 3), 2.0 * TOTAL_W)
    limits_w[1, 2] = 1e-9
    found = course(limit_w=limits_w)
    assert found.holds(LAUNCH_W)
    alone = prepared_lines(
        LineColumns(
            section_count=np.array([1]),
            fibre=FibreColumns(
                **{
                    field.name: getattr(LINES.fibre, field.name)[1:, :1]
                    for field in dataclasses.fields(FibreColumns)
                    if not field.name.endswith(("_offset_per_m", "_offset_s_per_m2"))
                }
            ),
        ),
        COMB,
        AmplifierColumns(
            gain=np.full((1, 2), np.exp(4.6e-5 * 80e3)),
            noise_factor=np.full((1, 2), 4.0),
            output_power_max_w=np.full((1, 2), 1.0),
            restores_profile=np.zeros((1, 2), dtype=bool),
        ),
        method=NO_RAMAN,
    )
    np.testing.assert_allclose(found.gsnr(LAUNCH_W)[1], alone.gsnr(LAUNCH_W[:1])[0], rtol=1e-12)
