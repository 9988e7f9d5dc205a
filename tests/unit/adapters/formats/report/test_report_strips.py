from dataclasses import replace
from itertools import pairwise

import pytest

from karakoram.adapters.formats.report.places import Duty, PathSite, WetStretch, path_sites
from karakoram.adapters.formats.report.strip_bands import (
    GSNR_DB_SHOWN_MAX,
    Band,
    band_around,
    gsnr_values,
    lightpath_profiles,
    power_values,
)
from karakoram.adapters.formats.report.strip_names import NAME_PITCH, name_places
from karakoram.adapters.formats.report.strip_scale import strip_scale
from karakoram.adapters.formats.report.strip_svg import STRIP_SIZE
from tests.support.drawings import strip_svg
from tests.support.markup import all_of, classes, of_class, text_of, tree
from tests.support.offers import service_design
from tests.support.small_corridor import small_network

NETWORK = small_network()
PATH = service_design(NETWORK).offers[0].paths[0]
STRIP = tree(strip_svg(NETWORK, PATH))
SEA = WetStretch(cable_id="SEA", begin_km=1000.0, end_km=9000.0, repeaters=99)


def test_sites_stand_at_their_kilometre():
    scale_km = [(float(m.get("data-km")), m) for m in of_class(STRIP, "mark") if m.get("data-km")]
    assert len(scale_km) == len(PATH.site_ids)
    expected = {place.site_id: place.km for place in path_sites(NETWORK, PATH)}
    for km, site in scale_km:
        assert km == pytest.approx(expected[site.get("data-site")], abs=1e-3)


def test_operator_bars_add_up_to_the_glass_of_the_path():
    bars = [bar for bar in of_class(STRIP, "operator") if bar.get("data-km")]
    assert sum(float(bar.get("data-km")) for bar in bars) == pytest.approx(PATH.length_km, abs=0.01)
    assert [bar.get("data-operator") for bar in bars] == ["CT", "SCO", "ON", "CYB", "PEACE-CO"]


def test_operators_are_told_apart_by_pattern_and_named():
    patterns = all_of(STRIP, "pattern")
    assert len({text_of(p) + "".join(c.get("d", "") for c in p) for p in patterns}) == 5
    assert {"China Telecom", "One Network", "Cybernet"} <= {
        text_of(t) for t in all_of(STRIP, "text")
    }


def test_derived_huts_are_hollow_and_amplifiers_at_sites_are_filled():
    hollow = [dot for dot in of_class(STRIP, "amplifier") if "derived" in classes(dot)]
    filled = [dot for dot in of_class(STRIP, "amplifier") if "derived" not in classes(dot)]
    assert len(hollow) == sum(point.is_derived for point in PATH.profile)
    assert len(filled) == sum(
        not point.is_derived and point.power_out_dbm is not None for point in PATH.profile
    )


def test_regenerators_cross_the_bands_where_they_stand():
    assert [line.get("data-site") for line in of_class(STRIP, "regenerator")] == ["RWP", "KHI"]


def test_the_sea_says_that_its_repeaters_are_counted():
    words = text_of(STRIP)
    assert "118 repeaters, counted, not placed" in words
    assert "times smaller" in words


def test_a_cable_of_unknown_spacing_says_so():
    bare = replace(NETWORK, submarine_systems={})
    assert "repeaters not stated" in text_of(tree(strip_svg(bare, PATH)))


def test_no_power_is_drawn_through_the_sea():
    power = next(line for line in all_of(STRIP, "path") if "power" in classes(line))
    ends = [float(x.split(" ")[0]) for x in power.get("d").replace("M", "L").split("L")[1:]]
    wet = of_class(STRIP, "wet")[0]
    assert max(ends) <= float(wet.get("x")) + 0.2


def test_a_strip_is_an_image_with_a_title_and_what_it_shows_in_words():
    assert STRIP.get("role") == "img"
    assert "Working path over 13,956.2 km" in text_of(all_of(STRIP, "title")[0])
    assert "From Urumqi to Rawalpindi the GSNR falls to 19.2 dB" in text_of(
        all_of(STRIP, "desc")[0]
    )


def test_names_that_break_markup_are_shown_as_they_are():
    sites = dict(NETWORK.sites)
    sites["KJB"] = replace(sites["KJB"], name='"><script>x')
    operators = dict(NETWORK.operators)
    operators["CT"] = replace(operators["CT"], name="</text><script>")
    strip = tree(strip_svg(replace(NETWORK, sites=sites, operators=operators), PATH))
    assert not all_of(strip, "script")
    assert "</text><script>" in text_of(strip)


def test_everything_on_a_strip_stays_inside_it():
    for name in ("rect", "line", "text"):
        for element in all_of(STRIP, name):
            for attribute, limit in (("x", STRIP_SIZE[0]), ("y", STRIP_SIZE[1])):
                assert 0.0 <= float(element.get(attribute, 1.0)) <= limit


def test_the_scale_is_even_on_land_and_smaller_in_the_sea():
    scale = strip_scale(10_000.0, [SEA], begin_x=0.0, end_x=1000.0)
    assert scale.x(0.0) == 0.0
    assert scale.x(10_000.0) == pytest.approx(1000.0)
    land = scale.x(500.0) - scale.x(0.0)
    assert scale.x(10_000.0) - scale.x(9500.0) == pytest.approx(land)
    assert scale.x(9000.0) - scale.x(1000.0) == pytest.approx(300.0)
    assert (scale.x(1500.0) - scale.x(1000.0)) * scale.sea_ratio == pytest.approx(land)


