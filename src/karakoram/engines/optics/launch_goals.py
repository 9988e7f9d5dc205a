"""What shall launch powers make best: the worst channel, or what all channels can carry?"""

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import final

import numpy as np
from jaxtyping import Float

from karakoram.core.arrays import read_only

_LN_2 = float(np.log(2.0))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GoalSlopes:
    """A goal to make small, as a function of g = -ln GSNR of every channel.

    Its second derivative is diag(curvature) - coupling x (first first^T).
    """

    value: Float[np.ndarray, " row"]
    first: Float[np.ndarray, "row channel"]
    """d value / d g, >= 0: noise helps no goal."""
    curvature: Float[np.ndarray, "row channel"]
    coupling: float


class LaunchGoal(ABC):
    """What launch powers are chosen for. Abstract, or final."""

    __slots__ = ()

    @property
    @abstractmethod
    def stage_count(self) -> int:
        """How many times the goal is sharpened, each time from where the last one ended."""

    @abstractmethod
    def slopes(self, log_noise: Float[np.ndarray, "row channel"], *, stage: int) -> GoalSlopes:
        """The goal, smooth, and its derivatives.

        Parameters
        ----------
        log_noise
            g = -ln GSNR of every channel.
        stage
            0 to ``stage_count`` - 1, the sharpest.
        """

    @abstractmethod
    def score(self, gsnr: Float[np.ndarray, "row channel"]) -> Float[np.ndarray, " row"]:
        """The goal itself, larger is better, in the unit that its class says."""


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LeastMargin(LaunchGoal):
    """The worst channel as good as can be; its score is in dB.

    The largest of g_i + ln q_i, with q_i the GSNR that channel i needs, is taken as
    ln(sum exp(b (g_i + ln q_i))) / b, which is at most ln(channels) / b too large; b grows from
    stage to stage. With g the logarithm of a sum of powers of the launch powers, the problem is
    a geometric programme: what is found is the best there is [1]_.

    References
    ----------
    .. [1] S. Boyd et al., "A tutorial on geometric programming", Optim. Eng. 8, 67 (2007).
    """

    required_gsnr: Float[np.ndarray, " #channel"] = field(default_factory=lambda: np.ones(1))
    """q of each channel, or of all; 1 compares the GSNRs themselves."""
    sharpness: tuple[float, ...] = (32.0, 512.0, 4096.0)
    """b of each stage; the last leaves 0.005 dB for 100 channels."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "required_gsnr", read_only(self.required_gsnr))
        assert (self.required_gsnr > 0.0).all()

    @property
    def stage_count(self) -> int:
        """One for each sharpness."""
        return len(self.sharpness)

    def slopes(self, log_noise: Float[np.ndarray, "row channel"], *, stage: int) -> GoalSlopes:
        """Softened largest of g + ln q, and its derivatives."""
        sharp = self.sharpness[stage]
        short = log_noise + np.log(self.required_gsnr)
        largest = short.max(axis=1, keepdims=True)
        weight = np.exp(sharp * (short - largest))
        total = weight.sum(axis=1, keepdims=True)
        weight /= total
        return GoalSlopes(
            value=(largest + np.log(total) / sharp)[:, 0],
            first=weight,
            curvature=sharp * weight,
            coupling=sharp,
        )

    def score(self, gsnr: Float[np.ndarray, "row channel"]) -> Float[np.ndarray, " row"]:
        """Least GSNR over what is required, over the channels [dB]."""
        return np.asarray(10.0 * np.log10((gsnr / self.required_gsnr).min(axis=1)))


@final
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShannonCapacity(LaunchGoal):
    """All channels together carry most, by Shannon's bound; its score is in bit/s.

    sum_i 2 R_i lb(1 + GSNR_i) for two polarisations. Concave in ln power up to terms of the
    order of 1/GSNR.
    """

    symbol_rate_hz: Float[np.ndarray, " channel"]

    def __post_init__(self) -> None:
        object.__setattr__(self, "symbol_rate_hz", read_only(self.symbol_rate_hz))
        assert (self.symbol_rate_hz > 0.0).all()

    @property
    def stage_count(self) -> int:
        """It is smooth as it is."""
        return 1

    def slopes(
        self,
        log_noise: Float[np.ndarray, "row channel"],
        *,
        stage: int,  # noqa: ARG002
    ) -> GoalSlopes:
        """Minus the mean of ln(1 + GSNR) by symbol rate; its small concave part is left out."""
        weight = self.symbol_rate_hz / self.symbol_rate_hz.sum()
        gsnr = np.exp(-log_noise)
        first = weight * gsnr / (1.0 + gsnr)
        return GoalSlopes(
            value=-(weight * np.log1p(gsnr)).sum(axis=1),
            first=first,
            curvature=np.zeros_like(first),
            coupling=0.0,
        )

    def score(self, gsnr: Float[np.ndarray, "row channel"]) -> Float[np.ndarray, " row"]:
        """Shannon's bound for two polarisations, summed over the channels [bit/s]."""
        return np.asarray(2.0 * (self.symbol_rate_hz * np.log1p(gsnr)).sum(axis=1) / _LN_2)
