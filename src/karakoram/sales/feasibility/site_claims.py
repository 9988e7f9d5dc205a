"""What does a product take at its sites: ports, numbers, rack units, power, bandwidth upstream?"""

from collections.abc import Iterable

from karakoram.core.identifiers import SiteId
from karakoram.sales.catalogue.configuration import ResourceNeed
from karakoram.sales.catalogue.words import NeedPlace
from karakoram.sales.feasibility.questions import FeasibilityQuestion
from karakoram.sales.inventory.resources import PlannedClaim, Resource, ResourceStatus
from karakoram.sales.inventory.stock import Stock
from karakoram.sales.inventory.units import first_free, first_run
from karakoram.sales.plans import Refusal
from karakoram.sales.resource_kinds import ResourceKind

IN_ONE_PIECE = frozenset({ResourceKind.RACK, ResourceKind.NUMBER})
"""Rack units carry one device, and numbers of one line come in a row."""

ALTERNATIVES_MAX = 3


def site_claims(
    question: FeasibilityQuestion, stock: Stock
) -> tuple[tuple[PlannedClaim, ...], tuple[Refusal, ...]]:
    """What the product claims at its sites, and every reason why it cannot.

    Each need is met from one resource: the fullest one that has the room, so that large pieces stay
    whole; among the seller's own first, then anybody's at the site.
    """
    claims: list[PlannedClaim] = []
    refusals: list[Refusal] = []
    for need in question.needs:
        site_id = _site_of(need, question)
        if site_id is None:
            continue
        claim = _claim(question, need, stock=stock, site_id=site_id)
        if claim is None:
            refusals.append(_refusal(need, stock=stock, site_id=site_id))
        else:
            stock = stock.with_plan((claim,))
            claims.append(claim)
    return tuple(claims), tuple(refusals)


def _site_of(need: ResourceNeed, question: FeasibilityQuestion) -> SiteId | None:
    """Where a need is met; ``None`` for one along the path."""
    if need.where is NeedPlace.Z_END:
        return question.z_site_id or question.a_site_id
    return None if need.where is NeedPlace.ALONG_PATH else question.a_site_id


def _claim(
    question: FeasibilityQuestion, need: ResourceNeed, *, stock: Stock, site_id: SiteId
) -> PlannedClaim | None:
    pools = _pools(need, stock=stock, site_id=site_id)
    for resource in sorted(pools, key=lambda each: each.operator_id != question.seller_id):
        units = _units(resource, need)
        if units is not None:
            return PlannedClaim(resource_id=resource.resource_id, units=units, claimant_id=None)
    return None


def _pools(need: ResourceNeed, *, stock: Stock, site_id: SiteId) -> tuple[Resource, ...]:
    """What stands at the site in service, the fullest first; connections are no pools."""
    return tuple(filter(_is_pool, stock.usable_at(need.kind, site_id)))


def _is_pool(resource: Resource) -> bool:
    return resource.z_site_id is None and resource.status is ResourceStatus.AVAILABLE


def _units(resource: Resource, need: ResourceNeed) -> int | None:
    choose = first_run if need.kind in IN_ONE_PIECE else first_free
    return choose(resource.free, need.units)


def _refusal(need: ResourceNeed, *, stock: Stock, site_id: SiteId) -> Refusal:
    here = _pools(need, stock=stock, site_id=site_id)
    word = need.kind.value
    if not here:
        message = f"no {word} in service at {site_id}; {need.units} needed"
    else:
        most = max(each.free_count for each in here)
        message = (
            f"{need.units} of {word} needed at {site_id}; at most {most} are free in one place"
        )
    elsewhere = sorted(_sites_with_room(need, stock.of_kind(need.kind)) - {site_id})
    return Refusal(
        code=f"no-free-{word}",
        where=site_id,
        message=message,
        alternatives=tuple(f"at {other} there is room" for other in elsewhere[:ALTERNATIVES_MAX]),
    )


def _sites_with_room(need: ResourceNeed, resources: Iterable[Resource]) -> set[SiteId]:
    return {
        each.a_site_id for each in resources if _is_pool(each) and _units(each, need) is not None
    }
