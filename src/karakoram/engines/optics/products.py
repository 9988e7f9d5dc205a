"""How do we multiply many rows by one matrix on one core, at that core's full speed?"""

import numpy as np
from jaxtyping import Float

PRODUCT_SIZE_MAX = 2**18
"""Multiply-adds of one matrix product; above this OpenBLAS wakes threads, at ten times the cost."""


def row_products(
    rows: Float[np.ndarray, "row channel"], matrix: Float[np.ndarray, "out channel"]
) -> Float[np.ndarray, "row out"]:
    """Every row times the transposed matrix, ``rows @ matrix.T``, in blocks of one core's cache.

    Parameters
    ----------
    rows
        Any number of rows.
    matrix
        Row o holds what each channel gives to output o.
    """
    if len(rows) == 1:
        # A vector saves half of what a call costs beyond the multiplications.
        return np.asarray(matrix.dot(rows[0])[None])
    if len(rows) * matrix.size <= PRODUCT_SIZE_MAX:
        return np.asarray(rows @ matrix.T)
    block = max(1, PRODUCT_SIZE_MAX // matrix.size)
    product = np.empty((len(rows), len(matrix)))
    for start in range(0, len(rows), block):
        np.matmul(rows[start : start + block], matrix.T, out=product[start : start + block])
    return product
