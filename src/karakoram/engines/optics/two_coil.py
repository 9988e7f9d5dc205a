"""How noisy is a variable-gain amplifier of two coils with an attenuator between them?

An erbium amplifier of variable gain is two stages of fibre coil. To lower its gain by 1 dB
from the largest, the attenuator between the stages takes 1 dB and the first stage gives 1 dB
less, so that the gain before the second stage falls by 2 dB. With G the gain, G_max the
largest flat one and D the part of it that the second stage gives at G_max,

    g = G min(1, G / G_max) / D            gain before the second stage
    F = F1 + F2 / g                        Friis

Two published figures, the noise figure at the largest and at the least gain, determine F1 and
the product F2 D, and nothing else is needed:

    F2 D = (F_max - F_min) / (G_max / G_min² - 1 / G_max),   F1 = F_min - F2 D / G_max
"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint, padding

FIRST_COIL_FACTOR_MIN = 10**0.4
"""A first coil below 4 dB is beyond what amplifiers reach (GNPy 3.0.1 refuses it, too)."""

COIL_RATIO_MIN, COIL_RATIO_MAX = 10**0.03, 10**0.2
"""The second coil is 0.3 to 2 dB noisier than the first (GNPy 3.0.1)."""

SECOND_STAGE_GAIN_USUAL = 10**0.5
"""The second stage gives 5 dB, where this agrees with the range of coil ratios (GNPy 3.0.1)."""

SECOND_STAGE_GAIN_MIN, SECOND_STAGE_GAIN_MAX = 10**0.1, 10**1.1
"""1 dB to 11 dB; beyond it the published figures contradict each other (GNPy 3.0.1)."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class TwoCoilNoiseFigure(NoiseFigureModel):
    """Friis' formula over two coils; above the largest flat gain g grows with G only."""

    first_factor: float
    """Noise factor of the first coil [1]."""
    second_factor_times_gain: float
    """Noise factor of the second coil times the gain of its stage [1]."""
    gain_min: float
    """Least gain [1]; below it the amplifier is padded."""
    gain_max: float
    """Largest gain at which the spectrum is flat [1]."""

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """(F1 + F2 / g) x padding [1]."""
        pad = padding(gain=point.gain, gain_min=self.gain_min)
        gain = point.gain * pad
        before_second = gain * np.minimum(1.0, gain / self.gain_max)
        factor = self.first_factor + self.second_factor_times_gain / before_second
        return np.asarray(factor * pad)

    @property
    def second_stage_gain(self) -> float:
        """Gain of the second stage [1]: 5 dB, or what keeps the coils 0.3 to 2 dB apart."""
        usual = self.second_factor_times_gain / SECOND_STAGE_GAIN_USUAL
        plausible = min(
            max(usual, self.first_factor * COIL_RATIO_MIN), self.first_factor * COIL_RATIO_MAX
        )
        return self.second_factor_times_gain / plausible

    @property
    def second_factor(self) -> float:
        """Noise factor of the second coil [1]."""
        return self.second_factor_times_gain / self.second_stage_gain


def two_coil_noise_figure(
    *, factor_min: float, factor_max: float, gain_min: float, gain_max: float
) -> TwoCoilNoiseFigure:
    """The two coils that give the published noise factors at the ends of the gain range.

    Parameters
    ----------
    factor_min
        Noise factor at the largest gain [1].
    factor_max
        Noise factor at the least gain [1], above ``factor_min``.
    gain_min, gain_max
        Least gain and largest flat gain [1].

    Raises
    ------
    ValueError
        Where no pair of coils that could exist has these noise factors.

    References
    ----------
    .. [1] GNPy documentation, "Amplifier models and configuration", variable gain: the model
       and its bounds. H. T. Friis, Proc. IRE 32(7), 419 (1944): the noise of stages.
    """
    if not 0.0 < gain_min < gain_max:
        raise ValueError(
            f"the least gain must be above 0 and below the largest, got {gain_min} and {gain_max}"
        )
    if not 0.0 < factor_min < factor_max:
        raise ValueError(
            "the noise factor at the least gain must be above the one at the largest gain, "
            f"got {factor_max} and {factor_min}"
        )
    product = (factor_max - factor_min) / (gain_max / gain_min**2 - 1.0 / gain_max)
    model = TwoCoilNoiseFigure(
        first_factor=factor_min - product / gain_max,
        second_factor_times_gain=product,
        gain_min=gain_min,
        gain_max=gain_max,
    )
    if model.first_factor < FIRST_COIL_FACTOR_MIN:
        raise ValueError(
            f"the first coil would have a noise factor of {model.first_factor:.3f}; "
            f"at least {FIRST_COIL_FACTOR_MIN:.3f} (4 dB) can exist"
        )
    if not SECOND_STAGE_GAIN_MIN < model.second_stage_gain < SECOND_STAGE_GAIN_MAX:
        raise ValueError(
            f"the second stage would have a gain of {model.second_stage_gain:.3f}; "
            f"{SECOND_STAGE_GAIN_MIN:.3f} to {SECOND_STAGE_GAIN_MAX:.3f} (1 to 11 dB) can exist"
        )
    return model
