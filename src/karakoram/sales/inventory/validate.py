"""Do the rows of an inventory fit together, and to the network?"""

from collections.abc import Iterable, Iterator, Mapping

from karakoram.core.cells import did_you_mean
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ResourceId
from karakoram.network.network import Network
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.inventory.tables import InventoryClaim, InventoryItem, units_from_text


def validate_inventory(
    items: Mapping[ResourceId, InventoryItem],
    claims: Mapping[str, InventoryClaim],
    *,
    plant: Mapping[ResourceId, Resource],
    network: Network,
) -> tuple[Finding, ...]:
    """Everything wrong with the rows together; empty when they can be used.

    Parameters
    ----------
    items, claims
        The rows by identifier.
    plant
        The fibres and multiplex sections of the network, which claims may name.
    network
        Whose sites and operators the rows name.
    """
    return (
        *_about_items(items, network=network, plant=plant),
        *_about_claims(items, claims, plant=plant),
        *_about_circles(claims.values()),
    )


def _about_items(
    items: Mapping[ResourceId, InventoryItem],
    *,
    network: Network,
    plant: Mapping[ResourceId, Resource],
) -> Iterator[Finding]:
    for item in items.values():
        for name, site in (("a_site_id", item.a_site_id), ("z_site_id", item.z_site_id)):
            if site is not None and site not in network.sites:
                yield _item(item, name, f"{site} is no site{did_you_mean(site, network.sites)}")
        if item.operator_id not in network.operators:
            near = did_you_mean(item.operator_id, network.operators)
            yield _item(item, "operator_id", f"{item.operator_id} is no operator{near}")
        if item.resource_id in plant:
            yield _item(item, "resource_id", "is the name of plant of the network; choose another")
        if item.a_site_id == item.z_site_id:
            yield _item(item, "z_site_id", "must differ from a_site_id, or be left empty")


def _about_claims(
    items: Mapping[ResourceId, InventoryItem],
    claims: Mapping[str, InventoryClaim],
    *,
    plant: Mapping[ResourceId, Resource],
) -> Iterator[Finding]:
    offered = {
        **{key: each.unit_count for key, each in plant.items()},
        **{key: each.unit_count for key, each in items.items()},
    }
    taken = {key: each.taken for key, each in plant.items()}
    for claim in claims.values():
        if claim.claimant_id not in items:
            near = did_you_mean(claim.claimant_id, items)
            yield _claim(claim, "claimant_id", f"{claim.claimant_id} is no resource{near}")
        if claim.resource_id not in offered:
            near = did_you_mean(claim.resource_id, offered)
            yield _claim(claim, "resource_id", f"{claim.resource_id} is no resource{near}")
            continue
        if claim.claimant_id == claim.resource_id:
            yield _claim(claim, "claimant_id", "must be another resource")
        units = units_from_text(claim.units)
        count = offered[claim.resource_id]
        if units.bit_length() > count:
            yield _claim(
                claim, "units", f"must be below {count}, which it offers, got {claim.units}"
            )
        twice = units & taken.get(claim.resource_id, 0)
        if twice:
            lowest = (twice & -twice).bit_length() - 1
            yield _claim(claim, "units", f"unit {lowest} of {claim.resource_id} is claimed already")
        taken[claim.resource_id] = taken.get(claim.resource_id, 0) | units


def _about_circles(claims: Iterable[InventoryClaim]) -> Iterator[Finding]:
    """A finding for each claim by which something rides on itself, over others."""
    below: dict[str, list[InventoryClaim]] = {}
    for claim in claims:
        if claim.claimant_id != claim.resource_id:
            below.setdefault(claim.claimant_id, []).append(claim)
    done: set[str] = set()
    for start, held in below.items():
        way: dict[str, Iterator[InventoryClaim]] = {} if start in done else {start: iter(held)}
        while way:
            here, left = next(reversed(way.items()))
            following = next(left, None)
            if following is None:
                done.add(here)
                del way[here]
            elif following.resource_id in way:
                yield _closing(following, tuple(way))
            elif following.resource_id not in done:
                way[following.resource_id] = iter(below.get(following.resource_id, ()))


def _closing(claim: InventoryClaim, way: tuple[str, ...]) -> Finding:
    """That a claim closes a circle with those on the way to its claimant."""
    circle = (*way[way.index(claim.resource_id) :], claim.resource_id)
    place = Place(table="claims", record=claim.claim_id, field="resource_id")
    message = (
        f"closes a circle: {' rides on '.join(circle)}; everything rides on glass in the end, "
        "so claim units of another resource"
    )
    return Finding(code="claims-in-a-circle", place=place, message=message)


def _item(item: InventoryItem, field: str, message: str) -> Finding:
    place = Place(table="resources", record=item.resource_id, field=field)
    return Finding(code=f"inventory-{field.replace('_', '-')}", place=place, message=message)


def _claim(claim: InventoryClaim, field: str, message: str) -> Finding:
    place = Place(table="claims", record=claim.claim_id, field=field)
    return Finding(code=f"inventory-claim-{field.replace('_', '-')}", place=place, message=message)
