"""Which of several things is drawn, each with its weight, in constant time?"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int32

from karakoram.core.arrays import read_only


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WeightedChoice:
    """Numbers from 0 up, each drawn in proportion to its weight.

    Of ``n`` boxes one is drawn; it holds its own number and at most one other.

    References
    ----------
    .. [1] A. J. Walker, ACM Trans. Math. Software 3, 1977, 253-256 (the alias method).
    """

    own_share: Float[np.ndarray, " number"]
    """How much of a box is its own number's, 0 to 1."""
    other: Int32[np.ndarray, " number"]
    """Whose the rest of the box is."""
    probability: Float[np.ndarray, " number"]
    """With which each number is drawn."""

    def drawn(self, rng: np.random.Generator, count: int) -> Int32[np.ndarray, " drawn"]:
        """Numbers, one uniform random number for each, so that pieces of a stream join up."""
        place = rng.random(count) * self.own_share.size
        box = place.astype(np.int32)  # below the size: a uniform number is at most 1 - 2⁻⁵³
        place -= box
        if (self.own_share == 1.0).all():
            return box
        return np.where(place < self.own_share[box], box, self.other[box])


def weighted_choice(weights: Float[np.ndarray, " number"]) -> WeightedChoice:
    """A choice among as many numbers as there are weights.

    Raises
    ------
    ValueError
        If a weight is negative or not finite, or all are 0.

    Examples
    --------
    >>> weighted_choice(np.array([1.0, 3.0])).probability.tolist()
    [0.25, 0.75]
    """
    if not (np.isfinite(weights).all() and (weights >= 0.0).all() and weights.sum() > 0.0):
        raise ValueError("weights are finite, none below 0 and some above it")
    probability = weights / weights.sum()
    own_share = probability * weights.size
    other = np.arange(weights.size, dtype=np.int32)
    small = [number for number in range(weights.size) if own_share[number] < 1.0]
    large = [number for number in range(weights.size) if own_share[number] >= 1.0]
    while small and large:
        less, more = small.pop(), large.pop()
        other[less] = more
        own_share[more] -= 1.0 - own_share[less]
        (small if own_share[more] < 1.0 else large).append(more)
    for number in (*small, *large):  # what rounding has left
        own_share[number] = 1.0
    other.flags.writeable = False
    return WeightedChoice(
        own_share=read_only(own_share), other=other, probability=read_only(probability)
    )


def pair_weights(
    matrix: Float[np.ndarray, "from_site to_site"], *, is_directed: bool
) -> Float[np.ndarray, " pair"]:
    """The traffic of each pair of sites, pairs in the order of rows: (0, 1), (0, 2) ... (1, 0).

    Parameters
    ----------
    matrix
        Traffic from each site (row) to each (column), any unit; the diagonal is left out.
    is_directed
        Whether both orders of two sites are pairs; else (0, 1), (0, 2) ... (1, 2), with the
        traffic of both directions.

    Raises
    ------
    ValueError
        If the matrix is not square.
    """
    if matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"a traffic matrix is square, got {matrix.shape}")
    if is_directed:
        return np.asarray(matrix[~np.eye(len(matrix), dtype=np.bool_)])
    return np.asarray((matrix + matrix.T)[np.triu_indices(len(matrix), k=1)])
