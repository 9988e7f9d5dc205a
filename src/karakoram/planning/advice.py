"""What should a planner know of the offers, and what would make them better than today?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from math import ceil

from karakoram.core.identifiers import SpanId
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.engines.routing import DisjointPair, mask_of, risks_in
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, RiskKind, Status
from karakoram.planning.demand import Protection
from karakoram.planning.lit_ways import LitWays
from karakoram.planning.offers import Offer, OfferLabel, RiskSort, SharedRisk
from karakoram.planning.path_plan import path_latency_ms
from karakoram.planning.reliability import reliability
from karakoram.planning.search_space import SearchSpace, search_space

_WHOLE_FROM_MIN = 10.0

_TOLD_FROM_MS = 0.01
"""RTTs are shown so finely."""


def advice(space: SearchSpace, offers: Sequence[Offer]) -> tuple[str, ...]:
    """Sentences for the planner; empty when nothing is odd and nothing known would help."""
    if space.demand.protection is Protection.NONE:
        return ()
    return (
        *_one_cable(space, offers),
        *_faster_in_one_cable(space, offers),
        *_price_of_diversity(offers),
        *_build_the_options(space, offers),
    )


def _one_cable(space: SearchSpace, offers: Sequence[Offer]) -> Iterator[str]:
    """Which submarine cables and landing stations both paths of every offer lie in.

    Where a bound on latency was set, what would be enough to share less, and how available it is.
    """
    shared = set.intersection(*(_shared_at_sea(space, offer) for offer in offers))
    if not shared:
        return
    yield (
        f"Working and protection path of every offer share {_listed(sorted(shared))}: "
        "what strikes there takes both paths."
    )
    if space.demand.latency_ms_max is None:
        return
    wider = search_space(space.prepared, replace(space.demand, latency_ms_max=None))
    pair = wider.best_pair(wider.latency_ps, all_risks=False)
    if pair is None:
        return
    lit = LitWays(wider)
    plans = [lit.plan(path) for path in (pair.first, pair.second)]
    if shared <= _at_sea(wider, pair.shared_mask):
        return
    needed_ms = ceil(100.0 * max(plan.latency_ms for plan in plans)) / 100.0
    down_min = reliability(space.prepared, plans).unavailability * MINUTES_PER_YEAR
    least_min = min(offer.unavailability for offer in offers) * MINUTES_PER_YEAR
    other = sorted(_cables_of(wider, pair) - _cables_at_sea(offers, space))
    through = f" through {_listed(other)} too" if other else ""
    yield (
        f"A limit of {needed_ms:.2f} ms one way instead of {space.demand.latency_ms_max:g} ms "
        f"would allow a pair{through} that is "
        f"{100.0 * (1.0 - down_min / MINUTES_PER_YEAR):.2f} % available, down "
        f"{_minutes(down_min)} instead of {_minutes(least_min)} minutes a year."
    )


def _shared_at_sea(space: SearchSpace, offer: Offer) -> set[str]:
    bit_of, risks = space.prepared.graph.bit_of_risk, offer.shared_risks
    prefix = {RiskSort.SPAN: "span", RiskSort.RISK_GROUP: "group", RiskSort.SITE: "site"}
    ids = {f"{prefix[risk.sort]}:{risk.risk_id}" for risk in risks}
    return _at_sea(space, mask_of([bit_of[risk_id] for risk_id in sorted(ids)]))


def _at_sea(space: SearchSpace, shared_mask: int) -> set[str]:
    """Names of the submarine cables and landing stations among the risks."""
    network, names = space.prepared.network, set()
    for risk in (space.prepared.graph.risks[bit] for bit in risks_in(shared_mask)):
        if risk.kind is RiskKind.LANDING_STATION:
            names.add(risk.name)
        elif risk.sort is RiskSort.SPAN:
            names |= _cable_names(network, risk.span_ids)
    return names


def _cables_of(space: SearchSpace, pair: DisjointPair) -> set[str]:
    graph = space.prepared.graph
    span_ids = [span for path in (pair.first, pair.second) for span in graph.spans_of(path)]
    return _cable_names(space.prepared.network, span_ids)


def _cables_at_sea(offers: Sequence[Offer], space: SearchSpace) -> set[str]:
    span_ids = [span for offer in offers for path in offer.paths for span in path.span_ids]
    return _cable_names(space.prepared.network, span_ids)


def _cable_names(network: Network, span_ids: Iterable[SpanId]) -> set[str]:
    """Names of the submarine cables that the spans lie in."""
    cables = {network.cables[network.spans[span_id].cable_id] for span_id in span_ids}
    return {
        f"the submarine cable {cable.cable_id}"
        for cable in cables
        if cable.medium is CableMedium.SUBMARINE
    }


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _faster_in_one_cable(space: SearchSpace, offers: Sequence[Offer]) -> Iterator[str]:
    """What latency could be had if the paths were allowed to share more."""
    fastest = next(offer for offer in offers if offer.label is OfferLabel.LOWEST_LATENCY)
    if space.demand.via_site_ids:
        return  # binds the working path alone
    ways = space.good_paths(space.latency_ps, k=2)
    rtts_ms = [2.0 * path_latency_ms(space.prepared.graph, way) for way in ways]
    if sum(rtts_ms) + _TOLD_FROM_MS > sum(path.rtt_ms for path in fastest.paths):
        return
    first, second = rtts_ms
    shared_mask = ways[0].risk_mask & ways[1].risk_mask & ~space.free_mask
    risks = space.prepared.graph.risks
    more_min = sum((risks[bit].unavailable_min_per_year for bit in risks_in(shared_mask)), 0.0)
    yield (
        "Lowest latency takes the least shared plant first; who accepts that the paths share "
        f"{_minutes(more_min)} instead of {_minutes(_shared_min(fastest.shared_risks))} minutes a "
        f"year of common risk can have RTTs of {first:.2f} and {second:.2f} ms."
    )


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
