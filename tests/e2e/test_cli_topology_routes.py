"""Routes over plain topologies through the command line."""

import json

import pytest

from tests.support.command_line import karakoram

EDGES = """a,z,length_km,srlg
A,B,100,g
B,C,100,
C,D,100,g
D,A,100,
A,C,250,
C,E,10,
F,G,5,
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("topologies")
    (path / "net.csv").write_text(EDGES)
    (path / "pairs.csv").write_text("from,to\nA,C\nE,A\n")
    return path


def told(folder, *words, code=0):
    answer = karakoram("routes", *words, "--json", cwd=folder)
    assert answer.code == code, answer.out + answer.err
    return json.loads(answer.out)


def test_pairs_of_a_file_have_their_routes_and_the_two_that_share_least(folder):
    words = ("--topology", "net.csv", "--pairs", "pairs.csv", "--k", "2", "--disjoint", "srlg")
    payload = told(folder, *words)
    first, second = payload["pairs"]
    assert (first["from"], first["to"]) == ("A", "C")
    assert [route["length_km"] for route in first["routes"]] == [200.0, 200.0]
    assert first["routes"][0]["sites"] == ["A", "B", "C"]
    assert first["routes"][0]["sections"] == ["A-B", "B-C"]
    assert first["disjoint"]["length_km"] == 450.0
    assert first["disjoint"]["shared_risks"] == []
    assert first["disjoint"]["proof"] in {"branching", "ilp", "flow"}
    assert (second["from"], second["to"]) == ("E", "A")
    assert second["disjoint"]["length_km"] is None
    assert second["disjoint"]["shared_risks"] == [{"id": "C-E", "sort": "section"}]
    assert second["disjoint"]["paths_length_km"] == 470.0
    assert [warning["code"] for warning in payload["warnings"]] == ["several-components"]
    assert payload["topology"]["length_bases"] == ["published"]


def test_without_pairs_all_pairs_are_answered_and_no_way_is_exit_code_1(folder):
    payload = told(folder, "--topology", "net.csv", "--k", "1", code=1)
    assert len(payload["pairs"]) == 21
    apart = [pair for pair in payload["pairs"] if not pair["routes"]]
    assert len(apart) == 10
    assert {pair["infeasible"][0]["code"] for pair in apart} == {"no-route"}


def test_a_name_of_the_library_does_as_well_as_a_file():
    answer = karakoram("routes", "WA", "NY", "--topology", "nsfnet-deeprmsa", "--disjoint", "site")
    assert answer.code == 0
    assert "nsfnet-deeprmsa: 14 sites, 22 sections; lengths: published" in answer.words
    assert "WA - IL - PA - NY" in answer.words
    assert "They share nothing" in answer.words


def test_routes_keep_to_what_is_asked(folder):
    ends = ("A", "C", "--topology", "net.csv", "--k", "9")
    (pair,) = told(folder, *ends, "--avoid", "group:g", "--avoid", "D")["pairs"]
    assert [route["sections"] for route in pair["routes"]] == [["A-C"]]
    (pair,) = told(folder, *ends, "--via", "d", "--latency-ms-max", "1")["pairs"]
    assert [route["sites"] for route in pair["routes"]] == [["A", "D", "C"]]


def test_several_pairs_are_a_line_each_and_summed_up(folder):
    words = ("--topology", "net.csv", "--pairs", "pairs.csv", "--disjoint", "edge")
    answer = karakoram("routes", *words, cwd=folder)
    assert "2 pairs, 6 routes, 0 without a route, 1 with two routes that share no section" in (
        answer.words
    )
    assert "section C-E" in answer.words
    assert "several" not in answer.words
    assert "What to look at" in answer.words
