import json
from dataclasses import replace

import pytest

from karakoram.adapters.formats.json_design import json_from_design
from karakoram.adapters.formats.json_network import json_from_findings, json_from_summary
from karakoram.adapters.formats.json_routes import json_from_routes
from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.records import Status
from karakoram.network.summary import network_summary
from karakoram.planning.demand import Exclusions
from karakoram.planning.route_answers import RouteAnswer
from karakoram.usecases.plan.find_routes import RoutesAnswer
from tests.support.offers import (
    infeasible_answer,
    route_answer,
    route_question,
    service_design,
    unprotected_design,
)
from tests.support.small_corridor import small_network


@pytest.fixture(scope="module")
def design():
    return service_design()


@pytest.fixture(scope="module")
def payload(design):
    return json.loads(
        json.dumps(json_from_design(design, network=small_network()), allow_nan=False)
    )


def found(answer, question=None):
    return RoutesAnswer(
        network=small_network(), question=question or route_question(), answer=answer
    )


def test_a_design_is_plain_json_with_the_three_offers(payload, design):
    assert [offer["label"] for offer in payload["offers"]] == [
        *("cheapest", "lowest latency", "most diverse"),
    ]
    assert payload["infeasible"] == []
    assert payload["advice"] == list(design.advice)


def test_the_request_is_told_as_it_was_understood(payload):
    assert payload["request"]["a"] == "URC"
    assert payload["request"]["bit_rate_gbps"] == 400.0
    assert payload["request"]["protection"] == "1+1"
    assert payload["request"]["on"] == "2026-11-22"
    assert payload["request"]["statuses"] == ["in_service"]


def test_a_leg_names_who_operates_and_who_owns(payload):
    legs = payload["offers"][0]["paths"][0]["legs"]
    leased = next(leg for leg in legs if leg["from"] == "SKZ")
    assert (leased["operator"], leased["owner"]) == ("ON", "NTC")
    assert sum(leg["length_km"] for leg in legs) == pytest.approx(
        payload["offers"][0]["paths"][0]["length_km"]
    )


def test_figures_are_those_of_the_offer(payload, design):
    first, told = design.offers[0], payload["offers"][0]
    path, light = told["paths"][0], told["paths"][0]["lightpaths"][0]
    assert path["rtt_ms"] == pytest.approx(2.0 * path["latency_ms"])
    assert light["margin_db"] == pytest.approx(light["gsnr_db"] - light["required_gsnr_db"])
    assert told["unavailable_min_per_year"] == pytest.approx(first.unavailability * 525_960.0)
    assert told["availability"] == first.availability
    assert told["diversity_proof"] == {"scope": "plant", "prover": "branching"}


def test_every_figure_of_an_offer_says_how_far_it_may_be_trusted(payload):
    first = payload["offers"][0]
    path = first["paths"][0]
    assert first["availability_confidence"] == first["price"]["confidence"] == "assumed"
    assert path["length_confidence"] == path["latency_confidence"] == "assumed"
    assert {leg["length_confidence"] for leg in path["legs"]} == {"derived", "assumed"}
    assert {light["gsnr_confidence"] for light in path["lightpaths"]} == {"assumed"}


def test_the_price_split_sums_to_the_price_in_minor_units(payload):
    for offer in payload["offers"]:
        price = offer["price"]
        for charge in ("mrc_minor", "nrc_minor"):
            assert sum(share[charge] for share in price["split"]) == price[charge]
        assert sum(line["amount_minor"] for line in price["lines"]) == (
            price["mrc_minor"] + price["nrc_minor"]
        )


def test_the_price_over_the_term_is_told_beside_its_charges(payload):
    for offer in payload["offers"]:
        price = offer["price"]
        months = payload["request"]["term_months"]
        assert price["over_term_minor"] == months * price["mrc_minor"] + price["nrc_minor"]


def test_what_a_question_lists_is_told_sorted_and_in_its_order():
    demand = replace(
        service_design().demand,
        via_site_ids=("RWP", "GIL"),
        avoid=Exclusions(cable_ids=frozenset({"TW1", "PEACE"})),
        accepted_statuses=frozenset({Status.PLANNED, Status.IN_SERVICE}),
    )
    told = json_from_design(replace(infeasible_answer(), demand=demand), network=small_network())[
        "request"
    ]
    assert told["via"] == ["RWP", "GIL"]
    assert told["avoid"] == {"sites": [], "spans": [], "operators": [], "cables": ["PEACE", "TW1"]}
    assert told["statuses"] == ["in_service", "planned"]


