"""Through which statuses does an offering live, and what leads from one to the next?"""

from enum import Enum

from karakoram.core.errors import IllegalTransitionError


class LifecycleStatus(Enum):
    """Where an offering stands in its life; words of TM Forum 620."""

    IN_STUDY = "In study"
    IN_DESIGN = "In design"
    IN_TEST = "In test"
    ACTIVE = "Active"
    """Ready, and not yet on the market."""
    LAUNCHED = "Launched"
    """On the market: the only status in which it can be ordered."""
    RETIRED = "Retired"
    """No longer sold; who has it keeps it."""
    OBSOLETE = "Obsolete"
    """Nobody has it any more."""
    REJECTED = "Rejected"


class LifecycleEvent(Enum):
    """What happens to an offering."""

    DESIGN = "design"
    TEST = "test"
    ACTIVATE = "activate"
    LAUNCH = "launch"
    RETIRE = "retire"
    END = "end"
    REJECT = "reject"


TRANSITIONS = {
    (LifecycleStatus.IN_STUDY, LifecycleEvent.DESIGN): LifecycleStatus.IN_DESIGN,
    (LifecycleStatus.IN_STUDY, LifecycleEvent.REJECT): LifecycleStatus.REJECTED,
    (LifecycleStatus.IN_DESIGN, LifecycleEvent.TEST): LifecycleStatus.IN_TEST,
    (LifecycleStatus.IN_DESIGN, LifecycleEvent.REJECT): LifecycleStatus.REJECTED,
    (LifecycleStatus.IN_TEST, LifecycleEvent.DESIGN): LifecycleStatus.IN_DESIGN,
    (LifecycleStatus.IN_TEST, LifecycleEvent.ACTIVATE): LifecycleStatus.ACTIVE,
    (LifecycleStatus.IN_TEST, LifecycleEvent.REJECT): LifecycleStatus.REJECTED,
    (LifecycleStatus.ACTIVE, LifecycleEvent.LAUNCH): LifecycleStatus.LAUNCHED,
    (LifecycleStatus.ACTIVE, LifecycleEvent.RETIRE): LifecycleStatus.RETIRED,
    (LifecycleStatus.LAUNCHED, LifecycleEvent.RETIRE): LifecycleStatus.RETIRED,
    (LifecycleStatus.RETIRED, LifecycleEvent.LAUNCH): LifecycleStatus.LAUNCHED,
    (LifecycleStatus.RETIRED, LifecycleEvent.END): LifecycleStatus.OBSOLETE,
}
"""Every step there is; what is not here cannot happen."""


def next_status(status: LifecycleStatus, event: LifecycleEvent) -> LifecycleStatus:
    """The status after an event.

    Raises
    ------
    IllegalTransitionError
        When the event cannot happen in this status; names those that can.

    >>> next_status(LifecycleStatus.ACTIVE, LifecycleEvent.LAUNCH).value
    'Launched'
    """
    after = TRANSITIONS.get((status, event))
    if after is None:
        possible = [kind.value for start, kind in TRANSITIONS if start is status]
        raise IllegalTransitionError(
            f"an offering that is {status.value!r} cannot {event.value}; "
            f"it can {' or '.join(possible) if possible else 'do nothing more'}"
        )
    return after
