"""Which networks of several operators are legs made of, and what does full knowledge answer?"""

from dataclasses import replace
from functools import cache
from itertools import combinations_with_replacement

from hypothesis import strategies as st

from karakoram.engines.routing import mask_of, risks_in
from karakoram.network.prices import PriceUnit
from karakoram.network.records import Status
from karakoram.planning.leg_answers import LegQuestion
from karakoram.planning.leg_offers import OfferTerms, offered_legs, sites_in_service
from karakoram.planning.leg_routes import find_leg_ways
from karakoram.planning.path_plan import legs_of as legs_along
from karakoram.planning.prepare import prepare
from karakoram.planning.price_book import price_book
from karakoram.planning.risks import span_risk_ids
from karakoram.planning.route_answers import K_MAX, RouteMetric, RouteQuestion
from karakoram.planning.route_graph import MM_PER_KM, PS_PER_MS, route_graph
from karakoram.planning.routes import find_routes
from tests.support.legs import KEY
from tests.support.planning_networks import DAY, fibre, network_of

SITES = "ABCDEFG"
OPERATORS = ("NOR", "SUD", "MAR")
GROUPS = ("STORM", "ROAD", "SEA")
BIT_RATE_GBPS = 100.0


@st.composite
def rows_of_networks(draw):
    """Spans and the rest of a small network of up to three operators that meet at some sites."""
    spans = []
    sites = SITES[: draw(st.integers(4, 7))]
    operators = OPERATORS[: draw(st.integers(2, 3))]
    for number in range(draw(st.integers(5, 14))):
        a, z = draw(st.lists(st.sampled_from(sites), min_size=2, max_size=2, unique=True))
        operator = draw(st.sampled_from(operators))
        spans.append(
            fibre(
                a,
                z,
                draw(st.integers(1, 40)) * 10.0,
                name=f"S{number}",
                operator=operator,
                owner=draw(st.sampled_from([operator, operator, operator, "LESSOR"])),
                status=draw(st.sampled_from([*[Status.IN_SERVICE] * 9, Status.PLANNED])),
                groups=tuple(sorted(draw(st.sets(st.sampled_from(GROUPS), max_size=2)))),
            )
        )
    present = {(site, span.operator) for span in spans for site in (span.a, span.z)}
    every = [
        (site, one, other)
        for site in SITES
        for one, other in (("NOR", "SUD"), ("NOR", "MAR"), ("SUD", "MAR"))
        if {(site, one), (site, other)} <= present
    ]
    kept = draw(st.lists(st.booleans(), min_size=len(every), max_size=len(every)))
    return spans, {
        "more_sites": SITES,
        "meetings": [row for row, keep in zip(every, kept, strict=True) if keep or not kept[0]],
        "groups": {name: (0.3 * place, 24.0) for place, name in enumerate(GROUPS)},
        "rules": {"site_failures_fit": draw(st.sampled_from([0.0, 90_000.0])), "site_mttr_h": 4.0},
    }


def built(rows):
    """The network; built outside strategies, because checking types uses up random numbers."""
    spans, rest = rows
    return network_of(*spans, **rest)


def legs_of(prepared, ends, *, operators=None, **terms):
    """What every operator hands over, with the ends of a question among its points."""
    network = prepared.network
    return tuple(
        leg
        for operator in operators or network.operators
        for leg in offered_legs(
            network,
            prepared.graph,
            OfferTerms(
                **{
                    "operator_id": operator,
                    "more_site_ids": tuple(
                        site for site in ends if site in sites_in_service(network, operator)
                    ),
                    "bit_rate_gbps": BIT_RATE_GBPS,
                    "on_day": DAY,
                    "tells_length": True,
                    "key": KEY,
                    **terms,
                }
            ),
        )
    )


def over_legs(legs, ends, **asked):
    """What the legs alone answer."""
    return find_leg_ways(legs, leg_question(ends, **asked))


def leg_question(ends, **asked):
    """From end to end, with the pair that shares least."""
    return LegQuestion(
        **{
            "a_site_id": ends[0],
            "z_site_id": ends[1],
            "k": 5,
            "disjoint": True,
            "on_day": DAY,
            **asked,
        }
    )


