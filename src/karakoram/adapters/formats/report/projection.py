"""Where on the drawing does a place on the globe stand?

Equirectangular: x = (longitude - west) cos(middle latitude) s and y = (north - latitude) s, with
one scale s for both. Distances are not to scale away from the middle latitude; none is read here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from karakoram.refdata.drawing import LonLat

Pixel = tuple[float, float]
"""x to the right and y down, in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """A box of longitudes and latitudes in degrees."""

    west: float
    east: float
    south: float
    north: float

    @property
    def squeeze(self) -> float:
        """How much shorter a degree of longitude is than one of latitude, in the middle."""
        return cos(radians((self.south + self.north) / 2.0))

    def holds(self, point: LonLat) -> bool:
        """Whether the point lies in the box, its edges included."""
        longitude, latitude = point
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A drawing of an extent at one scale."""

    extent: Extent
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of latitude."""
        return self.height / (self.extent.north - self.extent.south)

    def pixel(self, point: LonLat) -> Pixel:
        """Where the point stands; outside the frame where it lies outside the extent."""
        longitude, latitude = point
        x = (longitude - self.extent.west) * self.extent.squeeze * self.scale
        return x, (self.extent.north - latitude) * self.scale


def extent_around(points: Iterable[LonLat], *, padding: float = 0.06) -> Extent:
    """The smallest box around the points, widened on every side.

    Parameters
    ----------
    points
        At least one.
    padding
        Share of the longer side that is added on every side.
    """
    longitudes, latitudes = zip(*points, strict=True)
    pad = max(
        padding * max(max(longitudes) - min(longitudes), max(latitudes) - min(latitudes)), 0.2
    )
    return Extent(
        west=min(longitudes) - pad,
        east=max(longitudes) + pad,
        south=max(min(latitudes) - pad, -85.0),
        north=min(max(latitudes) + pad, 85.0),
    )


def fitted(extent: Extent, *, width: float, height: float) -> Projection:
    """A frame of the given size that shows all of ``extent``, and more on the slack sides.

    Parameters
    ----------
    extent
        What must be seen; wider than nothing in both directions.
    width, height
        Of the frame, in units of the drawing.
    """
    tall, wide = extent.north - extent.south, (extent.east - extent.west) * extent.squeeze
    scale = min(width / wide, height / tall)
    more_north = (height / scale - tall) / 2.0
    more_east = (width / scale - wide) / 2.0 / extent.squeeze
    return Projection(
        extent=Extent(
            west=extent.west - more_east,
            east=extent.east + more_east,
            south=extent.south - more_north,
            north=extent.north + more_north,
        ),
        width=width,
        height=height,
    )
