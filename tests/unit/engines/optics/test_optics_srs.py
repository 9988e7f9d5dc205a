import numpy as np
import pytest
from scipy.integrate import solve_ivp

from karakoram.engines.optics.raman_profile import relative_raman_gain
from karakoram.engines.optics.srs import raman_gain_per_w_m, raman_transfer, raman_way

FREQUENCY_HZ = 191.3e12 + 100e9 * (np.arange(48) + 0.5)
ALPHA_PER_M = 0.2e-3 * np.log(10.0) / 10.0


def transfer(**changes):
    given = {
        "power_w": np.full((1, 48), 2e-3),
        "attenuation_per_m": np.full((1, 1), ALPHA_PER_M),
        "length_m": np.array([[80e3]]),
        "gain_per_w_m": raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=FREQUENCY_HZ),
        "step_neper": 0.25,
    }
    given |= changes
    way = raman_way(
        attenuation_per_m=given.pop("attenuation_per_m"), length_m=given.pop("length_m")
    )
    return raman_transfer(way=way, **given)


def test_linear_gain_gives_the_exact_solution_of_zirngibl():
    """M. Zirngibl, Electronics Letters 34 (8), 1998: gain proportional to the offset.

    P_i(L) = P_i exp(-alpha L) P exp(-k f_i P L_eff) / sum_j P_j exp(-k f_j P L_eff).
    """
    slope = 5e-17
    offset_hz = FREQUENCY_HZ - FREQUENCY_HZ[0]
    power_w = np.linspace(1e-3, 3e-3, 48)
    total_w = power_w.sum()
    effective_m = -np.expm1(-ALPHA_PER_M * 80e3) / ALPHA_PER_M
    weight = np.exp(-slope * offset_hz * total_w * effective_m)
    exact = total_w * weight / (power_w * weight).sum()
    ours = transfer(
        power_w=power_w[None],
        gain_per_w_m=slope * (offset_hz[None, :] - offset_hz[:, None]),
    )
    assert exact.max() > 1.1
    np.testing.assert_allclose(ours[0], exact, rtol=1e-6)


@pytest.mark.parametrize("unevenness", [0.0, 0.1], ids=["flat loss", "uneven loss"])
@pytest.mark.parametrize("length_m", [20e3, 80e3, 150e3])
def test_the_usual_steps_agree_with_a_converged_solution(unevenness, length_m):
    power_w = np.full(48, 4e-3)
    alpha = ALPHA_PER_M * (1.0 + unevenness * np.linspace(-1.0, 1.0, 48) ** 2)
    gain = raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=FREQUENCY_HZ)
    converged = solve_ivp(
        lambda _, log_power: -alpha + gain @ np.exp(log_power),
        (0.0, length_m),
        np.log(power_w),
        method="DOP853",
        rtol=1e-11,
        atol=1e-12,
    ).y[:, -1]
    ours = transfer(
        power_w=power_w[None], attenuation_per_m=alpha[None], length_m=np.array([[length_m]])
    )
    difference_db = 10 / np.log(10) * (np.log(ours[0] * power_w) - alpha * length_m - converged)
    assert np.abs(difference_db).max() < 1e-4


def test_lower_frequencies_gain_what_higher_frequencies_give():
    power_w = np.full((1, 48), 2e-3)
    ratio = transfer(power_w=power_w)
    assert ratio[0, 0] > 1.0 > ratio[0, -1]
    assert (np.diff(ratio[0]) < 0.0).all()
    # Transfer between equal attenuations conserves power.
    assert (ratio * power_w).sum() == pytest.approx(power_w.sum(), rel=1e-7)


def test_rows_do_not_affect_each_other():
    power_w = np.array([[2e-3] * 48, [1e-3] * 48])
    both = transfer(
        power_w=power_w,
        attenuation_per_m=np.full((2, 1), ALPHA_PER_M),
        length_m=np.array([[80e3], [40e3]]),
    )
    alone = transfer(power_w=power_w[1:], length_m=np.array([[40e3]]))
    np.testing.assert_allclose(both[1], alone[0], rtol=1e-13)


def test_a_fibre_of_no_length_moves_nothing():
    assert transfer(length_m=np.array([[0.0]])).tolist() == [[1.0] * 48]


def test_the_gain_matrix_is_antisymmetric_and_falls_with_area():
    narrow = raman_gain_per_w_m(reference_area_m2=83e-12, frequency_hz=FREQUENCY_HZ)
    wide = raman_gain_per_w_m(reference_area_m2=125e-12, frequency_hz=FREQUENCY_HZ)
    np.testing.assert_allclose(narrow, -narrow.T, atol=1e-18)
    assert narrow[0, 10] > wide[0, 10] > 0.0
    assert narrow[10, 0] < 0.0


def test_the_profile_peaks_near_13_terahertz_and_ends_at_42():
    offsets_hz = np.linspace(0.0, 50e12, 2001)
    gain = relative_raman_gain(offsets_hz)
    assert offsets_hz[gain.argmax()] == pytest.approx(12.75e12, abs=0.3e12)
    assert gain[0] == 0.0
    assert gain[-1] == 0.0
    assert gain.max() == pytest.approx(1.0, abs=1e-3)


def test_no_step_is_refused():
    with pytest.raises(AssertionError):
        transfer(step_neper=0.0)


def test_a_strong_row_takes_more_steps_and_leaves_the_weak_one_as_it_was():
    power_w = np.array([[20e-3] * 48, [1e-3] * 48])
    both = transfer(power_w=power_w)
    finest = transfer(power_w=power_w, step_neper=0.01)
    np.testing.assert_allclose(both, finest, rtol=2.3e-5)
    assert both[0].max() > 2.5
    np.testing.assert_allclose(both[1:], transfer(power_w=power_w[1:]), rtol=1e-14)
