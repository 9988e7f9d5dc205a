"""How much room does a container have for tributaries of several sizes together?

Blocks lie in line and each size divides the next. Place the largest first: no choice of theirs
costs a smaller one more. So a set of tributaries fits if, and only if, for every group size the
blocks of that size and above take no more slots than there are in wholly free groups of that size;
best fit then places it in whatever order.
"""

from collections.abc import Sequence
from functools import lru_cache

from karakoram.engines.multiplex.catalogue import client_signal, tributary_shape
from karakoram.engines.multiplex.containers import ServerContainer, free_slots
from karakoram.engines.multiplex.signals import ServerKind, TributaryShape


@lru_cache(maxsize=4096)
def shape_of(server: ServerKind, client: str) -> TributaryShape | None:
    """The room that a client takes in a server; ``None`` where it has no place.

    Raises
    ------
    NotFoundError
        If there is no such client signal.
    ValueError
        If it lies out of line: a run of time slots is placed, not groomed.
    """
    shape = tributary_shape(server, client_signal(client))
    if shape is not None and not shape.is_aligned:
        raise ValueError(f"{client} is not groomed: time slots of a run are chosen one by one")
    return shape


def group_room(containers: Sequence[ServerContainer]) -> tuple[tuple[int, ...], ...]:
    """Slots in wholly free groups of each level, for each container; and tributaries left, last."""
    rooms: list[tuple[int, ...]] = []
    for container in containers:
        free = free_slots([container])[0]
        levels = [
            int(free.reshape(-1, group).all(axis=1).sum()) * group
            for group in container.server.group_slots
        ]
        most = container.server.tributaries_max
        most = container.server.slot_count if most is None else most
        left = min(most - container.tributary_count, container.free_slot_count)
        rooms.append((*levels, left))
    return tuple(rooms)


def room_needed(server: ServerKind, client: str) -> tuple[int, ...] | None:
    """What one tributary takes of each level of ``group_room``; ``None`` where it has no place.

    >>> from karakoram.engines.multiplex.catalogue import server_kind
    >>> room_needed(server_kind("VC-4"), "VC-3")
    (21, 21, 21, 0, 1)
    """
    shape = shape_of(server, client)
    if shape is None:
        return None
    levels = (shape.slot_count if group <= shape.block_slots else 0 for group in server.group_slots)
    return (*levels, 1)


def count_that_fits(room: Sequence[int], needed: Sequence[int]) -> int:
    """How many more tributaries of a kind the room holds.

    >>> count_that_fits((60, 57, 21, 0, 9), (21, 21, 21, 0, 1))
    1
    """
    return min(left // take for left, take in zip(room, needed, strict=True) if take)
