"""How is a whole amount told to the lines that it is for, so that the parts sum to it?"""

from collections.abc import Sequence


def largest_remainder_parts(
    whole: int, numerators: Sequence[int], *, denominator: int
) -> tuple[int, ...]:
    """Whole parts that sum to ``whole``, each within one of its exact share.

    The exact share of part k is ``numerators[k] / denominator``. Each part is rounded down; what
    is left goes to the largest fractional parts, earliest first. Shares may be negative, as those
    of lines that take something back.

    Parameters
    ----------
    whole
        The sum of the exact shares, rounded to a whole number in any way.
    numerators
        Of the exact shares.
    denominator
        Of all of them, > 0.

    Raises
    ------
    ValueError
        If ``whole`` is not the sum of the shares, rounded up or down.

    Examples
    --------
    19.5 % of 3, 3 and 4 is 1.95 in all:

    >>> largest_remainder_parts(2, [585, 585, 780], denominator=1000)
    (1, 0, 1)
    """
    exact = sum(numerators)
    if not exact // denominator <= whole <= -(-exact // denominator):
        raise ValueError(f"{whole} must be {exact}/{denominator}, rounded")
    shares = [divmod(numerator, denominator) for numerator in numerators]
    left_over = whole - sum(floor for floor, _ in shares)
    by_remainder = sorted(range(len(shares)), key=lambda k: (-shares[k][1], k))
    extra = set(by_remainder[:left_over])
    return tuple(floor + (k in extra) for k, (floor, _) in enumerate(shares))
