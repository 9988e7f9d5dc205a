import hashlib
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from karakoram.adapters.formats.json_traffic import json_from_traffic
from karakoram.adapters.formats.report.traffic_svg import traffic_svg
from karakoram.adapters.formats.traffic_files import write_path_list, write_traffic_svg
from karakoram.engines.traffic import Estimate
from tests.support.traffic_answers import asked, three_loads

SVG = "{http://www.w3.org/2000/svg}"


def marks(drawing):
    return [
        (float(one.get("cx")), float(one.get("cy")))
        for one in ET.fromstring(drawing).iter(f"{SVG}circle")
    ]


def with_blocking(answer, *shares):
    loads = tuple(
        replace(
            one,
            figures=replace(
                one.figures, blocking=Estimate(value=share, low=share / 2, high=2 * share)
            ),
        )
        for one, share in zip(answer.loads, shares, strict=True)
    )
    return replace(answer, loads=loads)


def test_a_drawing_has_a_mark_for_every_load_higher_where_more_is_refused():
    answer = three_loads()
    drawing = traffic_svg(answer)
    places = marks(drawing)
    assert [x for x, _ in places] == sorted(x for x, _ in places)
    assert [y for _, y in places] == sorted((y for _, y in places), reverse=True)
    assert answer.paths.path_list_sha256[:12] in drawing
    assert "250 E: " in drawing


def test_a_decade_is_as_high_everywhere():
    drawing = traffic_svg(with_blocking(three_loads(), 0.001, 0.01, 0.1))
    heights = [y for _, y in marks(drawing)]
    assert heights[0] - heights[1] == pytest.approx(heights[1] - heights[2], abs=0.2)
    for words in (">0.1<", ">1<", ">10<", ">100<"):
        assert words in drawing


def test_nothing_refused_stands_on_the_ground():
    answer = three_loads()
    dry = with_blocking(answer, 0.0, 0.0, 0.0)
    assert {y for _, y in marks(traffic_svg(dry))} == {420.0}
    assert len(marks(traffic_svg(replace(answer, loads=answer.loads[:1])))) == 1


def test_files_hold_the_drawing_and_the_paths_that_the_digest_is_of(tmp_path):
    answer = three_loads()
    write_traffic_svg(answer, tmp_path / "a.svg")
    write_path_list(answer, tmp_path / "a.tsv")
    assert (tmp_path / "a.svg").read_text(encoding="utf-8") == traffic_svg(answer)
    digest = hashlib.sha256((tmp_path / "a.tsv").read_bytes()).hexdigest()
    assert digest == answer.paths.path_list_sha256


def test_one_load_stands_at_the_top_and_several_in_a_list():
    alone, several = json_from_traffic(asked()), json_from_traffic(three_loads())
    assert alone["blocking"] == several["loads"][2]["blocking"] == alone["loads"][0]["blocking"]
    assert "blocking" not in several
    low, high = alone["ci95"]
    assert low < alone["blocking"] < high
    assert sum(alone["by_cause"].values()) == pytest.approx(alone["blocking"])
    assert set(alone["by_cause"]) == {"no_spectrum", "no_path", "no_reach", "latency", "no_light"}
    assert alone["path_list_sha256"] == several["path_list_sha256"]
