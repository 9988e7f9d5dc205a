"""Who did what to what, when and why?"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Who does something, when and why: asked of every action."""

    who: str
    why: str
    at: datetime
    """UTC."""

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise ValueError("who acts must be named")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogEntry:
    """One action, never changed and never removed."""

    entry_id: str
    deed: Deed
    action: str
    """The verb, e.g. ``order.place``."""
    subject_kind: str
    """E.g. ``quote``."""
    subject_id: str
    state_before: str = ""
    state_after: str = ""
    detail: str = ""