def test_decimal_numbers_are_told_as_text(payload):
    line = payload["offers"][0]["price"]["lines"][0]
    assert (line["quantity"], line["unit_price"]) == ("2130.0", "2.5")


def test_assumptions_are_the_assumed_figures(payload):
    offer = payload["offers"][0]
    assumed = [figure for figure in offer["figures"] if figure["confidence"] == "assumed"]
    assert offer["assumptions"] == assumed
    assert assumed
    assert len(assumed) < len(offer["figures"])


def test_shared_risks_carry_sort_spans_and_confidence(payload):
    weather = next(r for r in payload["offers"][0]["shared_risks"] if r["id"] == "NORTH-WEATHER")
    assert weather["sort"] == "risk_group"
    assert "CHL-BBS" in weather["span_ids"]
    assert weather["confidence"] == "assumed"


def test_without_protection_there_is_one_path_and_no_proof():
    for offer in json_from_design(unprotected_design(), network=small_network())["offers"]:
        assert len(offer["paths"]) == 1
        assert offer["diversity_proof"] is None


def test_an_infeasible_service_has_reasons_and_no_offers():
    payload = json_from_design(infeasible_answer(), network=small_network())
    assert payload["offers"] == []
    assert [reason["code"] for reason in payload["infeasible"]] == [
        *("latency-bound", "no-protection-path"),
    ]
    assert payload["request"]["latency_ms_max"] == 10.0


def test_routes_and_the_pair_are_told():
    payload = json.loads(json.dumps(json_from_routes(found(route_answer()))))
    assert [len(route["spans"]) for route in payload["routes"]] == [11, 11, 11]
    assert payload["routes"][0]["operators"][0] == "CT"
    pair = payload["disjoint"]
    assert pair["length_km"] == pytest.approx(sum(r["length_km"] for r in pair["routes"]))
    assert payload["request"]["by"] == "length"
    assert {route["length_confidence"] for route in payload["routes"]} == {"assumed"}
    assert {route["latency_confidence"] for route in payload["routes"]} == {"assumed"}


def test_no_pair_is_null():
    payload = json_from_routes(found(RouteAnswer(routes=(), disjoint=None)))
    assert payload["disjoint"] is None
    assert payload["routes"] == []


def test_whatever_was_asked_and_is_not_there_has_a_reason():
    none = RouteAnswer(routes=(), disjoint=None)
    alone = replace(route_answer(), disjoint=None)
    question = route_question()
    cases = {
        ("no-route",): (replace(question, disjoint=False), none),
        ("no-second-path",): (replace(question, disjoint=True), alone),
        (): (replace(question, disjoint=False), alone),
    }
    for codes, (asked, answer) in cases.items():
        reasons = json_from_routes(found(answer, asked))["infeasible"]
        assert tuple(reason["code"] for reason in reasons) == codes
        assert all("missing" in reason["message"] for reason in reasons)


def test_a_summary_is_plain_json():
    payload = json.loads(json.dumps(json_from_summary(network_summary(small_network()))))
    assert {party["operator"] for party in payload["landing_parties"]} == {"CYB", "TWA"}
    assert {"table": "spans", "records": 15, "stated": 0, "derived": 14, "assumed": 1} in (
        payload["tables"]
    )
    sco = next(row for row in payload["operators"] if row["operator"] == "SCO")
    assert sco["km"]["option"] == pytest.approx(321.3)


def test_a_finding_tells_where_it_is():
    finding = Finding(
        code="x",
        place=Place(table="spans", record="A-B", field="length_km", file="spans.csv", row=7),
        message="wrong; mend it",
        severity=Severity.WARNING,
    )
    (told,) = json_from_findings((finding,))
    assert told == {
        "severity": "warning",
        "code": "x",
        "file": "spans.csv",
        "table": "spans",
        "row": 7,
        "record": "A-B",
        "field": "length_km",
        "message": "wrong; mend it",
    }
