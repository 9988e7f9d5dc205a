"""Files of demands, and plans of regenerators as JSON."""

import pytest

from karakoram.adapters.formats.regenerator_files import (
    DEMANDS_MAX,
    json_from_regenerators,
    read_demands,
)
from karakoram.core.errors import InvalidDataError
from tests.support.demand_words import plan, words, written


def findings_of(path):
    with pytest.raises(InvalidDataError) as refusal:
        read_demands(path)
    return refusal.value.findings


def test_a_file_is_read_row_by_row_whatever_the_order_of_its_columns(tmp_path):
    path = written(tmp_path, "bit_rate,from,to\n400G,A,Z town\n0.8T,A,B\n")
    first, second = read_demands(path)
    assert (first.from_site, first.to_site, first.bit_rate) == ("A", "Z town", "400G")
    assert str(second.place) == "wanted.csv row 3"
    found = plan(first)
    assert found.plan.demands[0].demand.z_site_id == "Z"


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("from,to\nA,Z\n", "missing-column", "has no column bit_rate"),
        ("from,to,bit_rate,form\nA,Z,400G,B\n", "unknown-column", "did you mean from?"),
        ("from,to,bit_rate\n", "empty-table", "holds no demand"),
        ("from,to,bit_rate\nA,Z\n", "row-width", ""),
        ("from,to,bit_rate\n" + "A,Z,400G\n" * (DEMANDS_MAX + 1), "too-many-rows", "at most 2,000"),
    ],
)
def test_a_file_that_says_something_else_is_refused(tmp_path, text, code, message):
    found = findings_of(written(tmp_path, text))
    assert any(message in one.message for one in found)
    assert {one.place.file for one in found} == {"wanted.csv"}
    if code != "row-width":
        assert [one.code for one in found] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert findings_of(tmp_path / "none.csv")[0].code == "missing-file"
    assert findings_of(tmp_path / "none.csv")[0].place.file == "none.csv"


def test_the_json_tells_totals_regenerators_and_each_demand():
    found = plan(words(), words("A", "B"), words("A", "X"))
    payload = json_from_regenerators(found.plan)
    assert payload["totals"] == {
        "transponders": 6,
        "regenerator_sites": 1,
        "length_km": 800.0,
        "length_confidence": "assumed",
    }
    assert payload["regenerators"] == [{"site": "C", "regenerators": 1}]
    assert payload["infeasible"] == [2]
    assert payload["demands"][0]["sites"] == ["A", "B", "C", "D", "Z"]
    assert [one["to"] for one in payload["demands"][0]["lightpaths"]] == ["C", "Z"]
    assert payload["demands"][2]["lightpaths"] == []
    assert payload["demands"][2]["length_km"] is payload["demands"][2]["length_confidence"] is None
    assert payload["demands"][0]["length_confidence"] == "assumed"
    assert payload["demands"][0]["lightpaths"][0]["gsnr_confidence"] == "assumed"
    assert payload["demands"][0]["lightpaths"][0]["length_confidence"] == "assumed"
    assert payload["proof"]["proven"] is True


def test_where_nothing_is_lit_nothing_is_proven():
    payload = json_from_regenerators(plan(words("A", "X")).plan)
    assert payload["infeasible"] == [0]
    unknown = ("search", "proven", "regenerator_sites_at_least", "length_km_at_least")
    assert [payload["proof"][key] for key in unknown] == [None] * 4
    assert payload["proof"]["paths_per_demand"] > 0
    lit = json_from_regenerators(plan(words("A", "B")).plan)["proof"]
    assert lit["proven"] is True
