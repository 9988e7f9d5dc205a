"""What does an operator see of what it carries: services, legs of orders, resources?"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ResourceId
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.orders import LegOrder, ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.resource_kinds import ResourceKind
from karakoram.sales.services import (
    OperatorService,
    ServiceState,
    product_states,
    services_of,
)
from karakoram.sales.viewing import Viewer, visible_legs
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore
from karakoram.usecases.sell.see_sales import all_seen, one_seen

SEPARATOR = "."
"""Between the identifier of what is ordered or sold and that of its part."""


def services_seen(
    *,
    viewer: Viewer,
    store: SalesStore,
    states: Collection[ServiceState] = frozenset(ServiceState),
) -> tuple[OperatorService, ...]:
    """The services in some states that the viewer carries, in the order in which they were sold."""
    of_products = [each.value for each in product_states(states)]
    if not of_products:
        return ()
    found = all_seen(Product, viewer=viewer, store=store, states=of_products)
    return tuple(
        each
        for sent in found.sent
        for each in services_of(sent.record)
        if each.state in states and _carries(viewer, each)
    )


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
    *, viewer: Viewer, store: SalesStore
) -> tuple[tuple[ProductOrder, LegOrder], ...]:
    """The legs that the viewer carries out, each with its order, oldest first."""
    found = all_seen(ProductOrder, viewer=viewer, store=store)
    return tuple(
        (sent.record, leg) for sent in found.sent for leg in visible_legs(sent.record, viewer)
    )


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
