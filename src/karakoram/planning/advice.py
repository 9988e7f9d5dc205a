"""What would make the offers better than they can be today?"""

from collections.abc import Sequence
from dataclasses import replace

from karakoram.engines.routing import DisjointPair
from karakoram.network.records import Status
from karakoram.planning.demand import Protection
from karakoram.planning.offers import Offer
from karakoram.planning.search_space import SearchSpace, search_space


def advice(space: SearchSpace, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Sentences for the planner; empty when nothing known would help."""
    if space.demand.protection is Protection.NONE or not offers[-1].shared_risks:
        return ()
    return _build_the_options(space)


def _build_the_options(space: SearchSpace) -> tuple[str, ...]:
    """Whether spans that are only an option would let the paths share less."""
    demand = space.demand
    if Status.OPTION in demand.accepted_statuses:
        return ()
    accepted = demand.accepted_statuses | {Status.OPTION}
    wider = search_space(space.prepared, replace(demand, accepted_statuses=accepted))
    today = space.best_pair(space.price, all_risks=True)
    built = wider.best_pair(wider.price, all_risks=True)
    if today is None or built is None or built.shared_weight >= today.shared_weight:
        return ()
    options = _options_used(wider, built)
    saved_min = today.shared_weight - built.shared_weight
    sentence = (
        f"With {', '.join(options)}, an option today (--include option), working and protection "
        f"path would share {saved_min:,} minutes a year less of common risk."
    )
    return (sentence,)


def _options_used(space: SearchSpace, pair: DisjointPair) -> list[str]:
    network, graph = space.prepared.network, space.prepared.graph
    spans = [network.spans[i] for path in (pair.first, pair.second) for i in graph.spans_of(path)]
    return sorted({network.cables[s.cable_id].name for s in spans if s.status is Status.OPTION})
