"""How full is each container, and how much of what is free is of no use to a client?"""

from collections.abc import Sequence
from dataclasses import dataclass

from karakoram.engines.multiplex.catalogue import tributary_shape
from karakoram.engines.multiplex.containers import ServerContainer, free_slots
from karakoram.engines.multiplex.signals import ClientSignal
from karakoram.engines.multiplex.slots import tributaries_that_fit


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerFill:
    """What is used and free in one container, and what of it a client can take."""

    used_slots: int
    free_slots: int
    tributaries_that_fit: int
    """More of the client, one after another; 0 where it has no place."""
    stranded_slots: int
    """Free, but left over when as many as fit are in."""
    fragmentation: float
    """Share of the tributaries that so many free slots would hold side by side, but do not as they
    lie [0..1]."""


def container_fill(
    containers: Sequence[ServerContainer], *, client: ClientSignal
) -> tuple[ContainerFill, ...]:
    """The fill of each container for a client.

        stranded = free - fitting x needed,    fragmentation = 1 - fitting / floor(free / needed)

    Parameters
    ----------
    containers
        Of any kinds.
    client
        What the free slots are to carry.
    """
    return tuple(_fill(container, client=client) for container in containers)


def _fill(container: ServerContainer, *, client: ClientSignal) -> ContainerFill:
    shape = tributary_shape(container.server, client)
    free = container.free_slot_count
    fitting = ideal = needed = 0
    if shape is not None:
        needed = shape.slot_count
        fitting = int(tributaries_that_fit(free_slots([container]), shape=shape)[0])
        ideal = free // needed
        most = container.server.tributaries_max
        if most is not None:
            fitting = min(fitting, most - container.tributary_count)
            ideal = min(ideal, most - container.tributary_count)
    return ContainerFill(
        used_slots=container.used_slot_count,
        free_slots=free,
        tributaries_that_fit=fitting,
        stranded_slots=free - fitting * needed,
        fragmentation=1.0 - fitting / ideal if ideal else 0.0,
    )
