import dataclasses

import numpy as np
import pytest

from karakoram.network.photonic.elements import LumpedLoss, PumpDirection, RamanPump, RamanPumping
from karakoram.network.photonic.figures import REFERENCE_THZ, FibreFigures
from karakoram.network.photonic.spectral import RamanGainProfile, SpectralProfile
from karakoram.planning.photonic.fibre_columns import fibre_piece, fibre_pumps, glass

CHANNELS_HZ = np.linspace(191.4e12, 195.9e12, 10)
FIGURES = FibreFigures(
    length_km=80.0,
    loss_db_per_km=0.2,
    connector_in_db=0.5,
    connector_out_db=0.25,
    padding_db=1.0,
    lumped_losses=(),
    dispersion_ps_per_nm_km=17.0,
    dispersion_slope_ps_per_nm2_km=None,
    reference_frequency_thz=REFERENCE_THZ,
    effective_area_um2=80.0,
    gamma_per_w_km=None,
    pmd_ps_per_sqrt_km=0.04,
    raman_gain=None,
    raman_pumping=None,
)


def figures(**changes):
    return dataclasses.replace(FIGURES, **changes)


def kind(**changes):
    return glass(figures(**changes), CHANNELS_HZ).fibre_type


def test_figures_at_1550_nm_are_taken_as_they_are():
    found = kind()
    assert found.dispersion_ref_s_per_m2 == pytest.approx(17e-6)
    assert np.isnan(found.dispersion_slope_s_per_m3)
    assert found.reference_area_m2 == pytest.approx(80e-12)
    np.testing.assert_allclose(found.attenuation_per_m, [0.2 * np.log(10.0) / 1e4])


def test_gamma_stated_at_any_frequency_is_gamma_there():
    for thz in (186.0, REFERENCE_THZ, 200.0):
        found = kind(effective_area_um2=None, gamma_per_w_km=1.3, reference_frequency_thz=thz)
        gamma = found.gamma_per_w_m(np.array([thz * 1e12]))
        np.testing.assert_allclose(gamma, 1.3e-3, rtol=1e-12)


@pytest.mark.parametrize("slope", [None, 0.058])
def test_dispersion_stated_at_any_frequency_is_that_dispersion_there(slope):
    for thz in (186.0, REFERENCE_THZ, 200.0):
        found = kind(dispersion_slope_ps_per_nm2_km=slope, reference_frequency_thz=thz)
        at_hz = np.array([thz * 1e12])
        wavelength_m = 299_792_458.0 / at_hz
        beta2 = -(wavelength_m**2) * 17e-6 / (2.0 * np.pi * 299_792_458.0)
        np.testing.assert_allclose(found.beta2_s2_per_m(at_hz), beta2, rtol=1e-9)


def profile(values, first_thz=190.0, last_thz=197.0):
    rising = np.linspace(first_thz, last_thz, len(values))
    return SpectralProfile(frequencies_thz=tuple(rising.tolist()), values=tuple(values))


def test_each_channel_has_the_dispersion_that_a_profile_says():
    table = profile([15.0, 20.0, 19.0])
    expected = np.interp(CHANNELS_HZ, [190e12, 193.5e12, 197e12], [15e-6, 20e-6, 19e-6])
    found = kind(dispersion_ps_per_nm_km=table)
    wavelength_m = 299_792_458.0 / CHANNELS_HZ
    beta2 = -(wavelength_m**2) * expected / (2.0 * np.pi * 299_792_458.0)
    np.testing.assert_allclose(found.beta2_s2_per_m(CHANNELS_HZ), beta2, rtol=1e-12)


def test_glass_of_other_profiles_is_other_glass():
    tables = [profile([15.0, 20.0, 19.0]), profile([15.0, 20.0, 18.0]), 17.0]
    kinds = [glass(figures(dispersion_ps_per_nm_km=one), CHANNELS_HZ).key for one in tables]
    assert len(set(kinds)) == 3
    assert kinds[0] == glass(figures(dispersion_ps_per_nm_km=tables[0]), CHANNELS_HZ).key


def test_a_dispersion_profile_of_one_point_is_one_figure_there():
    point = SpectralProfile(frequencies_thz=(190.0,), values=(17.0,))
    found = kind(dispersion_ps_per_nm_km=point)
    plain = kind(dispersion_ps_per_nm_km=17.0, reference_frequency_thz=190.0)
    assert found.dispersion_ref_s_per_m2 == plain.dispersion_ref_s_per_m2
    assert found.dispersion_offset_s_per_m2 is None


