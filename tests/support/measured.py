"""Measured channels of a cable with figures that a hand can check."""

import numpy as np

from karakoram.engines.optics.shares import NoiseShares
from karakoram.network.measured_channels import MeasuredChannel, WayAlong
from karakoram.planning.cable_acceptance import AcceptanceTerms, judged_ways
from karakoram.planning.cable_light import CableLight

RATE_HZ = 50e9
"""Four times 12.5 GHz, so that SNR_ASE is a quarter of the OSNR in 0.1 nm."""
TERMS = AcceptanceTerms(symbol_rate_hz=RATE_HZ, gsnr_db=13.0, uncertainty_db=0.0)


def channel(name="1", *, thz=193.7, direction=WayAlong.FORTH, **figures):
    return MeasuredChannel(measurement_id=name, direction=direction, frequency_thz=thz, **figures)


def design():
    """Two lit channels: SNR_ASE 20 and 80, SNR_NLI 100 and 100 [1]."""
    signal = 1.0 / (1.0 + np.array([0.05, 0.0125]) + 0.01)
    return CableLight(
        legs=(),
        dispersion_s_per_m=np.zeros(2),
        pmd_s=0.0,
        frequency_hz=np.array([193.6e12, 193.8e12]),
        end=NoiseShares(signal=signal, ase=signal * np.array([0.05, 0.0125]), nli=signal * 0.01),
    )


def judged(*channels, terms=TERMS, symbol_rate_hz=RATE_HZ):
    return judged_ways(channels, design(), terms, symbol_rate_hz=symbol_rate_hz)
