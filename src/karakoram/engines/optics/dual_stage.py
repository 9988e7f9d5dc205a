"""How noisy are two amplifiers, one right after the other, sold as one?"""

from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.noise_figure import NoiseFigureModel, OperatingPoint


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class DualStageNoiseFigure(NoiseFigureModel):
    """Friis' formula over a preamplifier of constant gain and a booster that gives the rest.

        F = F_pre(g) + F_booster(G / g) / g

    Also hybrid amplifiers, whose preamplifier is distributed Raman gain described as a lumped
    amplifier. Each stage is padded below its own least gain. Source: H. T. Friis, Proc. IRE
    32(7), 419 (1944).
    """

    preamplifier: NoiseFigureModel
    booster: NoiseFigureModel
    preamplifier_gain: float
    """Gain split g [1]: what the preamplifier gives; its largest flat gain unless said so."""

    def __post_init__(self) -> None:
        if self.preamplifier_gain <= 0.0:
            raise ValueError(
                f"the gain of the preamplifier must be > 0, got {self.preamplifier_gain}"
            )

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """F_pre + F_booster / g [1]; the booster sees the preamplifier's output power."""
        split = self.preamplifier_gain
        first = OperatingPoint(
            gain=np.full_like(point.gain, split),
            input_power_w=point.input_power_w,
            slot_width_total_hz=point.slot_width_total_hz,
        )
        second = OperatingPoint(
            gain=point.gain / split,
            input_power_w=point.input_power_w * split,
            slot_width_total_hz=point.slot_width_total_hz,
        )
        factor = self.preamplifier.noise_factor(first) + self.booster.noise_factor(second) / split
        return np.asarray(factor)
