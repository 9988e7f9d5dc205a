"""Through which statuses does an offering live, and what leads from one to the next?"""

from enum import Enum

from karakoram.core.life import Life


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


OFFERING_LIFE: Life[LifecycleStatus, LifecycleEvent] = Life(
    subject="offering",
    first=LifecycleStatus.IN_STUDY,
    transitions={
        LifecycleStatus.IN_STUDY: {
            LifecycleEvent.DESIGN: LifecycleStatus.IN_DESIGN,
            LifecycleEvent.REJECT: LifecycleStatus.REJECTED,
        },
        LifecycleStatus.IN_DESIGN: {
            LifecycleEvent.TEST: LifecycleStatus.IN_TEST,
            LifecycleEvent.REJECT: LifecycleStatus.REJECTED,
        },
        LifecycleStatus.IN_TEST: {
            LifecycleEvent.DESIGN: LifecycleStatus.IN_DESIGN,
            LifecycleEvent.ACTIVATE: LifecycleStatus.ACTIVE,
            LifecycleEvent.REJECT: LifecycleStatus.REJECTED,
        },
        LifecycleStatus.ACTIVE: {
            LifecycleEvent.LAUNCH: LifecycleStatus.LAUNCHED,
            LifecycleEvent.RETIRE: LifecycleStatus.RETIRED,
        },
        LifecycleStatus.LAUNCHED: {LifecycleEvent.RETIRE: LifecycleStatus.RETIRED},
        LifecycleStatus.RETIRED: {
            LifecycleEvent.LAUNCH: LifecycleStatus.LAUNCHED,
            LifecycleEvent.END: LifecycleStatus.OBSOLETE,
        },
        LifecycleStatus.OBSOLETE: {},
        LifecycleStatus.REJECTED: {},
    },
)
