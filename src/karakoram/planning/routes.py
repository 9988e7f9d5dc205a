"""Which are the best routes between two sites, and which pair shares least risk?"""

from collections.abc import Iterator, Sequence
from itertools import islice

from karakoram.engines.routing import (
    ArcPath,
    Avoided,
    Ends,
    PathRule,
    risks_in,
)
from karakoram.planning.demand import TERM_MONTHS_DEFAULT
from karakoram.planning.offers import DiversityProof, DiversityScope, Reason
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
    pair_without_loops,
    ways_without_loops,
)


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
    barred = Avoided(risk_mask=not_wanted | unpriced)

    def ways(avoid: Avoided) -> Iterator[ArcPath]:
        return ways_without_loops(graph, ends=ends, cost=cost, avoid=avoid)

    found = tuple(islice(ways(barred), question.k))
    unsold = None if found or not unpriced else next(ways(Avoided(risk_mask=not_wanted)), None)
    return RouteAnswer(
        routes=tuple(_route(prepared, path, question) for path in found),
        disjoint=_disjoint(prepared, question, cost=cost, ends=ends, barred=barred)
        if question.disjoint
        else None,
        reasons=()
        if unsold is None
        else (_no_price(prepared, unsold, question=question, book=book),),
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


def _disjoint(
    prepared: PreparedNetwork,
    question: RouteQuestion,
    *,
    cost: Sequence[int],
    ends: Ends,
    barred: Avoided,
) -> DisjointRoutes | None:
    graph = prepared.graph
    rule = PathRule(avoid=barred)
    weights = graph.risk_weights(graph.site_mask((question.a_site_id, question.z_site_id)))
    pair = pair_without_loops(
        graph,
        prepared.network,
        start=question.a_site_id,
        search=PairSearch(ends=ends, cost=cost, risks=weights, rules=(rule, rule)),
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
