import numpy as np
import pytest
from scipy.integrate import solve_ivp

from karakoram.core.units import PLANCK_J_S, db_from_linear
from karakoram.engines.optics.raman_pumps import on_off_gain
from karakoram.engines.optics.spontaneous_raman import (
    BOLTZMANN_J_PER_K,
    equivalent_noise_factor,
    hybrid_noise_factor,
    spontaneous_raman_input_power_w,
)
from tests.support.raman_spans import C_BAND_HZ, TWO_COUNTER_PUMPS, pumped_span

RATE_HZ = 32e9
KELVIN = np.array([300.0])
BOTH_WAYS = (*TWO_COUNTER_PUMPS, (203e12, 0.1, False))


def input_ase_w(passage, temperature_k=KELVIN):
    return spontaneous_raman_input_power_w(
        passage,
        symbol_rate_hz=np.full(passage.channel_count, RATE_HZ),
        temperature_k=temperature_k,
    )


@pytest.mark.parametrize("pumps", [TWO_COUNTER_PUMPS, BOTH_WAYS], ids=["counter", "both ways"])
@pytest.mark.parametrize("lumped", [(), ((60.0, 1.0),)], ids=["smooth", "with a splice"])
def test_emission_agrees_with_its_own_differential_equation(pumps, lumped):
    """dA/dz = (-alpha + sum C P) A + 2 h f R sum C (1 + n) P, summed over the pumps."""
    passage = pumped_span(pumps=pumps, lumped=lumped)
    waves, profile = passage.profile.waves, passage.profile
    channels = passage.channel_count
    gain = waves.gain_per_w_m[0]
    pump_hz = np.array([pump[0] for pump in pumps])
    energy = PLANCK_J_S * (pump_hz - C_BAND_HZ[:, None]) / (BOLTZMANN_J_PER_K * 300.0)
    occupied = 1.0 + 1.0 / (np.exp(energy) - 1.0)
    spontaneous = 2.0 * PLANCK_J_S * C_BAND_HZ[:, None] * RATE_HZ * gain[:channels, channels:]

    def slope(position_m, ase_w):
        power_w = profile.total_gain_at(np.array([[position_m]]))[0, 0] * waves.launch_power_w[0]
        net = -waves.attenuation_per_m[0, :channels] + gain[:channels] @ power_w
        return net * ase_w + (spontaneous * occupied) @ power_w[channels:]

    ase_w = np.zeros(channels)
    for near_m, far_m in zip(waves.edges_m[0], waves.edges_m[0, 1:], strict=False):
        # Just short of a loss, so that the profile is the one before it.
        run = solve_ivp(slope, (near_m, far_m - 1e-6), ase_w, rtol=1e-8, atol=1e-20)
        here = waves.lumped_position_m[0] == far_m
        ase_w = run.y[:, -1] / np.prod(waves.lumped_loss[0, here])
    ours = (passage.fibre_transfer * input_ase_w(passage))[0]
    np.testing.assert_allclose(ours, ase_w, rtol=2e-5)


def test_warmer_fibre_emits_more():
    passage = pumped_span()
    assert (input_ase_w(passage, np.array([320.0])) > input_ase_w(passage)).all()


def test_each_section_has_its_own_temperature():
    passage = pumped_span(length_km=[80.0, 80.0])
    both = input_ase_w(passage, np.array([280.0, 320.0]))
    np.testing.assert_allclose(both[0], input_ase_w(pumped_span(), np.array([280.0]))[0])
    np.testing.assert_allclose(both[1], input_ase_w(pumped_span(), np.array([320.0]))[0])


def test_each_section_has_its_own_effective_area():
    both = pumped_span(length_km=[80.0, 80.0], area_m2=np.array([125e-12, 83e-12]))
    ase_w = input_ase_w(both, np.full(2, 300.0))
    for row, area_m2 in enumerate((125e-12, 83e-12)):
        np.testing.assert_allclose(
            ase_w[row], input_ase_w(pumped_span(area_m2=area_m2))[0], rtol=1e-6
        )


def test_emission_needs_a_pump_of_higher_frequency():
    assert (input_ase_w(pumped_span(pumps=())) == 0.0).all()
    assert (input_ase_w(pumped_span(pumps=((185e12, 0.2, True),))) == 0.0).all()


def test_a_pump_on_the_frequency_of_a_channel_emits_nothing_into_it():
    ase_w = input_ase_w(pumped_span(pumps=((C_BAND_HZ[20], 0.1, True),)))[0]
    assert np.isfinite(ase_w).all()
    assert (ase_w[:20] > 0.0).all()
    assert (ase_w[20:] == 0.0).all()


def test_an_equivalent_amplifier_adds_the_same_noise():
    passage = pumped_span(output_loss=1.3)
    gain = on_off_gain(passage)
    rate_hz = np.full(C_BAND_HZ.size, RATE_HZ)
    at_end_w = passage.fibre_transfer * input_ase_w(passage)
    factor = equivalent_noise_factor(
        ase_output_power_w=at_end_w,
        on_off_gain=gain,
        frequency_hz=C_BAND_HZ,
        symbol_rate_hz=rate_hz,
    )
    quantum_w = PLANCK_J_S * C_BAND_HZ * rate_hz
    np.testing.assert_allclose(gain * factor * quantum_w, at_end_w)
    # About 0 dB and below: the gain lies inside the fibre (J. Bromage, 2004, figure 5).
    effective_db = db_from_linear(factor + 1.0 / gain)
    assert (effective_db > -3.0).all()
    assert (effective_db < 1.0).all()


def test_raman_and_erbium_as_one_amplifier_add_what_they_add_in_turn():
    passage = pumped_span(output_loss=1.3)
    gain = on_off_gain(passage)
    rate_hz = np.full(C_BAND_HZ.size, RATE_HZ)
    quantum_w = PLANCK_J_S * C_BAND_HZ * rate_hz
    at_end_w = passage.fibre_transfer * input_ase_w(passage)
    erbium = np.full((1, 1), 10**0.55)
    signal_w = passage.output_power_w
    in_turn = (at_end_w / 1.3 + erbium * quantum_w) / signal_w
    hybrid = hybrid_noise_factor(
        raman_noise_factor=equivalent_noise_factor(
            ase_output_power_w=at_end_w,
            on_off_gain=gain,
            frequency_hz=C_BAND_HZ,
            symbol_rate_hz=rate_hz,
        ),
        on_off_gain=gain,
        output_loss=passage.output_loss,
        amplifier_noise_factor=erbium,
    )
    unpumped_w = pumped_span(pumps=()).channel_power_w[:, -1]
    np.testing.assert_allclose(hybrid * quantum_w / unpumped_w, in_turn, rtol=1e-6)


def test_absolute_zero_is_our_mistake():
    with pytest.raises(AssertionError):
        input_ase_w(pumped_span(), np.array([0.0]))
