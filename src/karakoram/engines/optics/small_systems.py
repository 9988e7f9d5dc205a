"""How are many products and linear systems of middling size worked out on one core?

OpenBLAS wakes threads for matrices of about a hundred rows, and on a busy machine they cost a
hundred times what they save; batches of smaller parts stay on one core.
"""

import numpy as np
from jaxtyping import Float

from karakoram.engines.optics.products import PRODUCT_SIZE_MAX

SYSTEM_SIZE_MAX = 64
"""Rows of a system that is solved whole."""


def batch_products(
    left: Float[np.ndarray, "batch row inner"], right: Float[np.ndarray, "batch inner column"]
) -> Float[np.ndarray, "batch row column"]:
    """``left @ right``, a few rows at a time.

    Parameters
    ----------
    left, right
        One pair of matrices for each of the batch.
    """
    block = max(1, PRODUCT_SIZE_MAX // max(1, right.shape[1] * right.shape[2]))
    rows = left.shape[1]
    product = np.empty((*left.shape[:2], right.shape[2]))
    for start in range(0, rows, block):
        some = slice(start, start + block)
        np.matmul(left[:, some], right, out=product[:, some])
    return product


def batch_solutions(
    matrix: Float[np.ndarray, "batch row row"], sides: Float[np.ndarray, "batch row side"]
) -> Float[np.ndarray, "batch row side"]:
    """Solutions of positive definite systems, large ones by halves.

    With the halves a, b and d of a symmetric matrix, x_2 = (d - b^T a^-1 b)^-1 (s_2 - b^T a^-1 s_1)
    and x_1 = a^-1 s_1 - a^-1 b x_2.

    Parameters
    ----------
    matrix
        Symmetric and positive definite.
    sides
        Right sides as columns.
    """
    size = matrix.shape[1]
    if size <= SYSTEM_SIZE_MAX:
        return np.linalg.solve(matrix, sides)
    half = size // 2
    across = matrix[:, :half, half:]
    below = matrix[:, half:, :half]
    first = batch_solutions(
        matrix[:, :half, :half], np.concatenate([across, sides[:, :half]], axis=2)
    )
    of_across, of_sides = first[..., : size - half], first[..., size - half :]
    last = batch_solutions(
        matrix[:, half:, half:] - batch_products(below, of_across),
        sides[:, half:] - batch_products(below, of_sides),
    )
    return np.concatenate([of_sides - batch_products(of_across, last), last], axis=1)
