"""How noisy is an amplifier at the gain and the input power it works at?

A model is a value: it stands for one type of amplifier, and its rows are amplifiers of that
type. A new model is one more final class in a small file of its own.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import final

import numpy as np
from jaxtyping import Float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OperatingPoint:
    """What a row of amplifiers of one type is asked to do.

    Made anew at every amplifier on the way, so that nothing is checked or copied here.
    """

    gain: Float[np.ndarray, " row"]
    """Effective gain [1], > 0, after saturation, between the input and the output attenuator."""
    input_power_w: Float[np.ndarray, " row"]
    """Total input power, > 0, after the input attenuator."""
    slot_width_total_hz: float
    """Sum of the widths of the lit slots: input power over it is the mean density."""


class NoiseFigureModel(ABC):
    """How the noise factor of one type of amplifier follows from its operating point."""

    @abstractmethod
    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """Noise factor [1], the linear form of the noise figure, for every row."""


def padding(*, gain: Float[np.ndarray, " row"], gain_min: float) -> Float[np.ndarray, " row"]:
    """Attenuation before an amplifier that is asked for less than its least gain [1], >= 1.

    The amplifier then works at its least gain, and every dB before it is a dB of noise figure.

    >>> padding(gain=np.array([10.0, 100.0]), gain_min=20.0).tolist()
    [2.0, 1.0]
    """
    return np.asarray(np.maximum(gain_min / gain, 1.0))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class FixedNoiseFigure(NoiseFigureModel):
    """The same noise factor at every gain from the least gain up."""

    factor: float
    """Noise factor [1]; below 1 (negative noise figure) for lumped models of Raman gain."""
    gain_min: float
    """Least gain [1]; below it the amplifier is padded."""

    def __post_init__(self) -> None:
        if self.factor < 0.0:
            raise ValueError(f"the noise factor must be >= 0, got {self.factor}")
        if self.gain_min <= 0.0:
            raise ValueError(f"the least gain must be > 0, got {self.gain_min}")

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """F x padding [1]."""
        return np.asarray(self.factor * padding(gain=point.gain, gain_min=self.gain_min))


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class NoiselessAmplifier(NoiseFigureModel):
    """No noise at all: the OpenROADM booster, whose noise its ROADM's add path already has.

    Source: OpenROADM MSA, optical specification; the same convention as in GNPy 3.0.1.
    """

    def noise_factor(self, point: OperatingPoint) -> Float[np.ndarray, " row"]:
        """Zero for every row."""
        return np.zeros_like(point.gain)
