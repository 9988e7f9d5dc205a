from dataclasses import replace
from math import dist

import pytest

from karakoram.adapters.formats.report.map_layers import marks_of_paths, network_layer
from karakoram.adapters.formats.report.map_svg import (
    map_description,
    map_sheets,
    service_layers,
)
from karakoram.adapters.formats.report.network_picture import network_picture
from karakoram.adapters.formats.report.palette import DARK, LIGHT, variables
from karakoram.adapters.formats.report.places import Duty
from karakoram.adapters.formats.report.standalone import style_sheet
from karakoram.network.records import Status
from tests.support.drawings import map_svg
from tests.support.markup import all_of, classes, of_class, path_points, text_of, tree
from tests.support.offers import service_design, unprotected_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
PATHS = service_design(NETWORK).offers[2].paths
MAP = tree(map_svg(NETWORK, paths=PATHS))
DETAIL = tree(map_svg(NETWORK, paths=PATHS, is_detail=True))


def names_on(drawing):
    return {text_of(name) for name in of_class(drawing, "name")}


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_map_is_an_image_with_a_title_and_a_description():
    assert MAP.get("role") == "img"
    title, description = all_of(MAP, "title")[0], all_of(MAP, "desc")[0]
    assert MAP.get("aria-labelledby") == title.get("id")
    assert MAP.get("aria-describedby") == description.get("id")
    assert "13,956.2 km" in text_of(description)
    assert "Khunjerab Pass" in text_of(description)


def test_working_and_protection_differ_by_pattern_and_not_only_by_colour():
    lines = {
        next(iter(classes(line) & {"working", "protection"})): line
        for line in of_class(MAP, "path")
    }
    assert set(lines) == {"working", "protection"}
    rules = dict(
        rule.split(" {", 1) for rule in style_sheet("drawing").splitlines() if " {" in rule
    )
    assert "stroke-dasharray" in rules[".drawing .protection"]
    assert "stroke-dasharray" not in rules[".drawing .working"]


def test_lengths_on_the_map_come_from_the_data():
    drawn = {float(line.get("data-length-km")) for line in of_class(MAP, "path")}
    assert drawn == {round(path.length_km, 3) for path in PATHS}


def test_a_path_is_drawn_from_end_to_end():
    sheets = map_sheets(NETWORK, PATHS)
    (line,) = [line for line in of_class(MAP, "path") if "working" in classes(line)]
    points = path_points(line.get("d"))
    assert dist(points[0], sheets.overview.pixel((87.60, 43.80))) < 3.0
    assert dist(points[-1], sheets.overview.pixel((5.37, 43.30))) < 3.0


def test_ends_and_hand_overs_are_named_and_marked_by_shape():
    assert {"Urumqi", "Marseille", "Khunjerab Pass", "Rawalpindi"} <= names_on(MAP)
    shapes = {site.get("data-site"): site.get("d") for site in of_class(MAP, "mark")}
    assert shapes["URC"].count("L") == 9  # a star
    assert shapes["KJB"].count("L") == 3  # a diamond


def test_the_detail_names_what_the_overview_has_no_room_for():
    assert {"Gilgit", "Mansehra", "Chilas"} <= names_on(DETAIL)
    assert "Gilgit" not in names_on(MAP)
    assert of_class(MAP, "zoom")
    assert not of_class(DETAIL, "zoom")


def test_regenerators_have_a_ring_and_hand_overs_without_one_do_not():
    rings = of_class(DETAIL, "ring")
    assert len(rings) == 2  # Rawalpindi and Karachi


def test_options_are_dashed_and_retired_spans_are_not_drawn():
    sheets = map_sheets(NETWORK, PATHS)
    retired = {
        span_id: replace(span, status=Status.RETIRED) if span.status is Status.OPTION else span
        for span_id, span in NETWORK.spans.items()
    }

    def dashes(network):
        layer = tree(f"<g>{network_layer(network, projection=sheets.overview)}</g>")
        return [path.get("d") for path in of_class(layer, "possible")]

    assert path_points(dashes(NETWORK)[0])
    assert dashes(replace(NETWORK, spans=retired)) == [""]


