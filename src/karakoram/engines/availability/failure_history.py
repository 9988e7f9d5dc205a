"""What fails when, and for how long, over many years?

Components fail independently. Failures of one come at random (a Poisson process), also while it is
being mended; then both repairs run, and it is up again when the later one ends. At the rates of
fibre the difference to a component that cannot fail twice is of second order.
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Float, Int

from karakoram.core.units import HOURS_PER_YEAR


class RepairTimes(Enum):
    """How repair times spread around their mean."""

    FIXED = "fixed"
    EXPONENTIAL = "exponential"
    LOGNORMAL = "lognormal"
    """With a standard deviation equal to the mean."""


_LOGNORMAL_SIGMA = float(np.sqrt(np.log(2.0)))
"""Of the logarithm, where the standard deviation equals the mean."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FailureHistory:
    """Failures in the order in which they begin; axis [failure]."""

    component: Int[np.ndarray, " failure"]
    begins_h: Float[np.ndarray, " failure"]
    ends_h: Float[np.ndarray, " failure"]
    """When the repair ends, perhaps after the years that were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interval:
    """A time in which the same components are down."""

    begins_h: float
    ends_h: float
    down: frozenset[int]

    @property
    def duration_h(self) -> float:
        """How long it lasts."""
        return self.ends_h - self.begins_h


def failure_history(
    *,
    failures_per_year: Float[np.ndarray, " component"],
    mttr_h: Float[np.ndarray, " component"],
    years: float,
    repair_times: RepairTimes,
    rng: np.random.Generator,
) -> FailureHistory:
    """A random history of failures.

    Parameters
    ----------
    failures_per_year, mttr_h
        Of each component, >= 0 and finite, shape (component,).
    years
        How long the history is, of 8,766 hours each, > 0.
    repair_times
        How they spread.
    rng
        Where chance comes from; the same state gives the same history.

    Raises
    ------
    ValueError
        If a figure is negative or not finite, or there are no years.
    """
    for name, values in (("failures_per_year", failures_per_year), ("mttr_h", mttr_h)):
        wrong = ~(np.isfinite(values) & (values >= 0.0))
        if wrong.any():
            raise ValueError(f"{name} must be finite and >= 0, got {values[wrong][0]}")
    if not (np.isfinite(years) and years > 0.0):
        raise ValueError(f"years must be finite and > 0, got {years}")
    counts = rng.poisson(failures_per_year * years)
    component = np.repeat(np.arange(counts.size), counts)
    begins_h = rng.uniform(0.0, years * HOURS_PER_YEAR, component.size)
    ends_h = begins_h + mttr_h[component] * _spread(repair_times, component.size, rng=rng)
    order = np.argsort(begins_h, kind="stable")
    return FailureHistory(
        component=component[order], begins_h=begins_h[order], ends_h=ends_h[order]
    )


def _spread(
    repair_times: RepairTimes, count: int, *, rng: np.random.Generator
) -> Float[np.ndarray, " failure"]:
    """Random factors of mean 1."""
    match repair_times:
        case RepairTimes.FIXED:
            return np.ones(count)
        case RepairTimes.EXPONENTIAL:
            return rng.exponential(1.0, count)
        case RepairTimes.LOGNORMAL:
            return rng.lognormal(-(_LOGNORMAL_SIGMA**2) / 2.0, _LOGNORMAL_SIGMA, count)


def intervals(history: FailureHistory, *, years: float) -> tuple[Interval, ...]:
    """The times in which something is down, one for each change of what is down, in order.

    What lasts beyond the years is cut off at their end; times with everything up are left out.
    """
    end_h = years * HOURS_PER_YEAR
    changes = [
        *((float(h), 1, int(c)) for h, c in zip(history.begins_h, history.component, strict=True)),
        *((float(h), -1, int(c)) for h, c in zip(history.ends_h, history.component, strict=True)),
    ]
    changes.sort(key=lambda change: change[0])
    found: list[Interval] = []
    repairs: dict[int, int] = {}
    before_h = 0.0
    for at_h, step, component in changes:
        until_h = min(at_h, end_h)
        if repairs and until_h > before_h:
            found.append(Interval(begins_h=before_h, ends_h=until_h, down=frozenset(repairs)))
        before_h = until_h
        left = repairs.get(component, 0) + step
        if left:
            repairs[component] = left
        else:
            repairs.pop(component, None)
    return tuple(found)
