"""How far may the figures of an offer be trusted?

No figure is better than what it rests on. What a way is like is trusted as the plan was told when
it was made; a figure that was stored without its trust counts as assumed.
"""

from collections.abc import Iterable

from karakoram.core.provenance import Confidence, weakest
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.plans import Charge, PlanMeasures, ServicePlan

LEAD_TIME = "lead time"
"""Subject of the figures that days to build rest on."""


def charges_trust(charges: Iterable[Charge], kind: PriceType) -> Confidence | None:
    """How far a sum of charges may be trusted: as the worst of them; ``None`` where none is due."""
    found = tuple(charge.confidence for charge in charges if charge.kind is kind)
    return weakest(found) if found else None


def length_trust(measures: PlanMeasures) -> Confidence | None:
    """How far the glass kilometres may be trusted; ``None`` where there are none."""
    return _told(measures.length_km, measures.length_confidence)


def latency_trust(measures: PlanMeasures) -> Confidence | None:
    """How far the latency may be trusted; ``None`` where there is none."""
    return _told(measures.latency_ms, measures.latency_confidence)


def availability_trust(measures: PlanMeasures) -> Confidence | None:
    """How far the availability may be trusted; ``None`` where there is none."""
    return _told(measures.availability, measures.availability_confidence)


def margin_trust(measures: PlanMeasures) -> Confidence | None:
    """How far the margin of the light may be trusted; ``None`` where there is none."""
    return _told(measures.gsnr_margin_db, measures.gsnr_margin_confidence)


def way_trust(way: Iterable[Resource]) -> Confidence:
    """How far length and latency over connections that stand may be trusted: as the worst."""
    return weakest((Confidence.DERIVED, *(each.provenance.confidence for each in way)))


def lead_time_trust(plan: ServicePlan) -> Confidence:
    """How far the days to build may be trusted; assumed where nothing is told of them."""
    told = tuple(each.provenance.confidence for each in plan.figures if each.subject == LEAD_TIME)
    return weakest(told) if told else Confidence.ASSUMED


def days_trust(days: int | None) -> Confidence | None:
    """How far days to build may be trusted that were kept without what they rest on."""
    return None if days is None else Confidence.ASSUMED


def _told(value: float | None, trust: Confidence | None) -> Confidence | None:
    return None if value is None else trust or Confidence.ASSUMED
