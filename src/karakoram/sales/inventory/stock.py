"""What is in the inventory at one moment, and where is something of a kind?"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from karakoram.core.identifiers import OperatorId, ResourceId, SiteId
from karakoram.sales.inventory.resources import Claim, PlannedClaim, Resource, ResourceStatus
from karakoram.sales.resource_kinds import ResourceKind

Place = tuple[ResourceKind, SiteId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """Resources as they were when they were read; made by :func:`stock_of`."""

    resources: Mapping[ResourceId, Resource]
    ids_at: Mapping[Place, tuple[ResourceId, ...]]
    """What stands or ends at a site, by kind and site."""
    claim_counts: Mapping[ResourceId, int]
    """How many claims are on a resource, where that limits it: an ODUCn takes 10·n tributaries."""

    def at(self, kind: ResourceKind, site_id: SiteId) -> tuple[Resource, ...]:
        """Every resource of a kind that stands or ends at a site."""
        return tuple(self.resources[each] for each in self.ids_at.get((kind, site_id), ()))

    def of_kind(self, kind: ResourceKind) -> tuple[Resource, ...]:
        """Every resource of a kind."""
        return tuple(each for each in self.resources.values() if each.kind is kind)

    def usable_at(
        self, kind: ResourceKind, site_id: SiteId, *, operator_id: OperatorId | None = None
    ) -> tuple[Resource, ...]:
        """Those in service, of one operator where it is named; the fullest first."""
        usable = (
            each
            for each in self.at(kind, site_id)
            if each.status is ResourceStatus.AVAILABLE and operator_id in {None, each.operator_id}
        )
        return tuple(sorted(usable, key=lambda each: (each.free_count, each.resource_id)))

    def with_plan(
        self, claims: Iterable[PlannedClaim], *, connections: Iterable[Resource] = ()
    ) -> "Stock":
        """The stock as it were if the claims and connections of a plan counted already."""
        new = tuple(connections)
        resources = {**self.resources, **{each.resource_id: each for each in new}}
        counts = Counter(self.claim_counts)
        for claim in claims:
            counts[claim.resource_id] += 1
            claimed = resources[claim.resource_id]
            assert not claimed.taken & claim.units, f"{claimed.name} has units claimed twice"
            resources[claim.resource_id] = replace(claimed, taken=claimed.taken | claim.units)
        ids_at = _ids_at(resources.values()) if new else self.ids_at
        return Stock(
            resources=MappingProxyType(resources),
            ids_at=ids_at,
            claim_counts=MappingProxyType(counts),
        )

    def without(
        self, claims: Iterable[Claim], *, connections: Iterable[ResourceId] = ()
    ) -> "Stock":
        """The stock as if claims were given back and some connections not there."""
        gone, counts = frozenset(connections), Counter(self.claim_counts)
        freed: dict[ResourceId, int] = {}
        for claim in claims:
            freed[claim.resource_id] = freed.get(claim.resource_id, 0) | claim.units
            counts[claim.resource_id] -= 1
        left = {
            each.resource_id: replace(each, taken=each.taken & ~freed.get(each.resource_id, 0))
            for each in self.resources.values()
            if each.resource_id not in gone
        }
        return Stock(
            resources=MappingProxyType(left),
            ids_at=_ids_at(left.values()),
            claim_counts=MappingProxyType(+counts),
        )


def stock_of(resources: Iterable[Resource], claims: Iterable[Claim] = ()) -> Stock:
    """The stock that these resources are; claims are counted where a resource limits them."""
    by_id = {each.resource_id: each for each in resources}
    return Stock(
        resources=MappingProxyType(by_id),
        ids_at=_ids_at(by_id.values()),
        claim_counts=MappingProxyType(Counter(each.resource_id for each in claims)),
    )


def _ids_at(resources: Iterable[Resource]) -> Mapping[Place, tuple[ResourceId, ...]]:
    found: dict[Place, list[ResourceId]] = {}
    for each in resources:
        for site_id in {each.a_site_id, each.z_site_id or each.a_site_id}:
            found.setdefault((each.kind, site_id), []).append(each.resource_id)
    return MappingProxyType({place: tuple(ids) for place, ids in found.items()})
