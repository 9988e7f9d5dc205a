import numpy as np
import pytest

from karakoram.engines.optics.power_profile import PowerProfile
from karakoram.engines.optics.profiled_gn import ROWS_AT_ONCE, row_blocks


@pytest.mark.parametrize("places", [1, 2 * ROWS_AT_ONCE + 1])
def test_blocks_hold_every_row_once_and_in_order(places):
    rows = 2 * ROWS_AT_ONCE + 1
    ratio = np.ones((rows, 2, 1)) / np.arange(1.0, rows + 1.0)[:, None, None]
    ratio[:, 0] = 1.0
    position_m = np.tile([0.0, 80e3], (places, 1))
    blocks = list(row_blocks(PowerProfile(position_m=position_m, ratio=ratio)))
    assert [part.ratio.shape[0] for _, part in blocks] == [ROWS_AT_ONCE, ROWS_AT_ONCE, 1]
    np.testing.assert_array_equal(np.concatenate([part.ratio for _, part in blocks]), ratio)
