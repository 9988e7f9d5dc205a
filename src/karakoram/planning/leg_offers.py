"""Which legs does an operator hand over, and what of them does it keep to itself?

Between each two of its points: the ways that cost least, the two that share least risk, and a row
of rest that bounds what is left out. No span, no site inside and no risk leaves by its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, count

from karakoram.core.identifiers import LegId, OperatorId, SiteId, SpanId
from karakoram.core.provenance import derived_confidence, weakest
from karakoram.core.time import Validity
from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    Ends,
    PathRule,
    unavoidable_risks,
)
from karakoram.network.legs import LegKind, OfferedLeg
from karakoram.network.network import Network
from karakoram.network.records import SiteKind, Status
from karakoram.network.risk_tokens import RiskKey
from karakoram.network.sections import IN_SERVICE
from karakoram.network.views import interconnection_sites
from karakoram.planning.demand import BIT_RATE_GBPS_DEFAULT, TERM_MONTHS_DEFAULT
from karakoram.planning.leg_tokens import LegTokens, Padding, leg_tokens, rest_tokens
from karakoram.planning.path_plan import sites_along
from karakoram.planning.price_book import PriceBook, price_book
from karakoram.planning.route_graph import (
    MM_PER_KM,
    PS_PER_MS,
    RouteGraph,
    price_costs,
    status_mask,
    unpriced_mask,
)
from karakoram.planning.site_loops import (
    PairSearch,
    first_ways_without_loops,
    pair_without_loops,
)
from karakoram.planning.trust import book_trust, spans_trusts

WAYS_DEFAULT = 16
"""Ways between two points; on the reference corridor every operator has fewer."""

WAYS_MAX = 1_000

_Spans = tuple[SpanId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTerms:
    """What an operator offers its legs for, and how much it tells of them."""

    operator_id: OperatorId
    more_site_ids: tuple[SiteId, ...] = ()
    """Points besides those of ``offered_points``; on spans of the operator that are in service."""
    ways: int = WAYS_DEFAULT
    """Cheapest ways between two points, at most; the two that share least risk come on top."""
    bit_rate_gbps: float = BIT_RATE_GBPS_DEFAULT
    term_months: int = TERM_MONTHS_DEFAULT
    on_day: date
    valid_to: date | None = None
    tells_length: bool = False
    key: RiskKey | None = None
    """``None`` leaves all tokens out."""
    padding: Padding | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.ways <= WAYS_MAX:
            raise ValueError(f"ways must be from 1 to {WAYS_MAX:,}, got {self.ways}")
        _ = Validity(valid_from=self.on_day, valid_to=self.valid_to)


def offered_points(network: Network, operator_id: OperatorId) -> tuple[SiteId, ...]:
    """Where legs of an operator begin and end: where others reach it, and its POPs."""
    pops = {
        site_id
        for site_id in sites_in_service(network, operator_id)
        if network.sites[site_id].kind is SiteKind.POP
    }
    return tuple(sorted(pops.union(interconnection_sites(network, operator_id))))


def sites_in_service(network: Network, operator_id: OperatorId) -> frozenset[SiteId]:
    """The sites on an operator's spans that are in service."""
    return frozenset(
        site_id
        for span in network.spans.values()
        if span.operator_id == operator_id and span.status in IN_SERVICE
        for site_id in (span.a_site_id, span.z_site_id)
    )


