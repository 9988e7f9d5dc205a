from itertools import pairwise
from math import dist

import pytest

from karakoram.core.identifiers import CableId
from karakoram.refdata.drawing import SEA_NAMES, read_sea_courses, sea_course
from karakoram.refdata.land import read_land

KARACHI, ZAFARANA, MARSEILLE = (67.0, 24.8), (32.68, 29.11), (5.37, 43.3)


def is_on_land(longitude, latitude):
    crossings = 0
    for ring in read_land():
        for (x1, y1), (x2, y2) in pairwise(ring.tolist()):
            if (y1 > latitude) != (y2 > latitude):
                crossings += longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


def test_every_course_has_two_ends_and_stays_on_the_globe():
    courses = read_sea_courses()
    assert len(courses) == 78
    for course in courses:
        assert len(course.points) >= 2
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in course.points)


def test_every_cable_of_the_corridor_has_a_course():
    assert {course.cable_id for course in read_sea_courses()} == {
        *("peace", "smw3", "smw4", "smw5", "smw6", "tw1"),
        *("2africa", "africa1", "aae1", "imewe"),
    }


def test_a_course_ends_exactly_at_the_two_sites():
    points = sea_course(CableId("PEACE"), KARACHI, ZAFARANA)
    assert points[0] == KARACHI
    assert points[-1] == ZAFARANA
    assert len(points) == 13


def test_a_course_is_the_same_from_either_end():
    there = sea_course(CableId("PEACE"), KARACHI, ZAFARANA)
    assert sea_course(CableId("peace"), ZAFARANA, KARACHI) == there[::-1]


def test_courses_of_one_cable_are_chained_over_its_landings():
    points = sea_course(CableId("PEACE"), KARACHI, MARSEILLE)
    assert any(dist(point, ZAFARANA) < 0.1 for point in points)
    assert max(dist(a, b) for a, b in pairwise(points)) < 12.0


def test_an_unknown_cable_or_landing_is_drawn_straight():
    assert sea_course(CableId("UNKNOWN"), KARACHI, MARSEILLE) == (KARACHI, MARSEILLE)
    assert sea_course(CableId("PEACE"), KARACHI, (-70.0, 40.0)) == (KARACHI, (-70.0, 40.0))


def test_the_way_to_marseille_keeps_off_africa_and_arabia():
    points = sea_course(CableId("PEACE"), KARACHI, ZAFARANA)
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in pairwise(points)]
    assert sum(is_on_land(*middle) for middle in middles) == 0


@pytest.mark.parametrize(("name", "point"), SEA_NAMES, ids=[name for name, _ in SEA_NAMES])
def test_the_name_of_a_sea_stands_in_the_sea(name, point):
    assert not is_on_land(*point), name
