"""What rides on a container of the multiplex, can it be moved, and what is it after a move?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from karakoram.core.identifiers import ResourceId, SiteId
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import MULTIPLEX
from karakoram.sales.feasibility.groomed import multiplex_of
from karakoram.sales.feasibility.multiplex_clients import model_signal, sold_signal
from karakoram.sales.feasibility.operator_legs import SoldBetween
from karakoram.sales.feasibility.questions import A_SITE, Z_SITE, NotFeasible
from karakoram.sales.feasibility.regroomed import (
    RiderMove,
    RiderWay,
    is_understood,
    moves_out_of,
)
from karakoram.sales.inventory.resources import (
    RESOURCE_LIFE,
    Claim,
    PlannedClaim,
    Resource,
    ResourceEvent,
    ResourceStatus,
)
from karakoram.sales.inventory.stock import stock_of
from karakoram.sales.moved_plans import moved_plan, ways_of
from karakoram.sales.moving import is_beside
from karakoram.sales.offer_trust import way_trust
from karakoram.sales.plans import Refusal, ServicePlan
from karakoram.sales.products import Product, ProductState
from karakoram.usecases.multiplex.open_containers import known_container
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter
from karakoram.usecases.sell.selling import fibres_beneath

MOVABLE = frozenset({ProductState.ACTIVE, ProductState.SUSPENDED})
"""A product in these states has no order open, so that nobody else changes its plan."""
_HELP: Mapping[str, str] = {
    "held-by-quote": "decline the quote, or wait until it expires",
    "order-open": "complete or cancel the order first",
    "not-movable": "move it by hand",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Regroomed:
    """What was moved out of a container."""

    container: Resource
    """As it was read first."""
    moves: tuple[RiderMove, ...]
    """In the order in which they were made; empty where all of it was done before."""
    containers: tuple[Resource, ...]
    """The containers that the moves name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RidersFound:
    """The ways over a container that can be moved, and why others cannot."""

    ways: tuple[RiderWay, ...]
    refusals: tuple[Refusal, ...]


def planned_regroom(tx: SalesReader, container_id: ResourceId) -> Regroomed | NotFeasible:
    """The moves, as if what a run that was cut short left beside the riders were given back."""
    container = known_container(tx, container_id)
    left = held_beside(tx, container_id)
    there = tx.resources(MULTIPLEX)
    every = tx.claims_on(each.resource_id for each in there)
    stock = stock_of(there, every).without(left)
    claims = sorted({*every} - {*left}, key=lambda each: each.claim_id)
    found = ways_over(
        tx,
        sorted({each.claimant_id for each in claims if each.resource_id == container_id}),
        container_id,
    )
    multiplex = multiplex_of(stock)
    strange = tuple(_strange(each) for each in found.ways if not is_understood(each, multiplex))
    reasons = (*found.refusals, *strange)
    if reasons:
        return NotFeasible(reasons=reasons)
    plan = moves_out_of(container_id, found.ways, multiplex=multiplex)
    meeting = tuple(_meeting(tx, plan.moves))
    if meeting:
        barred = _barred(stock.resources.values(), _other_ways(tx, found.ways))
        plan = moves_out_of(
            container_id, found.ways, multiplex=multiplex_of(stock_of(barred, claims))
        )
        meeting = tuple(_meeting(tx, plan.moves))
    reasons = (*plan.stuck, *meeting)
    if reasons:
        return NotFeasible(reasons=reasons)
    return Regroomed(container=container, moves=plan.moves, containers=multiplex.resources)


def _other_ways(tx: SalesReader, riders: Iterable[RiderWay]) -> frozenset[ResourceId]:
    """What the other ways of the riders, those that are not to be moved, lead over."""
    sides = {(each.rider_id, each.side) for each in riders}
    return frozenset(
        claim.resource_id
        for claim in tx.claims_of(sorted({each.rider_id for each in riders}))
        if (claim.claimant_id, claim.side) not in sides
    )


def _barred(resources: Iterable[Resource], ids: frozenset[ResourceId]) -> tuple[Resource, ...]:
    """The resources, some of those in service as if they took nothing more."""
    return tuple(
        replace(each, status=RESOURCE_LIFE.next_state(each.status, ResourceEvent.SUSPEND))
        if each.resource_id in ids and each.status is ResourceStatus.AVAILABLE
        else each
        for each in resources
    )


def held_beside(tx: SalesReader, container_id: ResourceId) -> tuple[Claim, ...]:
    """What moves out of the container hold beside the riders."""
    there = tx.resources(MULTIPLEX)
    return tuple(
        each
        for each in tx.claims_on(one.resource_id for one in there)
        if is_beside(each.claimant_id, container_id)
    )


