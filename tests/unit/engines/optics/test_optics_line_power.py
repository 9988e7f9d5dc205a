"""Power along lines, place by place."""

import numpy as np

from karakoram.engines.optics import (
    AmplifierColumns,
    FibreColumns,
    PropagationMethod,
    RamanModel,
    full_comb,
)
from karakoram.engines.optics.amplifier import photon_noise_w
from karakoram.engines.optics.line_power import line_powers, placed_amplifiers, walk
from karakoram.engines.optics.section import prepared_sections
from tests.support.no_interference import NoInterference

COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=192.1e12,
    spacing_hz=100e9,
    symbol_rate_hz=64e9,
    psd_w_per_hz=1e-3 / 64e9,
)
PASSIVE = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)
USED = np.array([[True, True, True], [True, True, False]])
TABLE = np.ones((2, 2))
FIBRE = FibreColumns(
    length_m=TABLE * 80e3,
    attenuation_per_m=TABLE * 4.6e-5,
    input_loss=TABLE * 1.1,
    output_loss=TABLE * 1.3,
    dispersion_s_per_m2=TABLE * 17e-6,
    dispersion_slope_s_per_m3=TABLE * np.nan,
    effective_area_m2=TABLE * 80e-12,
    pmd_s_per_sqrt_m=TABLE * 0.0,
)


def amplifiers(*, limit_w=10.0, restores=False):
    shape = (2, 3)
    return AmplifierColumns(
        gain=np.full(shape, 50.0),
        noise_factor=np.full(shape, 4.0),
        output_power_max_w=np.full(shape, limit_w),
        restores_profile=np.full(shape, restores),
    )


def powers(columns):
    sections = prepared_sections(FIBRE, COMB, PASSIVE, used=USED[:, 1:])
    launch_w = np.tile(COMB.launch_power_w, (2, 1))
    return line_powers(launch_w, walk(sections, placed_amplifiers(columns, COMB, used=USED)))


def test_power_follows_losses_gains_and_noise():
    found = powers(amplifiers())
    ase_w = 4.0 * photon_noise_w(frequency_hz=COMB.frequency_hz, symbol_rate_hz=COMB.symbol_rate_hz)
    transmission = np.exp(-4.6e-5 * 80e3) / (1.1 * 1.3)
    output_w = COMB.launch_power_w + ase_w * 50.0
    for place in range(3):
        np.testing.assert_allclose(found.amplifier_output_w[0, place], output_w, rtol=1e-12)
        if place < 2:
            arriving_w = output_w * transmission
            np.testing.assert_allclose(found.section_output_w[0, place], arriving_w, rtol=1e-12)
            output_w = (arriving_w + ase_w) * 50.0


def test_beyond_the_end_of_a_line_power_stays_as_it_is():
    found = powers(amplifiers())
    end_w = found.amplifier_output_w[1, 1]
    np.testing.assert_array_equal(found.section_output_w[1, 1], end_w)
    np.testing.assert_array_equal(found.amplifier_output_w[1, 2], end_w)


def test_no_amplifier_amplifies_the_signal_beyond_its_maximum():
    limit_w = COMB.launch_power_w.sum() / 2.0
    for restores in (False, True):
        free_w = powers(amplifiers(restores=restores)).amplifier_output_w[0].sum(axis=-1)
        found_w = powers(amplifiers(limit_w=limit_w, restores=restores)).amplifier_output_w[0]
        assert (free_w > 1.1 * limit_w).any()
        assert (found_w.sum(axis=-1) <= limit_w * 1.002).all()
        assert found_w[0].sum() > limit_w * 0.999
