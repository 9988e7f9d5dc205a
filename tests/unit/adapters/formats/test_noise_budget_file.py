"""A noise budget in a file comes back as it was, or with every finding."""

import json
from dataclasses import replace

import pytest

from karakoram.adapters.formats.json_hand_over import json_from_hand_over
from karakoram.adapters.formats.noise_budget_file import BUDGET_KEYS, BudgetFile, json_from_budget
from karakoram.core.errors import InvalidDataError
from tests.support.budgets import budget, corridor_answer


def refused(path, document):
    text = document if isinstance(document, str) else json.dumps(document)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidDataError) as caught:
        BudgetFile(path).read_budget()
    assert all(one.place.file == path.name for one in caught.value.findings)
    return {(one.code, one.place.field): one.message for one in caught.value.findings}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "leg.json"


def test_a_budget_survives_its_file_to_the_last_digit(path):
    told = replace(budget(), pmd_ps=1.0 / 3.0, latency_ms=2.0 / 3.0)
    BudgetFile(path).write_budget(told)
    assert BudgetFile(path).read_budget() == told
    assert BudgetFile(path).name == "leg.json"
    assert tuple(json.loads(path.read_text())) == BUDGET_KEYS


def test_note_and_date_of_the_source_may_be_left_out(path):
    document = {
        key: value
        for key, value in json_from_budget(budget()).items()
        if key not in ("note", "source_date")
    }
    path.write_text(json.dumps(document))
    assert BudgetFile(path).read_budget().provenance.note == ""


def test_everything_wrong_is_told_at_once(path):
    document = json_from_budget(budget())
    document.update(
        format="other",
        operator=" ",
        from_site=3,
        valid_until="soon",
        full_load="yes",
        pmd_ps="1",
        latency_ms=5_000.0,
        input_power_dbm=True,
        confidence="sure",
        note="a\x00b",
        lenght_km=80.0,
    )
    del document["pdl_db"]
    document["bands"] = [
        {"lower_thz": 193100.0, "upper_thz": 194.0, "gsnr_db": 12.0},
        "none",
    ]
    found = refused(path, document)
    assert set(found) == {
        ("unknown-format", "format"),
        ("empty-text", "operator"),
        ("wrong-type", "from_site"),
        ("not-a-date", "valid_until"),
        ("wrong-type", "full_load"),
        ("not-a-number", "pmd_ps"),
        ("out-of-bounds", "latency_ms"),
        ("not-a-number", "input_power_dbm"),
        ("unknown-word", "confidence"),
        ("control-character", "note"),
        ("unknown-key", "lenght_km"),
        ("missing-key", "pdl_db"),
        ("out-of-bounds", "bands[0].lower_thz"),
        ("missing-key", "bands[0].cd_ps_per_nm"),
        ("wrong-type", "bands[1]"),
    }
    assert found["out-of-bounds", "latency_ms"].endswith("check the unit, it is ms")


@pytest.mark.parametrize("key", ["pmd_ps", "latency_ms", "symbol_rate_gbaud"])
def test_a_number_too_long_is_out_of_bounds(path, key):
    text = json.dumps({**json_from_budget(budget()), key: 0}).replace(
        f'"{key}": 0', f'"{key}": {"9" * 400}'
    )
    assert ("out-of-bounds", key) in refused(path, text)


def test_what_is_no_budget_at_all_is_told(path):
    assert list(refused(path, "{")) == [("not-json", None)]
    assert list(refused(path, "[" * 100_000)) == [("not-json", None)]
    assert list(refused(path, "[]")) == [("not-an-object", None)]
    assert list(refused(path, " ")) == [("empty-file", None)]
    document = json_from_budget(budget())
    assert list(refused(path, {**document, "bands": []})) == [("wrong-type", "bands")]


def test_figures_that_contradict_each_other_are_told(path):
    document = json_from_budget(budget())
    falling = {**document, "bands": document["bands"][::-1]}
    assert "must rise" in refused(path, falling)["contradiction", "bands"]
    same = {**document, "to_site": document["from_site"]}
    assert "two sites" in refused(path, same)["contradiction", "bands"]


def test_legs_put_together_read_as_json():
    payload = json.loads(json.dumps(json_from_hand_over(corridor_answer()), allow_nan=False))
    assert [one["computed"] for one in payload["legs"]] == [True, True]
    assert payload["told"]["operator"] == "NOR"
    assert len(payload["channels"]) == 30
    least = min(one["gsnr_db"] for one in payload["channels"])
    assert payload["told"]["bands"][0]["gsnr_db"] == pytest.approx(least)
    assert payload["latency_ms"] == pytest.approx(sum(one["latency_ms"] for one in payload["legs"]))
