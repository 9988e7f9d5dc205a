"""In whose name are slots held while something moves from one way to another?

A move is made, switched and broken (make before break), each in a step of its own. Between them the
slots that are not on the way of the rider now are held beside it, so that a rider always holds what
its plan says, and nobody else gets what a half-made move needs.
"""

from enum import Enum

from karakoram.core.identifiers import ResourceId

_MARK = "|"


class MoveStep(Enum):
    """What is done to one tributary, in this order."""

    MAKE = "make"
    """Slots of the new way are taken beside those of the old."""
    SWITCH = "switch"
    """The rider goes the new way; the slots of the old one are still held."""
    BREAK = "break"
    """The slots of the old way are given back."""


def beside(step: MoveStep, container_id: ResourceId, rider_id: str) -> str:
    """In whose name slots are held after a step of a move out of a container.

    >>> beside(MoveStep.MAKE, "stm:GIL-RWP:STM-1/TU-12:1", "P-1")
    'make|stm:GIL-RWP:STM-1/TU-12:1|P-1'
    """
    assert step is not MoveStep.BREAK, "after the last step nothing is held beside the rider"
    return _MARK.join((step.value, container_id, rider_id))


def rider_of(claimant_id: str) -> str:
    """Who claims in the end: the rider of a move that is not finished, else the claimant itself.

    >>> rider_of("make|stm:GIL-RWP:STM-1/TU-12:1|P-1"), rider_of("P-1")
    ('P-1', 'P-1')
    """
    parts = claimant_id.split(_MARK, maxsplit=2)
    return parts[2] if len(parts) == len(("step", "container", "rider")) else claimant_id


def is_beside(claimant_id: str, container_id: ResourceId) -> bool:
    """Whether a claim is held by a move out of the container."""
    return claimant_id.startswith(
        tuple(
            _MARK.join((step.value, container_id, "")) for step in (MoveStep.MAKE, MoveStep.SWITCH)
        )
    )
