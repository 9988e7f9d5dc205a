"""What does a product ride on, down to the glass?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from karakoram.core.identifiers import ProductId, ResourceId, SiteId
from karakoram.planning.path_side import PathSide
from karakoram.sales.feasibility.carried import SIDES
from karakoram.sales.inventory.resources import Claim, Resource
from karakoram.sales.products import Product
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceHop:
    """One thing that something rides on."""

    depth: int
    """Layers below the product: 1 for what it holds itself."""
    side: PathSide
    """Of the product's ways: all that lies beneath its protection is protection too."""
    hop: int
    resource: Resource | None
    """``None`` where the record says a resource that is not there: a gap."""
    resource_id: ResourceId
    units: tuple[int, ...]
    gap_before: tuple[SiteId, SiteId] | None = None
    """Two sites between which the way is not told; ``None`` where it goes on without a gap."""


def trace_product(product_id: ProductId, *, store: SalesStore) -> tuple[TraceHop, ...]:
    """All that a product rides on, depth first, its working way before its protection.

    Raises
    ------
    NotFoundError
        If there is no such product.
    """

    def read(tx: SalesReader) -> tuple[TraceHop, ...]:
        product = known_record(tx, Product, product_id)
        return tuple(_beneath(tx, product.product_id).hops(product.product_id))

    return store.read(read)


def side_beneath(above: PathSide, below: PathSide) -> PathSide:
    """The side of what lies beneath something, seen from what rides on it.

    A connection goes its own working way, also where it is itself but a protection: then all that
    it rides on serves only when the other way fails.

    >>> side_beneath(PathSide.PROTECTION, PathSide.WORKING).value
    'protection'
    """
    return PathSide.PROTECTION if PathSide.PROTECTION in {above, below} else PathSide.WORKING


@dataclass(frozen=True, slots=True, kw_only=True)
class _Beneath:
    """All that lies beneath something, read layer by layer."""

    claims: Mapping[str, tuple[Claim, ...]]
    """What each claimant holds, working first, from its A end."""
    resources: Mapping[ResourceId, Resource]

    def hops(
        self,
        claimant_id: str,
        *,
        above: tuple[str, ...] = (),
        side_above: PathSide = PathSide.WORKING,
    ) -> Iterator[TraceHop]:
        """What the claimant rides on, depth first; a circle is told once and gone round no more."""
        way = (*above, claimant_id)
        before: dict[PathSide, Resource] = {}
        for claim in self.claims.get(claimant_id, ()):
            resource = self.resources.get(claim.resource_id)
            side = side_beneath(side_above, claim.side)
            hop = _hop(claim, resource, depth=len(way), before=before.get(claim.side))
            yield replace(hop, side=side)
            if resource is None:
                continue
            if resource.z_site_id is not None:
                before[claim.side] = resource
            if resource.resource_id not in way:
                yield from self.hops(resource.resource_id, above=way, side_above=side)


def _beneath(tx: SalesReader, top: str) -> _Beneath:
    """What lies beneath; the store is asked once for each layer."""
    claims: dict[str, list[Claim]] = {}
    layer = {top}
    while layer:
        claims |= {each: [] for each in layer}
        for claim in tx.claims_of(sorted(layer)):
            claims[claim.claimant_id].append(claim)
        reached = {str(claim.resource_id) for each in layer for claim in claims[each]}
        layer = reached - claims.keys()
    resources = tx.resources_by_id(ResourceId(each) for each in sorted(claims.keys() - {top}))
    return _Beneath(
        claims={key: tuple(sorted(each, key=_place)) for key, each in claims.items()},
        resources={each.resource_id: each for each in resources},
    )


def _place(claim: Claim) -> tuple[int, int]:
    """What hops are sorted by: the working way first, each from the claimant's A end."""
    return SIDES.index(claim.side), claim.hop


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
