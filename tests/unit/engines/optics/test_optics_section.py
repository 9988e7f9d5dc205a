"""What one section does, against its equations taken one by one."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from karakoram.engines.optics.fibre import FibreColumns
from karakoram.engines.optics.gn import (
    effective_length_m,
    interference_kernel,
    interference_ratio,
)
from karakoram.engines.optics.method import PropagationMethod, RamanModel
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.products import PRODUCT_SIZE_MAX
from karakoram.engines.optics.section import prepared_sections
from karakoram.engines.optics.spectrum import full_comb
from tests.support.no_interference import NoInterference

COMB = full_comb(
    f_min_hz=191.3e12,
    f_max_hz=192.3e12,
    spacing_hz=100e9,
    symbol_rate_hz=64e9,
    psd_w_per_hz=2e-3 / 64e9,
)
PASSIVE = PropagationMethod(nonlinear=NoInterference(), raman=RamanModel.NONE)
NO_RAMAN = PropagationMethod(raman=RamanModel.NONE)


def sections(lengths_km, *, dispersion=16.7e-6, slope=np.nan):
    count = len(lengths_km)
    return FibreColumns(
        length_m=np.array(lengths_km) * 1e3,
        attenuation_per_m=np.full(count, 4.6e-5),
        input_loss=np.full(count, 1.25),
        output_loss=np.full(count, 1.6),
        dispersion_s_per_m2=np.broadcast_to(dispersion, count).astype(float),
        dispersion_slope_s_per_m3=np.full(count, slope),
        effective_area_m2=np.full(count, 83e-12),
        pmd_s_per_sqrt_m=np.full(count, 1e-15),
    )


@dataclass
class Passage:
    """What sections do to the comb, one row for each."""

    output_power_w: np.ndarray
    interference_ratio: np.ndarray


def passage(fibre, method, *, used=None):
    count = fibre.length_m.size
    used = np.ones(count, dtype=bool) if used is None else np.array(used)
    power_w = np.tile(COMB.launch_power_w, (count, 1))
    prepared = prepared_sections(fibre, COMB, method, used=used)
    return Passage(prepared.output_power_w(power_w), prepared.interference_ratio(power_w))


def test_without_models_a_section_is_its_losses():
    out = passage(sections([80.0, 0.0]), PASSIVE)
    expected = COMB.launch_power_w / (1.25 * 1.6)
    np.testing.assert_allclose(out.output_power_w[0], expected * np.exp(-4.6e-5 * 80e3))
    np.testing.assert_allclose(out.output_power_w[1], expected)
    assert not out.interference_ratio.any()


@pytest.mark.parametrize("slope", [np.nan, 60.0])
def test_interference_is_that_of_the_power_behind_the_input_connector(slope):
    out = passage(sections([80.0], slope=slope), NO_RAMAN)
    loss = np.array([4.6e-5])
    glass = FibreType(
        attenuation_per_m=loss,
        dispersion_ref_s_per_m2=16.7e-6,
        dispersion_slope_s_per_m3=slope,
        reference_area_m2=83e-12,
    )
    by_hand = interference_ratio(
        power_w=COMB.launch_power_w[None] / 1.25,
        length_eff_m=effective_length_m(attenuation_per_m=loss[None], length_m=np.array([[80e3]])),
        kernel=interference_kernel(
            comb=COMB,
            attenuation_per_m=loss,
            beta2_s2_per_m=glass.beta2_s2_per_m(COMB.frequency_hz),
            reference_area_m2=83e-12,
        ),
    )
    np.testing.assert_allclose(out.interference_ratio, by_hand, rtol=1e-12)
    assert (by_hand > 0.0).all()


def test_sections_of_other_dispersion_at_some_channel_are_of_other_fibre():
    one = sections([80.0, 80.0, 80.0])
    offset = np.zeros((3, COMB.channel_count))
    offset[1] = np.linspace(-3e-6, 2e-6, COMB.channel_count)
    bent = passage(replace(one, dispersion_offset_s_per_m2=offset), NO_RAMAN).interference_ratio
    plain = passage(one, NO_RAMAN).interference_ratio
    np.testing.assert_allclose(bent[::2], plain[::2], rtol=1e-14)
    assert bent[1, 0] > plain[1, 0]
    assert bent[1, -1] < plain[1, -1]


def test_raman_scattering_moves_power_to_lower_frequencies_and_makes_none():
    out = passage(sections([80.0]), PropagationMethod(nonlinear=NoInterference()))
    plain = passage(sections([80.0]), PASSIVE)
    gain = out.output_power_w[0] / plain.output_power_w[0]
    assert (np.diff(gain) < 0.0).all()
    assert gain[0] > 1.0 > gain[-1]
    total = out.output_power_w.sum() / plain.output_power_w.sum()
    assert total == pytest.approx(1.0, abs=1e-3)


def test_each_section_is_of_its_own_fibre():
    lengths_km, dispersion = [60.0, 90.0, 60.0], np.array([16.7e-6, 5e-6, 5e-6])
    together = passage(sections(lengths_km, dispersion=dispersion), PropagationMethod())
    for row, (length_km, value) in enumerate(zip(lengths_km, dispersion, strict=True)):
        alone = passage(sections([length_km], dispersion=value), PropagationMethod())
        for name in ("interference_ratio", "output_power_w"):
            np.testing.assert_allclose(
                getattr(together, name)[row], getattr(alone, name)[0], rtol=1e-12
            )
    # Less dispersion, more interference.
    assert (together.interference_ratio[2] > together.interference_ratio[0]).all()


def test_sections_that_are_not_used_are_transparent_and_get_no_kernel():
    fibre = sections([60.0, 60.0], dispersion=np.array([16.7e-6, 5e-6]))
    used = np.array([True, False])
    prepared = prepared_sections(fibre, COMB, PropagationMethod(), used=used)
    assert len(prepared.interference) == len(prepared.fibre_types) == 1
    out = passage(fibre, PropagationMethod(), used=used)
    np.testing.assert_array_equal(out.output_power_w[1], COMB.launch_power_w)
    assert not out.interference_ratio[1].any()
    assert out.interference_ratio[0].all()


def test_one_section_takes_any_number_of_profiles():
    profiles_w = COMB.launch_power_w * np.array([[0.5], [1.0], [2.0]])
    one = prepared_sections(
        sections([80.0]), COMB, PropagationMethod(), used=np.ones(1, dtype=bool)
    )
    many = prepared_sections(
        sections([80.0] * 3), COMB, PropagationMethod(), used=np.ones(3, dtype=bool)
    )
    for figures in ("output_power_w", "interference_ratio"):
        found = getattr(one, figures)(profiles_w)
        np.testing.assert_allclose(found, getattr(many, figures)(profiles_w), rtol=1e-12)


def test_many_sections_are_the_same_as_one_whatever_fits_the_cache():
    count = PRODUCT_SIZE_MAX // COMB.channel_count**2 + 1
    many = passage(sections([70.0] * count), PropagationMethod())
    one = passage(sections([70.0]), PropagationMethod())
    for name in ("interference_ratio", "output_power_w"):
        found = getattr(many, name)
        np.testing.assert_allclose(found, np.tile(getattr(one, name), (count, 1)), rtol=1e-12)
