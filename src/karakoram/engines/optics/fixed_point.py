"""Where does a map come to rest that is applied again and again?"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float, Int

BatchMap = Callable[
    [Int[np.ndarray, " some"], Float[np.ndarray, "some size"]], Float[np.ndarray, "some size"]
]
"""From row numbers and the states of those rows to their next states."""

_RIDGE = 1e-12
"""Relative damping of the least squares: below it, steps that repeat each other are noise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RestingPoint:
    """Where each row stands when the iteration ends, and by how much it still moved."""

    value: Float[np.ndarray, "row size"]
    residual: Float[np.ndarray, " row"]
    """Largest change of any entry in the last application of the map."""


def resting_point(
    batch_map: BatchMap,
    *,
    start: Float[np.ndarray, "row size"],
    tolerance: float,
    iterations_max: int,
    step_max: float,
    memory: int = 5,
) -> RestingPoint:
    """Fixed point of each row by Anderson's method; rows that have come to rest drop out.

    From the last ``memory`` changes of state it takes the combination that would have left
    the smallest residual in the least-squares sense, and applies it to the images.

    Parameters
    ----------
    batch_map
        The map, x -> map(x), for some of the rows.
    start
        First state of each row.
    tolerance
        A row rests when no entry moves by more than this.
    iterations_max
        Applications of the map; a row that moves even then keeps its larger residual.
    step_max
        No entry moves further than this in one iteration.
    memory
        Number of past changes that are combined.

    References
    ----------
    .. [1] H. F. Walker, P. Ni, SIAM J. Numerical Analysis 49, 1715 (2011), algorithm AA.
    """
    assert tolerance > 0.0
    assert iterations_max >= 1
    value, residual = start.copy(), np.full(start.shape[0], np.inf)
    rows = np.arange(start.shape[0])
    state = start
    history = _History.empty(rows=rows.size, memory=memory, size=start.shape[1])
    for iteration in range(iterations_max):
        image = batch_map(rows, state)
        move = image - state
        residual[rows] = np.abs(move).max(axis=1)
        moving = ~(residual[rows] <= tolerance)
        value[rows[~moving]] = image[~moving]
        if not moving.all():
            rows, image, move, state = rows[moving], image[moving], move[moving], state[moving]
            history = history.of(moving)
        if rows.size == 0:
            break
        history.remember(iteration, image=image, move=move)
        step = image - history.correction(iteration, move=move) - state
        largest = np.abs(step).max(axis=1, keepdims=True)
        state = state + step * np.minimum(1.0, step_max / np.maximum(largest, step_max))
    value[rows] = state
    return RestingPoint(value=value, residual=residual)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _History:
    """Ring buffers of the last changes of images and residuals, filled in place."""

    image_change: Float[np.ndarray, "row memory size"]
    move_change: Float[np.ndarray, "row memory size"]
    last_image: Float[np.ndarray, "row size"]
    last_move: Float[np.ndarray, "row size"]

    @classmethod
    def empty(cls, *, rows: int, memory: int, size: int) -> "_History":
        return cls(
            image_change=np.zeros((rows, memory, size)),
            move_change=np.zeros((rows, memory, size)),
            last_image=np.zeros((rows, size)),
            last_move=np.zeros((rows, size)),
        )

    def of(self, kept: np.ndarray) -> "_History":
        """The buffers of some rows."""
        return _History(
            image_change=self.image_change[kept],
            move_change=self.move_change[kept],
            last_image=self.last_image[kept],
            last_move=self.last_move[kept],
        )

    def remember(
        self,
        iteration: int,
        *,
        image: Float[np.ndarray, "row size"],
        move: Float[np.ndarray, "row size"],
    ) -> None:
        if iteration > 0:
            place = (iteration - 1) % self.image_change.shape[1]
            np.subtract(image, self.last_image, out=self.image_change[:, place])
            np.subtract(move, self.last_move, out=self.move_change[:, place])
        self.last_image[:] = image
        self.last_move[:] = move

    def correction(
        self, iteration: int, *, move: Float[np.ndarray, "row size"]
    ) -> Float[np.ndarray, "row size"]:
        """What to take off the image so that the residual is smallest."""
        used = min(iteration, self.image_change.shape[1])
        if used == 0:
            return np.zeros_like(move)
        changes = self.move_change[:, :used]
        gram = changes @ changes.transpose(0, 2, 1)
        scale = np.trace(gram, axis1=1, axis2=2)[:, None, None]
        gram = gram + (_RIDGE * scale + np.finfo(float).tiny) * np.eye(used)
        weights = np.linalg.solve(gram, changes @ move[..., None])
        return np.asarray((weights.transpose(0, 2, 1) @ self.image_change[:, :used])[:, 0])
