"""Which entry of a growing and shrinking set has the least key?

A binary heap in one array of rows (key, item), for compiled searches: row 0 says how many rows
count, no row has a key below that of the row it hangs from, and row ``i`` hangs from ``i // 2``.
Who uses one makes it as long as it can get.
"""

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled

Heap = Int[np.ndarray, "row 2"]


@compiled
def empty_heap(longest: int) -> Heap:
    """A heap for at most ``longest`` items."""
    return np.zeros((longest + 1, 2), dtype=np.int64)


@compiled
def push(heap: Heap, key: int, item: int) -> None:
    """Put an item in."""
    row = heap[0, 0] + 1
    heap[0, 0] = row
    while row > 1 and heap[row >> 1, 0] > key:
        heap[row, 0] = heap[row >> 1, 0]
        heap[row, 1] = heap[row >> 1, 1]
        row >>= 1
    heap[row, 0] = key
    heap[row, 1] = item


@compiled
def pop(heap: Heap) -> tuple[int, int]:
    """Take out the item with the least key; key and item, the heap not being empty."""
    least, item = heap[1, 0], heap[1, 1]
    size = heap[0, 0] - 1
    heap[0, 0] = size
    key, row, below = heap[size + 1, 0], 1, 2
    while below <= size:
        if below < size and heap[below + 1, 0] < heap[below, 0]:
            below += 1
        if heap[below, 0] >= key:
            break
        heap[row, 0] = heap[below, 0]
        heap[row, 1] = heap[below, 1]
        row, below = below, 2 * below
    heap[row, 1] = heap[size + 1, 1]
    heap[row, 0] = key
    return least, item
