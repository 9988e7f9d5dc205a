from dataclasses import replace

import pytest

from karakoram.adapters.formats.report.page import html_from_design
from karakoram.core.identifiers import OperatorId
from tests.support.markup import all_of, of_class, text_of, tree
from tests.support.report_pages import (
    DESIGN,
    NETWORK,
    ROOT,
    offer_page,
    rows_of,
    section_of,
    table_of,
)


def test_the_legs_add_up_to_the_path_as_the_data_say():
    legs = table_of(section_of(ROOT, "offer-1"), "Working path: legs")
    lengths = [float(row[-1].split(" ")[0].replace(",", "")) for row in rows_of(legs)]
    assert sum(lengths) == pytest.approx(DESIGN.offers[0].paths[0].length_km, abs=0.5)
    assert "13,956.2 km" in text_of(all_of(legs, "tfoot")[0])
    assert any("National Telecom (leased)" in row for row in rows_of(legs))


def test_every_span_of_a_path_is_listed_with_its_running_kilometre():
    spans = rows_of(table_of(section_of(ROOT, "offer-2"), "Protection path: spans"))
    path = DESIGN.offers[2].paths[1]
    assert [row[0] for row in spans] == list(path.span_ids)
    assert spans[-1][5] == f"{path.length_km:,.1f}"


def test_lightpaths_are_shown_with_what_they_need():
    row = rows_of(table_of(ROOT, "Working path: lightpaths under full load"))[2]
    assert row[:2] == ["Karachi", "Marseille"]
    assert row[4] == "2 \u00d7 75 GHz"
    assert row[5].split() == ["13.1", "assumed"]
    assert row[7].split() == ["7.9", "stated"]
    assert row[8:10] == ["5.2", "2.0"]
    assert "Regenerated at Rawalpindi and Karachi." in text_of(ROOT)


def test_a_path_without_regeneration_says_so():
    paths = tuple(replace(path, regenerator_site_ids=()) for path in DESIGN.offers[0].paths)
    assert "Not regenerated." in text_of(offer_page(paths=paths))


def test_there_is_a_strip_for_each_path_and_two_maps_for_each_service():
    drawings = [svg.get("id") for svg in all_of(ROOT, "svg") if svg.get("id")]
    assert drawings == [
        f"offer-{number}-{name}"
        for number in (1, 2)
        for name in ("overview", "detail", "working-strip", "protection-strip")
    ]


def test_land_is_drawn_once_for_all_maps():
    assert len(of_class(ROOT, "land")) == 2
    assert len(all_of(ROOT, "use")) == 4


def test_a_site_that_the_network_lost_is_named_by_its_identifier():
    operators = {key: o for key, o in NETWORK.operators.items() if key != OperatorId("ON")}
    page = html_from_design(network=replace(NETWORK, operators=operators), design=DESIGN)
    assert "ON" in [row[2] for row in rows_of(table_of(tree(page), "Working path: legs"))]
