"""What is asked for usage under graduated prices, so that parts sum to the whole?

Of a running total x, the tier from a to b at price p is asked for the units that lie in it:

    f(x) = sum over tiers of p max(0, min(x, b) - a)                                        (1)

and a record that takes the total from x to y costs round(f(y)) - round(f(x)), half to even. The
costs of all records therefore sum to round(f(total)), whatever their number and order.

Prices and quantities are whole numbers of a small enough unit, so nothing is lost before the one
rounding: 64-bit integers, or Python's own (dtype object) where 64 bits would not hold the products.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int, Shaped

Exact = Shaped[np.ndarray, " record"]
"""Whole numbers, as int64 or, without any bound, as objects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffColumns:
    """Graduated prices; a tariff with fewer tiers than the widest has tiers of no width."""

    tier_from: Shaped[np.ndarray, "tariff tier"]
    """Running total above which the tier's price is asked [small units]."""
    tier_to: Shaped[np.ndarray, "tariff tier"]
    """Running total up to which it is asked; at least ``tier_from``."""
    price: Shaped[np.ndarray, "tariff tier"]
    """Of one small unit, ``divisor`` times as large as in minor units; >= 0."""
    divisor: int
    """How many of the products' units make a minor unit."""


def graduated_minor(
    running_total: Exact, tariff: Int[np.ndarray, " record"], *, tariffs: TariffColumns
) -> Exact:
    """What each running total comes to by (1), rounded half to even [minor units].

    Parameters
    ----------
    running_total
        [small units], >= 0.
    tariff
        Which tariff holds for each.
    tariffs
        The prices.

    Examples
    --------
    The first 100 units at 2, then 1.5 each (prices in tenths):

    >>> tariffs = TariffColumns(
    ...     tier_from=np.array([[0, 100]]), tier_to=np.array([[100, 10**9]]),
    ...     price=np.array([[20, 15]]), divisor=10,
    ... )
    >>> graduated_minor(np.array([50, 101, 103]), np.zeros(3, dtype=np.int64), tariffs=tariffs)
    array([100, 202, 204])
    """
    asked = np.zeros_like(running_total)
    for tier in range(tariffs.price.shape[1]):
        floor = tariffs.tier_from[tariff, tier]
        inside = np.minimum(running_total, tariffs.tier_to[tariff, tier]) - floor
        asked = asked + np.maximum(inside, 0) * tariffs.price[tariff, tier]
    return _rounded(asked, tariffs.divisor)


def usage_minor(
    quantity: Exact,
    *,
    counter: Int[np.ndarray, " record"],
    tariff: Int[np.ndarray, " record"],
    tariffs: TariffColumns,
) -> Exact:
    """What each record costs by the total that ran before it [minor units].

    Parameters
    ----------
    quantity
        [small units], >= 0, in the order in which the totals run.
    counter
        Which total each record counts into, e.g. that of a product and month; ascending.
    tariff
        Which tariff holds for each record.
    tariffs
        The prices.
    """
    assert np.all(counter[1:] >= counter[:-1]), "records stand counter by counter"
    if not len(quantity):
        return quantity
    running = np.cumsum(quantity)
    starts = np.flatnonzero(np.r_[True, counter[1:] != counter[:-1]])
    before_counter = (running - quantity)[starts]
    lengths = np.diff(np.r_[starts, len(quantity)])
    after = running - np.repeat(before_counter, lengths)
    cost_before = graduated_minor(after - quantity, tariff, tariffs=tariffs)
    costs: Exact = graduated_minor(after, tariff, tariffs=tariffs) - cost_before
    return costs


def _rounded(numerator: Exact, denominator: int) -> Exact:
    """The nearest whole numbers, half to even."""
    whole = numerator // denominator
    twice = 2 * (numerator - whole * denominator)
    is_up = (twice > denominator) | ((twice == denominator) & (whole % 2 == 1))
    rounded: Exact = whole + is_up.astype(np.int64)
    return rounded
