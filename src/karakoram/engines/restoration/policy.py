"""How is a connection protected, and what may be done for it when light fails?"""

from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple


class Scheme(IntEnum):
    """What keeps a connection up (ITU-T G.808.1, G.808.3; RFC 4427)."""

    UNPROTECTED = 0
    """Nothing: it waits for the repair."""
    ONE_PLUS_ONE = 1
    """Light on two disjoint paths at once; the receiver chooses."""
    ONE_FOR_ONE = 2
    """A second path is reserved for it alone, and lit when the first fails; traffic that may be
    put out can use its slots until then."""
    SHARED_MESH = 3
    """A second path is reserved whose slots others reserve too, if no risk hits them together."""
    DYNAMIC = 4
    """Nothing is reserved; a way is looked for among the slots that are free after the failure."""
    EXTRA = 5
    """May be lit on slots that others reserve, is put out when they need them, and waits."""


class RestorationOutcome(IntEnum):
    """What becomes of a connection while something is down."""

    UNAFFECTED = 0
    SWITCHED = 1
    """On its protection path."""
    RESTORED = 2
    """On a way that was found after the failure."""
    REDUCED = 3
    """The same at a lower bit rate than it had."""
    END_DOWN = 4
    """A site at one of its ends is down: nothing can help."""
    NO_PATH = 5
    """Every candidate path is hit."""
    NO_REACH = 6
    """Candidate paths are left, but light does not reach over any of them."""
    NO_SPECTRUM = 7
    """Light would reach, but no slots are free."""
    WAITS = 8
    """Its scheme does nothing for it."""
    PRE_EMPTED = 9
    """Put out for another, and not brought back."""


LOST_FROM = RestorationOutcome.END_DOWN
"""Outcomes from this one on carry nothing."""


class PolicyFlags(NamedTuple):
    """``RestorationPolicy`` as compiled loops take it."""

    reduces: bool
    pre_empts: bool
    uses_reserve: bool
    helps_protected: bool
    keeps_stubs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RestorationPolicy:
    """What may be done to bring connections back."""

    reduces: bool = False
    """Whether a lower bit rate will do where the full one does not fit."""
    pre_empts: bool = False
    """Whether a connection may put out others of lower priority."""
    uses_reserve: bool = False
    """Whether restored light may take slots that others reserve for their protection."""
    helps_protected: bool = True
    """Whether a connection whose protection fails as well is restored like a dynamic one."""
    keeps_stubs: bool = False
    """Whether a failed connection keeps its slots on the sections of its path that still stand."""

    @property
    def flags(self) -> PolicyFlags:
        """The same for compiled loops."""
        return PolicyFlags(
            reduces=self.reduces,
            pre_empts=self.pre_empts,
            uses_reserve=self.uses_reserve,
            helps_protected=self.helps_protected,
            keeps_stubs=self.keeps_stubs,
        )