def with_full_knowledge(prepared, ends, **asked):
    """What the planner answers that sees every span."""
    return find_routes(
        prepared,
        RouteQuestion(
            a_site_id=ends[0],
            z_site_id=ends[1],
            **{
                "metric": RouteMetric.LATENCY,
                "bit_rate_gbps": BIT_RATE_GBPS,
                "on_day": DAY,
                "k": 5,
                "disjoint": True,
                **asked,
            },
        ),
    )


def route_cost(prepared, route, metric=RouteMetric.LATENCY, *, bit_rate_gbps=BIT_RATE_GBPS):
    """What a route costs in the integers that routes are compared by."""
    network = prepared.network
    if metric is RouteMetric.LATENCY:
        return round(route.latency_ms * PS_PER_MS)
    if metric is RouteMetric.LENGTH:
        return round(route.length_km * MM_PER_KM)
    spans = [network.spans[span_id] for span_id in route.span_ids]
    book = price_book(network, bit_rate_gbps=bit_rate_gbps, on_day=DAY)
    glass = sum(
        round(book.term_minor(span.owner_id, PriceUnit.KM, term_months=36) * span.length_km)
        for span in spans
    )
    legs = legs_along(spans, start=route.site_ids[0])
    begun = [book.term_minor(leg.owner_id, PriceUnit.LEG, term_months=36) for leg in legs]
    return glass + sum(map(round, begun))


def way_cost(way, metric=RouteMetric.LATENCY):
    """The same of a way over legs."""
    return {
        RouteMetric.LATENCY: round(way.latency_ms * PS_PER_MS),
        RouteMetric.LENGTH: round((way.length_km or 0.0) * MM_PER_KM),
        RouteMetric.PRICE: way.price and way.price.minor,
    }[metric]


def pair_merit(prepared, ends, metric=RouteMetric.LATENCY, **asked):
    """Minutes shared and cost of the best pair of all, tried one by one; ``None`` without ways."""
    graph, network = prepared.graph, prepared.network
    every = with_full_knowledge(
        prepared, ends, metric=metric, k=K_MAX, disjoint=False, **asked
    ).routes
    free = graph.free_mask | graph.site_mask(ends)
    exposed = [
        (route_cost(prepared, route, metric), _risk_mask(graph, network, route.span_ids) & ~free)
        for route in every
    ]
    return min(
        (
            (sum(graph.risks[bit].weight for bit in risks_in(one & other)), cost + more)
            for (cost, one), (more, other) in combinations_with_replacement(exposed, 2)
        ),
        default=None,
    )


def planned_merit(prepared, pair, metric=RouteMetric.LATENCY, **asked):
    """Minutes shared and cost of a pair that the planner found."""
    weights = {risk.risk_id.partition(":")[2]: risk.weight for risk in prepared.graph.risks}
    assert len(weights) == len(prepared.graph.risks), "no two risks of a test have the same name"
    return (
        sum(weights[risk.risk_id] for risk in pair.shared_risks),
        sum(route_cost(prepared, route, metric, **asked) for route in pair.routes),
    )


def _risk_mask(graph, network, span_ids):
    return mask_of(
        sorted(
            {
                graph.bit_of_risk[risk_id]
                for span_id in span_ids
                for risk_id in span_risk_ids(network.spans[span_id])
            }
        )
    )


def leg_pair_merit(pair, metric=RouteMetric.LATENCY):
    """The same of a pair over legs."""
    return pair.shared_minutes, sum(way_cost(way, metric) for way in pair.ways)


@cache
def _dark():
    """Any prepared network: light is not asked of legs, and takes long to prepare."""
    return prepare(network_of(fibre("A", "Z", 1.0)))


def ready(network):
    """A network with its route graph, and without its light."""
    return replace(_dark(), network=network, graph=route_graph(network))


def without_tokens(leg):
    """The leg of an operator that tells no tokens."""
    return replace(
        leg,
        key_fingerprint="",
        a_site_token=None,
        z_site_token=None,
        place_tokens=(),
        risk_tokens=(),
        token_minutes=(),
        minutes_total=None,
        tokens_complete=False,
    )
