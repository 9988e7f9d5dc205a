import numpy as np
import pytest

from karakoram.core.units import SPEED_OF_LIGHT_M_PER_S
from karakoram.engines.optics import FibreColumns, LineColumns, line_columns
from karakoram.engines.optics.fibre import (
    dispersion_s_per_m2,
    effective_area_m2,
    group_velocity_dispersion_s2_per_m,
    nonlinear_coefficient_per_w_m,
)

FREQUENCY_HZ = np.linspace(186e12, 196e12, 5)


def fibre(*shape, **changes):
    given = {
        "length_m": 80e3,
        "attenuation_per_m": 4.6e-5,
        "input_loss": 1.1,
        "output_loss": 1.2,
        "dispersion_s_per_m2": 16.7e-6,
        "dispersion_slope_s_per_m3": np.nan,
        "effective_area_m2": 83e-12,
        "pmd_s_per_sqrt_m": 1e-15,
    }
    filled = {name: np.full(shape, value) for name, value in given.items()}
    return FibreColumns(**{**filled, **changes})


def test_loss_is_fibre_and_connectors():
    assert fibre(1).loss[0] == pytest.approx(1.1 * np.exp(4.6e-5 * 80e3) * 1.2)


def test_effective_area_is_that_of_the_mode_field_model():
    """Computed the long way: V number, mode-field radius, index contrast from the reference."""
    radius_m, index = 4.2e-6, 1.468
    reference_hz = SPEED_OF_LIGHT_M_PER_S / 1550e-9
    wave = SPEED_OF_LIGHT_M_PER_S / (2 * np.pi * reference_hz * radius_m * index)
    contrast = 0.5 * (wave * np.exp(np.pi * radius_m**2 / 83e-12)) ** 2
    v_number = (
        2 * np.pi * FREQUENCY_HZ / SPEED_OF_LIGHT_M_PER_S * radius_m * index * np.sqrt(2 * contrast)
    )
    expected = np.pi * (radius_m / np.sqrt(np.log(v_number))) ** 2
    ours = effective_area_m2(reference_area_m2=np.array([83e-12]), frequency_hz=FREQUENCY_HZ)
    np.testing.assert_allclose(ours[0], expected, rtol=1e-12)


def test_nonlinear_coefficient_of_standard_fibre_is_1_27_per_watt_kilometre():
    gamma = nonlinear_coefficient_per_w_m(
        reference_area_m2=np.array(83e-12),
        frequency_hz=np.array([SPEED_OF_LIGHT_M_PER_S / 1550e-9]),
    )
    assert gamma[0] == pytest.approx(1.27e-3, rel=1e-3)


def test_without_a_slope_group_velocity_dispersion_is_the_same_everywhere():
    dispersion = dispersion_s_per_m2(
        reference_s_per_m2=np.array([16.7e-6]),
        slope_s_per_m3=np.array([np.nan]),
        frequency_hz=FREQUENCY_HZ,
    )
    beta2 = group_velocity_dispersion_s2_per_m(
        dispersion_s_per_m2=dispersion, frequency_hz=FREQUENCY_HZ
    )
    # -lambda² D / (2 pi c) of 16.7 ps/(nm km) is -21.3 ps²/km.
    np.testing.assert_allclose(beta2, -21.3e-27, rtol=1e-3)


def test_with_a_slope_dispersion_is_linear_in_wavelength():
    dispersion = dispersion_s_per_m2(
        reference_s_per_m2=np.array([16.7e-6]),
        slope_s_per_m3=np.array([60.0]),
        frequency_hz=SPEED_OF_LIGHT_M_PER_S / np.array([1540e-9, 1550e-9, 1560e-9]),
    )
    np.testing.assert_allclose(dispersion[0], [16.1e-6, 16.7e-6, 17.3e-6], rtol=1e-9)


def test_lines_of_unequal_length_become_one_batch():
    batch = line_columns([fibre(1), fibre(3, length_m=np.array([1e3, 2e3, 3e3]))])
    assert batch.section_count.tolist() == [1, 3]
    assert batch.fibre.length_m[1].tolist() == [1e3, 2e3, 3e3]
    assert batch.fibre.length_m[0, 0] == 80e3


def test_lines_with_and_without_a_profile_of_dispersion_become_one_batch():
    bent = fibre(2, dispersion_offset_s_per_m2=np.array([[1e-6, 0.0], [2e-6, 0.0]]))
    batch = line_columns([fibre(1), bent]).fibre
    assert batch.dispersion_offset_s_per_m2[1, 1].tolist() == [2e-6, 0.0]
    assert not batch.dispersion_offset_s_per_m2[0].any()
    assert batch.attenuation_offset_per_m is None


def test_lines_with_and_without_spectral_loss_become_one_batch():
    uneven = fibre(2, attenuation_offset_per_m=np.array([[1e-6, 0.0], [2e-6, 0.0]]))
    batch = line_columns([fibre(1), uneven])
    assert batch.fibre.attenuation_offset_per_m.shape == (2, 2, 2)
    assert batch.fibre.attenuation_offset_per_m[1, 1].tolist() == [2e-6, 0.0]
    assert batch.fibre.attenuation_offset_per_m[0, 0].tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "changes",
    [
        {"length_m": np.array([-1.0])},
        {"attenuation_per_m": np.array([0.0])},
        {"input_loss": np.array([0.9])},
        {"output_loss": np.array([0.9])},
        {"dispersion_s_per_m2": np.array([0.0])},
        {"effective_area_m2": np.array([0.0])},
        {"pmd_s_per_sqrt_m": np.array([-1.0])},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_impossible_fibre_is_refused(changes):
    with pytest.raises(AssertionError):
        fibre(1, **changes)


@pytest.mark.parametrize("count", [0, 3])
def test_a_section_count_outside_the_columns_is_refused(count):
    with pytest.raises(AssertionError, match="sections"):
        LineColumns(section_count=np.array([count]), fibre=fibre(1, 2))


def test_an_empty_batch_is_refused():
    with pytest.raises(AssertionError, match="at least one line"):
        line_columns([])


def test_columns_cannot_be_written_to():
    batch = line_columns([fibre(2)])
    with pytest.raises(ValueError, match="read-only"):
        batch.fibre.length_m[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        batch.section_count[0] = 1
