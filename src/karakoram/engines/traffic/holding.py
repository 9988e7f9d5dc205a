"""For how long is a connection held?

Each law gives one random number's worth per connection, by its quantile function, so that a
stream may be drawn in pieces of any size. Resampling until a time is below a limit gives the
same law as drawing from the part of the law below it, which is what is done here.
"""

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np
import scipy  # type: ignore[import-untyped] # submodules load on first use: nobody pays for it idle
from jaxtyping import Float


class HoldingLaw(ABC):
    """How holding times are distributed; the unit of time is the caller's."""

    __slots__ = ()

    @property
    @abstractmethod
    def nominal_mean(self) -> float:
        """The mean that loads are stated with: that of the law before it is truncated."""

    @property
    @abstractmethod
    def mean(self) -> float:
        """The mean of the times that are drawn."""

    @abstractmethod
    def drawn(self, rng: np.random.Generator, count: int) -> Float[np.ndarray, " drawn"]:
        """Holding times."""


def _check(mean: float, truncate: float | None) -> None:
    """Refuse what is no law.

    Raises
    ------
    ValueError
        If the mean or the limit is not above 0.
    """
    if not 0.0 < mean < math.inf:
        raise ValueError(f"a mean holding time is above 0, got {mean}")
    if truncate is not None and not 0.0 < truncate < math.inf:
        raise ValueError(f"holding times are cut at a multiple above 0, got {truncate}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExponentialHolding(HoldingLaw):
    """Exponential holding times; where ``truncate`` is given, resampled until below it.

        mean of what is drawn = nominal (1 - t / (exp(t) - 1)),  t = truncate

    >>> round(ExponentialHolding(truncate=2.0).mean, 4)
    0.687
    """

    nominal: float = 1.0
    truncate: float | None = None
    """Times are below this multiple of the nominal mean."""

    def __post_init__(self) -> None:
        _check(self.nominal, self.truncate)

    @property
    def nominal_mean(self) -> float:
        """The mean before truncation."""
        return self.nominal

    @property
    def mean(self) -> float:
        """The mean of the times that are drawn."""
        if self.truncate is None:
            return self.nominal
        return self.nominal * (1.0 - self.truncate / math.expm1(self.truncate))

    def drawn(self, rng: np.random.Generator, count: int) -> Float[np.ndarray, " drawn"]:
        """Holding times: -nominal ln(1 - u P), P the probability of a time below the limit."""
        below = 1.0 if self.truncate is None else -math.expm1(-self.truncate)
        times = rng.random(count)
        times *= -below
        np.log1p(times, out=times)
        times *= -self.nominal
        return times


@dataclass(frozen=True, slots=True, kw_only=True)
class LognormalHolding(HoldingLaw):
    """Lognormal holding times; where ``truncate`` is given, resampled until below it.

    With s the standard deviation of the logarithm and z = ln(truncate) / s + s / 2:

        mean of what is drawn = nominal Phi(z - s) / Phi(z)
    """

    nominal: float = 1.0
    log_deviation: float = 1.0
    """Standard deviation of the natural logarithm."""
    truncate: float | None = None
    """Times are below this multiple of the nominal mean."""

    def __post_init__(self) -> None:
        _check(self.nominal, self.truncate)
        if not 0.0 < self.log_deviation < math.inf:
            raise ValueError(f"a deviation is above 0, got {self.log_deviation}")

    @property
    def nominal_mean(self) -> float:
        """The mean before truncation."""
        return self.nominal

    @property
    def mean(self) -> float:
        """The mean of the times that are drawn."""
        if self.truncate is None:
            return self.nominal
        limit = self._limit(self.truncate)
        return self.nominal * float(
            scipy.special.ndtr(limit - self.log_deviation) / scipy.special.ndtr(limit)
        )

    def drawn(self, rng: np.random.Generator, count: int) -> Float[np.ndarray, " drawn"]:
        """Holding times: nominal exp(s Phi⁻¹(u P) - s²/2)."""
        below = (
            1.0 if self.truncate is None else float(scipy.special.ndtr(self._limit(self.truncate)))
        )
        uniform = rng.random(count)
        uniform *= below
        logarithm = (
            scipy.special.ndtri(np.maximum(uniform, np.finfo(float).tiny)) * self.log_deviation
        )
        return np.asarray(self.nominal * np.exp(logarithm - self.log_deviation**2 / 2.0))

    def _limit(self, truncate: float) -> float:
        return math.log(truncate) / self.log_deviation + self.log_deviation / 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FixedHolding(HoldingLaw):
    """Every connection is held for the same time."""

    nominal: float = 1.0

    def __post_init__(self) -> None:
        _check(self.nominal, None)

    @property
    def nominal_mean(self) -> float:
        """That time."""
        return self.nominal

    @property
    def mean(self) -> float:
        """That time."""
        return self.nominal

    def drawn(self, rng: np.random.Generator, count: int) -> Float[np.ndarray, " drawn"]:
        """Holding times, all equal; no random number is used."""
        del rng
        return np.full(count, self.nominal)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndlessHolding(HoldingLaw):
    """Nothing is ever given back: incremental growth. Times are counted in mean interarrivals."""

    @property
    def nominal_mean(self) -> float:
        """1, so that a load of 1 is one request per unit of time."""
        return 1.0

    @property
    def mean(self) -> float:
        """Infinity."""
        return math.inf

    def drawn(self, rng: np.random.Generator, count: int) -> Float[np.ndarray, " drawn"]:
        """Holding times, all infinite; no random number is used."""
        del rng
        return np.full(count, math.inf)
