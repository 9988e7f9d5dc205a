"""What should a planner know of the offers, and what would make them better than today?"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.engines.routing import DisjointPair, risks_in
from karakoram.network.records import Status
from karakoram.planning.demand import Protection
from karakoram.planning.offers import Offer, OfferLabel, SharedRisk
from karakoram.planning.search_space import SearchSpace, search_space

_WHOLE_FROM_MIN = 10.0


def advice(space: SearchSpace, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Sentences for the planner; empty when nothing is odd and nothing known would help."""
    if space.demand.protection is Protection.NONE:
        return ()
    return (*_price_of_diversity(offers), *_build_the_options(space, offers))


def _price_of_diversity(offers: Sequence[Offer]) -> Iterator[str]:
    """Why the most diverse offer looks worse than the cheapest, where it does."""
    by_label = {offer.label: offer for offer in offers}
    cheapest, diverse = by_label[OfferLabel.CHEAPEST], by_label[OfferLabel.MOST_DIVERSE]
    less_min = _shared_min(cheapest.shared_risks) - _shared_min(diverse.shared_risks)
    more_down_min = (diverse.unavailability - cheapest.unavailability) * MINUTES_PER_YEAR
    is_dearer = diverse.price.mrc.minor > cheapest.price.mrc.minor
    if less_min <= 0.0 or (more_down_min <= 0.0 and not is_dearer):
        return
    dearer = "is dearer" if is_dearer else ""
    longer = (
        f"is down {_minutes(more_down_min)} minutes a year longer, for its own plant fails more"
    )
    worse = " and ".join(filter(None, (dearer, longer if more_down_min > 0.0 else "")))
    yield (
        f"The most diverse offer shares {_minutes(less_min)} minutes a year less of common risk "
        f"than the cheapest, but it {worse}."
    )


def _build_the_options(space: SearchSpace, offers: Sequence[Offer]) -> Iterator[str]:
    """Whether spans that are only an option would let the paths share less."""
    accepted = space.demand.accepted_statuses
    today_min = _shared_min(offers[-1].shared_risks)
    if not today_min or Status.OPTION in accepted:
        return
    asked = replace(space.demand, accepted_statuses=accepted | {Status.OPTION})
    wider = search_space(space.prepared, asked)
    built = wider.best_pair(wider.price_minor, all_risks=True)
    if built is None:
        return
    shared_mask = built.first.risk_mask & built.second.risk_mask & ~wider.free_mask
    risks = wider.prepared.graph.risks
    built_min = sum(
        (risks[bit].unavailable_min_per_year for bit in risks_in(shared_mask)), start=0.0
    )
    if built_min < today_min:
        yield (
            f"Were the options {'; '.join(_options_used(wider, built))} built (accept status "
            f"option), working and protection path could share {_minutes(built_min)} instead of "
            f"{_minutes(today_min)} minutes a year of common risk."
        )


def _shared_min(risks: Sequence[SharedRisk]) -> float:
    """Minutes a year that the shared risks themselves are expected to take."""
    return sum((risk.unavailable_min_per_year for risk in risks), start=0.0)


def _minutes(min_per_year: float) -> str:
    """Whole minutes, and two digits of what is less than ten."""
    return f"{min_per_year:,.0f}" if min_per_year >= _WHOLE_FROM_MIN else f"{min_per_year:.2g}"


def _options_used(space: SearchSpace, pair: DisjointPair) -> list[str]:
    network, graph = space.prepared.network, space.prepared.graph
    spans = [network.spans[i] for path in (pair.first, pair.second) for i in graph.spans_of(path)]
    cables = sorted({span.cable_id for span in spans if span.status is Status.OPTION})
    names = ((network.cables[cable_id].name.partition(" (")[0], cable_id) for cable_id in cables)
    return [f"{name} ({cable_id})" for name, cable_id in names]
