"""How much noise does a pumped fibre add, and which amplifier would add as much?"""

import numpy as np
from jaxtyping import Float

from karakoram.core.units import PLANCK_J_S
from karakoram.engines.optics.raman_pumps import RamanPassage

BOLTZMANN_J_PER_K = 1.380_649e-23
"""Exact by definition of the kelvin (SI, 2019)."""


def spontaneous_raman_input_power_w(
    passage: RamanPassage,
    *,
    symbol_rate_hz: Float[np.ndarray, " channel"],
    temperature_k: Float[np.ndarray, " section"],
) -> Float[np.ndarray, "section channel"]:
    """Spontaneous Raman emission referred to the fibre's beginning, both polarisations [W].

        P_ASE,i(0) = 2 h R_i f_i sum_p C_ip (1 + 1 / (exp(h (f_p - f_i) / kT) - 1))
                     integral of P_p(z) / (P_i(z) / P_i(0)) dz

    over the pumps p of higher frequency than channel i, whatever their direction. It passes
    the fibre as the channel does: times ``passage.fibre_transfer`` it is the power at the
    end. Emission pumped by other channels, and by pumps below the channel, is left out.

    Parameters
    ----------
    passage
        The pumped sections.
    symbol_rate_hz
        Noise bandwidth of each channel [Hz].
    temperature_k
        Temperature of each fibre [K].

    References
    ----------
    .. [1] J. Bromage, J. Lightwave Technol. 22, 79 (2004), equation 1; the same terms as
       in GNPy 3.0.1.
    """
    assert (temperature_k > 0.0).all()
    profile, channels = passage.profile, passage.channel_count
    waves = profile.waves
    pump_hz = passage.pump_frequency_hz
    shift_hz = pump_hz[None, :] - passage.frequency_hz[:, None]
    stokes_hz = np.where(shift_hz > 0.0, shift_hz, np.inf)
    quantum = PLANCK_J_S * stokes_hz / (BOLTZMANN_J_PER_K * temperature_k[:, None, None])
    # 1 + 1 / (exp(x) - 1) = 1 / (1 - exp(-x)) has no large exponent.
    occupied = np.where(shift_hz > 0.0, -1.0 / np.expm1(-quantum), 0.0)
    gain_per_w_m = waves.gain_per_w_m[waves.type_index][:, :channels, channels:]
    pumped_per_m = passage.pump_power_w @ (gain_per_w_m * occupied).transpose(0, 2, 1)
    photons = profile.integral(pumped_per_m / profile.total_gain[..., :channels])
    return np.asarray(2.0 * PLANCK_J_S * symbol_rate_hz * passage.frequency_hz * photons)


def equivalent_noise_factor(
    *,
    ase_output_power_w: Float[np.ndarray, "section channel"],
    on_off_gain: Float[np.ndarray, "section channel"],
    frequency_hz: Float[np.ndarray, " channel"],
    symbol_rate_hz: Float[np.ndarray, " channel"],
) -> Float[np.ndarray, "section channel"]:
    """Noise factor of an amplifier that, put behind the unpumped fibre, would do the same [1].

        F = P_ASE / (h f R G),  P_ASE at the fibre's end, inside the connector

    in the sense of :func:`ase_input_power_w`: G times the noise F h f R. The effective noise
    figure of the literature counts the shot noise of the receiver too and is F + 1/G. It may
    well be below 1 (0 dB), for no amplifier stands inside the fibre.

    Parameters
    ----------
    ase_output_power_w
        Spontaneous emission at the fibre's end, before the output connector [W].
    on_off_gain
        Gain that the pumps give [1].
    frequency_hz, symbol_rate_hz
        Central frequency and noise bandwidth of each channel [Hz].

    References
    ----------
    .. [1] J. Bromage, J. Lightwave Technol. 22, 79 (2004), section III.
    """
    quantum_w = PLANCK_J_S * frequency_hz * symbol_rate_hz
    return np.asarray(ase_output_power_w / (quantum_w * on_off_gain))


def hybrid_noise_factor(
    *,
    raman_noise_factor: Float[np.ndarray, "section channel"],
    on_off_gain: Float[np.ndarray, "section channel"],
    output_loss: Float[np.ndarray, " section"],
    amplifier_noise_factor: Float[np.ndarray, "section #channel"],
) -> Float[np.ndarray, "section channel"]:
    """Noise factor of pumped fibre and following amplifier as one, at the fibre's end [1].

        F = F_Raman + L F_amplifier / G

    with the loss L of the output connector between them: the rule of Friis.

    Parameters
    ----------
    raman_noise_factor
        Of the pumped fibre: see :func:`equivalent_noise_factor` [1].
    on_off_gain
        Gain that the pumps give [1].
    output_loss
        Of the output connector, at least 1 [1].
    amplifier_noise_factor
        Of the amplifier behind it [1].
    """
    second = output_loss[:, None] * amplifier_noise_factor / on_off_gain
    return np.asarray(raman_noise_factor + second)
