"""Routes through the command line, on the reference corridor."""

import json

import pytest

from tests.support.command_line import karakoram


@pytest.fixture(scope="module")
def payload():
    answer = karakoram("routes", "URC", "KHI", "--k", "4", "--disjoint", "srlg", "--json")
    assert answer.code == 0
    return json.loads(answer.out)


def test_routes_are_different_loopless_and_in_order(payload):
    routes = payload["routes"]
    assert len(routes) == 4
    assert len({tuple(route["spans"]) for route in routes}) == 4
    for route in routes:
        assert len(set(route["sites"])) == len(route["sites"])
        assert (route["sites"][0], route["sites"][-1]) == ("URC", "KHI")
    lengths = [route["length_km"] for route in routes]
    assert lengths == sorted(lengths)


def test_the_pair_that_shares_least_comes_with_its_proof(payload):
    pair = payload["disjoint"]
    assert len(pair["routes"]) == 2
    assert pair["routes"][0]["spans"] != pair["routes"][1]["spans"]
    assert pair["proof"] in {"branching", "ilp", "capped"}
    shared = {risk["id"] for risk in pair["shared_risks"]}
    assert {"URC-TUS"} <= shared


def test_routes_by_latency_cost_least_time():
    answer = karakoram("routes", "Karachi", "Marseille", "--by", "latency", "--json")
    latencies = [route["latency_ms"] for route in json.loads(answer.out)["routes"]]
    assert latencies == sorted(latencies)


def test_the_screen_shows_length_operators_and_sites():
    answer = karakoram("routes", "Gilgit", "Chilas", "--k", "1")
    assert answer.code == 0
    assert "Gilgit (GIL) to Chilas (CHL)" in answer.words
    assert "GIL - JGT - RKT - CHL" in answer.words
    assert "SCO" in answer.words


def test_no_route_is_exit_code_1():
    answer = karakoram("routes", "Urumqi", "Marseille", "--avoid", "SCO")
    assert answer.code == 1
    assert "There is no route" in answer.words


def test_a_limit_inside_an_operator_is_kept_or_refused_with_what_is_enough():
    words = ("routes", "URC", "KHI", "--k", "1", "--json", "--transit-limit")
    refused = json.loads(karakoram(*words, "SCO=100km").out)
    (reason,) = refused["infeasible"]
    assert reason["code"] == "transit"
    (remedy,) = reason["remedies"]
    kept = karakoram(*words, remedy["values"][0])
    assert kept.code == 0
    assert len(json.loads(kept.out)["routes"]) == 1
    assert karakoram("routes", "--topology", "jpn48", "--transit-limit", "SCO=1km").code == 2
