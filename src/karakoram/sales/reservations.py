"""What does a plan put into the inventory, in whose name and until when?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from karakoram.core.identifiers import ClaimId
from karakoram.sales.inventory.resources import Claim
from karakoram.sales.plans import ServicePlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """In whose name units are held, and until when; ``None`` is without end."""

    claimant_id: str
    """An offer, an order or a product."""
    until: datetime | None = None


def claims_of_plan(
    plan: ServicePlan, holder: Holder, *, new_id: Callable[[], str]
) -> tuple[Claim, ...]:
    """The claims of a plan: those of its connections and those of the holder itself."""
    return tuple(
        Claim(
            claim_id=ClaimId(new_id()),
            resource_id=planned.resource_id,
            units=planned.units,
            claimant_id=planned.claimant_id or holder.claimant_id,
            side=planned.side,
            hop=planned.hop,
            until=holder.until,
        )
        for planned in plan.claims
    )


def claimants(plan: ServicePlan, holder_id: str) -> tuple[str, ...]:
    """Everybody who holds units for the plan: the holder and each of its connections."""
    return (holder_id, *(each.resource_id for each in plan.connections))
