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


def test_light_does_not_depend_on_the_number_of_processes(tmp_path):
    (tmp_path / "bands.csv").write_text("n,m\n-90,10\n", encoding="utf-8")
    words = (
        *("simulate", "traffic", "--topology", "nsfnet-deeprmsa", "--load", "200", "--light"),
        *("--light-gap", "6", "--reserve", "bands.csv", "--reserve", "0:2", "--seeds", "2"),
        *("--requests", "5000", "--json"),
    )
    one, two = (
        json.loads(karakoram(*words, "--workers", count, cwd=tmp_path).out) for count in "12"
    )
    for answer in (one, two):
        for place in (answer, *answer["loads"]):
            del place["requests_per_cpu_s"]
    assert one == two
    assert one["by_cause"]["no_light"] > 0.0
    assert one["request"]["reserved"][1] == {"n": -90, "m": 10, "section_id": None}
    assert one["lit_at_end"][0]["gsnr_db_min"] >= one["lit_at_end"][0]["snr_db_needed"]


def test_a_trace_is_told_as_a_table_and_what_cannot_go_with_it_is_refused(tmp_path):
    head = "arrives_at,holds_for,from_site_id,to_site_id,bit_rate_gbps\n"
    (tmp_path / "t.csv").write_text(f"{head}0,1,WA,CA1,100\n0.5,1,CA1,WA,400\n", encoding="utf-8")
    words = ("simulate", "traffic", "--topology", "nsfnet-deeprmsa", "--trace", "t.csv")
    told = karakoram(*words, cwd=tmp_path)
    assert told.code == 0, told.err
    assert "2 requests of the trace counted, 0 left out" in told.words
    apart = karakoram(*words, "--load", "5", "--light-gap", "3", cwd=tmp_path)
    assert apart.code == 2
    assert "--load cannot go with --trace" in apart.err
    assert "--light-gap says nothing without --light" in apart.err
    assert karakoram(*words, "--plot", "t.svg", cwd=tmp_path).code == 2