def test_a_short_sea_and_a_path_all_in_the_sea_keep_one_scale():
    short = replace(SEA, begin_km=1000.0, end_km=1500.0)
    assert strip_scale(10_000.0, [short], begin_x=0.0, end_x=1.0).sea_ratio == 1.0
    whole = replace(SEA, begin_km=0.0, end_km=8000.0)
    scale = strip_scale(8000.0, [whole], begin_x=0.0, end_x=800.0)
    assert scale.sea_ratio == 1.0
    assert scale.x(4000.0) == pytest.approx(400.0)


def test_ticks_are_round_apart_and_end_with_the_path():
    scale = strip_scale(10_000.0, [SEA], begin_x=0.0, end_x=1000.0)
    ticks = list(scale.ticks_km())
    assert ticks[0] == 0.0
    assert ticks[-1] == 10_000.0
    assert all(km % 10 == 0 for km in ticks)
    assert all(scale.x(b) - scale.x(a) >= 57.9 for a, b in pairwise(ticks))


def test_a_kilometre_beyond_the_path_stands_at_its_end():
    scale = strip_scale(100.0, [], begin_x=10.0, end_x=110.0)
    assert scale.x(-5.0) == 10.0
    assert scale.x(500.0) == 110.0


def test_a_band_holds_its_values_and_clamps_others():
    band = band_around([-17.5, 2.0], top=100.0, bottom=200.0)
    assert (band.low, band.high) == (-19.0, 3.0)
    assert band.y(-19.0) == 200.0
    assert band.y(3.0) == 100.0
    assert band.y(99.0) == 100.0
    assert band.grid() == [-15.0, -10.0, -5.0, 0.0]


def test_a_band_without_values_is_still_a_band():
    assert band_around([float("inf")], top=0.0, bottom=1.0) == Band(
        top=0.0, bottom=1.0, low=-1.0, high=11.0
    )


def test_infinite_gsnr_at_the_start_of_a_line_is_drawn_at_the_top():
    first = replace(PATH.profile[0], gsnr_db=float("inf"))
    path = replace(PATH, profile=(first, *PATH.profile[1:]))
    assert max(gsnr_values(path)) == GSNR_DB_SHOWN_MAX
    tree(strip_svg(NETWORK, path))


def test_power_that_nobody_knows_is_left_out():
    dark = tuple(replace(p, power_in_dbm=None, power_out_dbm=None) for p in PATH.profile)
    assert power_values(dark) == []
    strip = tree(strip_svg(NETWORK, replace(PATH, profile=dark)))
    assert not of_class(strip, "amplifier")


def test_each_point_belongs_to_the_lightpath_that_it_lies_on():
    split = list(lightpath_profiles(PATH, path_sites(NETWORK, PATH)))
    assert [lp.a_site_id for lp, _, _ in split] == ["URC", "RWP", "KHI"]
    assert sum(len(points) for _, points, _ in split) == len(PATH.profile)
    for _, points, (begin_km, end_km) in split:
        assert all(begin_km - 1e-6 <= point.distance_km <= end_km + 1e-6 for point in points)


def test_the_point_after_a_reset_begins_the_next_lightpath():
    before = [p for p in PATH.profile if p.label != "RWP"]
    rwp = next(p for p in PATH.profile if p.label == "RWP")
    both = [replace(rwp, gsnr_db=18.0, power_out_dbm=None), replace(rwp, gsnr_db=40.0)]
    profile = tuple(sorted([*before, *both], key=lambda p: p.distance_km))
    split = list(lightpath_profiles(replace(PATH, profile=profile), path_sites(NETWORK, PATH)))
    assert split[0][1][-1].gsnr_db == 18.0
    assert split[1][1][0].gsnr_db == 40.0


def crowd(number, *, duty=Duty.PASSAGE):
    return [
        PathSite(
            site_id=f"S{i}",
            km=500.0 + 0.1 * i if 0 < i < number - 1 else 1000.0 * (i > 0),
            duty=Duty.END if i in {0, number - 1} else duty,
            is_regenerator=i == 1,
        )
        for i in range(number)
    ]


def test_names_keep_their_distance_and_their_order():
    scale = strip_scale(1000.0, [], begin_x=0.0, end_x=1000.0)
    places = name_places(crowd(30), scale=scale)
    assert all(b.name_x - a.name_x >= NAME_PITCH - 1e-9 for a, b in pairwise(places))
    assert [p.site.km for p in places] == sorted(p.site.km for p in places)


def test_where_it_is_tight_plain_sites_lose_their_names_and_ends_and_regenerators_do_not():
    scale = strip_scale(1000.0, [], begin_x=0.0, end_x=1000.0)
    named = {place.site.site_id for place in name_places(crowd(30), scale=scale)}
    assert {"S0", "S1", "S29"} <= named
    assert len(named) < 30


def test_a_free_name_stands_at_its_tick():
    scale = strip_scale(1000.0, [], begin_x=0.0, end_x=1000.0)
    places = name_places(crowd(3), scale=scale)
    assert all(place.name_x == pytest.approx(place.tick_x) for place in places)
