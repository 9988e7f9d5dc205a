"""Legs through the command line: each operator's file, then ways over all of them."""

import csv
import json

import pytest

from tests.support.command_line import karakoram

OPERATORS = ("CT", "SCO", "ONE")
DAY = ("--on", "2026-11-22")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a key and the files of three operators."""
    place = tmp_path_factory.mktemp("legs")
    (place / "corridor.key").write_text("5e" * 32, encoding="utf-8")
    (place / "other.key").write_text("5f" * 32, encoding="utf-8")
    for operator in OPERATORS:
        done = karakoram(
            *("legs", "offer", operator, "--key-file", "corridor.key", *DAY),
            *("--with-length", "--save", f"{operator}.csv"),
            cwd=place,
        )
        assert done.code == 0, done.err
    return place


def route(folder, *words, files=OPERATORS):
    legs = [word for name in files for word in ("--legs", f"{name}.csv")]
    return karakoram("legs", "route", "URC", "KHI", *legs, *DAY, *words, cwd=folder)


def test_no_span_and_no_site_inside_stands_in_a_file(folder, corridor):
    text = (folder / "SCO.csv").read_text(encoding="utf-8")
    cells = {cell for row in csv.reader(text.splitlines()) for cell in row}
    assert "KJB" in cells
    inside = {site for span in corridor.spans.values() for site in (span.a_site_id, span.z_site_id)}
    names = inside - {"KJB", "RWP"} | corridor.spans.keys() | corridor.risk_groups.keys()
    assert cells.isdisjoint(names)


def test_over_legs_the_answer_is_that_of_the_whole_corridor(folder):
    told = json.loads(route(folder, "--disjoint", "srlg", "--by", "length", "--json").out)
    full = json.loads(
        karakoram("routes", "URC", "KHI", "--disjoint", "srlg", *DAY, "--json", cwd=folder).out
    )
    assert told["certain"] == 3
    assert [way["length_km"] for way in told["ways"]] == pytest.approx(
        [one["length_km"] for one in full["routes"]]
    )
    assert told["pair"]["best"]
    assert told["pair"]["proven"]
    assert sum(way["length_km"] for way in told["pair"]["ways"]) == pytest.approx(
        full["disjoint"]["length_km"]
    )
    minutes = sum(
        max(1, round(risk["unavailable_min_per_year"])) for risk in full["disjoint"]["shared_risks"]
    )
    assert told["pair"]["shared_minutes"] == minutes


def test_the_screen_says_what_is_proven(folder):
    answer = route(folder, "--disjoint", "srlg")
    assert answer.code == 0
    assert "URC - KJB - RWP - KHI" in answer.words
    assert "Proven by tokens" in answer.words


def test_another_key_is_refused_with_both_fingerprints(folder):
    karakoram(
        *("legs", "offer", "ONE", "--key-file", "other.key", *DAY, "--save", "odd.csv"), cwd=folder
    )
    answer = route(folder, files=("CT", "SCO", "odd"))
    assert answer.code == 2
    assert "odd.csv row 2" in answer.err
    assert "make all files with the same key" in answer.err


def test_without_a_key_the_legs_that_lack_tokens_are_named(folder):
    karakoram("legs", "offer", "ONE", *DAY, "--save", "bare.csv", cwd=folder)
    answer = route(folder, "--disjoint", "srlg", files=("CT", "SCO", "bare"))
    assert answer.code == 0
    assert "Not proven: at least" in answer.words
    assert "for ONE:KHI-RWP:1 does not tell all its tokens" in answer.words


def test_a_point_that_no_leg_has_and_points_that_are_not_joined(folder):
    assert "the points are" in route(folder, files=("CT", "SCO")).err
    answer = karakoram(
        *("legs", "route", "URC", "RWP", "--legs", "CT.csv", "--legs", "ONE.csv", *DAY), cwd=folder
    )
    assert answer.code == 1
    assert "No way" in answer.words


def test_a_file_that_is_not_there_and_a_key_that_is_none(folder):
    assert route(folder, files=("CT", "none")).code == 2
    answer = karakoram("legs", "offer", "SCO", "--key-file", "SCO.csv", cwd=folder)
    assert answer.code == 2
    assert "SCO.csv" in answer.err
    bare = karakoram("legs", "offer", "N5-LESSOR", *DAY, cwd=folder)
    assert bare.code == 1
