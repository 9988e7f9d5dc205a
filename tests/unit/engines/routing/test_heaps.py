"""Does a heap give its items in the order of their keys?"""

import numpy as np
import pytest

from karakoram.engines.routing import heaps
from tests.support.interpreted import interpreted


@pytest.mark.parametrize("seed", range(3))
def test_items_come_by_rising_key(seed):
    keys = np.random.default_rng(seed).integers(0, 20, size=40).tolist()
    with interpreted(heaps):
        heap = heaps.empty_heap(len(keys))
        for item, key in enumerate(keys):
            heaps.push(heap, key, item)
        taken = [heaps.pop(heap) for _ in keys]
    assert [key for key, _ in taken] == sorted(keys)
    assert sorted(item for _, item in taken) == list(range(len(keys)))
    assert all(keys[item] == key for key, item in taken)
    assert heap[0, 0] == 0
