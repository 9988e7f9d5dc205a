from itertools import combinations, pairwise
from math import dist

import numpy as np
import pytest

from karakoram.adapters.formats.report.courses import (
    line_samples,
    path_pixels,
    path_points,
    site_point,
    span_points,
)
from karakoram.adapters.formats.report.labels import LabelWish, placed_labels
from karakoram.adapters.formats.report.land import land_data
from karakoram.adapters.formats.report.projection import Extent, extent_around, fitted
from karakoram.adapters.formats.report.shapes import mark, path_data, shifted
from tests.support.markup import classes, tree
from tests.support.markup import path_points as path_points_of
from tests.support.offers import BY_BABUSAR_AND_SMW5, service_design
from tests.support.small_corridor import small_network

PAKISTAN = Extent(west=60.0, east=78.0, south=23.0, north=38.0)
SQUARE = np.array([[65.0, 25.0], [70.0, 25.0], [70.0, 30.0], [65.0, 30.0], [65.0, 25.0]])


def test_a_fitted_frame_shows_the_whole_extent_at_one_scale():
    projection = fitted(PAKISTAN, width=400.0, height=900.0)
    corners = [projection.pixel((60.0, 38.0)), projection.pixel((78.0, 23.0))]
    (left, top), (right, bottom) = corners
    assert 0.0 <= left < right <= 400.0 + 1e-9
    assert 0.0 <= top < bottom <= 900.0 + 1e-9
    assert (bottom - top) / 15.0 == pytest.approx(projection.scale)
    assert (right - left) / 18.0 == pytest.approx(projection.scale * projection.extent.squeeze)


def test_north_is_up_and_east_is_right():
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    x, y = projection.pixel((70.0, 30.0))
    assert projection.pixel((71.0, 30.0))[0] > x
    assert projection.pixel((70.0, 31.0))[1] < y


def test_an_extent_around_one_point_has_a_size():
    extent = extent_around([(67.0, 24.9)])
    assert extent.holds((67.0, 24.9))
    assert extent.east > extent.west
    assert extent.north > extent.south


def test_an_extent_holds_its_points_and_leaves_others_out():
    extent = extent_around([(60.0, 25.0), (70.0, 35.0)], padding=0.1)
    assert extent.holds((60.0, 35.0))
    assert extent.west == pytest.approx(59.0)
    assert not extent.holds((71.5, 30.0))


def test_a_shifted_line_keeps_its_distance_and_its_side():
    line = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0)]
    right = shifted(line, 2.0)
    assert np.allclose(right, [(0.0, 2.0), (98.0, 2.0), (98.0, 100.0)])
    assert shifted(line, -2.0)[1] == pytest.approx((102.0, -2.0))


def test_a_line_that_turns_back_is_shifted_without_a_spike():
    moved = shifted([(0.0, 0.0), (10.0, 0.0), (0.0, 0.0)], 2.0)
    assert all(
        dist(a, b) <= 4.0 + 1e-9 for a, b in zip(moved, [(0, 0), (10, 0), (0, 0)], strict=True)
    )


def test_repeated_points_do_not_break_a_shift():
    assert shifted([(1.0, 1.0), (1.0, 1.0)], 3.0) == [(1.0, 1.0)]
    assert shifted([(0.0, 0.0), (0.0, 0.0), (10.0, 0.0)], 1.0) == [(0.0, 1.0), (10.0, 1.0)]


def test_path_data_is_short_and_closes_when_asked():
    assert path_data([(0.04, 10.0), (3.14159, -2.0)], closed=True) == "M0 10L3.1 -2Z"


@pytest.mark.parametrize("shape", ["circle", "square", "diamond", "triangle", "star"])
def test_every_mark_stands_where_it_is_put(shape):
    drawn = tree(mark(shape, (50.0, 50.0), size=4.0, attributes={"class": "mark"}))
    points = path_points_of(drawn.get("d")) or [(float(drawn.get("cx")), float(drawn.get("cy")))]
    assert np.abs(np.mean(points, axis=0) - 50.0).max() < 1.5
    assert classes(drawn) == {"mark"}


def test_marks_of_different_shape_are_drawn_differently():
    shapes = ["circle", "square", "diamond", "triangle", "star"]
    drawn = {mark(shape, (9.0, 9.0), size=4.0, attributes={}) for shape in shapes}
    assert len(drawn) == len(shapes)


def test_land_is_one_closed_ring_where_it_lies():
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    data = land_data([SQUARE], projection=projection)
    x, y = map(float, data.split("l")[0][1:].split(","))
    assert (x, y) == pytest.approx(projection.pixel((65.0, 25.0)), abs=0.5)
    assert data.count("M") == data.count("z") == 1


