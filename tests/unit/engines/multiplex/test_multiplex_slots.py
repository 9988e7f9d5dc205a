"""Free slots against every placement there is, on every state of small servers."""

from itertools import product

import numpy as np
import pytest

from karakoram.engines.multiplex import (
    SlotRule,
    TributaryShape,
    chosen_slots,
    free_blocks,
    server_kind,
    tributaries_that_fit,
    tributary_shape,
)
from karakoram.engines.multiplex.catalogue import client_signal
from tests.support.multiplexes import all_placements, broken, tree

TREES = (tree(1, 2, 4, 8), tree(1, 3, 9), tree(1, 7))
SHAPES = [(1, 1), (2, 1), (3, 1), (5, 1), (1, 2), (2, 2), (1, 4), (1, 3), (2, 3)]


def states(slot_count):
    """Every state that there is, as rows."""
    return np.array(list(product([False, True], repeat=slot_count)))


def aligned(server):
    """The shapes that a tree has groups for."""
    return [
        TributaryShape(block_count=count, block_slots=width)
        for count, width in SHAPES
        if width in server.group_slots
    ]


@pytest.mark.parametrize("server", TREES, ids=lambda server: str(server.group_slots))
def test_best_fit_breaks_the_fewest_groups_of_every_level_at_once(server):
    free = states(server.slot_count)
    for shape in aligned(server):
        choice = chosen_slots(free, server=server, shape=shape)
        for row, fits, slots in zip(free.tolist(), choice.fits, choice.slots.tolist(), strict=True):
            placements = all_placements(row, shape)
            assert bool(fits) == bool(placements)
            if not placements:
                assert set(slots) == {-1}
                continue
            assert frozenset(slots) in placements
            assert slots == sorted(slots)
            damages = [broken(row, p, group_slots=server.group_slots) for p in placements]
            found = broken(row, set(slots), group_slots=server.group_slots)
            assert found == [min(level) for level in zip(*damages, strict=True)]


@pytest.mark.parametrize("server", TREES, ids=lambda server: str(server.group_slots))
def test_first_fit_takes_the_lowest(server):
    free = states(server.slot_count)
    for shape in aligned(server):
        choice = chosen_slots(free, server=server, shape=shape, rule=SlotRule.FIRST_FIT)
        for row, fits, slots in zip(free.tolist(), choice.fits, choice.slots.tolist(), strict=True):
            placements = [sorted(one) for one in all_placements(row, shape)]
            assert bool(fits) == bool(placements)
            assert not placements or slots == min(placements)


@pytest.mark.parametrize("rule", SlotRule)
@pytest.mark.parametrize("width", [1, 2, 3, 5, 9])
def test_a_run_begins_anywhere_and_best_fit_takes_the_shortest_gap(rule, width):
    server = tree(1, 9)
    shape = TributaryShape(block_count=1, block_slots=width, is_aligned=False)
    free = states(9)
    choice = chosen_slots(free, server=server, shape=shape, rule=rule)
    for row, fits, slots in zip(free.tolist(), choice.fits, choice.slots.tolist(), strict=True):
        starts = [min(one) for one in all_placements(row, shape)]
        assert bool(fits) == bool(starts)
        if starts:
            gaps = {first: gap_of(row, first) for first in starts}
            best = min(starts, key=lambda first: (gaps[first], first))
            first = min(starts) if rule is SlotRule.FIRST_FIT else best
            assert slots == list(range(first, first + width))


def gap_of(row, slot):
    """How long the run of free slots is around a slot."""
    low = high = slot
    while low > 0 and row[low - 1]:
        low -= 1
    while high < len(row) - 1 and row[high + 1]:
        high += 1
    return high - low + 1


@pytest.mark.parametrize(
    ("count", "width", "is_aligned"), [(1, 2, True), (2, 1, True), (1, 2, False)]
)
def test_as_many_fit_as_can_be_taken_one_after_another(count, width, is_aligned):
    server = tree(1, 2, 8)
    shape = TributaryShape(block_count=count, block_slots=width, is_aligned=is_aligned)
    free = states(8)
    expected = tributaries_that_fit(free, shape=shape)
    taken = np.zeros(len(free), dtype=np.int64)
    left = free.copy()
    while (choice := chosen_slots(left, server=server, shape=shape)).fits.any():
        rows = np.flatnonzero(choice.fits)
        left[rows[:, None], choice.slots[rows]] = False
        taken += choice.fits
    assert (taken == expected).all()


def test_of_equals_the_group_with_the_least_room_left_gives():
    free = np.array([[False, True, True, True, False, False, True, False]])
    shape = TributaryShape(block_count=1, block_slots=1)
    assert chosen_slots(free, server=tree(1, 4, 8), shape=shape).slots.tolist() == [[6]]
    first = chosen_slots(free, server=tree(1, 4, 8), shape=shape, rule=SlotRule.FIRST_FIT)
    assert first.slots.tolist() == [[1]]


def test_an_e1_spares_the_tug_3_that_an_e3_needs():
    """One VC-12 in the last TUG-3: the next goes beside it, not to the first slot."""
    server, free = server_kind("VC-4"), np.ones((1, 63), dtype=np.bool_)
    free[0, 42] = False
    e1 = tributary_shape(server, client_signal("E1"))
    e3 = tributary_shape(server, client_signal("E3"))
    assert chosen_slots(free, server=server, shape=e1).slots.tolist() == [[43]]
    assert tributaries_that_fit(free, shape=e3).tolist() == [2]


def test_a_block_wider_than_the_server_is_nowhere():
    free = np.ones((2, 3), dtype=np.bool_)
    shape = TributaryShape(block_count=1, block_slots=4)
    assert free_blocks(free, shape=shape).shape == (2, 0)
    assert not chosen_slots(free, server=tree(1, 3), shape=shape).fits.any()


def test_rows_have_as_many_slots_as_the_server():
    shape = TributaryShape(block_count=1, block_slots=1)
    with pytest.raises(ValueError, match="has 3 slots, got 4"):
        chosen_slots(np.ones((1, 4), dtype=np.bool_), server=tree(1, 3), shape=shape)


def test_a_choice_cannot_be_written():
    shape = TributaryShape(block_count=1, block_slots=1)
    choice = chosen_slots(np.ones((1, 3), dtype=np.bool_), server=tree(1, 3), shape=shape)
    assert not choice.slots.flags.writeable
    assert not choice.fits.flags.writeable
