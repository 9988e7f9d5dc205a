"""How often is one repairable component down, and how often a row of them?

Everything is computed as *unavailability* U and never as 1 - A: a protected service is down
for 1e-7 of the time or less, and a subtraction from one would throw most of those digits away.
"""

from typing import overload

import numpy as np
from jaxtyping import Float

from karakoram.core.units import HOURS_PER_YEAR, MINUTES_PER_YEAR


def component_unavailability(
    *,
    failures_per_year: Float[np.ndarray, " component"],
    mttr_h: Float[np.ndarray, " component"],
) -> Float[np.ndarray, " component"]:
    """Long-run share of time that each component is down [1].

    A component works, fails, is repaired and works again, for ever (alternating renewal).
    Only the two means matter, not the shape of their distributions:

        U = lambda tau / (1 + lambda tau)

    Parameters
    ----------
    failures_per_year
        Failures in a year of working time, lambda [1/year], >= 0, shape (component,). Field
        figures count calendar years; the difference is the factor 1 - U, so of second order.
    mttr_h
        Mean time to restoration, tau [h], >= 0, shape (component,): all the time it is down,
        travel and permits too.

    Returns
    -------
    Unavailability of each component [1], 0 <= U <= 1, shape (component,).

    Raises
    ------
    ValueError
        If a failure rate or a repair time is negative or not finite.

    References
    ----------
    .. [1] S. M. Ross, *Introduction to Probability Models*, 11th ed., Academic Press, 2014,
       section 7.5.1 (alternating renewal processes).
    .. [2] ITU-T G.911 (04/1997), *Parameters and calculation methodologies for reliability and
       availability of fibre optic systems*.

    Examples
    --------
    811.2 km with four cuts in 1,000 km and year, ten hours to mend each:

    >>> component_unavailability(
    ...     failures_per_year=np.array([4.0 * 0.8112]), mttr_h=np.array([10.0])
    ... ).round(6).tolist()
    [0.003688]
    """
    _demand_finite_and_not_negative("failures_per_year", failures_per_year)
    _demand_finite_and_not_negative("mttr_h", mttr_h)
    downtime_per_uptime = failures_per_year * (mttr_h / HOURS_PER_YEAR)
    return np.asarray(downtime_per_uptime / (1.0 + downtime_per_uptime))


def series_unavailability(unavailability: Float[np.ndarray, " component"]) -> float:
    """Share of time that a path is down when it needs every one of its components [1].

    The components fail independently, and any one of them takes the path down:

        U = 1 - prod_i (1 - U_i) = -expm1(sum_i log1p(-U_i))

    The second form keeps the relative accuracy of a tiny U. A path without components is never
    down.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,); may be empty.

    Returns
    -------
    Unavailability of the path [1], 0 <= U <= 1.

    Raises
    ------
    ValueError
        If an unavailability is not between 0 and 1.

    References
    ----------
    .. [1] R. E. Barlow and F. Proschan, *Statistical Theory of Reliability and Life Testing*,
       Holt, Rinehart and Winston, 1975, chapter 2 (series structure of independent components).

    Examples
    --------
    >>> round(series_unavailability(np.array([1e-20, 2e-20])) * 1e20, 9)
    3.0
    """
    demand_probabilities(unavailability)
    # Subtracted from zero, not negated: a path that is never down is so for 0.0, not -0.0.
    return float(0.0 - np.expm1(log_up(unavailability).sum()))


@overload
def unavailable_min_per_year(unavailability: float) -> float: ...
@overload
def unavailable_min_per_year(
    unavailability: Float[np.ndarray, "*shape"],
) -> Float[np.ndarray, "*shape"]: ...
def unavailable_min_per_year(
    unavailability: float | Float[np.ndarray, "*shape"],
) -> float | Float[np.ndarray, "*shape"]:
    """Expected minutes down in a Julian year of 365.25 days [min/year]: 525,960 U.

    Parameters
    ----------
    unavailability
        Share of time down [1], one number or any shape.

    >>> round(unavailable_min_per_year(1e-5), 4)
    5.2596
    """
    minutes: float | Float[np.ndarray, "*shape"] = unavailability * MINUTES_PER_YEAR
    return minutes


def log_up(unavailability: Float[np.ndarray, " component"]) -> Float[np.ndarray, " component"]:
    """Natural logarithm of the probability that each component is up [1]: log(1 - U).

    Exact to the last digits of a tiny U; -inf where U = 1.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], 0 <= U <= 1, shape (component,).
    """
    with np.errstate(divide="ignore"):
        return np.asarray(np.log1p(-unavailability))


def demand_probabilities(unavailability: Float[np.ndarray, " component"]) -> None:
    """Refuse what is no probability.

    Parameters
    ----------
    unavailability
        Unavailability of each component [1], shape (component,).

    Raises
    ------
    ValueError
        If an unavailability is not between 0 and 1; the message names the first such component.
    """
    wrong = np.flatnonzero(~((unavailability >= 0.0) & (unavailability <= 1.0)))
    if wrong.size:
        raise ValueError(
            f"unavailability of component {wrong[0]} must be between 0 and 1, "
            f"got {unavailability[wrong[0]]}"
        )


def _demand_finite_and_not_negative(name: str, values: Float[np.ndarray, " component"]) -> None:
    wrong = np.flatnonzero(~(np.isfinite(values) & (values >= 0.0)))
    if wrong.size:
        raise ValueError(
            f"{name} of component {wrong[0]} must be finite and >= 0, got {values[wrong[0]]}"
        )
