"""What is hit where a span, a site, a cable or a common cause is, and is it carried twice?"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import PartyId, ResourceId, RiskGroupId, SpanId
from karakoram.network.lookup import folded, records_from_words
from karakoram.network.network import Network
from karakoram.planning.path_side import PathSide
from karakoram.sales.configurations import Configuration
from karakoram.sales.feasibility.carried import SIDES
from karakoram.sales.inventory.plant_resources import fibre_id
from karakoram.sales.inventory.resources import Claim
from karakoram.sales.moving import rider_of
from karakoram.sales.orders import ProductOrder
from karakoram.sales.plans import ServicePlan
from karakoram.sales.products import Product
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.operate.trace_path import side_beneath
from karakoram.usecases.ports import NetworkSource
from karakoram.usecases.sell.sales_ports import Rider, SalesReader, SalesStore

RECORDS_AT_ONCE = 1_000
"""Records that are in memory together while what they say is told."""


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
    return _plant(word, store=store, network=networks.read_network)


def plants_meant(
    asked: Mapping[str, Place], *, store: SalesStore, networks: NetworkSource
) -> tuple[ResourceId, ...]:
    """The resources that any of the words means, e.g. all plant on which works are planned.

    Parameters
    ----------
    asked
        Each word as :func:`plant_meant` takes it, and where it stands.
    store, networks
        As there; the network is read once, if at all.

    Raises
    ------
    InvalidDataError
        With a finding for each word that means nothing, with what is called alike.
    """
    network = cache(networks.read_network)
    meant: set[ResourceId] = set()
    findings: list[Finding] = []
    for word, place in asked.items():
        try:
            meant.update(_plant(word, store=store, network=network))
        except NotFoundError as unknown:
            findings.append(Finding(code="unknown-plant", place=place, message=str(unknown)))
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(sorted(meant))


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
        sides = _sides(tx, resource_ids, every)
        offers = _offers(tx) if any(each.kind is None and not each.name for each in every) else {}
        told: list[ToldRider] = []
        for first in range(0, len(every), RECORDS_AT_ONCE):
            lot = every[first : first + RECORDS_AT_ONCE]
            sold = offers | _sold(tx, lot)
            told += [
                _told(each, sold.get(rider_of(each.rider_id)), sides=sides[each.rider_id])
                for each in lot
            ]
        return tuple(told)

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
    above: dict[str, list[Claim]] = {}
    for claim in tx.claims_on(map(ResourceId, ridden)):
        above.setdefault(claim.resource_id, []).append(claim)
    found: dict[str, frozenset[PathSide]] = dict.fromkeys(
        resource_ids, frozenset({PathSide.WORKING})
    )
    grown = list[str](resource_ids)
    while grown:  # sides only grow, so that a circle comes to an end too
        below = grown.pop()
        for claim in above.get(below, ()):
            before = found.get(claim.claimant_id, frozenset())
            sides = before | {side_beneath(each, claim.side) for each in found[below]}
            if sides != before:
                found[claim.claimant_id] = sides
                grown.append(claim.claimant_id)
    return found


def _plant(
    word: str, *, store: SalesStore, network: Callable[[], Network]
) -> tuple[ResourceId, ...]:
    """The resource of the store that a word names, or the fibres of the spans that it means."""
    named = ResourceId(word)
    if store.read(lambda tx: tx.resources_by_id([named])):
        return (named,)
    fibres = tuple(map(fibre_id, sorted(_spans(word, network()))))
    there = store.read(lambda tx: tx.resources_by_id(fibres))
    if not there:
        raise NotFoundError(f"nothing of {word!r} is in the store's inventory.")
    return tuple(sorted(each.resource_id for each in there))


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


class _Sold(NamedTuple):
    """What a rider was sold as, with what it belongs to beside a product."""

    record: str
    of: Product | ProductOrder | Quote
    chosen: Configuration
    plan: ServicePlan | None


def _offers(tx: SalesReader) -> dict[str, _Sold]:
    """The offers that hold something, until they are ordered or over."""
    held = tx.find_all(Quote, states=(QuoteState.ORDERABLE.value,))
    return {
        offer.offer_id: _Sold(
            f"quote {quote.quote_id}", quote, quote.wish.configuration, offer.plan
        )
        for quote in held
        for offer in quote.offers
    }


def _sold(tx: SalesReader, riders: Iterable[Rider]) -> dict[str, _Sold]:
    """The product or order that each of the riders is that are no plant."""
    holders = {rider_of(each.rider_id) for each in riders if each.kind is None}
    products = {
        key: _Sold("", product, product.configuration, product.plan)
        for key, product in tx.find_some(Product, holders).items()
    }
    orders = {
        key: _Sold(f"order {key}", order, order.configuration, order.plan)
        for key, order in tx.find_some(ProductOrder, holders - products.keys()).items()
    }
    return orders | products


def _told(rider: Rider, sold: _Sold | None, *, sides: frozenset[PathSide]) -> ToldRider:
    """The rider with what was sold: to whom, how it was chosen, and by which plan."""
    return ToldRider(
        rider=rider,
        record=sold.record if sold else "",
        buyer_id=sold.of.buyer_id if sold else None,
        a_site=(sold.chosen.value("a_site") if sold else None) or "",
        z_site=(sold.chosen.value("z_site") if sold else None) or "",
        is_protected=(sold.plan is not None and _is_carried_twice(sold.plan)) if sold else None,
        sides=tuple(side for side in SIDES if side in sides) if rider.kind is None else (),
    )


def _is_carried_twice(plan: ServicePlan) -> bool:
    return any(claim.side is PathSide.PROTECTION for claim in plan.claims)
