"""What does an operator see of what it carries: services, legs of orders, resources?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ResourceId
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.services import (
    OperatorService,
    ServiceState,
    services_of,
)
from karakoram.sales.viewing import Viewer, visible_legs
from karakoram.usecases.sell.sales_ports import LegPart, SalesReader, SalesStore
from karakoram.usecases.sell.see_sales import one_seen

LeggedT = TypeVar("LeggedT", ProductOrder, Product)

SEPARATOR = "."
"""Between the identifier of what is ordered or sold and that of its part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceListing:
    """Some of the services that somebody carries, and how many there are."""

    services: tuple[OperatorService, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LegListing:
    """Some of the legs that somebody carries out, each with its order, and how many there are."""

    legs: tuple[tuple[ProductOrder, LegOrder], ...]
    total: int


def services_seen(
    *,
    viewer: Viewer,
    store: SalesStore,
    states: Iterable[ServiceState] = (),
    part: tuple[int, int] | None = None,
) -> ServiceListing:
    """The services that the viewer carries, in the order in which they were sold.

    Parameters
    ----------
    viewer, store
        Who looks, and where they are.
    states
        In which states; empty for all.
    part
        How many are passed over, and how many are given at most; ``None`` for all.
    """
    wanted = tuple(each.value for each in states)

    def read(tx: SalesReader) -> ServiceListing:
        found, of = _legs_read(tx, Product, viewer=viewer, states=wanted, part=part)
        services = tuple(services_of(of[each.record_id])[each.place - 1] for each in found.places)
        assert all(_carries(viewer, each) for each in services), "a store gives what may be seen"
        return ServiceListing(services=services, total=found.total)

    return store.read(read)


def service_seen(service_id: str, *, viewer: Viewer, store: SalesStore) -> OperatorService:
    """The service.

    Raises
    ------
    NotFoundError
        If there is none, or the viewer does not carry it.
    """
    product_id = service_id.rpartition(SEPARATOR)[0]
    product = one_seen(Product, product_id, viewer=viewer, store=store).record
    for each in services_of(product):
        if each.service_id == service_id and _carries(viewer, each):
            return each
    raise NotFoundError(f"there is no service {service_id!r}.")


def leg_orders_seen(
    *,
    viewer: Viewer,
    store: SalesStore,
    states: Iterable[str] = (),
    part: tuple[int, int] | None = None,
) -> LegListing:
    """The legs that the viewer carries out, each with its order, oldest first.

    Parameters
    ----------
    viewer, store
        Who looks, and where they are.
    states
        In which states; empty for all.
    part
        How many are passed over, and how many are given at most; ``None`` for all.
    """
    wanted = tuple(states)

    def read(tx: SalesReader) -> LegListing:
        found, of = _legs_read(tx, ProductOrder, viewer=viewer, states=wanted, part=part)
        legs = tuple(
            (of[each.record_id], of[each.record_id].legs[each.place - 1]) for each in found.places
        )
        seen = all(leg in visible_legs(order, viewer) for order, leg in legs)
        assert seen, "a store gives what may be seen"
        return LegListing(legs=legs, total=found.total)

    return store.read(read)


def _legs_read(
    tx: SalesReader,
    kind: type[LeggedT],
    *,
    viewer: Viewer,
    states: tuple[str, ...],
    part: tuple[int, int] | None,
) -> tuple[LegPart, dict[str, LeggedT]]:
    """The places of the legs, and the records that they are legs of; none for a buyer."""
    if viewer.party_id is not None:
        return LegPart(places=(), total=0), {}
    offset, limit = part or (0, None)
    found = tx.legs(kind, operator_id=viewer.operator_id, states=states, offset=offset, limit=limit)
    of = tx.find_some(kind, dict.fromkeys(each.record_id for each in found.places))
    return found, of


def leg_order_seen(
    word: str, *, viewer: Viewer, store: SalesStore
) -> tuple[ProductOrder, LegOrder]:
    """The leg that a word names, with its order.

    Raises
    ------
    NotFoundError
        If there is none, or somebody else carries it out.
    """
    order_id, _, leg_id = word.rpartition(SEPARATOR)
    order = one_seen(ProductOrder, order_id, viewer=viewer, store=store).record
    for leg in visible_legs(order, viewer):
        if leg.leg_order_id == leg_id:
            return order, leg
    raise NotFoundError(f"there is no leg {word!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceListing:
    """Some of the resources that somebody may see, and how many there are."""

    resources: tuple[Resource, ...]
    total: int


def resources_seen(
    kinds: Iterable[ResourceKind] = (),
    *,
    viewer: Viewer,
    store: SalesStore,
    part: tuple[int, int] | None = None,
) -> ResourceListing:
    """The resources that the viewer operates, all for the platform; sorted by identifier.

    Parameters
    ----------
    kinds
        Which; empty for all.
    viewer, store
        Who looks, and where they are.
    part
        How many are passed over, and how many are given at most; ``None`` for all.
    """
    offset, limit = part or (0, None)
    wanted, operator_id = tuple(kinds), viewer.operator_id

    def read(tx: SalesReader) -> ResourceListing:
        return ResourceListing(
            resources=tx.resources(wanted, operator_id=operator_id, offset=offset, limit=limit),
            total=tx.count_resources(wanted, operator_id=operator_id),
        )

    return store.read(read)


def resource_seen(resource_id: str, *, viewer: Viewer, store: SalesStore) -> Resource:
    """The resource.

    Raises
    ------
    NotFoundError
        If there is none, or somebody else operates it.
    """
    found = store.read(lambda tx: tx.resources_by_id([ResourceId(resource_id)]))
    for each in found:
        if _operates(viewer, each):
            return each
    raise NotFoundError(f"there is no resource {resource_id!r}.")


def _carries(viewer: Viewer, service: OperatorService) -> bool:
    return viewer.is_platform or service.leg.operator_id == viewer.operator_id


def _operates(viewer: Viewer, resource: Resource) -> bool:
    return viewer.is_platform or resource.operator_id == viewer.operator_id