def test_names_that_break_markup_are_shown_as_they_are():
    site = replace(NETWORK.sites["URC"], name="<script>alert(1)</script>&")
    hostile = replace(NETWORK, sites={**NETWORK.sites, "URC": site})
    drawing = tree(map_svg(hostile, paths=PATHS))
    assert not all_of(drawing, "script")
    assert any("<script>" in name for name in names_on(drawing))


def test_nothing_on_a_map_is_fetched_from_elsewhere():
    source = map_svg(NETWORK, paths=PATHS) + network_picture(NETWORK)
    assert "url(http" not in source
    assert "@import" not in source
    assert "@font-face" not in source
    for element in [*MAP.iter(), *tree(network_picture(NETWORK)).iter()]:
        assert not any("href" in name or name == "src" for name in element.attrib)


def test_a_network_without_paths_is_drawn_whole():
    drawing = tree(map_svg(NETWORK))
    assert not of_class(drawing, "path")
    assert "15 sites" in text_of(all_of(drawing, "desc")[0])


def test_a_small_area_needs_no_second_map():
    here = {"KHI", "CLS-CYB", "CLS-HWK"}
    spans = {
        s: span for s, span in NETWORK.spans.items() if {span.a_site_id, span.z_site_id} <= here
    }
    karachi = replace(
        NETWORK, sites={s: NETWORK.sites[s] for s in NETWORK.sites if s in here}, spans=spans
    )
    assert map_sheets(karachi, ()).detail is None
    picture = tree(network_picture(karachi))
    assert float(picture.get("width")) < float(tree(network_picture(NETWORK)).get("width"))
    assert not of_class(
        tree(
            f"<g>{service_layers(karachi, (), sheets=map_sheets(karachi, ()), is_detail=True)}</g>"
        ),
        "zoom",
    )


def test_marks_are_ordered_by_duty_with_each_site_once():
    marks = marks_of_paths(NETWORK, PATHS)
    assert len({m.site_id for m in marks}) == len(marks)
    order = list(Duty)
    assert [order.index(m.duty) for m in marks] == sorted(order.index(m.duty) for m in marks)


def test_a_map_says_in_words_where_each_path_runs():
    words = map_description(NETWORK, unprotected_design(NETWORK).offers[0].paths)
    assert words.startswith("Working path of 13,956.2 km through Urumqi, Khunjerab Pass")
    assert words.endswith("Marseille.")


def test_the_picture_of_the_network_names_operators_and_credits_sources():
    picture = tree(network_picture(NETWORK))
    words = text_of(picture)
    assert "China Telecom" in words
    assert "One Network" in words
    assert "GeoNames (CC BY 4.0)" in words
    assert "Natural Earth" in words
    assert "dashed: option or planned" in words


def test_the_picture_colours_land_by_operator_and_dashes_options():
    kinds = [classes(path) for path in of_class(tree(network_picture(NETWORK)), "owned")]
    hues = {hue for kind in kinds for hue in kind if hue.startswith("o") and hue[1:].isdigit()}
    assert {"o0", "o1", "o2", "o5"} <= hues
    assert any("possible" in kind for kind in kinds)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_text_and_lines_keep_their_contrast(palette):
    for ink in ("ink", "muted", "link", "accent"):
        assert contrast(palette[ink], palette["paper"]) >= 4.5, ink
        assert contrast(palette[ink], palette["panel"]) >= 4.5, ink
    assert contrast(palette["ink"], palette["land"]) >= 4.5
    assert contrast(palette["sea-ink"], palette["sea"]) >= 4.5
    for line in ("working", "protection", "fibre", "green"):
        for ground in ("land", "sea", "panel"):
            assert contrast(palette[line], palette[ground]) >= 3.0, (line, ground)


def test_both_palettes_name_the_same_colours_and_the_sheets_use_no_other():
    assert set(LIGHT) == set(DARK)
    sheets = style_sheet("drawing") + style_sheet("page")
    used = {part.split(")")[0] for part in sheets.split("var(--")[1:]}
    assert used <= {*LIGHT, "hue"}
    assert variables({"ink": "#000000"}) == "--ink:#000000;"
