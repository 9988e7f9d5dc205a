"""On which slots of which containers do many tributaries go, all of them or none?

The engine is given every container in service with what is used of it, and grooms all demands at
once: most are carried, then passages cost least, a passage costing a kilometre of glass each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from karakoram.core.identifiers import ResourceId, SiteId
from karakoram.engines.multiplex import (
    GroomingDemand,
    GroomingLimit,
    GroomingProblem,
    ServerContainer,
    Tributary,
    groom,
)
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import (
    MULTIPLEX,
    Carried,
    carried,
    server_container,
    server_of,
    signal_client,
)
from karakoram.sales.feasibility.connection_ways import WayQuestion, WaysFound
from karakoram.sales.inventory.resources import PlannedClaim, Resource
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.plans import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class TributaryDemand:
    """So many tributaries of one signal between two sites."""

    signal: str
    """In the words of the Recommendations."""
    a_site_id: SiteId
    z_site_id: SiteId
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiplex:
    """The containers of an inventory as the engine counts them; made by :func:`multiplex_of`."""

    resources: tuple[Resource, ...]
    containers: tuple[ServerContainer, ...]
    """As many as resources."""
    site_numbers: Mapping[SiteId, int] = field(repr=False)

    @property
    def passage_costs(self) -> tuple[int, ...]:
        """Of one tributary through each: kilometres of glass, and one for the cross-connect."""
        return tuple(1 + round(each.length_km) for each in self.resources)

    @property
    def numbers(self) -> Mapping[ResourceId, int]:
        """The number of each container."""
        return {each.resource_id: number for number, each in enumerate(self.resources)}


def multiplex_of(stock: Stock, *, sites: Sequence[SiteId] = ()) -> Multiplex:
    """The containers of a stock, with what is claimed of them.

    Parameters
    ----------
    stock
        What is no container between two sites is left out.
    sites
        Sites that are asked for, which need not have a container.
    """
    there = tuple(
        each
        for each in stock.resources.values()
        if each.kind in MULTIPLEX and each.z_site_id is not None and server_of(each.model)
    )
    ends = {site for each in there for site in (each.a_site_id, each.z_site_id) if site}
    numbers = {site: number for number, site in enumerate(sorted(ends | set(sites)))}
    return Multiplex(
        resources=there,
        containers=tuple(_container(each, stock, numbers) for each in there),
        site_numbers=numbers,
    )


def _container(resource: Resource, stock: Stock, numbers: Mapping[SiteId, int]) -> ServerContainer:
    assert resource.z_site_id is not None
    return server_container(
        resource,
        tributary_count=stock.claim_counts.get(resource.resource_id, 0),
        sites=(numbers[resource.a_site_id], numbers[resource.z_site_id]),
    )


def groomed(
    demands: Sequence[TributaryDemand],
    *,
    stock: Stock,
    limit: GroomingLimit | None = None,
) -> tuple[Carried, ...] | tuple[Refusal, ...]:
    """The way and the slots of every tributary, in the order of the demands; or why not all go.

    Parameters
    ----------
    demands
        What is to be carried, all of it or nothing.
    stock
        What is free, claims counted.
    limit
        Of the integer program.

    Raises
    ------
    NotFoundError
        If there is no such signal.
    """
    sites = [site for each in demands for site in (each.a_site_id, each.z_site_id)]
    multiplex = multiplex_of(stock, sites=sites)
    problem = GroomingProblem(
        containers=multiplex.containers,
        demands=tuple(
            GroomingDemand(
                client=each.signal,
                a_site=multiplex.site_numbers[each.a_site_id],
                z_site=multiplex.site_numbers[each.z_site_id],
                count=each.count,
            )
            for each in demands
        ),
        passage_costs=multiplex.passage_costs,
    )
    plan = groom(problem, limit=limit)
    found = tuple(_carried(one, multiplex) for one in plan.tributaries)
    short = [
        (each, have) for each, have in zip(demands, plan.carried, strict=True) if have < each.count
    ]
    if not short:
        return found
    full = stock.with_plan([claim for one in found for claim in one.claims])
    return tuple(_refusal(each, have, stock=full) for each, have in short)


def _carried(one: Tributary, multiplex: Multiplex) -> Carried:
    way = tuple(multiplex.resources[claim.container] for claim in one.claims)
    return Carried(
        found=WaysFound(ways=(way,)),
        claims=tuple(_planned_claims(one, multiplex)),
    )


def _planned_claims(one: Tributary, multiplex: Multiplex) -> Iterator[PlannedClaim]:
    for hop, claim in enumerate(one.claims):
        yield PlannedClaim(
            resource_id=multiplex.resources[claim.container].resource_id,
            units=sum(1 << slot for slot in claim.slots),
            claimant_id=None,
            side=PathSide.WORKING,
            hop=hop,
        )


def _refusal(demand: TributaryDemand, have: int, *, stock: Stock) -> Refusal:
    """Why one more of a demand does not go when the others are there."""
    question = WayQuestion(a_site_id=demand.a_site_id, z_site_id=demand.z_site_id)
    one_more = carried(signal_client(demand.signal), question, stock=stock, beneath={})
    told = f"{have} of {demand.count} x {demand.signal} find a way"
    if isinstance(one_more, Refusal):
        fewer = f"ask for {have} x {demand.signal}" if have else ""
        return Refusal(
            code=one_more.code,
            where=one_more.where,
            message=f"{told}; {one_more.message}",
            alternatives=tuple(filter(None, (fewer, *one_more.alternatives))),
        )
    return Refusal(
        code="not-groomed",
        where=f"{demand.a_site_id}-{demand.z_site_id}",
        message=f"{told}; the search for ways ended before it found the rest",
        alternatives=(f"ask for {demand.count - have} x {demand.signal} by themselves",),
    )
