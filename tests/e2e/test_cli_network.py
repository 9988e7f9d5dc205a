"""Networks through the command line: shown, copied, checked, used."""

import json

from tests.support.command_line import karakoram


def test_the_corridor_is_shown_with_operators_cables_and_what_is_assumed():
    answer = karakoram("network", "show")
    assert answer.code == 0
    for fact in ("China Telecom", "PEACE", "Landing parties", "Cybernet CYB PEACE", "assumed"):
        assert fact in answer.words


def test_the_summary_as_json_adds_up():
    payload = json.loads(karakoram("network", "show", "--json").out)
    sco = next(cable for cable in payload["cables"] if cable["cable"] == "SCO-PHASE1")
    assert round(sco["length_km"], 1) == 811.2
    assert sco["published_length_km"] == 820.0
    assert {party["operator"] for party in payload["landing_parties"]} == {"CYB", "TWA", "PTCL"}


def test_the_corridor_is_shown_as_geojson_and_kml():
    collection = json.loads(karakoram("network", "show", "--geojson").out)
    assert collection["type"] == "FeatureCollection"
    assert len(collection["features"]) > 300
    assert karakoram("network", "show", "--kml").out.startswith("<?xml")


def test_two_forms_at_once_are_wrong_usage():
    answer = karakoram("network", "show", "--geojson", "--kml")
    assert answer.code == 2
    assert "choose one" in answer.err
    told = karakoram("network", "show", "--json", "--kml")
    assert (told.code, told.err) == (2, "")
    assert "choose one" in json.loads(told.out)["error"]["message"]


def test_a_network_is_begun_checked_changed_and_used(tmp_path):
    folder = tmp_path / "mine"
    begun = karakoram("network", "new", folder)
    assert begun.code == 0
    assert str(folder) in begun.out
    checked = karakoram("network", "validate", folder)
    assert checked.code == 0
    assert "can be used: 0 errors" in checked.words

    spans = folder / "spans.csv"
    text = spans.read_text(encoding="utf-8")
    assert "51.1" in text
    spans.write_text(text.replace("51.1", "61.1"), encoding="utf-8")
    routes = ("routes", "Chilas", "Naran", "--k", "1", "--json")
    ours = json.loads(karakoram(*routes, "--network", folder).out)["routes"][0]
    theirs = json.loads(karakoram(*routes).out)["routes"][0]
    assert ours["length_km"] == theirs["length_km"] + 10.0


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path):
    (tmp_path / "letter.txt").write_text("dear reader", encoding="utf-8")
    answer = karakoram("network", "new", tmp_path)
    assert answer.code == 2
    assert "not empty" in answer.err
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_that_is_not_there_is_a_finding(tmp_path):
    answer = karakoram("network", "validate", tmp_path / "nowhere")
    assert answer.code == 2
    assert "nowhere" in answer.out
    assert answer.err == ""
