"""How do we multiply many rows by one matrix on one core, at that core's full speed?"""

import numpy as np
from jaxtyping import Float

PRODUCT_SIZE_MAX = 2**18
"""Multiply-adds of one matrix product; above this OpenBLAS wakes threads, at ten times the cost."""


def row_products(
    rows: Float[np.ndarray, "row channel"],
    matrix: Float[np.ndarray, "out channel"],
    *,
    out: Float[np.ndarray, "row out"] | None = None,
) -> Float[np.ndarray, "row out"]:
    """Every row times the transposed matrix, ``rows @ matrix.T``, in blocks of one core's cache.

    Parameters
    ----------
    rows
        Any number of rows.
    matrix
        Row o holds what each channel gives to output o. Many rows are multiplied twice as fast
        where it lies column by column in memory.
    out
        Where to write; None: a new array.
    """
    if out is None and len(rows) == 1:
        # A vector saves half of what a call costs beyond the multiplications.
        return np.asarray(matrix.dot(rows[0])[None])
    if out is None and len(rows) * matrix.size <= PRODUCT_SIZE_MAX:
        return np.asarray(rows @ matrix.T)
    block = max(1, PRODUCT_SIZE_MAX // matrix.size)
    product = np.empty((len(rows), len(matrix))) if out is None else out
    for start in range(0, len(rows), block):
        np.matmul(rows[start : start + block], matrix.T, out=product[start : start + block])
    return product
