"""Over which containers does each tributary go, and which new containers does that take?

Most tributaries are carried; then the new containers cost least; then the passages through
containers, by default their number. A tributary goes one way as a whole; tributaries of one demand
may go different ways.
"""

from dataclasses import dataclass
from enum import Enum

from karakoram.engines.multiplex.containers import ServerContainer, Tributary
from karakoram.engines.multiplex.signals import ServerKind


class GroomingSearch(Enum):
    """How the ways were chosen."""

    PROGRAM = "integer-program"
    """By branch and bound (HiGHS)."""
    GREEDY = "greedy"
    """One demand after another, then by taking out and routing anew: no proof of the best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingLimit:
    """How much may be spent on the proof."""

    columns_max: int = 20_000
    """Of the integer program, or it is not tried."""
    time_s: float = 5.0
    """For each of its three steps: most carried, least opened, fewest passages."""

    def __post_init__(self) -> None:
        if not (self.columns_max >= 0 and self.time_s > 0.0):
            raise ValueError(f"a limit needs columns_max >= 0 and time_s > 0, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingDemand:
    """So many tributaries of one kind between two sites."""

    client: str
    a_site: int
    z_site: int
    count: int = 1

    def __post_init__(self) -> None:
        if self.a_site == self.z_site or self.count < 1:
            raise ValueError(f"a demand joins two sites and has a count of 1 or more, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenableContainer:
    """A container that may be opened, as often as is said."""

    server: ServerKind
    a_site: int
    z_site: int
    opening_cost: int
    """In any whole unit, e.g. of money."""
    count_max: int = 1
    passage_cost: int = 1
    """Of one tributary through it."""

    def __post_init__(self) -> None:
        if min(self.opening_cost, self.count_max) < 0 or self.passage_cost < 1:
            raise ValueError(f"costs and counts are not negative, and a passage costs, got {self}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingProblem:
    """Containers, what may be opened, and what is to be carried."""

    containers: tuple[ServerContainer, ...]
    demands: tuple[GroomingDemand, ...]
    openable: tuple[OpenableContainer, ...] = ()
    passage_costs: tuple[int, ...] = ()
    """Of one tributary through each container, whole, 1 or more; none given: 1 each."""

    def __post_init__(self) -> None:
        if self.passage_costs and len(self.passage_costs) != len(self.containers):
            raise ValueError(
                f"{len(self.containers)} containers have {len(self.passage_costs)} passage costs"
            )
        if any(cost < 1 for cost in self.passage_costs):
            raise ValueError(f"a passage costs 1 or more, got {min(self.passage_costs)}")

    def passage_cost(self, container: int) -> int:
        """Of one tributary through a container that is there."""
        return self.passage_costs[container] if self.passage_costs else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingPlan:
    """Every tributary with its slots, and how sure it is that nothing is better."""

    containers: tuple[ServerContainer, ...]
    """Those of the problem, then the new ones, with all claims."""
    opened: tuple[int, ...]
    """For each new container its number among the openable."""
    tributaries: tuple[Tributary, ...]
    """Those carried, in the order of the demands."""
    carried: tuple[int, ...]
    """Of each demand, how many."""
    opening_cost: int
    passage_cost: int
    search: GroomingSearch
    carried_bound: int
    """Proven: no plan carries more."""
    opening_cost_bound: int
    """Proven: with so many carried no plan opens for less."""
    passage_cost_bound: int
    """Proven: with so many carried and so little opened no plan has fewer passages."""

    @property
    def proven(self) -> bool:
        """Whether nothing is better."""
        return (
            sum(self.carried) == self.carried_bound
            and self.opening_cost == self.opening_cost_bound
            and self.passage_cost == self.passage_cost_bound
        )
