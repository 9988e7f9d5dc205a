"""How far apart are two sites on the globe?"""

from math import asin, cos, radians, sin, sqrt

from karakoram.network.records import Site

EARTH_RADIUS_KM = 6_371.0088
"""Mean radius of WGS 84 (Moritz, Geodetic Reference System 1980)."""


def great_circle_km(a_site: Site, z_site: Site) -> float:
    """Great-circle distance [km] of two sites; never a fibre length."""
    return great_circle_between_km(
        (a_site.longitude_deg, a_site.latitude_deg), (z_site.longitude_deg, z_site.latitude_deg)
    )


def great_circle_between_km(a: tuple[float, float], z: tuple[float, float]) -> float:
    """Great-circle distance [km] by the haversine formula; never a fibre length.

    On a sphere of the Earth's mean radius, within 0.6 % of the ellipsoid:

        d = 2 r asin(sqrt(sin²(dlat / 2) + cos(lat_a) cos(lat_z) sin²(dlon / 2)))

    Source: R. W. Sinnott, "Virtues of the haversine", Sky and Telescope 68 (2), 1984, 159.

    Parameters
    ----------
    a, z
        Longitude and latitude [deg] of each end.
    """
    a_lat, z_lat = radians(a[1]), radians(z[1])
    half_lat = (z_lat - a_lat) / 2.0
    half_lon = radians(z[0] - a[0]) / 2.0
    chord = sin(half_lat) ** 2 + cos(a_lat) * cos(z_lat) * sin(half_lon) ** 2
    return 2.0 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))
