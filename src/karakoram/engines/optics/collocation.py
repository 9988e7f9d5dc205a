"""How is a smooth function of position held, integrated and refined at few points?

Each stretch of fibre between two lumped losses is a *segment* with its own Chebyshev-Lobatto
points x_k = -cos(pi k / (n - 1)), both ends included, so that a polynomial of degree n - 1 is
held exactly. Where one segment ends and the next begins, the position stands twice.
"""

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

POINTS_MIN = 3
"""Points of a polynomial of degree 2, the lowest whose last two coefficients are a tail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collocation:
    """Points per segment and number of segments: everything that does not depend on lengths."""

    segments: int
    points: int
    """Points per segment, >= 3."""

    def __post_init__(self) -> None:
        assert self.segments >= 1
        assert self.points >= POINTS_MIN, f"at least {POINTS_MIN} points, not {self.points}"

    def positions_m(self, edges_m: Float[np.ndarray, "row edge"]) -> Float[np.ndarray, "row node"]:
        """Where the points of each row lie [m], from its segment edges, ascending."""
        unit = (1.0 + _points(self.points)) / 2.0
        spans_m = np.diff(edges_m, axis=-1)
        return np.asarray(
            (edges_m[:, :-1, None] + spans_m[..., None] * unit).reshape(edges_m.shape[0], -1)
        )

    def half_lengths_m(
        self, edges_m: Float[np.ndarray, "row edge"]
    ) -> Float[np.ndarray, "row node"]:
        """Half the length of the segment that each point belongs to [m]."""
        return np.asarray(np.repeat(np.diff(edges_m, axis=-1) / 2.0, self.points, axis=-1))

    def integration(self) -> Float[np.ndarray, "to from"]:
        """Running integral from the first point, as a matrix over (values times half lengths)."""
        from_values = _coefficients(self.points)
        degree = np.arange(self.points)
        angle = np.arccos(_points(self.points))[:, None]
        # The integral of T_k is T_(k+1) / 2(k+1) - T_(k-1) / 2(k-1); T_0 and T_1 stand apart.
        above = np.cos((degree + 1) * angle) / (2.0 * (degree + 1))
        below = np.cos((degree - 1) * angle) / (2.0 * np.where(degree > 1, degree - 1, 1))
        primitive = above - np.where(degree > 1, below, 0.0)
        primitive[:, 0] *= 2.0
        one = (primitive - primitive[0]) @ from_values
        size = self.segments * self.points
        matrix = np.zeros((self.segments, self.points, self.segments, self.points))
        for segment in range(self.segments):
            matrix[segment, :, segment] = one
            matrix[segment + 1 :, :, segment] = one[-1]
        return matrix.reshape(size, size)

    def tail(self, values: Float[np.ndarray, "row node wave"]) -> Float[np.ndarray, " row"]:
        """Largest sum of the last two Chebyshev coefficients: about the error between points."""
        folded = values.reshape(values.shape[0], self.segments, self.points, values.shape[-1])
        last = np.abs(_coefficients(self.points)[-2:] @ folded).sum(axis=-2)
        return np.asarray(last.max(axis=(1, 2)))

    def resampled(
        self, values: Float[np.ndarray, "row from wave"], *, points: int
    ) -> Float[np.ndarray, "row to wave"]:
        """The same polynomials at another number of points per segment."""
        if points == self.points:
            return values
        rows, _, waves = values.shape
        matrix = _chebyshev(_points(points), self.points) @ _coefficients(self.points)
        folded = values.reshape(rows, self.segments, self.points, waves)
        return np.asarray((matrix @ folded).reshape(rows, self.segments * points, waves))

    def interpolated(
        self,
        values: Float[np.ndarray, "row node wave"],
        *,
        edges_m: Float[np.ndarray, "row edge"],
        position_m: Float[np.ndarray, "row at"],
    ) -> Float[np.ndarray, "row at wave"]:
        """The same polynomials at any positions between the first and the last edge [m]."""
        rows, _, waves = values.shape
        segment = (position_m[..., None] >= edges_m[:, None, 1:-1]).sum(axis=-1)
        row = np.arange(rows)[:, None]
        start_m, end_m = edges_m[row, segment], edges_m[row, segment + 1]
        span_m = np.where(end_m > start_m, end_m - start_m, 1.0)
        place = np.clip(2.0 * (position_m - start_m) / span_m - 1.0, -1.0, 1.0)
        folded = values.reshape(rows, self.segments, self.points, waves)
        coefficients = _coefficients(self.points) @ folded
        weights = _chebyshev(place, self.points)
        result = np.zeros((rows, position_m.shape[1], waves))
        for index in range(self.segments):
            inside = (segment == index)[..., None]
            result += np.where(inside, weights, 0.0) @ coefficients[:, index]
        return result


def _points(points: int) -> Float[np.ndarray, " point"]:
    """Chebyshev-Lobatto points from -1 to 1."""
    return np.asarray(-np.cos(np.pi * np.arange(points) / (points - 1)))


def _chebyshev(place: Float[np.ndarray, "*at"], count: int) -> Float[np.ndarray, "*at count"]:
    """Chebyshev polynomials T_0 … T_(count-1) at places within [-1, 1]."""
    return np.asarray(np.cos(np.arange(count) * np.arccos(place)[..., None]))


def _coefficients(points: int) -> Float[np.ndarray, "coefficient point"]:
    """Matrix from values at the points to Chebyshev coefficients (discrete cosine transform)."""
    weight = np.ones(points)
    weight[[0, -1]] = 0.5
    cosines = _chebyshev(_points(points), points).T
    return np.asarray(2.0 / (points - 1) * weight[:, None] * weight[None, :] * cosines)
