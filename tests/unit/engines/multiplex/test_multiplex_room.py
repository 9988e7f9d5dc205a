"""Room for several sizes together against placing them one by one."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from karakoram.core.errors import NotFoundError
from karakoram.engines.multiplex import (
    ServerContainer,
    TributaryShape,
    chosen_slots,
    client_signal,
    free_slots,
    server_kind,
    tributary_shape,
)
from karakoram.engines.multiplex.room import count_that_fits, group_room, room_needed, shape_of
from tests.support.groomings import container, is_packed
from tests.support.multiplexes import tree


def used_bits(flags):
    return sum(1 << slot for slot, used in enumerate(flags) if used)


TREES = (tree(1, 2, 8), tree(1, 2, 4, 8), tree(1, 3, 6))


def shapes_of(server):
    """A block of every size but the largest, and two of the second."""
    sizes = server.group_slots[:-1]
    shapes = [TributaryShape(block_count=1, block_slots=size) for size in sizes]
    return [*shapes, TributaryShape(block_count=2, block_slots=sizes[1])]


def is_within_room(one, chosen):
    """Whether for each group size no more slots are taken than wholly free groups have."""
    return all(
        sum(shape.slot_count for shape in chosen if group <= shape.block_slots) <= room
        for group, room in zip(one.server.group_slots, group_room([one])[0], strict=False)
    )


@pytest.mark.parametrize("server", TREES)
def test_a_set_fits_if_and_only_if_every_group_size_has_the_room(server):
    seen = set()
    for flags in product([False, True], repeat=server.slot_count):
        one = ServerContainer(server=server, a_site=0, z_site=1, used_slots=used_bits(flags))
        for chosen in combinations_with_replacement(shapes_of(server), 2):
            fits = is_within_room(one, chosen)
            assert fits == is_packed(one, chosen)
            seen.add(fits)
    assert seen == {True, False}


@pytest.mark.parametrize("server", TREES)
def test_best_fit_places_what_fits_in_whatever_order(server):
    states = list(product([False, True], repeat=server.slot_count))
    containers = [
        ServerContainer(server=server, a_site=0, z_site=1, used_slots=used_bits(flags))
        for flags in states
    ]
    for chosen in product(shapes_of(server), repeat=2):
        free = np.array(free_slots(containers))
        placed = np.ones(len(states), dtype=np.bool_)
        for shape in chosen:
            choice = chosen_slots(free, server=server, shape=shape)
            rows = np.flatnonzero(choice.fits)
            free[rows[:, None], choice.slots[rows]] = False
            placed &= choice.fits
        assert placed.tolist() == [is_within_room(one, chosen) for one in containers]


@pytest.mark.parametrize(
    ("name", "used", "tributaries", "room"),
    [
        ("VC-4", (0,), 1, (62, 60, 42, 0, 62)),
        ("ODU4", (3, 4), 1, (78, 0, 78)),
        ("ODUC1", (0, 1), 1, (18, 0, 9)),
        ("ODUC1", range(15), 3, (5, 0, 5)),
        ("STM-16", (5,), 1, (15, 12, 0, 15)),
    ],
)
def test_room_is_what_wholly_free_groups_have(name, used, tributaries, room):
    assert group_room([container(name, 0, 1, used=used, tributaries=tributaries)]) == (room,)


def test_as_many_fit_as_the_tightest_size_lets():
    room = group_room([container("VC-4", 0, 1, used=(0, 62))])[0]
    for client, count in (("VC-12", 61), ("VC-2", 19), ("VC-3", 1), ("VC-3-2v", 0)):
        assert count_that_fits(room, room_needed(server_kind("VC-4"), client)) == count


def test_what_has_no_place_needs_nothing():
    assert room_needed(server_kind("ODU2"), "ODU3") is None
    assert shape_of(server_kind("ODU2"), "ODU3") is None
    assert shape_of(server_kind("ODU4"), "ODU3") == tributary_shape(
        server_kind("ODU4"), client_signal("ODU3")
    )


def test_what_is_not_groomed_is_refused():
    assert shape_of(server_kind("E1"), "6x64k").block_count == 6
    with pytest.raises(ValueError, match="6x64k-c is not groomed"):
        shape_of(server_kind("E1"), "6x64k-c")
    with pytest.raises(NotFoundError):
        shape_of(server_kind("E1"), "7x65k")
