"""Which entry of a growing and shrinking set has the least key?

A binary heap in two arrays, for compiled searches. Who uses one makes it as long as it can get.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Int

from karakoram.core.compiled import compiled


class Heap(NamedTuple):
    """Items with their keys; no item's key is below that of the item it hangs from."""

    keys: Int[np.ndarray, " entry"]
    items: Int[np.ndarray, " entry"]
    size: Int[np.ndarray, " one"]
    """How many entries count, in an array of one so that it can change."""


@compiled
def empty_heap(longest: int) -> Heap:
    """A heap for at most ``longest`` entries."""
    return Heap(
        np.empty(longest, dtype=np.int64),
        np.empty(longest, dtype=np.int64),
        np.zeros(1, dtype=np.int64),
    )


@compiled
def push(heap: Heap, key: int, item: int) -> None:
    """Put an item in."""
    keys, items = heap.keys, heap.items
    place = heap.size[0]
    heap.size[0] = place + 1
    while place > 0:
        above = (place - 1) >> 1
        if keys[above] <= key:
            break
        keys[place], items[place] = keys[above], items[above]
        place = above
    keys[place], items[place] = key, item


@compiled
def pop(heap: Heap) -> tuple[int, int]:
    """Take out the item with the least key; key and item, the heap not being empty."""
    keys, items = heap.keys, heap.items
    least, item = keys[0], items[0]
    size = heap.size[0] - 1
    heap.size[0] = size
    key, last = keys[size], items[size]
    place = 0
    while True:
        below = 2 * place + 1
        if below >= size:
            break
        if below + 1 < size and keys[below + 1] < keys[below]:
            below += 1
        if keys[below] >= key:
            break
        keys[place], items[place] = keys[below], items[below]
        place = below
    keys[place], items[place] = key, last
    return least, item
