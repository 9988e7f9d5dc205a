"""What does a product ride on, down to the glass, and what rides on a piece of glass?"""

from dataclasses import dataclass

from karakoram.core.errors import NotFoundError
from karakoram.core.identifiers import ProductId, ResourceId, SiteId
from karakoram.sales.inventory.resources import Claim, PathSide, Resource
from karakoram.sales.products import Product
from karakoram.usecases.sales_action import known_record
from karakoram.usecases.sales_ports import Rider, SalesReader, SalesStore


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceHop:
    """One thing that something rides on."""

    depth: int
    """Layers below the product: 1 for what it holds itself."""
    side: PathSide
    hop: int
    resource: Resource | None
    """``None`` where the record says a resource that is not there: a gap."""
    resource_id: ResourceId
    units: tuple[int, ...]
    gap_before: tuple[SiteId, SiteId] | None = None
    """Two sites between which the way is not told; ``None`` where it goes on without a gap."""


def trace_product(product_id: ProductId, *, store: SalesStore) -> tuple[TraceHop, ...]:
    """All that a product rides on, depth first, in the order of its ways.

    Raises
    ------
    NotFoundError
        If there is no such product.
    """

    def read(tx: SalesReader) -> tuple[TraceHop, ...]:
        product = known_record(tx, Product, product_id)
        hops: list[TraceHop] = []
        _add_hops(tx, product.product_id, depth=1, hops=hops)
        return tuple(hops)

    return store.read(read)


def riders_on(resource_id: ResourceId, *, store: SalesStore) -> tuple[Rider, ...]:
    """Everything that rides on a resource, through all layers; the nearest first.

    Raises
    ------
    NotFoundError
        If there is no such resource.
    """

    def read(tx: SalesReader) -> tuple[Rider, ...]:
        if not tx.resources_by_id([resource_id]):
            raise NotFoundError(f"there is no resource {resource_id!r}.")
        return tx.riders(resource_id)

    return store.read(read)


def _add_hops(tx: SalesReader, claimant_id: str, *, depth: int, hops: list[TraceHop]) -> None:
    claims = tx.claims_of([claimant_id])
    there = {each.resource_id: each for each in tx.resources_by_id(c.resource_id for c in claims)}
    before: dict[PathSide, Resource] = {}
    for claim in sorted(claims, key=lambda each: (each.side.value, each.hop), reverse=False):
        resource = there.get(claim.resource_id)
        hops.append(_hop(claim, resource, depth=depth, before=before.get(claim.side)))
        if resource is not None:
            if resource.z_site_id is not None:
                before[claim.side] = resource
            _add_hops(tx, resource.resource_id, depth=depth + 1, hops=hops)


def _hop(
    claim: Claim, resource: Resource | None, *, depth: int, before: Resource | None
) -> TraceHop:
    return TraceHop(
        depth=depth,
        side=claim.side,
        hop=claim.hop,
        resource=resource,
        resource_id=claim.resource_id,
        units=claim.unit_numbers,
        gap_before=_gap(before, resource),
    )


def _gap(before: Resource | None, after: Resource | None) -> tuple[SiteId, SiteId] | None:
    """The sites between which a way is broken."""
    if before is None or after is None or after.z_site_id is None or before.kind is not after.kind:
        return None
    assert before.z_site_id is not None
    ends = {before.a_site_id, before.z_site_id}
    if ends & {after.a_site_id, after.z_site_id}:
        return None
    return before.z_site_id, after.a_site_id
