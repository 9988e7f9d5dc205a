"""How far may the figures of an offer be trusted?

No figure is better than what it rests on. Of a way through the network only the network itself
tells how far its lengths may be trusted.
"""

from collections.abc import Iterable

from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.plans import Charge, ServicePlan

LEAD_TIME, PRICE = "lead time", "price"
"""Subjects of figures that say nothing about what the product will be like."""


def charges_trust(charges: Iterable[Charge], kind: PriceType) -> Confidence | None:
    """How far a sum of charges may be trusted: as the worst of them; ``None`` where none is due."""
    found = tuple(charge.confidence for charge in charges if charge.kind is kind)
    return weakest(found) if found else None


def availability_trust(plan: ServicePlan) -> Confidence | None:
    """How far the availability may be trusted: as the worst figure behind it.

    ``None`` where the plan has no availability.
    """
    if plan.measures.availability is None:
        return None
    named = (
        each.provenance.confidence
        for each in plan.figures
        if each.subject not in {LEAD_TIME, PRICE}
    )
    return weakest((Confidence.DERIVED, *named))


def lead_time_trust(plan: ServicePlan) -> Confidence:
    """How far the days to build may be trusted; assumed where nothing is told of them."""
    told = tuple(each.provenance.confidence for each in plan.figures if each.subject == LEAD_TIME)
    return weakest(told) if told else Confidence.ASSUMED
