import numpy as np
import pytest

from karakoram.engines.optics.products import PRODUCT_SIZE_MAX, row_products


@pytest.mark.parametrize("rows", [1, 7, PRODUCT_SIZE_MAX // 12 + 5])
def test_every_row_is_multiplied_whatever_fits_a_block(rows):
    rng = np.random.default_rng(rows)
    table, matrix = rng.random((rows, 4)), rng.random((3, 4))
    expected = np.einsum("rc,oc->ro", table, matrix)
    np.testing.assert_allclose(row_products(table, matrix), expected, rtol=1e-13)
    written = np.zeros((rows + 1, 3))
    row_products(table, np.asfortranarray(matrix), out=written[:rows])
    np.testing.assert_allclose(written[:rows], expected, rtol=1e-13)
    assert not written[rows].any()
