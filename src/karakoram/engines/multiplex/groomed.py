"""Which plan grooms the multiplex best, and which slots does each tributary hold in it?"""

from collections.abc import Sequence
from dataclasses import replace

from karakoram.engines.multiplex.catalogue import client_signal
from karakoram.engines.multiplex.containers import (
    MissingRoom,
    ServerContainer,
    SlotClaim,
    Tributary,
    claims_along,
    with_claims,
)
from karakoram.engines.multiplex.edges import (
    GroomingEdge,
    GroomingWays,
    costs_of,
    edges_of,
)
from karakoram.engines.multiplex.grooming import (
    GroomingLimit,
    GroomingPlan,
    GroomingProblem,
)
from karakoram.engines.multiplex.grooming_program import ways_by_program
from karakoram.engines.multiplex.grooming_search import ways_by_search


def groom(problem: GroomingProblem, *, limit: GroomingLimit | None = None) -> GroomingPlan:
    """The plan that carries most, then opens for least, then passes for least.

    A search routes one demand after another. Where it does not reach the bounds that distances
    alone prove, an integer program looks for better and proves it, if it is not larger or slower
    than the limit. ``search``, the bounds and ``proven`` tell what was reached.

    Parameters
    ----------
    problem
        Containers, what may be opened, and what is to be carried.
    limit
        Of the integer program; else that of ``GroomingLimit()``.

    Returns
    -------
    The plan, with the slots of every tributary.

    Raises
    ------
    NotFoundError
        If there is no such client signal.
    ValueError
        If a client is a run of time slots, which is placed and not groomed.

    References
    ----------
    .. [1] docs/theory/multiplex.md; the problem is NP-hard: K. Zhu, B. Mukherjee, "Traffic grooming
       in an optical WDM mesh network", IEEE J. Selected Areas in Communications 20 (1), 2002,
       122-133.
    """
    edges = edges_of(problem)
    found = ways_by_search(problem, edges)
    if not _is_proven(found, edges):
        proven = ways_by_program(
            problem, edges, limit=limit or GroomingLimit(), carried_min=len(found.ways)
        )
        if proven is not None:
            found = _better(found, proven, edges=edges)
    return _plan(problem, edges, found)


def _value(found: GroomingWays, edges: Sequence[GroomingEdge]) -> tuple[int, int, int]:
    """What is to be least: less carried first, opened next, passages last."""
    return (-len(found.ways), *costs_of(edges, found.ways))


def _is_proven(found: GroomingWays, edges: Sequence[GroomingEdge]) -> bool:
    bounds = (-found.carried_bound, found.opening_cost_bound, found.passage_cost_bound)
    return _value(found, edges) == bounds


def _better(
    found: GroomingWays, proven: GroomingWays, *, edges: Sequence[GroomingEdge]
) -> GroomingWays:
    """The better of two, with the bounds that hold for it."""
    if _value(proven, edges) <= _value(found, edges):
        return proven
    # The program ran out of time: of its bounds that on what is carried holds for every plan.
    return replace(found, carried_bound=min(found.carried_bound, proven.carried_bound))


def _plan(
    problem: GroomingProblem, edges: Sequence[GroomingEdge], found: GroomingWays
) -> GroomingPlan:
    """The ways with slots."""
    used = sorted({edge for way in found.ways for edge in way.edges})
    opened = [edge for edge in used if edges[edge].openable is not None]
    number = {edge: edge for edge in range(len(problem.containers))}
    number |= {edge: len(problem.containers) + place for place, edge in enumerate(opened)}
    containers = (*problem.containers, *(edges[edge].container for edge in opened))
    clients = [problem.demands[way.demand].client for way in found.ways]
    claims: dict[tuple[int, int], SlotClaim] = {}
    for edge in used:
        passing = [
            (place, clients[place]) for place, way in enumerate(found.ways) if edge in way.edges
        ]
        held = _held_slots(containers[number[edge]], number[edge], passing=passing)
        containers = with_claims(containers, held.values())
        claims |= {(place, number[edge]): claim for place, claim in held.items()}
    tributaries = tuple(
        Tributary(
            client=clients[place],
            a_site=problem.demands[way.demand].a_site,
            z_site=problem.demands[way.demand].z_site,
            claims=tuple(claims[place, number[edge]] for edge in way.edges),
        )
        for place, way in enumerate(found.ways)
    )
    counts = [way.demand for way in found.ways]
    opening_cost, passage_cost = costs_of(edges, found.ways)
    return GroomingPlan(
        containers=containers,
        opened=tuple(edges[edge].openable or 0 for edge in opened),
        tributaries=tributaries,
        carried=tuple(counts.count(demand) for demand in range(len(problem.demands))),
        opening_cost=opening_cost,
        passage_cost=passage_cost,
        search=found.search,
        carried_bound=found.carried_bound,
        opening_cost_bound=found.opening_cost_bound,
        passage_cost_bound=found.passage_cost_bound,
    )


def _held_slots(
    container: ServerContainer, number: int, *, passing: list[tuple[int, str]]
) -> dict[int, SlotClaim]:
    """The slots of all tributaries that pass a container, by their place; best fit has no order."""
    held: dict[int, SlotClaim] = {}
    after: tuple[ServerContainer, ...] = (container,)
    for place, client in passing:
        found = claims_along(after, [0], client=client_signal(client))
        assert not isinstance(found, MissingRoom), "best fit keeps the room that there is"
        after = with_claims(after, found)
        held[place] = replace(found[0], container=number)
    return held
