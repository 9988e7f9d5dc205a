"""What do the use cases of plain topologies need from outside?"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import SiteId
from karakoram.network.topology import Topology
from karakoram.planning.topology_answers import TopologyPairRoutes, TopologyQuestion
from karakoram.planning.topology_graph import TopologyGraph

Pair = tuple[SiteId, SiteId]
"""From where to where."""

PairRouter = Callable[
    [TopologyGraph, TopologyQuestion, Sequence[Pair]], Iterable[TopologyPairRoutes]
]
"""Who finds the routes of some pairs, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairWords:
    """Two sites as a person names them."""

    a_word: str
    z_word: str
    place: Place
    """Where they stand, without a field."""
    a_field: str
    """What the file calls the first."""
    z_field: str


@runtime_checkable
class TopologySource(Protocol):
    """Where a topology comes from."""

    def read_topology(self) -> tuple[Topology, tuple[Finding, ...]]:
        """The topology, and what is odd about it.

        Raises
        ------
        InvalidDataError
            If it cannot be read or breaks a rule; carries every finding.
        """


@runtime_checkable
class PairSource(Protocol):
    """Where pairs of sites come from."""

    def read_pairs(self) -> tuple[PairWords, ...]:
        """The pairs, at least one.

        Raises
        ------
        InvalidDataError
            If they cannot be read; carries every finding.
        """


@runtime_checkable
class RouterMaker(Protocol):
    """Who gets a router for very many pairs ready; that takes seconds, so few pairs need none."""

    def __call__(self) -> PairRouter:
        """The router."""
