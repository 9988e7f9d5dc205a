from dataclasses import replace
from math import acos, cos, pi, radians, sin

import pytest

from karakoram.network.geometry import EARTH_RADIUS_KM, great_circle_km
from tests.support.planning_networks import fibre, network_of

SITE = network_of(fibre("A", "Z", 1.0)).sites["A"]


def at(longitude_deg, latitude_deg):
    return replace(SITE, longitude_deg=longitude_deg, latitude_deg=latitude_deg)


@pytest.mark.parametrize(
    ("a_site", "z_site", "of_the_earth"),
    [
        (at(0.0, 0.0), at(0.0, 0.0), 0.0),
        (at(0.0, 0.0), at(90.0, 0.0), 0.25),
        (at(10.0, -45.0), at(10.0, 45.0), 0.25),
        (at(0.0, 90.0), at(123.0, 90.0), 0.0),
        (at(0.0, 0.0), at(180.0, 0.0), 0.5),
        (at(-30.0, 60.0), at(150.0, -60.0), 0.5),
        (at(179.5, 0.0), at(-179.5, 0.0), 1.0 / 360.0),
    ],
)
def test_distance_is_a_part_of_the_circumference(a_site, z_site, of_the_earth):
    circumference_km = 2.0 * pi * EARTH_RADIUS_KM
    assert great_circle_km(a_site, z_site) == pytest.approx(of_the_earth * circumference_km)
    assert great_circle_km(z_site, a_site) == pytest.approx(great_circle_km(a_site, z_site))


def test_distance_agrees_with_the_angle_between_the_two_directions():
    urumqi, karachi = at(87.617, 43.825), at(67.0, 24.86)

    def direction(site):
        latitude, longitude = radians(site.latitude_deg), radians(site.longitude_deg)
        return (
            cos(latitude) * cos(longitude),
            cos(latitude) * sin(longitude),
            sin(latitude),
        )

    angle = acos(sum(x * y for x, y in zip(direction(urumqi), direction(karachi), strict=True)))
    assert great_circle_km(urumqi, karachi) == pytest.approx(EARTH_RADIUS_KM * angle)
