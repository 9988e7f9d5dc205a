"""How do power and GSNR run along a path?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, pairwise
from math import ceil, floor, isfinite

from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.places import PathSite, WetStretch
from karakoram.adapters.formats.report.projection import Pixel
from karakoram.adapters.formats.report.shapes import mark, path_data
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.adapters.formats.report.words import MINUS, decibels
from karakoram.planning.offers import Lightpath, ProfilePoint, ServicePath

GSNR_DB_SHOWN_MAX = 36.0
"""The first amplifiers leave so little noise that the scale would be theirs alone."""

_KM_TOLERANCE = 1e-6
_GRID_LINES_MAX = 6
_LETTER = 6.3
"""Mean width of a letter of the small text, in units of the drawing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A horizontal band of a strip with its own vertical scale."""

    top: float
    bottom: float
    low: float
    high: float

    def y(self, value: float) -> float:
        """Where the value stands; clamped to the band."""
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def grid(self) -> list[float]:
        """Round values to draw a line at."""
        steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
        step = next(s for s in steps if (self.high - self.low) / s < _GRID_LINES_MAX)
        first = ceil(self.low / step) * step
        return [float(v) for v in range(first, floor(self.high) + 1, step)]


def band_around(
    values: Iterable[float], *, top: float, bottom: float, room_below: float = 1.0
) -> Band:
    """A band that holds all values, and 0 to 10 when there are none.

    Parameters
    ----------
    values
        In the unit of the band; infinite ones do not count.
    top, bottom
        Where the band lies, in units of the drawing, downwards.
    room_below
        Left free below the lowest value, in the unit of the band.
    """
    finite = [value for value in values if isfinite(value)] or [0.0, 10.0]
    low, high = floor(min(finite)) - room_below, ceil(max(finite)) + 1.0
    return Band(top=top, bottom=bottom, low=low, high=high)


def band_frame(band: Band, *, scale: StripScale, heading: str, unit: str) -> Markup:
    """Ground, grid, heading and figures of a band."""
    left, right = scale.knots[0][1], scale.knots[-1][1]
    return fragment(
        element(
            "rect",
            {
                "class": "band",
                "x": left,
                "y": band.top,
                "width": right - left,
                "height": band.bottom - band.top,
            },
        ),
        *(
            fragment(
                element(
                    "line",
                    {"class": "grid", "x1": left, "x2": right, "y1": y, "y2": y},
                ),
                element(
                    "text",
                    {"class": "small", "x": left - 6, "y": y + 4, "text-anchor": "end"},
                    f"{value:g}".replace("-", MINUS),
                ),
            )
            for value in band.grid()
            for y in [round(band.y(value), 1)]
        ),
        element("text", {"class": "heading", "x": left, "y": band.top - 7}, f"{heading} [{unit}]"),
    )


def power_values(profile: Sequence[ProfilePoint]) -> list[float]:
    """Every mean channel power of the profile [dBm]."""
    both = (power for point in profile for power in (point.power_in_dbm, point.power_out_dbm))
    return [power for power in both if power is not None]


def power_line(
    profile: Sequence[ProfilePoint],
    *,
    band: Band,
    scale: StripScale,
    wet: Sequence[WetStretch],
) -> Markup:
    """The saw-tooth: down along each fibre, up in each amplifier; hollow where derived."""
    data = []
    for before, after in pairwise(profile):
        is_wet = any(
            w.begin_km <= (before.distance_km + after.distance_km) / 2.0 <= w.end_km for w in wet
        )
        if is_wet or before.power_out_dbm is None or after.power_in_dbm is None:
            continue
        line = [
            (scale.x(before.distance_km), band.y(before.power_out_dbm)),
            (scale.x(after.distance_km), band.y(after.power_in_dbm)),
        ]
        if after.power_out_dbm is not None:
            line.append((scale.x(after.distance_km), band.y(after.power_out_dbm)))
        data.append(path_data(line))
    return fragment(
        element("path", {"class": "power", "d": "".join(data)}),
        *(
            element(
                "circle",
                {
                    "class": "amplifier derived" if point.is_derived else "amplifier",
                    "cx": round(scale.x(point.distance_km), 1),
                    "cy": round(band.y(point.power_out_dbm), 1),
                    "r": 2,
                },
            )
            for point in profile
            if point.power_out_dbm is not None
        ),
    )


def gsnr_values(path: ServicePath) -> list[float]:
    """Every GSNR that the band must hold [dB]."""
    values = [min(point.gsnr_db, GSNR_DB_SHOWN_MAX) for point in path.profile]
    for lightpath in path.lightpaths:
        values += [lightpath.gsnr_db, lightpath.required_gsnr_db]
        values.append(lightpath.required_gsnr_db + lightpath.margin_db_min)
    return values


def gsnr_lines(
    path: ServicePath, sites: Sequence[PathSite], *, band: Band, scale: StripScale
) -> Markup:
    """GSNR falling along each lightpath, over what its mode requires with and without margin."""
    return fragment(
        *(
            _lightpath_lines(lightpath, points, ends_km=ends_km, band=band, scale=scale)
            for lightpath, points, ends_km in lightpath_profiles(path, sites)
        )
    )


def lightpath_profiles(
    path: ServicePath, sites: Sequence[PathSite]
) -> Iterator[tuple[Lightpath, list[ProfilePoint], tuple[float, float]]]:
    """Each lightpath with its points of the profile and the kilometres of its ends.

    A regenerator's point belongs to the lightpath that ends there while the GSNR still falls,
    and to the one that begins when it has been reset.
    """
    km_of = {place.site_id: place.km for place in sites}
    left = list(path.profile)
    for lightpath in path.lightpaths:
        begin_km, end_km = km_of[lightpath.a_site_id], km_of[lightpath.z_site_id]
        points: list[ProfilePoint] = []
        while left and left[0].distance_km <= end_km + _KM_TOLERANCE:
            is_reset = points and left[0].gsnr_db > points[-1].gsnr_db + _KM_TOLERANCE
            if is_reset and left[0].distance_km >= end_km - _KM_TOLERANCE:
                break
            points.append(left.pop(0))
        yield lightpath, points, (begin_km, end_km)


def _lightpath_lines(
    lightpath: Lightpath,
    points: Sequence[ProfilePoint],
    *,
    ends_km: tuple[float, float],
    band: Band,
    scale: StripScale,
) -> Markup:
    begin_x, end_x = scale.x(ends_km[0]), scale.x(ends_km[1])
    required_db = lightpath.required_gsnr_db
    needed_db = required_db + lightpath.margin_db_min
    falling: list[Pixel] = [(scale.x(p.distance_km), band.y(p.gsnr_db)) for p in points]
    falling.append((end_x, band.y(lightpath.gsnr_db_mean)))
    worst = (end_x - 5.0, band.y(lightpath.gsnr_db))
    middle: dict[str, str | float | int | bool | None] = {
        "class": "small",
        "text-anchor": "middle",
        "x": round((begin_x + end_x) / 2.0, 1),
    }
    words = f"requires {decibels(required_db)} + {decibels(lightpath.margin_db_min)}"
    return fragment(
        *(
            element(
                "line",
                {
                    "class": kind,
                    "x1": round(begin_x + 2, 1),
                    "x2": round(end_x - 2, 1),
                    "y1": round(band.y(value), 1),
                    "y2": round(band.y(value), 1),
                },
            )
            for kind, value in (("required", required_db), ("needed", needed_db))
        ),
        element("path", {"class": "gsnr", "d": path_data(falling)}),
        mark("diamond", worst, size=3.4, attributes={"class": "worst"}),
        element("text", {**middle, "y": round(band.y(required_db) + 13.0, 1)}, words)
        if len(words) * _LETTER < end_x - begin_x
        else "",
    )
