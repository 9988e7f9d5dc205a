"""Files of connections, answers about failures and growth as JSON, and the drawing of growth."""

import json
import math
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from karakoram.adapters.formats.demand_table import read_demand_rows
from karakoram.adapters.formats.failure_files import json_from_failures, read_connections
from karakoram.adapters.formats.growth_files import json_from_growth, write_growth_plot
from karakoram.adapters.formats.report.growth_svg import growth_svg
from karakoram.core.errors import InvalidDataError
from tests.support.simulated import FEW, RingSource, failures_answer, growth_answer, row


def written(folder, text):
    path = folder / "wanted.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_may_say_count_priority_and_scheme(tmp_path):
    text = "scheme,from,to,bit_rate,count\n1+1,A,B,100G,3\n,B,C,10G,\n"
    first, second = read_connections(written(tmp_path, text))
    assert (first.scheme, first.count, first.priority) == ("1+1", "3", "")
    assert (second.scheme, second.bit_rate) == ("", "10G")
    assert str(second.place) == "wanted.csv row 3"


def test_a_table_of_demands_has_every_column_that_may_be_there(tmp_path):
    path = written(tmp_path, "from,to\nA,B\n")
    (found,) = read_demand_rows(path, needed=("from", "to"), optional=("count",), rows_max=1)
    assert found.cells == {"from": "A", "to": "B", "count": ""}


def test_an_unknown_column_is_told_with_the_one_that_is_meant(tmp_path):
    with pytest.raises(InvalidDataError) as refusal:
        read_connections(written(tmp_path, "from,to,bit_rate,scheem\nA,B,100G,1+1\n"))
    (finding,) = refusal.value.findings
    assert "did you mean scheme?" in finding.message


def test_failures_as_json_add_up():
    answer = failures_answer(replace(FEW, slots=4, connections=20))
    told = json.loads(json.dumps(json_from_failures(answer), allow_nan=False))
    for scheme in told["schemes"]:
        assert scheme["placed"] + len(scheme["not_placed"]) == 20
        low, high = scheme["a_year"]["lost_ci95_tbps_h"]
        assert low <= scheme["a_year"]["lost_tbps_h"] <= high
        for failure in scheme["failures"]:
            lost = sum(one["gbps"] for one in failure["lost"])
            assert failure["hit_gbps"] == pytest.approx(failure["restored_gbps"] + lost)
    assert any(scheme["not_placed"] for scheme in told["schemes"])


def test_owners_are_told_most_first():
    rows = (row(to_site="Z"),)
    answer = failures_answer(replace(FEW, demands=rows, schemes=("unprotected",)), RingSource())
    owners = json_from_failures(answer)["schemes"][0]["a_year"]["lost_by_owner"]
    assert [one["owner"] for one in owners] == ["LESSOR"], "A-Z is the shorter way"


def test_growth_as_json_has_every_year_of_every_scheme():
    told = json_from_growth(growth_answer())
    assert told["loss_confidence"] == growth_answer().loss_confidence.value
    assert [one["scheme"] for one in told["schemes"]] == ["unprotected", "dynamic"]
    assert [year["lit_tbps"] for year in told["schemes"][0]["years"]] == [0.1, 0.2, 0.4]
    assert told["schemes"][0]["first_refusal"]["pair"] == ["A", "Z"]
    assert json.dumps(told, allow_nan=False)


def test_the_drawing_has_a_line_for_each_scheme_within_its_frame(tmp_path):
    answer = growth_answer()
    write_growth_plot(answer, tmp_path / "growth.svg")
    text = (tmp_path / "growth.svg").read_text(encoding="utf-8")
    assert text == growth_svg(answer)
    drawing = ET.fromstring(text)
    lines = [one for one in drawing.iter() if one.tag.endswith("line") and "stroke" in one.attrib]
    colours = {one.get("stroke") for one in lines}
    assert len(colours) == 2
    places = [float(one.get(name)) for one in lines for name in ("y1", "y2")]
    assert all(math.isfinite(place) and 0.0 <= place <= 640.0 for place in places)
    words = {one.text for one in drawing.iter() if one.tag.endswith("text")}
    assert {"unprotected", "dynamic"} <= words
