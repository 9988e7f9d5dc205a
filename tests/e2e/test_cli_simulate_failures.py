"""Failures and growth from the command line."""

import json

from tests.support.command_line import karakoram


def test_the_corridor_is_drilled_and_growth_is_drawn(tmp_path):
    (tmp_path / "wanted.csv").write_text(
        "from,to,bit_rate,count,scheme\nRawalpindi,Karachi,400G,2,\nURC,RWP,400G,1,1+1\n",
        encoding="utf-8",
    )
    told = karakoram(
        *("simulate", "failures", "--demands", "wanted.csv", "--scheme", "dynamic"),
        *("--years", "20", "--json"),
        cwd=tmp_path,
    )
    assert told.code == 0, told.err
    (scheme,) = json.loads(told.out)["schemes"]
    assert scheme["placed"] == 3
    roads = {one["components"][0] for one in scheme["failures"]}
    assert "group:PK-BABUSAR" in roads, "the road over which Urumqi-Rawalpindi goes"
    drawn = karakoram(
        *("simulate", "growth", "--years", "1", "--failure-years", "5", "--scheme", "dynamic"),
        *("--plot", "growth.svg"),
        cwd=tmp_path,
    )
    assert drawn.code == 0, drawn.err
    assert (tmp_path / "growth.svg").read_text(encoding="utf-8").startswith("<svg")


def test_the_same_seed_gives_the_same_answer_and_bad_words_are_told_together(tmp_path):
    asked = (
        "simulate",
        "failures",
        "--topology",
        "abilene",
        "--connections",
        "10",
        "--bit-rate",
        "10G",
        "--years",
        "5",
        "--json",
    )
    first, second = (karakoram(*asked, cwd=tmp_path) for _ in range(2))
    assert first.code == 0, first.err
    assert first.out == second.out
    wrong = karakoram(*asked, "--scheme", "2+2", "--k", "0", "--together", "7", cwd=tmp_path)
    assert wrong.code == 2
    fields = {one["field"] for one in json.loads(wrong.out)["error"]["findings"]}
    assert fields == {"scheme", "k", "together"}
