"""How far may the figures of an offer be trusted?

No figure is better than what it rests on. What a way is like is trusted as the plan was told when
it was made; a figure that was stored without its trust counts as assumed.
"""

import re
from collections.abc import Iterable

from karakoram.core.provenance import Confidence, derived_confidence, weakest
from karakoram.sales.catalogue.words import PriceType
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.plans import Charge, PlanMeasures, ServicePlan

LEAD_TIME = "lead time"
"""Subject of the figures that days to build rest on."""
LEAD_TIME_WORDS = "days until installed"
"""What a seller calls them where it says in words how far they may be trusted."""
WORDS_BETWEEN = " | "
"""What stands between the reasons that a seller tells in one text."""
_TRUST_WORDS = "|".join(each.value for each in Confidence)
_DAYS_TOLD = re.compile(rf"(?:^|{re.escape(WORDS_BETWEEN)}){LEAD_TIME_WORDS}: ({_TRUST_WORDS})$")


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
    return derived_confidence(each.provenance.confidence for each in way)


def lead_time_trust(plan: ServicePlan) -> Confidence:
    """How far the days to build may be trusted; assumed where nothing is told of them."""
    told = tuple(each.provenance.confidence for each in plan.figures if each.subject == LEAD_TIME)
    return weakest(told) if told else Confidence.ASSUMED


def days_trust(days: int | None) -> Confidence | None:
    """How far days to build may be trusted that were kept without what they rest on."""
    return None if days is None else Confidence.ASSUMED


def with_days_trust(words: str, trust: Confidence, *, characters_max: int) -> str:
    """The words, cut where they are too long, and last how far the days may be trusted.

    >>> with_days_trust("no fibre is free", Confidence.ASSUMED, characters_max=40)
    'no fibre | days until installed: assumed'
    """
    told = f"{LEAD_TIME_WORDS}: {trust.value}"
    room = characters_max - len(told) - len(WORDS_BETWEEN)
    return WORDS_BETWEEN.join(filter(None, (words[:room], told)))


def without_days_trust(words: str) -> tuple[str, Confidence]:
    """The words of a seller without how far its days may be trusted, and that.

    A seller that does not say it has not confirmed them: they count as assumed.

    >>> without_days_trust("no fibre is free | days until installed: derived")
    ('no fibre is free', <Confidence.DERIVED: 'derived'>)
    """
    told = _DAYS_TOLD.search(words)
    if told is None:
        return words, Confidence.ASSUMED
    return words[: told.start()], Confidence(told[1])


def _told(value: float | None, trust: Confidence | None) -> Confidence | None:
    return None if value is None else trust or Confidence.ASSUMED