def offered_legs(network: Network, graph: RouteGraph, terms: OfferTerms) -> tuple[OfferedLeg, ...]:
    """All that an operator hands over, by pairs of points, the fastest first, rests last.

    Parameters
    ----------
    network, graph
        The operator's plant and its hand-overs; other operators' spans are not looked at.
    terms
        Who offers, between which points, and how much it tells.
    """
    desk = _desk(network, graph, terms)
    points = sorted({*offered_points(network, terms.operator_id), *terms.more_site_ids})
    return tuple(leg for ends in combinations(points, 2) for leg in desk.legs(ends))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Desk:
    """One operator's plant in the terms of the routing engine."""

    network: Network
    graph: RouteGraph
    terms: OfferTerms
    barred: int
    """Spans of others, and what is not in service."""
    unsold: int
    price_minor: Sequence[int]
    currency: str
    book: PriceBook

    def legs(self, ends: tuple[SiteId, SiteId]) -> Iterator[OfferedLeg]:
        """The rows between two points."""
        told = self._told(ends)
        numbers = count(1)
        for path in told.values():
            yield self._way(ends, path, number=next(numbers))
        rest = self._rest(ends, told=set(told))
        if rest is not None:
            yield replace(rest, leg_id=self._leg_id(ends, next(numbers)))

    def _told(self, ends: tuple[SiteId, SiteId]) -> dict[_Spans, ArcPath]:
        """The ways to hand over, by their spans, the fastest first."""
        fastest, complete = self._first(ends, self.graph.latency_ps, k=self.terms.ways)
        paths = list(fastest)
        if not complete or len(fastest) == self.terms.ways:  # there may be more
            paths += self._first(ends, self.price_minor, k=self.terms.ways, sold=True)[0]
            paths += self._least_shared(ends)
        by_spans = {self.graph.spans_of(path): path for path in paths}
        return dict(sorted(by_spans.items(), key=lambda way: (self._latency_ps(way[1]), way[0])))

    def _first(
        self, ends: tuple[SiteId, SiteId], cost: Sequence[int], *, k: int, sold: bool = False
    ) -> tuple[tuple[ArcPath, ...], bool]:
        """The first ``k`` ways by ``cost``, and whether there is certainly none before the last."""
        first = first_ways_without_loops(
            self.graph,
            ends=self._ends(ends),
            cost=cost,
            rule=PathRule(avoid=Avoided(risk_mask=self.barred | (self.unsold if sold else 0))),
            k=k,
        )
        return first.paths, first.complete

    def _least_shared(self, ends: tuple[SiteId, SiteId]) -> tuple[ArcPath, ...]:
        rule = PathRule(avoid=Avoided(risk_mask=self.barred))
        weights = self.graph.risk_weights(self.graph.site_mask(ends))
        pair = pair_without_loops(
            self.graph,
            self.network,
            start=ends[0],
            search=PairSearch(
                ends=self._ends(ends),
                cost=self.graph.latency_ps,
                risks=weights,
                rules=(rule, rule),
            ),
        )
        return () if pair is None else (pair.first, pair.second)

    def _way(self, ends: tuple[SiteId, SiteId], path: ArcPath, *, number: int) -> OfferedLeg:
        is_sold = not path.risk_mask & self.unsold
        leg = self._bare(
            ends,
            span_ids=self.graph.spans_of(path),
            latency_ps=self._latency_ps(path),
            length_mm=sum(self.graph.length_mm[arc] for arc in path.arcs),
            price_minor=sum(self.price_minor[arc] for arc in path.arcs) if is_sold else None,
        )
        sites = sites_along(self.network, self.graph.spans_of(path), start=ends[0])
        tokens = leg_tokens(
            self.graph, path, sites=sites, terms=(self.terms.key, self.terms.padding)
        )
        return _with_tokens(
            replace(leg, leg_id=self._leg_id(ends, number), kind=LegKind.WAY), tokens
        )

    def _rest(self, ends: tuple[SiteId, SiteId], *, told: set[_Spans]) -> OfferedLeg | None:
        """What holds of every way that is not told; ``None`` where all are."""
        latency_ps = self._rest_cost(ends, self.graph.latency_ps, told=told)
        if latency_ps is None:
            return None
        leg = self._bare(
            ends,
            span_ids=self._own_spans(),
            latency_ps=latency_ps,
            length_mm=self._rest_cost(ends, self.graph.length_mm, told=told) or 0,
            price_minor=self._rest_cost(ends, self.price_minor, told=told, sold=True),
        )
        mask = unavoidable_risks(
            self.graph.digraph, ends=self._ends(ends), avoid=Avoided(risk_mask=self.barred)
        )
        return _with_tokens(leg, rest_tokens(self.graph, mask or 0, ends=ends, key=self.terms.key))

    def _rest_cost(
        self,
        ends: tuple[SiteId, SiteId],
        cost: Sequence[int],
        *,
        told: set[_Spans],
        sold: bool = False,
    ) -> int | None:
        """What a way that is not told costs at least; ``None`` where there is certainly none."""
        paths, complete = self._first(ends, cost, k=len(told) + 1, sold=sold)
        costs = [sum(cost[arc] for arc in path.arcs) for path in paths]
        for path, total in zip(paths, costs, strict=True):
            if self.graph.spans_of(path) not in told:
                return total
        return None if complete else max(costs, default=0)

    def _bare(
        self,
        ends: tuple[SiteId, SiteId],
        *,
        span_ids: Sequence[SpanId],
        latency_ps: int,
        length_mm: int,
        price_minor: int | None,
    ) -> OfferedLeg:
        """A row of rest without tokens."""
        terms, is_sold = self.terms, price_minor is not None
        length_km = length_mm / MM_PER_KM if terms.tells_length and length_mm else None
        spans = [self.network.spans[span_id] for span_id in span_ids]
        owners = {span.owner_id for span in spans}
        return OfferedLeg(
            leg_id=self._leg_id(ends, 0),
            operator_id=terms.operator_id,
            kind=LegKind.REST,
            a_site_id=ends[0],
            z_site_id=ends[1],
            status=Status.IN_SERVICE,
            latency_ms=latency_ps / PS_PER_MS,
            latency_confidence=derived_confidence(spans_trusts(self.network, span_ids)),
            length_km=length_km,
            length_confidence=None
            if length_km is None
            else weakest(tuple(span.provenance.confidence for span in spans)),
            price_minor=price_minor,
            price_confidence=book_trust(self.book, owners) if is_sold else None,
            currency=self.currency if is_sold else "",
            term_months=terms.term_months if is_sold else None,
            bit_rate_gbps=terms.bit_rate_gbps if is_sold else None,
            a_partner_ids=self._partners(ends[0]),
            z_partner_ids=self._partners(ends[1]),
            is_exhaustive=True,
            offered_on=terms.on_day,
            valid_to=terms.valid_to,
        )

    def _own_spans(self) -> tuple[SpanId, ...]:
        """All that is in service: what is not told may lead over any of it."""
        own = self.terms.operator_id
        return tuple(
            span.span_id
            for span in self.network.spans.values()
            if span.operator_id == own and span.status in IN_SERVICE
        )

    def _leg_id(self, ends: tuple[SiteId, SiteId], number: int) -> LegId:
        return LegId(f"{self.terms.operator_id}:{ends[0]}-{ends[1]}:{number}")

    def _ends(self, ends: tuple[SiteId, SiteId]) -> Ends:
        return Ends.between(self.graph.origin[ends[0]], self.graph.destination[ends[1]])

    def _latency_ps(self, path: ArcPath) -> int:
        return sum(self.graph.latency_ps[arc] for arc in path.arcs)

    def _partners(self, site_id: SiteId) -> tuple[OperatorId, ...]:
        """With whom a hand-over at the site is in service."""
        own = self.terms.operator_id
        partners = {
            partner
            for handover in self.network.handovers.values()
            if handover.site_id == site_id and handover.status in IN_SERVICE
            for partner in (handover.from_operator_id, handover.to_operator_id)
            if own in (handover.from_operator_id, handover.to_operator_id) and partner != own
        }
        return tuple(sorted(partners))


def _desk(network: Network, graph: RouteGraph, terms: OfferTerms) -> _Desk:
    book = price_book(network, bit_rate_gbps=terms.bit_rate_gbps, on_day=terms.on_day)
    foreign = graph.span_mask(
        span.span_id for span in network.spans.values() if span.operator_id != terms.operator_id
    )
    return _Desk(
        network=network,
        graph=graph,
        terms=terms,
        barred=foreign | status_mask(graph, network, IN_SERVICE),
        unsold=unpriced_mask(graph, network, book),
        price_minor=price_costs(graph, network, book=book, term_months=terms.term_months),
        currency=network.currency,
        book=book,
    )


def _with_tokens(leg: OfferedLeg, tokens: LegTokens | None) -> OfferedLeg:
    if tokens is None:
        return leg
    return replace(
        leg,
        key_fingerprint=tokens.key_fingerprint,
        a_site_token=tokens.end_tokens[0],
        z_site_token=tokens.end_tokens[1],
        place_tokens=tokens.places,
        risk_tokens=tuple(tokens.minutes),
        token_minutes=tuple(tokens.minutes.values()),
        minutes_total=tokens.minutes_total,
        minutes_confidence=tokens.confidence,
        tokens_complete=leg.kind is LegKind.WAY,
    )
