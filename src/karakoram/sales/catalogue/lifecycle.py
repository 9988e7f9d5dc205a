"""Where does an offering stand in its life?

People keep the status in the table of offerings and no command moves it, so nothing here says what
leads from one to the next.
"""

from enum import Enum


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
