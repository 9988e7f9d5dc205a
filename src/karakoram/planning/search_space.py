"""Where may the paths of one demand go, and by what are they compared?"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from karakoram.core.identifiers import SpanId
from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    DisjointPair,
    Ends,
    PathAnswer,
    PathRule,
    ResourceLimit,
    RiskWeights,
    constrained_path,
)
from karakoram.network.records import RiskKind, Status
from karakoram.planning.demand import Exclusions, ServiceDemand
from karakoram.planning.lightpaths import WAVELENGTHS_MAX, wavelengths_for
from karakoram.planning.offers import RiskSort
from karakoram.planning.optical_plant import LineKey
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.price_book import PriceBook, price_book
from karakoram.planning.risks import Risk
from karakoram.planning.route_graph import (
    PS_PER_MS,
    exclusion_mask,
    price_costs,
    status_mask,
    unpriced_mask,
)
from karakoram.planning.site_loops import (
    PairSearch,
    best_way_without_loops,
    first_ways_without_loops,
    pair_without_loops,
    site_met_again,
)
from karakoram.planning.transit import transit_bounds

EXPOSURE_UNITS = 1_000_000_000_000
"""Unavailability is added along a path in parts of this, as integers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barriers:
    """Masks of what the paths must not touch, kept apart so that a refusal can name the cause."""

    status: int
    avoided: int
    unpriced: int
    too_noisy: int

    @property
    def all(self) -> int:
        """Everything that bars the way."""
        return self.status | self.avoided | self.unpriced | self.too_noisy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchSpace:
    """One demand in the terms of the routing engine."""

    prepared: PreparedNetwork
    demand: ServiceDemand
    book: PriceBook
    ends: Ends
    barriers: Barriers
    free_mask: int
    """Risks that sharing costs nothing for: sites of both ends, bare sites, hand-overs."""
    price_minor: Sequence[int]
    """Cost of each arc over the term, in minor units."""

    @property
    def latency_ps(self) -> Sequence[int]:
        """Latency of each arc, in picoseconds."""
        return self.prepared.graph.latency_ps

    def exposure(self) -> list[int]:
        """Unavailability that each arc's span alone brings; common causes not counted."""
        bit_of, risks = self.prepared.graph.bit_of_risk, self.prepared.graph.risks
        return [
            0
            if use.span_id is None
            else round(risks[bit_of[f"span:{use.span_id}"]].unavailability * EXPOSURE_UNITS)
            for use in self.prepared.graph.uses
        ]

    def rule(self, *, is_working: bool) -> PathRule:
        """What one path must obey; via sites bind the working path alone."""
        demand, graph = self.demand, self.prepared.graph
        bound_ms = demand.latency_ms_max
        via = demand.via_site_ids if is_working else ()
        return PathRule(
            avoid=Avoided(risk_mask=self.barriers.all),
            limits=(
                *(() if bound_ms is None else (self._latency_limit(bound_ms),)),
                *transit_bounds(graph, self.prepared.network, demand.transit_limits),
            ),
            via=tuple(graph.vertices_at(site_id) for site_id in via),
        )

    def _latency_limit(self, bound_ms: float) -> ResourceLimit:
        return ResourceLimit(amounts=tuple(map(float, self.latency_ps)), most=bound_ms * PS_PER_MS)

    def best_path(self, cost: Sequence[int]) -> PathAnswer:
        """The best working path by ``cost``; where there is none, whether that is proven."""
        graph, network = self.prepared.graph, self.prepared.network
        start, rule = self.demand.a_site_id, self.rule(is_working=True)
        found = constrained_path(graph.digraph, cost=cost, ends=self.ends, rule=rule)
        if found.path is None or site_met_again(graph, network, found.path, start=start) is None:
            return found
        return best_way_without_loops(graph, ends=self.ends, cost=cost, rule=rule)

    def good_paths(self, cost: Sequence[int], *, k: int) -> tuple[ArcPath, ...]:
        """The ``k`` best paths by ``cost`` that obey the working path's rule.

        Fewer where so many are not among the first ``LOOKED_AT_MAX`` looked at.
        """
        rule = self.rule(is_working=True)
        return first_ways_without_loops(
            self.prepared.graph, ends=self.ends, cost=cost, rule=rule, k=k
        ).paths

    def is_only_way(self) -> bool:
        """Whether it is certain that no two different ways obey what protection paths must."""
        rule = self.rule(is_working=False)
        first = first_ways_without_loops(
            self.prepared.graph, ends=self.ends, cost=self.latency_ps, rule=rule, k=2
        )
        return len(first.paths) < 2 and first.complete  # noqa: PLR2004 -- two make a pair

    def risk_weights(self, *, all_risks: bool) -> RiskWeights:
        """What sharing each risk weighs for this demand; the scopes are those of ``best_pair``."""
        graph = self.prepared.graph
        counted = [all_risks or is_plant(risk) for risk in graph.risks]
        ignored = sum(1 << bit for bit, counts in enumerate(counted) if not counts)
        return graph.risk_weights(self.free_mask | ignored)

    def best_pair(self, cost: Sequence[int], *, all_risks: bool) -> DisjointPair | None:
        """The pair that shares least, and is best by ``cost`` among those.

        With ``all_risks`` every span, risk group and site counts; without, only what is one
        piece of plant: spans and landing stations.
        """
        graph = self.prepared.graph
        weights = self.risk_weights(all_risks=all_risks)
        return pair_without_loops(
            graph,
            self.prepared.network,
            start=self.demand.a_site_id,
            search=PairSearch(
                ends=self.ends,
                cost=cost,
                risks=weights,
                rules=(self.rule(is_working=True), self.rule(is_working=False)),
            ),
        )