def test_land_far_outside_the_frame_is_not_written():
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    assert not land_data([np.add(SQUARE, [100.0, 0.0])], projection=projection)


def test_land_beyond_the_frame_is_cut_at_its_bleed():
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    world = np.array([[-170.0, -80.0], [170.0, -80.0], [170.0, 80.0], [-170.0, 80.0], [-170, -80]])
    data = land_data([world], projection=projection)
    x, y = map(float, data.split("l")[0][1:].split(","))
    assert (x, y) == (-12.0, 512.0)


def test_islands_smaller_than_a_grain_are_left_out():
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    speck = np.array([[65.0, 25.0], [65.001, 25.0], [65.001, 25.001], [65.0, 25.0]])
    assert not land_data([speck], projection=projection)


def test_a_span_on_land_is_straight_and_one_in_the_sea_bends():
    network = small_network()
    assert len(span_points(network, network.spans["CHL-BBS"])) == 2
    assert len(span_points(network, network.spans["PEACE-KHI-MRS"])) > 10


def test_a_path_runs_from_its_first_to_its_last_site():
    network = small_network()
    path = service_design(network).offers[0].paths[1]
    assert path.span_ids == BY_BABUSAR_AND_SMW5
    points = path_points(network, path)
    assert points[0] == site_point(network, "URC")
    assert points[-1] == site_point(network, "MRS")
    assert site_point(network, "RWP") in points


def test_paths_on_the_same_spans_are_drawn_side_by_side():
    network = small_network()
    working, protection = service_design(network).offers[0].paths
    projection = fitted(PAKISTAN, width=500.0, height=500.0)
    starts = [
        path_pixels(network, path, projection=projection)[0] for path in (working, protection)
    ]
    assert 3.0 < dist(*starts) < 6.0


def test_samples_lie_close_together_along_a_line():
    samples = line_samples([[(0.0, 0.0), (30.0, 0.0)]])
    gaps = [dist(a, b) for a, b in pairwise(samples.tolist())]
    assert max(gaps) <= 5.0
    assert line_samples([]).shape == (0, 2)


def wish(text, x, y, **changes):
    return LabelWish(text=text, anchor=(x, y), clearance=5.0, font_size=10.0, **changes)


NO_LINES = np.empty((0, 2))


def placed(wishes, lines=NO_LINES):
    return placed_labels(
        wishes, frame=(300.0, 300.0), marks=[w.anchor for w in wishes], lines=lines
    )


def test_names_of_neighbours_do_not_cover_each_other():
    labels = placed([wish(f"Place {i}", 150.0 + i, 150.0 + 2.0 * i) for i in range(12)])
    assert len(labels) == 12
    assert not any(a.overlaps(b) for a, b in combinations(labels, 2))


def test_names_stay_inside_the_frame():
    for label in placed([wish("At the corner", 298.0, 2.0), wish("At the other", 1.0, 299.0)]):
        assert label.left >= 0.0
        assert label.top >= 0.0
        assert label.left + label.width <= 300.0
        assert label.top + label.height <= 300.0


def test_a_name_moves_off_a_line_that_runs_to_its_right():
    line = np.column_stack([np.arange(150.0, 260.0, 5.0), np.full(22, 150.0)])
    (label,) = placed([wish("Name", 150.0, 150.0)], lines=line)
    inside = (line[:, 0] > label.left) & (line[:, 0] < label.left + label.width)
    inside &= (line[:, 1] > label.top) & (line[:, 1] < label.top + label.height)
    assert not inside.any()


def test_a_free_name_stands_right_of_its_mark_without_a_leader():
    (label,) = placed([wish("Name", 100.0, 100.0)])
    assert label.left == pytest.approx(105.0)
    assert not label.has_leader
    assert label.baseline == pytest.approx((105.0, label.top + 0.8 * label.height))


def test_a_name_without_room_is_left_out_and_the_important_one_stays():
    crowd = [wish(f"Most important {i}", 150.0, 150.0, reach_max=0.0) for i in range(30)]
    labels = placed(crowd)
    assert labels[0].wish is crowd[0]
    assert len(labels) < 30


def test_a_leader_ends_at_the_nearest_edge_of_its_name():
    crowd = [wish(f"Name {i}", 150.0, 150.0) for i in range(9)]
    led = [label for label in placed(crowd) if label.has_leader]
    assert led
    for label in led:
        x, y = label.nearest
        assert label.left <= x <= label.left + label.width
        assert label.top <= y <= label.top + label.height
