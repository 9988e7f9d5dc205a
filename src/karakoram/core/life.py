"""Which states may a thing pass through? A life is one table, and one function reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Generic, TypeVar

from karakoram.core.errors import IllegalTransitionError

StateT = TypeVar("StateT", bound=Enum)
EventT = TypeVar("EventT", bound=Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Life(Generic[StateT, EventT]):
    """The states of one kind of thing and what leads from each to the next.

    The diagrams of the documents are drawn from ``transitions``, so the two cannot disagree.
    """

    subject: str
    """What lives, as a refusal names it, e.g. ``quote``."""
    first: StateT
    transitions: Mapping[StateT, Mapping[EventT, StateT]]
    """Every state; a state without a way out is final."""

    def __post_init__(self) -> None:
        """Let nobody change the table afterwards."""
        table = {state: MappingProxyType(dict(ways)) for state, ways in self.transitions.items()}
        object.__setattr__(self, "transitions", MappingProxyType(table))
        reached = {self.first}.union(*(ways.values() for ways in table.values()))
        assert reached <= table.keys(), f"a state of the {self.subject} has no row in its table"

    def next_state(self, state: StateT, event: EventT) -> StateT:
        """The state after ``event``.

        Raises
        ------
        IllegalTransitionError
            If the event cannot happen in this state; names what can.
        """
        ways = self.transitions[state]
        if event not in ways:
            article = "an" if self.subject[0] in "aeiou" else "a"
            possible = ", ".join(way.value for way in ways) or "nothing: that is its end"
            raise IllegalTransitionError(
                f"cannot {event.value} {article} {self.subject} that is {state.value}; "
                f"possible now: {possible}",
                code="illegal-transition",
                where=self.subject,
                alternatives=tuple(way.value for way in ways),
            )
        return ways[event]

    def is_final(self, state: StateT) -> bool:
        """Whether nothing can happen any more."""
        return not self.transitions[state]
