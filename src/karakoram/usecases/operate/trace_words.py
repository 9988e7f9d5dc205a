"""What is hit where a span, a site, a cable or a common cause is, and is it carried twice?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import PartyId, ResourceId, RiskGroupId, SpanId
from karakoram.network.lookup import folded, records_from_words
from karakoram.network.network import Network
from karakoram.planning.path_side import PathSide
from karakoram.sales.configurations import Configuration
from karakoram.sales.feasibility.carried import SIDES
from karakoram.sales.inventory.plant_resources import fibre_id
from karakoram.sales.moving import rider_of
from karakoram.sales.orders import ProductOrder
from karakoram.sales.plans import ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.operate.trace_path import side_beneath
from karakoram.usecases.ports import NetworkSource
from karakoram.usecases.sell.sales_ports import Rider, SalesReader, SalesStore


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRider:
    """Something that rides on plant, and what its buyer has of it."""

    rider: Rider
    record: str
    """What it belongs to, e.g. ``order 019c…``; empty where it is known by itself."""
    buyer_id: PartyId | None
    a_site: str
    z_site: str
    """Ends of what was sold; empty for plant."""
    is_protected: bool | None
    """Whether a second way was sold with it; ``None`` for plant."""
    sides: tuple[PathSide, ...] = ()
    """On which of its ways it lies there, working first; empty for plant."""


def plant_meant(word: str, *, store: SalesStore, networks: NetworkSource) -> tuple[ResourceId, ...]:
    """The resources that a word means: one of the store, or the fibres of spans of the network.

    Parameters
    ----------
    word
        A resource; or a span, a cable, an operator, a site (all spans that end there) or a risk
        group (all spans in it), by identifier or name.
    store
        Where the resources are.
    networks
        Asked only where the word is no resource.

    Raises
    ------
    NotFoundError
        If it means nothing, with what is called alike.
    """
    named = ResourceId(word)
    if store.read(lambda tx: tx.resources_by_id([named])):
        return (named,)
    fibres = tuple(map(fibre_id, sorted(_spans(word, networks.read_network()))))
    there = store.read(lambda tx: tx.resources_by_id(fibres))
    if not there:
        raise NotFoundError(f"nothing of {word!r} is in the store's inventory.")
    return tuple(sorted(each.resource_id for each in there))


def riders_on(resource_ids: Iterable[ResourceId], *, store: SalesStore) -> tuple[Rider, ...]:
    """Everything that rides on any of the resources, each once, the nearest layer first."""
    return store.read(lambda tx: _riders(tx, resource_ids))


def told_riders(
    resource_ids: Collection[ResourceId], *, store: SalesStore
) -> tuple[ToldRider, ...]:
    """What rides on any of the resources, the nearest layer first.

    Each product, order and offer with its ends, its buyer, whether a second way was sold with it,
    and on which of its ways the resources lie.
    """

    def read(tx: SalesReader) -> tuple[ToldRider, ...]:
        every = _riders(tx, resource_ids)
        offers = _offers(tx) if any(_is_unnamed(each) for each in every) else {}
        sides = _sides(tx, resource_ids, every)
        return tuple(_told(tx, each, offers=offers, sides=sides[each.rider_id]) for each in every)

    return store.read(read)


def _riders(tx: SalesReader, resource_ids: Iterable[ResourceId]) -> tuple[Rider, ...]:
    nearest: dict[str, Rider] = {}
    for resource_id in resource_ids:
        for each in tx.riders(resource_id):
            known = nearest.get(each.rider_id)
            if known is None or each.depth < known.depth:
                nearest[each.rider_id] = each
    return tuple(sorted(nearest.values(), key=lambda each: each.depth))


def _sides(
    tx: SalesReader, resource_ids: Collection[ResourceId], riders: Iterable[Rider]
) -> Mapping[str, frozenset[PathSide]]:
    """On which of the ways of each rider the resources lie, however many layers between."""
    ridden = [*resource_ids, *(each.rider_id for each in riders if each.kind is not None)]
    claims = tx.claims_on(map(ResourceId, ridden))
    found: dict[str, frozenset[PathSide]] = dict.fromkeys(
        resource_ids, frozenset({PathSide.WORKING})
    )
    is_new = True
    while is_new:  # sides only grow, so that a circle comes to an end too
        is_new = False
        for claim in claims:
            below = found.get(claim.resource_id, frozenset())
            before = found.get(claim.claimant_id, frozenset())
            sides = before | {side_beneath(each, claim.side) for each in below}
            if sides != before:
                found[claim.claimant_id], is_new = sides, True
    return found


def _spans(word: str, network: Network) -> frozenset[SpanId]:
    """The spans that a word means."""
    groups = {
        group_id
        for group_id, group in network.risk_groups.items()
        if folded(word) in {folded(group_id), folded(group.name)}
    }
    if groups:
        return _spans_of_groups(network, groups)
    found, unknown = records_from_words(network, [word])
    if unknown:
        raise unknown[0]
    return frozenset(
        span_id
        for span_id, span in network.spans.items()
        if span_id in found.span_ids
        or span.cable_id in found.cable_ids
        or span.operator_id in found.operator_ids
        or {span.a_site_id, span.z_site_id} & found.site_ids
    )


def _spans_of_groups(network: Network, groups: set[RiskGroupId]) -> frozenset[SpanId]:
    return frozenset(
        span_id for span_id, span in network.spans.items() if groups & set(span.risk_group_ids)
    )


def _is_unnamed(rider: Rider) -> bool:
    return rider.kind is None and not rider.name


def _offers(tx: SalesReader) -> dict[str, Quote]:
    """The quotes that hold something, by each of their offers."""
    held = tx.find_all(Quote, states=(QuoteState.ORDERABLE.value,))
    return {offer.offer_id: quote for quote in held for offer in quote.offers}


def _told(
    tx: SalesReader, rider: Rider, *, offers: Mapping[str, Quote], sides: frozenset[PathSide]
) -> ToldRider:
    plant = ToldRider(
        rider=rider, record="", buyer_id=None, a_site="", z_site="", is_protected=None
    )
    if rider.kind is not None:
        return plant
    plant = replace(plant, sides=tuple(side for side in SIDES if side in sides))
    holder_id = rider_of(rider.rider_id)
    product, order = tx.find(Product, holder_id), tx.find(ProductOrder, holder_id)
    if product is not None:
        return _with(plant, product, chosen=product.configuration, plan=product.plan)
    if order is not None:
        named = replace(plant, record=f"order {order.product_order_id}")
        return _with(named, order, chosen=order.configuration, plan=order.plan)
    if holder_id not in offers:
        return plant
    quote = offers[holder_id]
    plan = next(each.plan for each in quote.offers if each.offer_id == holder_id)
    named = replace(plant, record=f"quote {quote.quote_id}")
    return _with(named, quote, chosen=quote.wish.configuration, plan=plan)


def _with(
    told: ToldRider,
    sold: Product | ProductOrder | Quote,
    *,
    chosen: Configuration,
    plan: ServicePlan | None,
) -> ToldRider:
    """With what was sold: to whom, how it was chosen, and by which plan."""
    return replace(
        told,
        buyer_id=sold.buyer_id,
        a_site=chosen.value("a_site") or "",
        z_site=chosen.value("z_site") or "",
        is_protected=plan is not None and _is_carried_twice(plan),
    )


def _is_carried_twice(plan: ServicePlan) -> bool:
    return any(claim.side is PathSide.PROTECTION for claim in plan.claims)
