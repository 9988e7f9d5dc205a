"""How noisy is an amplifier that just meets the OpenROADM specification?

OpenROADM specifies the OSNR that an amplifier adds as a function of the input power of a
channel in 50 GHz. As noise figure, with P in dBm in 50 GHz and the OSNR in dB in 0.1 nm,

    NF = P - OSNR(P) + 58 dB

58 dB is 1 mW over the quantum noise h f B in 0.1 nm, as the specification rounds it. Source:
OpenROADM MSA, optical specification (open-roadm.org), versions 4 and 5.
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.units import dbm_from_watt, linear_from_db
from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint, padding

SPECIFIED_WIDTH_HZ = 50e9
"""The specification counts power in slots of 50 GHz."""

QUANTUM_NOISE_OFFSET_DB = 58.0
"""1 mW over h f B in 0.1 nm, as the specification rounds it."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoadmInline(NoiseFigureModel):
    """In-line amplifier (and the preamplifiers of version 5): OSNR as a polynomial of P."""

    osnr_coefficients_db: tuple[float, ...]
    """Highest power first, for P in dBm in 50 GHz."""
    gain_min: float
    """Least gain [1]; below it the amplifier is padded."""

    def __post_init__(self) -> None:
        if not self.osnr_coefficients_db:
            raise ValueError("an OSNR mask needs at least one coefficient, got none")

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """Noise factor [1] that gives the specified OSNR, times padding."""
        power_dbm = _power_50ghz_dbm(point)
        osnr_db = np.polyval(np.array(self.osnr_coefficients_db), power_dbm)
        return _noise_factor(power_dbm, osnr_db, point, gain_min=self.gain_min)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRoadmPreamplifier(NoiseFigureModel):
    """Preamplifier of version 4: OSNR = min((4 P + 275) / 7, 33) dB."""

    gain_min: float
    """Least gain [1]; below it the amplifier is padded."""

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """Noise factor [1] that gives the specified OSNR, times padding."""
        power_dbm = _power_50ghz_dbm(point)
        osnr_db = np.asarray(np.minimum((4.0 * power_dbm + 275.0) / 7.0, 33.0))
        return _noise_factor(power_dbm, osnr_db, point, gain_min=self.gain_min)


def _power_50ghz_dbm(point: OperatingPoint) -> Float[np.ndarray, " row"]:
    """Input power of 50 GHz of lit spectrum [dBm]; also where slots are of several widths."""
    return dbm_from_watt(point.input_power_w * (SPECIFIED_WIDTH_HZ / point.slot_width_total_hz))


def _noise_factor(
    power_dbm: Float[np.ndarray, " row"],
    osnr_db: Float[np.ndarray, " row"],
    point: OperatingPoint,
    *,
    gain_min: float,
) -> Float[np.ndarray, " row"]:
    figure_db = power_dbm - osnr_db + QUANTUM_NOISE_OFFSET_DB
    return np.asarray(linear_from_db(figure_db) * padding(gain=point.gain, gain_min=gain_min))
