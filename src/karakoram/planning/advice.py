"""What would make the offers better than they can be today?"""

from collections.abc import Sequence
from dataclasses import replace

from karakoram.engines.routing import DisjointPair
from karakoram.network.records import Status
from karakoram.planning.demand import Protection
from karakoram.planning.offers import Offer, SharedRisk
from karakoram.planning.search_space import SearchSpace, search_space


def advice(space: SearchSpace, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Sentences for the planner; empty when nothing known would help."""
    demand = space.demand
    today_min = sum(_weight(risk) for risk in offers[-1].shared_risks)
    is_protected = demand.protection is not Protection.NONE
    if not is_protected or not today_min or Status.OPTION in demand.accepted_statuses:
        return ()
    return _build_the_options(space, today_min=today_min)


def _build_the_options(space: SearchSpace, *, today_min: int) -> tuple[str, ...]:
    """Whether spans that are only an option would let the paths share less."""
    accepted = space.demand.accepted_statuses | {Status.OPTION}
    wider = search_space(space.prepared, replace(space.demand, accepted_statuses=accepted))
    built = wider.best_pair(wider.price_minor, all_risks=True)
    if built is None or built.shared_weight >= today_min:
        return ()
    sentence = (
        f"Were the options {', '.join(_options_used(wider, built))} built (--include option), "
        f"working and protection path could share {built.shared_weight:,} instead of "
        f"{today_min:,} minutes a year of common risk."
    )
    return (sentence,)


def _weight(risk: SharedRisk) -> int:
    """Minutes a year as the search for diverse paths counts them: whole, at least one."""
    return max(1, round(risk.unavailable_min_per_year))


def _options_used(space: SearchSpace, pair: DisjointPair) -> list[str]:
    network, graph = space.prepared.network, space.prepared.graph
    spans = [network.spans[i] for path in (pair.first, pair.second) for i in graph.spans_of(path)]
    return sorted({span.cable_id for span in spans if span.status is Status.OPTION})