def ways_over(tx: SalesReader, rider_ids: Sequence[str], container_id: ResourceId) -> RidersFound:
    """The ways of riders that lead over the container."""
    claims = tx.claims_of(rider_ids)
    containers = {
        each.resource_id
        for each in tx.resources_by_id(claim.resource_id for claim in claims)
        if each.kind in MULTIPLEX and each.z_site_id is not None
    }
    connections = {
        each.resource_id: each for each in tx.resources_by_id(map(ResourceId, rider_ids))
    }
    ways: list[RiderWay] = []
    refusals: list[Refusal] = []
    by_way = groupby(
        (claim for claim in claims if claim.resource_id in containers),
        key=lambda claim: (claim.claimant_id, claim.side),
    )
    for (rider_id, side), group in by_way:
        way = tuple(group)
        if all(claim.resource_id != container_id for claim in way):
            continue
        found = _way(tx, connections.get(ResourceId(rider_id)), way, side=side)
        if isinstance(found, Refusal):
            refusals.append(found)
        else:
            ways.append(found)
    return RidersFound(ways=tuple(ways), refusals=tuple(refusals))


def _way(
    tx: SalesReader, connection: Resource | None, claims: tuple[Claim, ...], *, side: PathSide
) -> RiderWay | Refusal:
    """What rides there, from where to where; or why it cannot be moved."""
    rider_id = claims[0].claimant_id
    if connection is not None:
        signal = model_signal(connection.model)
        assert connection.z_site_id is not None, f"{connection.name} rides and joins no two sites"
        if signal is None:
            return _refusal("not-movable", rider_id, f"nothing is known of a {connection.model}")
        return RiderWay(
            rider_id=rider_id,
            side=side,
            signal=signal,
            a_site_id=connection.a_site_id,
            z_site_id=connection.z_site_id,
            claims=claims,
        )
    if any(claim.until is not None for claim in claims):
        return _refusal("held-by-quote", rider_id, "an offer holds slots here until it expires")
    product = tx.find(Product, rider_id)
    if product is None or product.state not in MOVABLE:
        state = "" if product is None else f" that is {product.state.value}"
        return _refusal(
            "order-open", rider_id, f"slots of a product{state} are in an order's hands"
        )
    sold = sold_signal(product.configuration.by_name)
    return RiderWay(
        rider_id=rider_id,
        side=side,
        signal=sold.name if sold.count == 1 else f"VC-12-{sold.count}v",
        a_site_id=_sold_between(product).a_site_id,
        z_site_id=_sold_between(product).z_site_id,
        claims=claims,
    )


def _refusal(code: str, rider_id: str, message: str) -> Refusal:
    return Refusal(code=code, where=rider_id, message=message, alternatives=(_HELP[code],))


def _strange(rider: RiderWay) -> Refusal:
    return _refusal(
        "not-movable",
        rider.rider_id,
        f"what it claims is no way of one {rider.signal} from {rider.a_site_id} to "
        f"{rider.z_site_id}",
    )


def _sold_between(product: Product) -> SoldBetween:
    values = product.configuration
    return SoldBetween(
        seller_id=product.seller_id,
        a_site_id=SiteId(values.text(A_SITE)),
        z_site_id=SiteId(values.text(Z_SITE)),
    )


def _meeting(tx: SalesReader, moves: Iterable[RiderMove]) -> Iterator[Refusal]:
    """Moves that would lead one way of a protected product where its other way is."""
    for move in moves:
        product = tx.find(Product, move.rider.rider_id)
        if product is None:
            continue
        now = product.plan
        then = _after(tx, product, move)
        new = set(then.measures.shared_risks) - set(now.measures.shared_risks)
        if new:
            yield Refusal(
                code="shares-with-other-way",
                where=product.product_id,
                message=f"moved, both ways of {product.product_id} would need "
                f"{', '.join(sorted(new)[:3])}",
                alternatives=("open a container elsewhere", "change the product"),
            )


def change_rider(tx: SalesWriter, move: RiderMove) -> Product | None:
    """The rider on its new way, written, where it is a product; ``None`` for a container."""
    product = tx.find(Product, move.rider.rider_id)
    if product is None:
        (connection,) = tx.resources_by_id([ResourceId(move.rider.rider_id)])
        way = _containers(tx, move.after)
        tx.replace_resources(
            [
                replace(
                    connection,
                    length_km=sum(each.length_km for each in way.values()),
                    latency_ms=sum(each.latency_ms for each in way.values()),
                    provenance=replace(connection.provenance, confidence=way_trust(way.values())),
                )
            ]
        )
        return None
    return tx.replace(replace(product, plan=_after(tx, product, move)))


def _after(tx: SalesReader, product: Product, move: RiderMove) -> ServicePlan:
    """The plan of a product after a move."""
    containers = _containers(tx, (*product.plan.claims, *move.after))
    is_protected = len(ways_of(product.plan.claims, containers)) > 1
    return moved_plan(
        product.plan,
        move.after,
        containers=containers,
        sold=_sold_between(product),
        beneath=fibres_beneath(tx, containers.values()) if is_protected else {},
    )


def _containers(tx: SalesReader, claims: Iterable[PlannedClaim]) -> Mapping[ResourceId, Resource]:
    """The containers that claims name."""
    return {
        each.resource_id: each
        for each in tx.resources_by_id(claim.resource_id for claim in claims)
        if each.kind in MULTIPLEX and each.z_site_id is not None
    }
