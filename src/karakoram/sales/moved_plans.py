"""What is the plan of a product whose way in the multiplex has changed?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from karakoram.core.identifiers import ResourceId
from karakoram.sales.feasibility.carried import SIDES
from karakoram.sales.feasibility.connection_ways import Way
from karakoram.sales.feasibility.operator_legs import SoldBetween, connection_legs, sites_on
from karakoram.sales.inventory.resources import PlannedClaim, Resource
from karakoram.sales.offer_trust import way_trust
from karakoram.sales.plans import ServicePlan

Beneath = Mapping[ResourceId, frozenset[ResourceId]]


def moved_plan(
    plan: ServicePlan,
    after: Sequence[PlannedClaim],
    *,
    containers: Mapping[ResourceId, Resource],
    sold: SoldBetween,
    beneath: Beneath,
) -> ServicePlan:
    """The plan with one of its ways exchanged; what it takes elsewhere and its charges stay.

    The legs are those of the operators on the new way, who will have to take it down one day. The
    price was agreed and does not follow the length.

    Parameters
    ----------
    plan
        As it is.
    after
        All claims of the new way, of one side.
    containers
        Every container that either way names.
    sold
        Who sells it, and from where to where.
    beneath
        The fibres under the containers of both ways; empty where there is one way.
    """
    (side,) = {each.side for each in after}
    kept = (
        each for each in plan.claims if each.side is not side or each.resource_id not in containers
    )
    claims = (*kept, *after)
    ways = ways_of(claims, containers)
    return replace(
        plan,
        claims=claims,
        legs=connection_legs(sold, [ways], work=plan.legs[0].work),
        measures=replace(
            plan.measures,
            length_km=sum(each.length_km for each in ways[0]),
            latency_ms=sum(each.latency_ms for each in ways[0]),
            length_confidence=way_trust(ways[0]),
            latency_confidence=way_trust(ways[0]),
            shared_risks=tuple(sorted(shared_by(ways, beneath))),
        ),
        ways=tuple(sites_on(sold.a_site_id, way) for way in ways),
    )


def ways_of(
    claims: Iterable[PlannedClaim], containers: Mapping[ResourceId, Resource]
) -> tuple[Way, ...]:
    """The containers that claims lead over, working first, from the A end."""
    on_containers = [each for each in claims if each.resource_id in containers]
    ways = (
        tuple(
            containers[each.resource_id]
            for each in sorted(on_containers, key=lambda each: each.hop)
            if each.side is side
        )
        for side in SIDES
    )
    return tuple(way for way in ways if way)


def shared_by(ways: Sequence[Way], beneath: Beneath) -> frozenset[ResourceId]:
    """The containers and fibres that all of several ways need; none of a single way."""
    if len(ways) == 1:
        return frozenset()
    return frozenset.intersection(
        *(
            frozenset().union(
                *({each.resource_id} | beneath.get(each.resource_id, frozenset()) for each in way)
            )
            for way in ways
        )
    )
