"""Regenerators through the command line."""

import json

from tests.support.command_line import karakoram


def test_demands_of_a_file_become_a_plan_as_json(tmp_path):
    path = tmp_path / "wanted.csv"
    path.write_text("from,to,bit_rate\nKashgar,Karachi,400G\nRWP,LHE,400G\n", encoding="utf-8")
    answer = karakoram("optics", "regenerators", "--demands", path, "--json")
    assert answer.code == 0, answer.err
    payload = json.loads(answer.out)
    assert [one["transponders"] for one in payload["demands"]] == [4, 2]
    assert payload["totals"]["regenerator_sites"] == 1
    assert payload["proof"]["proven"] is True


def test_what_cannot_be_lit_is_exit_code_1_and_what_means_nothing_is_2(tmp_path):
    path = tmp_path / "wanted.csv"
    path.write_text("from,to,bit_rate\nRWP,LHE,90T\n", encoding="utf-8")
    answer = karakoram("optics", "regenerators", "--demands", path)
    assert answer.code == 1, answer.err
    assert "RWP LHE 90000 none none" in answer.words
    path.write_text("from,to,bit_rate\nRWP,Lahoree,400G\n", encoding="utf-8")
    answer = karakoram("optics", "regenerators", "--demands", path)
    assert answer.code == 2
    assert "wanted.csv row 2, field to" in answer.err
