"""``karakoram simulate traffic`` from the command line to the drawing."""

import json

from karakoram.adapters.formats.json_traffic import json_from_traffic
from tests.support.command_line import karakoram
from tests.support.traffic_answers import asked

NSFNET = ("simulate", "traffic", "--topology", "nsfnet-deeprmsa", "--truncate", "2")


def test_a_sweep_is_told_drawn_and_listed(tmp_path):
    told = karakoram(
        *(*NSFNET, "--load", "210", "--load", "250", "--requests", "20000", "--seeds", "2"),
        *("--plot", "n.svg", "--paths", "n.tsv"),
        cwd=tmp_path,
    )
    assert told.code == 0, told.err
    assert "34,000 requests counted at each load in 2 runs from seed 1" in told.words
    assert "no spectrum" in told.words
    assert told.err == ""
    drawing = (tmp_path / "n.svg").read_text(encoding="utf-8")
    assert "Requests refused on nsfnet-deeprmsa by ksp-ff" in drawing
    assert (tmp_path / "n.tsv").read_text(encoding="utf-8").count("\n") == 14 * 13 * 5


def test_json_does_not_depend_on_the_number_of_processes():
    words = (*NSFNET, "--load", "250", "--requests", "8000", "--seeds", "3", "--json")
    there = json.loads(karakoram(*words, "--workers", "2").out)
    here = json_from_traffic(asked(requests=8_000, runs=3))
    for answer in (here, there):
        assert answer["requests_per_cpu_s"] > 0
        for place in (answer, *answer["loads"]):
            del place["requests_per_cpu_s"]
    assert here == there
    assert here["requests"] == 15_000


def test_bad_words_end_with_exit_code_2_and_all_findings():
    told = karakoram(*NSFNET, "--load", "-1", "--k", "0", "--heuristic", "worst", "--json")
    assert told.code == 2
    found = json.loads(told.out)
    assert {one["field"] for one in found["error"]["findings"]} == {"load", "k", "heuristic"}
    unknown = karakoram("simulate", "traffic", "--topology", "nsfnet-deeprms", "--load", "1")
    assert unknown.code == 2
    assert "did you mean nsfnet-deeprmsa" in unknown.err
    assert karakoram(*NSFNET, "--load", "1", "--workers", "0").code == 2
