"""What does a plan put into the inventory, in whose name and until when?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from karakoram.core.identifiers import ClaimId, ResourceId
from karakoram.sales.inventory.resources import Claim
from karakoram.sales.plans import ServicePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """In whose name units are held, and until when; ``None`` is without end."""

    claimant_id: str
    """An offer, an order or a product."""
    until: datetime | None = None


def claims_of_plan(
    plan: ServicePlan,
    holder: Holder,
    *,
    new_id: Callable[[], str],
    own: Iterable[Claim] = (),
) -> tuple[Claim, ...]:
    """The claims of a plan: those of its connections and those of the holder itself.

    Parameters
    ----------
    plan
        What is to be held.
    holder
        In whose name.
    new_id
        Makes identifiers of claims.
    own
        What the product that the plan changes holds already; that is not claimed again.
    """
    held = _units_held(own)
    return tuple(
        Claim(
            claim_id=ClaimId(new_id()),
            resource_id=planned.resource_id,
            units=units,
            claimant_id=planned.claimant_id or holder.claimant_id,
            side=planned.side,
            hop=planned.hop,
            until=holder.until,
        )
        for planned in plan.claims
        if (units := planned.units & ~held.get(planned.resource_id, 0))
    )


def _units_held(claims: Iterable[Claim]) -> dict[ResourceId, int]:
    """The units that claims name, by resource."""
    held: dict[ResourceId, int] = {}
    for claim in claims:
        held[claim.resource_id] = held.get(claim.resource_id, 0) | claim.units
    return held


def is_held(plan: ServicePlan, claims: Iterable[Claim]) -> bool:
    """Whether the claims name every unit that a plan takes."""
    held = _units_held(claims)
    return not any(each.units & ~held.get(each.resource_id, 0) for each in plan.claims)


def claimants(plan: ServicePlan, holder_id: str) -> tuple[str, ...]:
    """Everybody who holds units for the plan: the holder and each of its connections."""
    return (holder_id, *(each.resource_id for each in plan.connections))
