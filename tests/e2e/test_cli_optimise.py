"""``karakoram optics optimise`` from the command line to the drawing."""

import json

import pytest

from tests.support.command_line import karakoram

OPTIMISE = ("optics", "optimise")


def test_a_section_is_launched_better_than_by_the_rule_and_drawn(tmp_path):
    told = karakoram(*OPTIMISE, "--section", "AKS-KRL", "--plot", "launch.svg", cwd=tmp_path)
    assert told.code == 0, told.err
    assert "AKS-KRL 596" in told.words
    assert "Assumed" in told.words
    drawing = (tmp_path / "launch.svg").read_text(encoding="utf-8")
    assert drawing.startswith("<svg")
    assert "Launch powers from AKS to KRL" in drawing


def test_json_tells_both_bands_and_that_they_are_assumed(tmp_path):
    told = karakoram(
        *OPTIMISE, "--section", "bbs-chl", "--band", "c+l", "--goal", "capacity", "--json"
    )
    assert told.code == 0, told.err
    answer = json.loads(told.out)
    (section,) = answer["sections"]
    assert section["gain_db"] > 0.0
    assert section["best"]["gsnr_db_min_at_confidence"] < section["best"]["gsnr_db_min"]
    assert len(section["channels"]) == 64
    assert [band["confidence"] for band in answer["bands"]] == ["assumed", "assumed"]
    assert {one["id"] for one in answer["uncertainties"]} >= {"FIBRE-LOSS", "TRANSCEIVER"}


def test_all_sections_go_both_ways():
    told = karakoram(*OPTIMISE, "--all", "--goal", "capacity", "--json")
    sections = {(one["a"], one["z"]) for one in json.loads(told.out)["sections"]}
    assert ("AKS", "KRL") in sections
    assert ("KRL", "AKS") in sections
    assert json.loads(told.out)["bands"] == []


def test_parallel_fibre_gives_a_section_each():
    told = karakoram(*OPTIMISE, "--section", "KJB-KRM")
    assert told.code == 0
    assert told.words.count("KJB-KRM 172") == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--section", "AKS-XXX"), "near: AKS-KHG, AKS-KRL"),
        (("--section", "nowhere"), "no multiplex section"),
        (("--band", "S"), "'S' is not one of C, C+L"),
        (("--goal", "fun"), "'fun' is not one of margin, capacity"),
        (("--spacing", "wide"), "choose one of 50, 75, 100, 150"),
        (("--section", "AKS-KRL", "--all"), "not both"),
    ],
)
def test_words_that_mean_nothing_are_refused(arguments, words):
    told = karakoram(*OPTIMISE, *arguments)
    assert told.code == 2
    assert words in " ".join(told.err.split())
