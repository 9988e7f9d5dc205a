"""Does something lie on the way that a service goes, or on the one beside it?"""

from enum import Enum


class PathSide(Enum):
    """On which of the ways of a service something lies (words of ITU-T G.808.1)."""

    WORKING = "working"
    PROTECTION = "protection"
    """The way that it goes when the other fails."""