def is_plant(risk: Risk) -> bool:
    """Whether sharing it means to lie in the same cable or land in the same station."""
    return risk.sort is RiskSort.SPAN or risk.kind is RiskKind.LANDING_STATION


def search_space(prepared: PreparedNetwork, demand: ServiceDemand) -> SearchSpace:
    """The space of one demand; A and Z must be sites of the network."""
    network, graph = prepared.network, prepared.graph
    book = price_book(network, bit_rate_gbps=demand.bit_rate_gbps, on_day=demand.on_day)
    ends = (demand.a_site_id, demand.z_site_id)
    return SearchSpace(
        prepared=prepared,
        demand=demand,
        book=book,
        ends=Ends.between(graph.origin[ends[0]], graph.destination[ends[1]]),
        barriers=barriers(prepared, book, accepted=demand.accepted_statuses, avoid=demand.avoid),
        free_mask=graph.site_mask(ends) | graph.free_mask,
        price_minor=price_costs(graph, network, book=book, term_months=demand.term_months),
    )


def barriers(
    prepared: PreparedNetwork, book: PriceBook, *, accepted: frozenset[Status], avoid: Exclusions
) -> Barriers:
    """What bars a wavelength of the price book's bit rate, whatever its ends.

    Parameters
    ----------
    prepared
        A network made ready for questions.
    book
        Whose bit rate and prices hold.
    accepted
        Status that spans and lines may have.
    avoid
        What a way must not touch.
    """
    network, graph = prepared.network, prepared.graph
    return Barriers(
        status=status_mask(graph, network, accepted),
        avoided=exclusion_mask(graph, network, avoid),
        unpriced=unpriced_mask(graph, network, book),
        too_noisy=_dark_mask(prepared, book.bit_rate_gbps, accepted=accepted),
    )


def too_noisy_lines(
    prepared: PreparedNetwork, bit_rate_gbps: float, *, accepted: frozenset[Status]
) -> tuple[LineKey, ...]:
    """The lines over which no mode carries the bit rate with the margin asked for."""
    network = prepared.network
    there = prepared.plant.keys(accepted)
    usable = np.array(
        [
            wavelengths_for(mode, bit_rate_gbps) <= WAVELENGTHS_MAX
            for mode in network.library.transceiver_modes.values()
        ]
    )
    closes = prepared.lone_margins_db[usable] >= network.rules.margin_db.value
    return tuple(
        key
        for key, is_good in zip(prepared.plant.lines, closes.any(axis=0), strict=True)
        if key in there and not is_good
    )


def spans_on_no_line(prepared: PreparedNetwork, accepted: frozenset[Status]) -> set[SpanId]:
    """The spans over which no light gets from one ROADM to another."""
    on_a_line = {span_id for _, span_ids in prepared.plant.keys(accepted) for span_id in span_ids}
    return set(prepared.network.spans) - on_a_line


def _dark_mask(
    prepared: PreparedNetwork, bit_rate_gbps: float, *, accepted: frozenset[Status]
) -> int:
    """The spans that no light of this bit rate crosses."""
    noisy = too_noisy_lines(prepared, bit_rate_gbps, accepted=accepted)
    dark = spans_on_no_line(prepared, accepted).union(*(span_ids for _, span_ids in noisy))
    return prepared.graph.span_mask(dark)
