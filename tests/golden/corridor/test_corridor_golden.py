"""What is published of the corridor; each folder beside this file is one fact with its source."""

import tomllib
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from karakoram.engines.routing import Avoided, Ends, loopless_paths
from karakoram.network.records import Status
from karakoram.network.sections import IN_SERVICE
from karakoram.planning.demand import Protection, ServiceDemand
from karakoram.planning.design import design_service
from karakoram.planning.offers import OfferLabel, ServiceDesign
from karakoram.planning.path_plan import legs_of, operators_along, path_latency_ms, sites_along
from karakoram.planning.route_graph import status_mask

CASES = {path.parent.name: path for path in sorted(Path(__file__).parent.glob("*/case.toml"))}
DAY = date(2026, 11, 22)
LOOKED_AT_MAX = 200


def read(name):
    return tomllib.loads(CASES[name].read_text(encoding="utf-8"))


def names_with(table):
    return [name for name in CASES if table in read(name)]


def shortest_passing(prepared, asked):
    """The spans and latency of the shortest way in service that passes all sites asked for."""
    graph = prepared.graph
    paths = loopless_paths(
        graph.digraph,
        cost=graph.length_mm,
        ends=Ends.between(graph.origin[asked["from"]], graph.destination[asked["to"]]),
        avoid=Avoided(risk_mask=status_mask(graph, prepared.network, IN_SERVICE)),
    )
    for path in islice(graph.distinct(paths), LOOKED_AT_MAX):
        span_ids = graph.spans_of(path)
        if set(asked["passing"]) <= set(
            sites_along(prepared.network, span_ids, start=asked["from"])
        ):
            return span_ids, path_latency_ms(graph, path)
    raise AssertionError(f"no way passes {asked['passing']}")


@pytest.mark.parametrize("name", names_with("route"))
def test_a_route_is_as_long_and_as_slow_as_published(prepared_corridor, name):
    case = read(name)
    asked, expected, share = case["route"], case["expected"], case["tolerance_share"]
    span_ids, latency_ms = shortest_passing(prepared_corridor, asked)
    spans = [prepared_corridor.network.spans[span_id] for span_id in span_ids]
    length_km = sum(span.length_km for span in spans)
    assert length_km == pytest.approx(expected["length_km"], rel=share)
    if "rtt_ms" in expected:
        tolerance_ms = case.get("tolerance_ms", expected["rtt_ms"] * share)
        assert 2.0 * latency_ms == pytest.approx(expected["rtt_ms"], abs=tolerance_ms)
    if "operators" in expected:
        operators = operators_along(legs_of(spans, start=asked["from"]))
        assert list(operators) == expected["operators"]


@pytest.mark.parametrize("name", names_with("service"))
def test_a_protected_service_shares_what_the_events_say(prepared_corridor, name):
    case = read(name)
    asked, expected = case["service"], case["expected"]
    design = design_service(
        prepared_corridor,
        ServiceDemand(
            a_site_id=asked["from"],
            z_site_id=asked["to"],
            bit_rate_gbps=asked["bit_rate_gbps"],
            protection=Protection(asked["protection"]),
            on_day=DAY,
            accepted_statuses=IN_SERVICE | {Status(word) for word in asked.get("include", ())},
        ),
    )
    assert isinstance(design, ServiceDesign)
    for offer in design.offers:
        shared = {risk.risk_id for risk in offer.shared_risks}
        assert shared >= set(expected["shared_risks"])
        parties = {landing_party(prepared_corridor.network, path) for path in offer.paths}
        assert len(parties) == expected["landing_parties"]
    diverse = next(offer for offer in design.offers if offer.label is OfferLabel.MOST_DIVERSE)
    first, second = (set(path.site_ids) for path in diverse.paths)
    assert first & second >= set(expected.get("passed_by_both", ()))
    assert first ^ second >= set(expected.get("passed_by_one", ()))
    shared = {risk.risk_id for risk in diverse.shared_risks}
    assert shared.isdisjoint(expected.get("not_shared_risks", ()))


def landing_party(network, path):
    """Who lands the sea cable that the path takes from Karachi."""
    systems = network.submarine_systems
    cables = [network.spans[span_id].cable_id for span_id in path.span_ids]
    return next(systems[cable].landing_party_id for cable in cables if cable in systems)


def test_both_published_lengths_of_the_main_way_are_kept(corridor):
    # 811.2 km by province, 820 km as opened (nation.com.pk, 2018-07-14).
    published = [
        cable.published_length_km
        for cable in corridor.cables.values()
        if cable.owner_id == "SCO" and cable.published_length_km
    ]
    assert 820.0 in published


def test_every_case_says_where_it_is_from():
    assert all(read(name)["source"] for name in CASES)
    assert len(names_with("route")) >= 5
    assert len(names_with("service")) >= 2
