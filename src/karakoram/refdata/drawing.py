"""Along which waypoints is a submarine cable drawn, so that no line crosses dry land?

Drawing only. The waypoints are our own schematic: no length, latency or loss is ever taken from
them; glass kilometres stand in the network's spans.
"""

import csv
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians

from karakoram.core.identifiers import CableId
from karakoram.refdata.packaged import packaged_folder

LonLat = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""

_KM_PER_DEGREE = 111.2
"""Of latitude, on a sphere of the Earth's mean radius (6,371 km)."""

_SAME_PLACE_KM = 100.0
"""A landing station stands by the town it is named after, at most this far away."""


SEA_NAMES: tuple[tuple[str, LonLat], ...] = (
    ("Arabian Sea", (62.5, 14.0)),
    ("Bay of Bengal", (88.0, 13.5)),
    ("Black Sea", (34.5, 43.2)),
    ("Caspian Sea", (50.8, 41.6)),
    ("Indian Ocean", (72.0, -3.0)),
    ("Mediterranean Sea", (17.3, 33.0)),
)
"""Where the middle of a sea's name stands on a small map, off the usual courses; general
geography."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeaCourse:
    """The schematic course of one cable between two of its landings."""

    cable_id: str
    a_name: str
    z_name: str
    points: tuple[LonLat, ...]

    def reversed(self) -> "SeaCourse":
        """The same course from the other landing."""
        return SeaCourse(
            cable_id=self.cable_id,
            a_name=self.z_name,
            z_name=self.a_name,
            points=self.points[::-1],
        )


@cache
def read_sea_courses() -> tuple[SeaCourse, ...]:
    """Every packaged course, in the order of the table."""
    table = packaged_folder("geometry").joinpath("submarine_courses.csv")
    rows = csv.DictReader(table.read_text(encoding="utf-8").splitlines())
    return tuple(
        SeaCourse(
            cable_id=row["cable_id"],
            a_name=row["a_name"],
            z_name=row["z_name"],
            points=tuple(map(_point, row["course"].split(";"))),
        )
        for row in rows
    )


@cache
def sea_course(cable_id: CableId, a_point: LonLat, z_point: LonLat) -> tuple[LonLat, ...]:
    """Points from ``a_point`` to ``z_point`` along the cable, both included.

    The chain of fewest courses of the cable whose ends lie by the two points; where the table
    knows no such chain, the straight line.

    Parameters
    ----------
    cable_id
        Compared without case and punctuation: ``2Africa`` is ``2africa``.
    a_point, z_point
        Longitude and latitude [degrees].

    Returns
    -------
    Longitudes and latitudes [degrees], at least the two ends.
    """
    courses = tuple(_both_ways(cable_id))
    queue: deque[tuple[SeaCourse, ...]] = deque(
        (course,) for course in courses if _distance_km(course.points[0], a_point) < _SAME_PLACE_KM
    )
    seen: set[str] = set()
    while queue:
        chain = queue.popleft()
        here = chain[-1]
        if _distance_km(here.points[-1], z_point) < _SAME_PLACE_KM:
            return _joined(chain, a_point, z_point)
        if here.z_name not in seen:
            seen.add(here.z_name)
            queue.extend((*chain, course) for course in courses if course.a_name == here.z_name)
    return a_point, z_point


def _both_ways(cable_id: CableId) -> Iterator[SeaCourse]:
    wanted = _folded(cable_id)
    for course in read_sea_courses():
        if _folded(course.cable_id) == wanted:
            yield course
            yield course.reversed()


def _joined(chain: Iterable[SeaCourse], a_point: LonLat, z_point: LonLat) -> tuple[LonLat, ...]:
    between = [point for course in chain for point in course.points[1:]][:-1]
    return a_point, *between, z_point


def _point(text: str) -> LonLat:
    longitude, latitude = map(float, text.split())
    return longitude, latitude


def _folded(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _distance_km(one: LonLat, other: LonLat) -> float:
    """Distance on a plane; exact enough to tell one landing town from the next."""
    east = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2.0))
    return _KM_PER_DEGREE * hypot(east, one[1] - other[1])
