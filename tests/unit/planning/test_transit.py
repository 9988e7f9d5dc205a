"""Limits inside operators: exact against every way there is, and what is enough where none is."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from karakoram.planning.demand import TransitLimit, TransitUnit
from karakoram.planning.offers import Infeasible, RemedyKind
from karakoram.planning.prepare import prepare
from karakoram.planning.route_answers import RouteQuestion
from karakoram.planning.routes import find_routes
from karakoram.planning.search_space import search_space
from karakoram.planning.transit import transit_amounts, transit_of
from karakoram.planning.transit_reasons import transit_reason
from tests.support.planning_networks import DAY, demand, designed, fibre, network_of

KM, HANDOVERS = TransitUnit.KM, TransitUnit.HANDOVERS


def limit(most, unit=KM, operator="ONE"):
    return TransitLimit(operator_id=operator, unit=unit, most=float(most))


def mesh(seed):
    """Six sites, eleven spans of three operators, who hand over at some where they meet."""
    rng = np.random.default_rng(seed)
    sites = "ABCDEZ"
    every = [(a, z) for a in sites for z in sites if a < z]
    chosen = rng.choice(len(every), size=11, replace=False)
    spans = [
        fibre(
            *every[place],
            float(rng.integers(20, 200)) + 0.125,
            operator=str(rng.choice(["ONE", "ONE", "SIX", "TWO"])),
        )
        for place in chosen
    ]
    there = {
        site: sorted({one.operator for one in spans if site in (one.a, one.z)}) for site in sites
    }
    meetings = [
        (site, *pair)
        for site, operators in there.items()
        for pair in combinations(operators, 2)
        if rng.random() < 0.8
    ]
    return network_of(*spans, meetings=meetings)


def every_way(network, site="A", seen=("A",), spans=()):
    """Every chain of spans from A to Z that meets no site twice and changes hands where agreed."""
    if site == "Z":
        yield spans
        return
    agreed = {
        frozenset((one.from_operator_id, one.to_operator_id))
        for one in network.handovers.values()
        if one.site_id == site
    }
    for span in network.spans.values():
        if site not in (span.a_site_id, span.z_site_id) or span.far_end(site) in seen:
            continue
        change = {one.operator_id for one in (*spans[-1:], span)}
        if len(change) > 1 and frozenset(change) not in agreed:
            continue
        there = span.far_end(site)
        yield from every_way(network, there, (*seen, there), (*spans, span))


def taken(spans, unit):
    """How far a way goes in the network of ONE, or at how many hand-overs ONE takes part."""
    if unit is KM:
        return sum(span.length_km for span in spans if span.operator_id == "ONE")
    changes = ({one.operator_id, other.operator_id} for one, other in pairwise(spans))
    return sum(len(change) > 1 and "ONE" in change for change in changes)


def routed(network, *limits, k=500):
    return routed_over(prepare(network), *limits, k=k)


def routed_over(prepared, *limits, k=500):
    question = RouteQuestion(
        a_site_id="A", z_site_id="Z", k=k, on_day=DAY, transit_limits=tuple(limits)
    )
    return find_routes(prepared, question)


@pytest.mark.parametrize("seed", range(12))
def test_the_routes_within_limits_are_all_that_there_are_and_no_other(seed):
    network = mesh(seed)
    prepared, ways = prepare(network), list(every_way(network))
    amounts = {unit: sorted({taken(spans, unit) for spans in ways}) for unit in TransitUnit}
    for unit, most in ((one, amount) for one in TransitUnit for amount in amounts[one][:4]):
        within = {
            tuple(span.span_id for span in spans) for spans in ways if taken(spans, unit) <= most
        }
        found = routed_over(prepared, limit(most, unit)).routes
        assert {route.span_ids for route in found} == within
        lengths = [route.length_km for route in found]
        assert lengths == sorted(lengths)


@pytest.mark.parametrize("seed", range(12))
def test_just_below_the_least_there_is_none_and_the_least_is_told_as_enough(seed):
    network = mesh(seed)
    ways = list(every_way(network))
    least = min(taken(spans, KM) for spans in ways) if ways else 0.0
    if least == 0.0:
        assert routed(network, limit(0.0)).routes or not ways
        return
    answer = routed(network, limit(least - 0.001))
    assert not answer.routes
    (reason,) = answer.reasons
    assert reason.code == "transit"
    assert [(one.kind, *one.values) for one in reason.remedies] == [
        (RemedyKind.ALLOW_TRANSIT, f"ONE={least:.12g}km")
    ]
    assert routed(network, limit(least)).routes


@pytest.mark.parametrize("seed", range(6))
def test_the_cheapest_service_within_a_limit_is_the_shortest_way_within_it(seed):
    network = mesh(seed)
    prepared = prepare(network)
    ways = list(every_way(network))
    for most in sorted({taken(spans, KM) for spans in ways})[:3]:
        shortest = min(
            sum(span.length_km for span in spans) for spans in ways if taken(spans, KM) <= most
        )
        answer = designed(prepared, transit_limits=(limit(most),))
        assert min(offer.paths[0].length_km for offer in answer.offers) == pytest.approx(shortest)
        for offer in answer.offers:
            spans = [network.spans[span_id] for span_id in offer.paths[0].span_ids]
            assert taken(spans, KM) <= most


RING = network_of(
    fibre("A", "B", 100.0, operator="ONE"),
    fibre("B", "Z", 100.0, operator="ONE"),
    fibre("A", "C", 150.0, operator="TWO"),
    fibre("C", "Z", 150.0, operator="ONE"),
    meetings=[("C", "TWO", "ONE")],
)


def refusal(**asked):
    answer = designed(RING, **asked)
    assert isinstance(answer, Infeasible)
    (reason,) = answer.reasons
    return reason


def helps(reason):
    return {(one.kind, *one.values) for one in reason.remedies}


def test_a_refusal_says_what_is_enough_and_asking_so_has_an_answer():
    reason = refusal(transit_limits=(limit(149.9),))
    assert (reason.code, reason.where) == ("transit", "ONE")
    assert helps(reason) == {(RemedyKind.ALLOW_TRANSIT, "ONE=150km")}
    (offer, *_) = designed(RING, transit_limits=(limit(150.0),)).offers
    assert offer.paths[0].span_ids == ("A-C", "C-Z")


def test_of_two_limits_each_that_helps_alone_is_told():
    reason = refusal(transit_limits=(limit(160.0), limit(0, HANDOVERS)))
    allow = RemedyKind.ALLOW_TRANSIT
    assert helps(reason) == {(allow, "ONE=200km"), (allow, "ONE=1handovers")}
    both = refusal(transit_limits=(limit(10.0), limit(0, HANDOVERS), limit(0, operator="TWO")))
    assert helps(both) == {(allow, "ONE=200km")}


def test_where_a_latency_bound_and_a_limit_shut_out_each_others_ways_both_are_told():
    reason = refusal(transit_limits=(limit(160.0),), latency_ms_max=1.2)
    assert helps(reason) == {
        (RemedyKind.ALLOW_TRANSIT, "ONE=200km"),
        (RemedyKind.ALLOW_LATENCY, "1.50"),
    }
    assert "within ONE=160km and 1.2 ms" in reason.message
    neither = refusal(transit_limits=(limit(10.0),), latency_ms_max=0.5)
    assert neither.code == "transit"
    assert "loosen several of these together" in neither.message


def test_a_latency_bound_alone_is_still_told_as_one():
    assert refusal(transit_limits=(limit(500.0),), latency_ms_max=0.5).code == "latency"
    late = demand(transit_limits=(limit(500.0),), latency_ms_max=0.5)
    space = search_space(prepare(RING), late)
    assert transit_reason(space) is None


def test_protection_needs_both_paths_within_the_limit():
    reason = refusal(transit_limits=(limit(160.0),), protected=True)
    assert reason.code == "no-second-path"
    assert (RemedyKind.ALLOW_TRANSIT, "ONE=200km") in helps(reason)
    pair = designed(RING, transit_limits=(limit(200.0),), protected=True)
    assert {path.span_ids for path in pair.offers[0].paths} == {("A-B", "B-Z"), ("A-C", "C-Z")}


def test_amounts_are_of_the_operator_alone():
    prepared = prepare(RING)
    graph = prepared.graph
    one, two = (transit_amounts(graph, RING, limit(0.0, operator=op)) for op in ("ONE", "TWO"))
    assert sum(one) == 2 * 350 * 1_000_000
    assert sum(two) == 2 * 150 * 1_000_000
    path = search_space(prepared, demand(avoid=demand().avoid)).best_path(graph.latency_ps).path
    assert transit_of(graph, RING, path, limit=limit(0.0)) == 200.0
    assert transit_of(graph, RING, path, limit=limit(0, HANDOVERS)) == 0.0


def test_limits_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="whole number"):
        limit(1.5, HANDOVERS)
    with pytest.raises(ValueError, match="at least 0"):
        limit(-1.0)
    with pytest.raises(ValueError, match="transit_limits must name km inside ONE once"):
        demand(transit_limits=(limit(1.0), limit(2.0)))
