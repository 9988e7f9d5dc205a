"""Products and solutions by parts are those of the whole."""

import numpy as np
import pytest

from karakoram.engines.optics.small_systems import batch_products, batch_solutions


@pytest.mark.parametrize("size", [3, 64, 65, 150])
def test_parts_give_what_the_whole_gives(size):
    rng = np.random.default_rng(size)
    root = rng.standard_normal((2, size, size))
    sides = rng.standard_normal((2, size, 3))
    matrix = batch_products(root, root.transpose(0, 2, 1)) + size * np.eye(size)
    np.testing.assert_allclose(matrix, root @ root.transpose(0, 2, 1) + size * np.eye(size))
    np.testing.assert_allclose(
        batch_solutions(matrix, sides), np.linalg.solve(matrix, sides), rtol=1e-10, atol=1e-13
    )
