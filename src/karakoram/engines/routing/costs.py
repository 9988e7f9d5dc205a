"""How are arc costs compared without rounding noise?

Sums of decimal figures such as 174.9 + 25.1 are not exact in binary floating point, so two
routes that cost the same would be ordered by accident. All searches that must order or prove
something therefore add integers.
"""

import math
from collections.abc import Sequence

import numpy as np
from jaxtyping import Float, Int

ArcValues = Sequence[int | float] | Float[np.ndarray, " arc"] | Int[np.ndarray, " arc"]
"""One non-negative number per arc."""

SIGNIFICANT_DIGITS = 12
"""Digits of the dearest arc that are kept: 1e-8 km on arcs of 1,000 to 9,999 km."""


def listed(values: ArcValues, *, arc_count: int) -> list[float | int]:
    """The values as a plain list, checked to be finite, non-negative and one per arc.

    Parameters
    ----------
    values
        One number per arc in any unit, shape (arc,).
    arc_count
        Number of arcs.

    Raises
    ------
    ValueError
        If there are too few or too many values, or one is negative, infinite or not a number.
    """
    numbers: list[float | int] = values.tolist() if isinstance(values, np.ndarray) else list(values)
    if len(numbers) != arc_count:
        raise ValueError(f"expected one value for each of {arc_count} arcs, got {len(numbers)}")
    if numbers and not (min(numbers) >= 0 and all(map(math.isfinite, numbers))):
        raise ValueError("arc costs must be finite and >= 0")
    return numbers


def integer_costs(values: ArcValues, *, arc_count: int) -> list[int]:
    """Integers in the same proportion as the values; integers come back as they are.

    Other numbers are rounded to SIGNIFICANT_DIGITS decimal digits of the dearest arc.

    Parameters
    ----------
    values
        One number per arc in any unit, >= 0, shape (arc,).
    arc_count
        Number of arcs.

    Raises
    ------
    ValueError
        As for ``listed``.

    Examples
    --------
    >>> integer_costs([2, 3], arc_count=2)
    [2, 3]
    >>> a, b, c = integer_costs([174.9, 25.1, 200.0], arc_count=3)
    >>> a + b == c
    True
    """
    numbers = listed(values, arc_count=arc_count)
    if all(isinstance(number, int) for number in numbers):
        return [int(number) for number in numbers]
    dearest = max(numbers, default=0.0)
    if dearest == 0.0:
        return [0] * arc_count
    scale = 10.0 ** (SIGNIFICANT_DIGITS - 1 - math.floor(math.log10(dearest)))
    return [round(number * scale) for number in numbers]
