import numpy as np
import pytest

from karakoram.core.units import (
    HOURS_PER_YEAR,
    MINUTES_PER_YEAR,
    OSNR_BANDWIDTH_HZ,
    PLANCK_J_S,
    SPEED_OF_LIGHT_M_PER_S,
    bit_per_s_from_tbps,
    db_from_linear,
    dbm_from_watt,
    failures_per_year_from_fit,
    hz_from_ghz,
    hz_from_thz,
    latency_ms_from_length,
    linear_from_db,
    m2_from_um2,
    m_from_km,
    per_m_from_db_per_km,
    ps_from_s,
    ps_per_nm_from_s_per_m,
    s_per_m2_from_ps_per_nm_km,
    s_per_m3_from_ps_per_nm2_km,
    s_per_sqrt_m_from_ps_per_sqrt_km,
    watt_from_dbm,
)


@pytest.mark.parametrize(("ratio_db", "ratio"), [(0.0, 1.0), (10.0, 10.0), (-20.0, 0.01)])
def test_ten_decibels_are_a_factor_of_ten(ratio_db, ratio):
    assert linear_from_db(ratio_db) == pytest.approx(ratio, rel=1e-15)
    assert db_from_linear(np.array([ratio])) == pytest.approx([ratio_db])


def test_an_array_of_decibels_keeps_its_shape():
    assert linear_from_db(np.zeros((2, 3))).tolist() == np.ones((2, 3)).tolist()


@pytest.mark.parametrize("ratio", [0.0, -1.0, float("nan")])
def test_a_ratio_that_is_not_positive_has_no_decibels(ratio):
    with pytest.raises(AssertionError, match="positive"):
        db_from_linear(np.array([1.0, ratio]))


def test_a_milliwatt_is_zero_dbm_and_powers_come_back():
    assert watt_from_dbm(0.0) == pytest.approx(1e-3, rel=1e-12)
    powers_dbm = np.array([-20.0, 1.0, 22.0])
    assert dbm_from_watt(watt_from_dbm(powers_dbm)) == pytest.approx(powers_dbm)


def test_prefixes_are_powers_of_a_thousand():
    assert (hz_from_ghz(31.57), hz_from_thz(4.8)) == pytest.approx((31.57e9, 4.8e12))
    assert bit_per_s_from_tbps(0.64) == pytest.approx(0.64e12)
    # 1 ps/nm is 1e-12 s over 1e-9 m.
    assert ps_per_nm_from_s_per_m(1e-3) == pytest.approx(1.0)
    assert ps_from_s(35e-12) == pytest.approx(35.0)


def test_fibre_in_si_is_the_fibre_of_the_data_sheet():
    def si_of(bridge, value):
        return float(bridge(np.array([value]))[0])

    assert si_of(m_from_km, 0.08) == pytest.approx(80.0)
    assert si_of(m2_from_um2, 125.0) == pytest.approx(125e-12)
    # 1 ps/(nm km) is 1e-12 s over 1e-9 m and 1e3 m; another nm in the slope, sqrt(km) in PMD.
    assert si_of(s_per_m2_from_ps_per_nm_km, 17.0) == pytest.approx(17e-12 / (1e-9 * 1e3))
    assert si_of(s_per_m3_from_ps_per_nm2_km, 0.06) == pytest.approx(0.06e-12 / (1e-18 * 1e3))
    assert si_of(s_per_sqrt_m_from_ps_per_sqrt_km, 0.1) == pytest.approx(0.1e-12 / np.sqrt(1e3))


def test_twenty_decibels_of_fibre_pass_a_hundredth():
    attenuation_per_m = per_m_from_db_per_km(np.array([0.2]))
    assert np.exp(-attenuation_per_m * 100e3) == pytest.approx([0.01])


def test_light_needs_a_millisecond_for_as_many_kilometres_as_it_runs_in_vacuum():
    assert latency_ms_from_length(SPEED_OF_LIGHT_M_PER_S / 1e6, 1.0) == pytest.approx(1.0)


def test_light_takes_longer_in_a_denser_glass():
    assert latency_ms_from_length(100.0, 1.468) == pytest.approx(
        1.468 * latency_ms_from_length(100.0, 1.0)
    )


def test_fit_counts_failures_in_a_billion_hours():
    assert failures_per_year_from_fit(1e9 / HOURS_PER_YEAR) == pytest.approx(1.0)


def test_a_year_has_as_many_minutes_as_its_hours_say():
    assert MINUTES_PER_YEAR == 60.0 * HOURS_PER_YEAR
    assert HOURS_PER_YEAR == 24.0 * 365.25


def test_the_noise_bandwidth_is_a_tenth_of_a_nanometre():
    bandwidth_nm = OSNR_BANDWIDTH_HZ * (1550e-9) ** 2 / SPEED_OF_LIGHT_M_PER_S * 1e9
    assert bandwidth_nm == pytest.approx(0.1, rel=2e-3)


def test_constants_of_nature_are_those_that_define_the_si():
    assert (SPEED_OF_LIGHT_M_PER_S, PLANCK_J_S) == (299_792_458, 6.62607015e-34)
