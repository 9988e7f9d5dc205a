"""Which are the best routes between two sites, and which pair shares least risk?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from karakoram.core.identifiers import SiteId
from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    Ends,
    PathAnswer,
    PathRule,
    constrained_path,
    risks_in,
)
from karakoram.planning.demand import TERM_MONTHS_DEFAULT
from karakoram.planning.offers import DiversityProof, DiversityScope, Reason, Remedy, RemedyKind
from karakoram.planning.path_plan import legs_of, operators_along, path_latency_ms, sites_along
from karakoram.planning.prepare import PreparedNetwork
from karakoram.planning.price_book import PriceBook, price_book
from karakoram.planning.risks import shared_risk
from karakoram.planning.route_answers import (
    DisjointRoutes,
    Route,
    RouteAnswer,
    RouteMetric,
    RouteQuestion,
)
from karakoram.planning.route_graph import (
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
    ways_without_loops,
)
from karakoram.planning.transit import transit_amounts, transit_bounds, transit_of


def find_routes(prepared: PreparedNetwork, question: RouteQuestion) -> RouteAnswer:
    """The k best loopless routes, and the least-shared pair if asked for.

    Routes need fibre, hand-overs and an accepted status; whether light reaches so far is not asked
    here, and whether anybody sells the fibre only where routes are compared by price.
    """
    graph, network = prepared.graph, prepared.network
    ends = Ends.between(graph.origin[question.a_site_id], graph.destination[question.z_site_id])
    not_wanted = status_mask(graph, network, question.accepted_statuses) | exclusion_mask(
        graph, network, question.avoid
    )
    book = price_book(network, bit_rate_gbps=question.bit_rate_gbps, on_day=question.on_day)
    is_by_price = question.metric is RouteMetric.PRICE
    unpriced = unpriced_mask(graph, network, book) if is_by_price else 0
    cost = _costs(prepared, question, book)
    search = _Search(
        prepared=prepared,
        start=question.a_site_id,
        ends=ends,
        cost=cost,
        rule=PathRule(
            avoid=Avoided(risk_mask=not_wanted | unpriced),
            limits=transit_bounds(graph, network, question.transit_limits),
        ),
    )
    found, is_all = search.first(question.k)
    reasons: tuple[Reason, ...] = ()
    if not found and unpriced:
        sold_or_not = replace(
            search, rule=replace(search.rule, avoid=Avoided(risk_mask=not_wanted))
        )
        unsold, _ = sold_or_not.first(1)
        reasons = tuple(_no_price(prepared, one, question=question, book=book) for one in unsold)
    if not found and not reasons and question.transit_limits:
        reasons = tuple(_over_limits(search, question, is_all=is_all))
    return RouteAnswer(
        routes=tuple(_route(prepared, path, question) for path in found),
        disjoint=_disjoint(search, question) if question.disjoint else None,
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Search:
    """Where the routes of one question may go, and by what they are compared."""

    prepared: PreparedNetwork
    start: SiteId
    ends: Ends
    cost: Sequence[int]
    rule: PathRule

    def first(self, k: int) -> tuple[tuple[ArcPath, ...], bool]:
        """The k best routes, and whether there are certainly no others where they are fewer."""
        graph = self.prepared.graph
        if not self.rule.limits:
            ways = ways_without_loops(graph, ends=self.ends, cost=self.cost, avoid=self.rule.avoid)
            return tuple(islice(ways, k)), True
        found = first_ways_without_loops(graph, ends=self.ends, cost=self.cost, rule=self.rule, k=k)
        if found.paths or found.complete:
            return found.paths, found.complete
        best = self.best(self.cost)
        return () if best.path is None else (best.path,), best.proven and best.path is None

    def best(self, cost: Sequence[int]) -> PathAnswer:
        """The best route by a cost; where it comes back to a site, of the first looked at."""
        graph, network = self.prepared.graph, self.prepared.network
        found = constrained_path(graph.digraph, cost=cost, ends=self.ends, rule=self.rule)
        path = found.path
        if path is None or site_met_again(graph, network, path, start=self.start) is None:
            return found
        return best_way_without_loops(graph, ends=self.ends, cost=cost, rule=self.rule)


def _over_limits(search: _Search, question: RouteQuestion, *, is_all: bool) -> Iterator[Reason]:
    """Which limits inside operators keep all routes away, and what would be enough of each."""
    graph, network = search.prepared.graph, search.prepared.network
    where = f"{question.a_site_id}-{question.z_site_id}"
    if not is_all:
        message = "the search for a route within the limits inside operators was given up before "
        message += "its end, so there may be one that was not found; loosen a limit, and ask again"
        yield Reason(code="not-proven", where=where, message=message)
        return
    without = replace(search, rule=replace(search.rule, limits=()))
    if without.best(search.cost).path is None:
        return
    enough = []
    for number, limit in enumerate(question.transit_limits):
        others = (*search.rule.limits[:number], *search.rule.limits[number + 1 :])
        wider = replace(search, rule=replace(search.rule, limits=others))
        path = wider.best(transit_amounts(graph, network, limit)).path
        if path is not None:
            enough.append(replace(limit, most=transit_of(graph, network, path, limit=limit)))
    words = ", ".join(limit.word for limit in question.transit_limits)
    helps = ", or ".join(f"allow {limit.word}" for limit in enough)
    yield Reason(
        code="transit",
        where=", ".join(dict.fromkeys(limit.operator_id for limit in question.transit_limits)),
        message=f"no route stays within {words}; {helps or 'loosen several of these together'}",
        remedies=tuple(
            Remedy(kind=RemedyKind.ALLOW_TRANSIT, values=(limit.word,)) for limit in enough
        ),
    )


def _no_price(
    prepared: PreparedNetwork, path: ArcPath, *, question: RouteQuestion, book: PriceBook
) -> Reason:
    """Names the owners on a way that ask no price."""
    spans = [prepared.network.spans[span_id] for span_id in prepared.graph.spans_of(path)]
    silent = sorted({span.owner_id for span in spans if not book.sells(span.owner_id)})
    return Reason(
        code="no-price",
        where="prices",
        message=f"there are routes, but none is sold: {', '.join(silent)} ask no price for "
        f"{question.bit_rate_gbps:g} Gb/s on {question.on_day}; compare by length or latency, "
        "or add prices",
    )


def _costs(prepared: PreparedNetwork, question: RouteQuestion, book: PriceBook) -> Sequence[int]:
    match question.metric:
        case RouteMetric.LATENCY:
            return prepared.graph.latency_ps
        case RouteMetric.LENGTH:
            return prepared.graph.length_mm
        case RouteMetric.PRICE:
            return price_costs(
                prepared.graph, prepared.network, book=book, term_months=TERM_MONTHS_DEFAULT
            )


def _route(prepared: PreparedNetwork, path: ArcPath, question: RouteQuestion) -> Route:
    network = prepared.network
    span_ids = prepared.graph.spans_of(path)
    spans = [network.spans[span_id] for span_id in span_ids]
    return Route(
        site_ids=sites_along(network, span_ids, start=question.a_site_id),
        span_ids=span_ids,
        length_km=sum(span.length_km for span in spans),
        latency_ms=path_latency_ms(prepared.graph, path),
        operator_ids=operators_along(legs_of(spans, start=question.a_site_id)),
    )


def _disjoint(search: _Search, question: RouteQuestion) -> DisjointRoutes | None:
    prepared, rule = search.prepared, search.rule
    graph = prepared.graph
    weights = graph.risk_weights(graph.site_mask((question.a_site_id, question.z_site_id)))
    pair = pair_without_loops(
        graph,
        prepared.network,
        start=question.a_site_id,
        search=PairSearch(ends=search.ends, cost=search.cost, risks=weights, rules=(rule, rule)),
    )
    if pair is None:
        return None
    routes = (_route(prepared, pair.first, question), _route(prepared, pair.second, question))
    span_ids = (*routes[0].span_ids, *routes[1].span_ids)
    return DisjointRoutes(
        routes=routes,
        shared_risks=tuple(
            shared_risk(graph.risks[bit], span_ids) for bit in risks_in(pair.shared_mask)
        ),
        proof=DiversityProof(scope=DiversityScope.ALL_RISKS, prover=pair.proof),
    )