def test_what_accumulates_is_exactly_what_is_stated():
    plain = fibre_piece(figures(), CHANNELS_HZ)
    np.testing.assert_allclose(plain.dispersion_s_per_m, 17e-6 * 80e3)
    sloped = fibre_piece(figures(dispersion_slope_ps_per_nm2_km=0.06), np.array([193.0e12]))
    more_nm = 299_792.458 / 193.0 - 1550.0
    np.testing.assert_allclose(sloped.dispersion_s_per_m, (17.0 + 0.06 * more_nm) * 1e-6 * 80e3)
    table = figures(dispersion_ps_per_nm_km=profile([15.0, 20.0, 19.0]))
    at_middle = fibre_piece(table, np.array([193.5e12])).dispersion_s_per_m
    np.testing.assert_allclose(at_middle, 20e-6 * 80e3)


def test_a_piece_has_its_losses_its_pmd_and_its_time():
    splices = (LumpedLoss(position_km=50.0, loss_db=3.0), LumpedLoss(position_km=20.0, loss_db=1.0))
    piece = fibre_piece(figures(lumped_losses=splices), CHANNELS_HZ)
    assert piece.input_loss == pytest.approx(10**0.15)
    assert piece.output_loss == pytest.approx(10**0.025)
    assert piece.lumped.position_m.tolist() == [[20e3, 50e3]]
    assert piece.lumped_loss == pytest.approx(10**0.4)
    assert piece.pmd_s == pytest.approx(0.04e-12 * 80**0.5)
    assert piece.latency_s == pytest.approx(80e3 * 1.468 / 299_792_458.0)


def test_fibres_of_one_glass_share_a_key_and_others_do_not():
    key = glass(figures(), CHANNELS_HZ).key
    assert glass(figures(length_km=20.0, padding_db=0.0), CHANNELS_HZ).key == key
    raman = RamanGainProfile(
        reference_frequency_thz=206.0,
        frequency_offsets_thz=(0.0, 13.0, 20.0),
        gains_per_w_km=(0.0, 0.4, 0.1),
    )
    for other in (
        figures(loss_db_per_km=0.19),
        figures(dispersion_ps_per_nm_km=4.0),
        figures(dispersion_slope_ps_per_nm2_km=0.06),
        figures(effective_area_um2=110.0),
        figures(raman_gain=raman),
    ):
        assert glass(other, CHANNELS_HZ).key != key


def test_raman_gain_is_measured_or_that_of_silica():
    raman = RamanGainProfile(
        reference_frequency_thz=206.0,
        frequency_offsets_thz=(0.0, 13.0, 20.0),
        gains_per_w_km=(0.0, 0.4, 0.1),
    )
    waves_hz = np.array([193e12, 206e12])
    measured = glass(figures(raman_gain=raman), CHANNELS_HZ).raman_gain_per_w_m(waves_hz)
    assert measured[0, 1] == pytest.approx(0.4e-3)
    silica = glass(figures(), CHANNELS_HZ).raman_gain_per_w_m(waves_hz)
    assert silica[0, 1] == pytest.approx(0.4e-3, rel=0.2)


def test_pumps_lose_the_output_connector_and_fade_as_the_fibre_says():
    pumping = RamanPumping(
        temperature_k=290.0,
        pumps=(
            RamanPump(power_mw=200.0, frequency_thz=205.0, direction=PumpDirection.AGAINST_SIGNAL),
            RamanPump(power_mw=100.0, frequency_thz=201.0, direction=PumpDirection.WITH_SIGNAL),
        ),
    )
    loss = SpectralProfile(frequencies_thz=(190.0, 210.0), values=(0.2, 0.3))
    stated = figures(raman_pumping=pumping, loss_db_per_km=loss)
    pumps = fibre_pumps(stated, glass(stated, CHANNELS_HZ), CHANNELS_HZ)
    np.testing.assert_allclose(pumps.power_w, np.array([0.2, 0.1]) / 10**0.025)
    assert pumps.is_counter.tolist() == [True, False]
    np.testing.assert_allclose(
        pumps.attenuation_per_m, np.array([0.275, 0.255]) * np.log(10.0) / 1e4
    )
    assert pumps.gain_per_w_m.shape == (12, 12)


def test_a_profile_of_one_point_is_one_figure():
    found = kind(loss_db_per_km=SpectralProfile(frequencies_thz=(193.0,), values=(0.2,)))
    assert found.attenuation_per_m.shape == (1,)
