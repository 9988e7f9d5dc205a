"""Which free slots of a server does a tributary take, for one server or for thousands at once?

First fit takes the lowest blocks. Best fit takes those with the least room left in the smallest
group around them that is broken already, then the lowest. So it breaks the fewest wholly free
groups of every level of the tree, all levels at once (docs/theory/multiplex.md).
"""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from jaxtyping import Bool, Int32, Int64

from karakoram.engines.multiplex.signals import ServerKind, TributaryShape

NO_SLOT = -1
"""In the place of a slot: the tributary does not fit."""


class SlotRule(Enum):
    """Which of the blocks that are free a tributary takes."""

    FIRST_FIT = "first-fit"
    BEST_FIT = "best-fit"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SlotChoice:
    """The slots that one more tributary takes in each of many servers of a kind."""

    fits: Bool[np.ndarray, " container"]
    slots: Int32[np.ndarray, "container needed"]
    """Ascending; ``NO_SLOT`` where it does not fit."""


def free_blocks(
    free: Bool[np.ndarray, "container slot"], *, shape: TributaryShape
) -> Bool[np.ndarray, "container block"]:
    """Which blocks are wholly free: every one in line, or one for each slot it may begin at."""
    containers, slots = free.shape
    width = shape.block_slots
    if width > slots:
        return np.zeros((containers, 0), dtype=np.bool_)
    if shape.is_aligned:
        in_line = free[:, : slots // width * width].reshape(containers, -1, width)
        return np.asarray(in_line.all(axis=2))
    windows = np.lib.stride_tricks.sliding_window_view(free, width, axis=1)
    return np.asarray(windows.all(axis=2))


def tributaries_that_fit(
    free: Bool[np.ndarray, "container slot"], *, shape: TributaryShape
) -> Int64[np.ndarray, " container"]:
    """How many tributaries of a shape the free slots of each server hold.

    >>> shape = TributaryShape(block_count=1, block_slots=2)
    >>> tributaries_that_fit(np.array([[True, True, False, True, True, True]]), shape=shape)
    array([2])
    """
    if shape.is_aligned:
        return np.asarray(free_blocks(free, shape=shape).sum(axis=1) // shape.block_count)
    ends = np.diff(np.pad(free, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    total = np.zeros(free.shape[0], dtype=np.int64)
    rows, starts = np.nonzero(ends == 1)
    stops = np.nonzero(ends == -1)[1]
    np.add.at(total, rows, (stops - starts) // shape.block_slots)
    return total


def chosen_slots(
    free: Bool[np.ndarray, "container slot"],
    *,
    server: ServerKind,
    shape: TributaryShape,
    rule: SlotRule = SlotRule.BEST_FIT,
) -> SlotChoice:
    """The slots that a tributary takes in each server, as if it were asked for in each alone.

    Parameters
    ----------
    free
        Which slots are free, a row for each server of the kind.
    server
        The kind of all rows.
    shape
        The room that the tributary takes.
    rule
        Which of the free blocks it takes.

    Returns
    -------
    The choice, arrays read-only.

    Raises
    ------
    ValueError
        If a row has not as many slots as the kind.
    """
    if free.shape[1] != server.slot_count:
        raise ValueError(f"{server.name} has {server.slot_count} slots, got {free.shape[1]}")
    blocks = free_blocks(free, shape=shape)
    containers, places = blocks.shape
    count, width = shape.block_count, shape.block_slots
    fits = blocks.sum(axis=1) >= count
    slots = np.full((containers, shape.slot_count), NO_SLOT, dtype=np.int32)
    if fits.any():
        order = _order(free, blocks, server=server, shape=shape, rule=rule)
        order[~blocks] = np.iinfo(np.int64).max
        least = np.partition(order[fits], count - 1, axis=1)[:, :count]
        block = np.sort(least % places, axis=1)
        first = block * (width if shape.is_aligned else 1)
        slots[fits] = (first[:, :, None] + np.arange(width)).reshape(-1, shape.slot_count)
    fits.flags.writeable = slots.flags.writeable = False
    return SlotChoice(fits=fits, slots=slots)


def _order(
    free: Bool[np.ndarray, "container slot"],
    blocks: Bool[np.ndarray, "container block"],
    *,
    server: ServerKind,
    shape: TributaryShape,
    rule: SlotRule,
) -> Int64[np.ndarray, "container block"]:
    """A number for each block, least taken first, from which its place is had by the remainder."""
    places = blocks.shape[1]
    place = np.arange(places, dtype=np.int64)
    if rule is SlotRule.FIRST_FIT:
        return np.tile(place, (blocks.shape[0], 1))
    if not shape.is_aligned:
        return np.asarray(_run_lengths(free)[:, :places] * places + place)
    room = np.zeros(blocks.shape, dtype=np.int64)
    for group in reversed(server.group_slots):
        if group <= shape.block_slots:
            break
        within = group // shape.block_slots
        free_within = blocks.reshape(blocks.shape[0], -1, within).sum(axis=2)
        spread = np.repeat(free_within, within, axis=1)
        room = np.where(spread == within, room, spread)
    return np.asarray(room * places + place)


def _run_lengths(free: Bool[np.ndarray, "container slot"]) -> Int64[np.ndarray, "container slot"]:
    """How long the run of free slots is that each free slot lies in."""
    slots = np.arange(free.shape[1], dtype=np.int64)
    last_taken = np.maximum.accumulate(np.where(free, -1, slots), axis=1)
    next_taken = np.where(free, free.shape[1], slots)
    next_taken = np.minimum.accumulate(next_taken[:, ::-1], axis=1)[:, ::-1]
    return np.asarray(next_taken - last_taken - 1)
