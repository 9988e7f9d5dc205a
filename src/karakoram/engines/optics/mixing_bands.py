"""Where do the channels of a comb lie, how are they shaped, and how does glass disperse them?"""

from dataclasses import dataclass, fields

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.arrays import read_only
from karakoram.engines.optics.nonlinear import FibreType
from karakoram.engines.optics.spectrum import Comb

CURVES = 2
"""Degree of the polynomial whose slope is a channel's slope of dispersion (GNPy 3.0.1)."""

LEVEL = 1e-12
"""Relative spread of beta2 over the channels, up to which it is one and the same."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MixingBands:
    """Bands of the channels of a comb, and their dispersion in one type of fibre."""

    frequency_hz: Float[np.ndarray, " channel"]
    symbol_rate_hz: Float[np.ndarray, " channel"]
    roll_off: Float[np.ndarray, " channel"]
    beta2_s2_per_m: Float[np.ndarray, " channel"]
    beta2_slope_s3_per_m: Float[np.ndarray, " channel"]
    """Change of beta2 with frequency at each channel: 2 pi beta3."""

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, read_only(getattr(self, field.name)))
        assert (self.beta2_s2_per_m != 0.0).all(), "the model needs dispersion at every frequency"

    def offset_hz(
        self, channel: Int[np.ndarray, " pair"], interferer: Int[np.ndarray, " pair"]
    ) -> Float[np.ndarray, " pair"]:
        """How far each interferer is from its channel, above or below [Hz]."""
        return np.asarray(np.abs(self.frequency_hz[interferer] - self.frequency_hz[channel]))

    def pair_beta2_s2_per_m(
        self,
        channel: Int[np.ndarray, " pair"],
        interferer: Int[np.ndarray, " pair"],
        *,
        away_hz: Float[np.ndarray, "pair *place"],
    ) -> Float[np.ndarray, "pair *place"]:
        """|beta2| that mixes a channel with a wave towards its interferer [s²/m], > 0.

        beta2_i + pi beta3_i F with F = f1 - f_i, arXiv:1710.02225, equation 21; what the second
        wave adds to F cancels over the channel's band.

        Parameters
        ----------
        channel, interferer
            Numbers of both.
        away_hz
            |F|, on the side where the interferer is.
        """
        side = np.sign(self.frequency_hz[interferer] - self.frequency_hz[channel])
        thin = (-1,) + (1,) * (away_hz.ndim - 1)
        slope = (side * self.beta2_slope_s3_per_m[channel] / 2.0).reshape(thin)
        at_channel = self.beta2_s2_per_m[channel].reshape(thin)
        mixed = np.abs(at_channel + slope * away_hz)
        # Where the parabola would cross zero between two channels, waves are in phase.
        return np.asarray(np.maximum(mixed, LEVEL * np.abs(at_channel)))


def mixing_bands(fibre: FibreType, comb: Comb) -> MixingBands:
    """The bands of a comb in a type of fibre; launch powers are not used."""
    beta2 = fibre.beta2_s2_per_m(comb.frequency_hz)
    return MixingBands(
        frequency_hz=comb.frequency_hz,
        symbol_rate_hz=comb.symbol_rate_hz,
        roll_off=comb.roll_off,
        beta2_s2_per_m=beta2,
        beta2_slope_s3_per_m=_slope_s3_per_m(comb.frequency_hz, beta2),
    )


def _slope_s3_per_m(
    frequency_hz: Float[np.ndarray, " channel"], beta2_s2_per_m: Float[np.ndarray, " channel"]
) -> Float[np.ndarray, " channel"]:
    """Slope at each channel of the parabola that fits beta2 at all of them best."""
    if np.ptp(beta2_s2_per_m) <= LEVEL * np.abs(beta2_s2_per_m).max():
        return np.zeros_like(beta2_s2_per_m)
    reach_hz = float(np.ptp(frequency_hz))
    place = (frequency_hz - frequency_hz.mean()) / reach_hz
    curve = np.polyfit(place, beta2_s2_per_m, min(CURVES, place.size - 1))
    return np.asarray(np.polyval(np.polyder(curve), place) / reach_hz)
