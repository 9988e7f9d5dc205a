"""What does a multiplex look like to a search: edges with room, and what is taken of it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from karakoram.engines.multiplex.containers import ServerContainer
from karakoram.engines.multiplex.grooming import GroomingProblem, GroomingSearch
from karakoram.engines.multiplex.room import group_room, room_needed


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingEdge:
    """One container that is there or may be opened."""

    container: ServerContainer
    room: tuple[int, ...]
    """As ``group_room`` has it."""
    passage_cost: int
    opening_cost: int = 0
    openable: int | None = None
    """Its number among the openable; ``None`` for what is there."""


class GroomingWay(NamedTuple):
    """The edges that a tributary passes, in order from its first site."""

    demand: int
    edges: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroomingWays:
    """A way for each tributary that is carried, and the bounds that were proven."""

    ways: tuple[GroomingWay, ...]
    """Those of tributaries alike stand as often as there are of them."""
    search: GroomingSearch
    carried_bound: int
    opening_cost_bound: int
    passage_cost_bound: int


def edges_of(problem: GroomingProblem) -> tuple[GroomingEdge, ...]:
    """Every container that is there, then every one that may be opened."""
    there = [
        GroomingEdge(container=one, room=room, passage_cost=problem.passage_cost(number))
        for number, (one, room) in enumerate(
            zip(problem.containers, group_room(problem.containers), strict=True)
        )
    ]
    for number, openable in enumerate(problem.openable):
        empty = ServerContainer(
            server=openable.server, a_site=openable.a_site, z_site=openable.z_site
        )
        new = GroomingEdge(
            container=empty,
            room=group_room([empty])[0],
            passage_cost=openable.passage_cost,
            opening_cost=openable.opening_cost,
            openable=number,
        )
        there += [new] * openable.count_max
    return tuple(there)


def needs_of(
    problem: GroomingProblem, edges: Sequence[GroomingEdge]
) -> tuple[tuple[tuple[int, ...] | None, ...], ...]:
    """What a tributary of each demand takes of the room of each edge; ``None`` where it cannot."""
    return tuple(
        tuple(room_needed(edge.container.server, demand.client) for edge in edges)
        for demand in problem.demands
    )


def costs_of(edges: Sequence[GroomingEdge], ways: Sequence[GroomingWay]) -> tuple[int, int]:
    """What is paid for opening, and for passages."""
    used = {edge for way in ways for edge in way.edges}
    return (
        sum(edges[edge].opening_cost for edge in used),
        sum(edges[edge].passage_cost for way in ways for edge in way.edges),
    )
