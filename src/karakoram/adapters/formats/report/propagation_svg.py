"""How does light along a path look as a drawing: per channel, and along the kilometres?"""

from collections.abc import Sequence
from itertools import pairwise

from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.planning.photonic.propagation_records import ElementFigures, PathPropagation

_SIZE = (900.0, 720.0)
_LEFT, _RIGHT = 60.0, 880.0
_TITLE_Y = 20.0
_BANDS = ((76.0, 230.0), (300.0, 440.0), (520.0, 670.0))
"""Top and bottom of each band, in units of the drawing."""
_AXIS_GAP = 17.0
_TICKS_MAX = 9
_STEPS_THZ = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_TINY = 1e-9


def propagation_svg(propagation: PathPropagation) -> str:
    """A whole SVG file: GSNR, OSNR and power of each channel, and power along the path."""
    first, last = propagation.path[0], propagation.path[-1]
    title = f"Light from {first} to {last}"
    received = propagation.received
    described = (
        f"{propagation.frequency_thz.size} channels over {propagation.length_km:.0f} km; mean GSNR "
        f"{received.gsnr_01nm_db.mean():.2f} dB and OSNR {received.osnr_01nm_db.mean():.2f} dB in "
        f"0.1 nm, mean received power {received.power_dbm.mean():.2f} dBm."
    )
    return standalone_svg(
        Caption(drawing_id="propagation", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _TITLE_Y + _AXIS_GAP}, described),
        _ratios(propagation, _BANDS[0]),
        _powers(propagation, _BANDS[1]),
        _along(propagation, _BANDS[2]),
        size=_SIZE,
    )


def _ratios(propagation: PathPropagation, place: tuple[float, float]) -> Markup:
    gsnr = propagation.received.gsnr_01nm_db.tolist()
    osnr = propagation.received.osnr_01nm_db.tolist()
    band = band_around([*gsnr, *osnr], top=place[0], bottom=place[1])
    scale = _frequency_scale(propagation)
    heading = "Received GSNR (solid) and OSNR (dashed) in 0.1 nm by channel"
    return fragment(
        band_frame(band, scale=scale, heading=heading, unit="dB"),
        _frequency_axis(band, scale),
        _line("gsnr", propagation.frequency_thz.tolist(), gsnr, band=band, scale=scale),
        _line("needed", propagation.frequency_thz.tolist(), osnr, band=band, scale=scale),
    )


def _powers(propagation: PathPropagation, place: tuple[float, float]) -> Markup:
    power = propagation.received.power_dbm.tolist()
    band = band_around(power, top=place[0], bottom=place[1])
    scale = _frequency_scale(propagation)
    return fragment(
        band_frame(band, scale=scale, heading="Received power by channel", unit="dBm"),
        _frequency_axis(band, scale),
        _line("power", propagation.frequency_thz.tolist(), power, band=band, scale=scale),
    )


def _along(propagation: PathPropagation, place: tuple[float, float]) -> Markup:
    lines = {
        "power": [float(one.channels.power_dbm.mean()) for one in propagation.elements],
        "leader": [float(one.channels.power_dbm.min()) for one in propagation.elements],
        "frame": [float(one.channels.power_dbm.max()) for one in propagation.elements],
    }
    band = band_around(
        [value for line in lines.values() for value in line], top=place[0], bottom=place[1]
    )
    last_km = max(propagation.length_km, 1.0)
    scale = StripScale(knots=((0.0, _LEFT), (last_km, _RIGHT)), sea_ratio=1.0)
    heading = (
        "Channel power along the path: mean (blue), weakest and strongest (grey), ROADMs (dashed)"
    )
    positions_km = [one.position_km for one in propagation.elements]
    return fragment(
        band_frame(band, scale=scale, heading=heading, unit="dBm"),
        *(_tick(scale.x(km), band, f"{km:,.0f}") for km in scale.ticks_km()),
        _unit("km", band),
        *(
            _line(kind, positions_km, values, band=band, scale=scale)
            for kind, values in reversed(lines.items())
        ),
        *_roadm_marks(propagation.elements, band, scale),
    )


def _roadm_marks(elements: Sequence[ElementFigures], band: Band, scale: StripScale) -> list[Markup]:
    """A stroke where a ROADM stands."""
    return [
        element(
            "line",
            {
                "class": "regenerator",
                "x1": x,
                "x2": x,
                "y1": band.top,
                "y2": band.bottom,
            },
        )
        for one in elements
        if one.kind == "Roadm"
        for x in [round(scale.x(one.position_km), 1)]
    ]


def _frequency_scale(propagation: PathPropagation) -> StripScale:
    first, last = float(propagation.frequency_thz[0]), float(propagation.frequency_thz[-1])
    if last - first < _TINY:
        first, last = first - 0.1, last + 0.1
    return StripScale(knots=((first, _LEFT), (last, _RIGHT)), sea_ratio=1.0)


def _frequency_axis(band: Band, scale: StripScale) -> Markup:
    """Round frequencies, as many as have room."""
    first, last = scale.knots[0][0], scale.knots[-1][0]
    step = next((s for s in _STEPS_THZ if (last - first) / s <= _TICKS_MAX), _STEPS_THZ[-1])
    number = int(-(-first // step))
    ticks = []
    while number * step <= last + _TINY:
        ticks.append(_tick(scale.x(number * step), band, f"{number * step:.6g}"))
        number += 1
    return fragment(*ticks, _unit("THz", band))


def _tick(x: float, band: Band, words: str) -> Markup:
    return element(
        "text",
        {
            "class": "small",
            "x": round(x, 1),
            "y": band.bottom + _AXIS_GAP,
            "text-anchor": "middle",
        },
        words,
    )


def _unit(words: str, band: Band) -> Markup:
    """The unit of an axis, under its left end."""
    return element("text", {"class": "small", "x": 8.0, "y": band.bottom + _AXIS_GAP}, f"[{words}]")


def _line(
    kind: str,
    across: Sequence[float],
    values: Sequence[float],
    *,
    band: Band,
    scale: StripScale,
) -> Markup:
    points = [(scale.x(at), band.y(value)) for at, value in zip(across, values, strict=True)]
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    return element("path", {"class": kind, "d": path_data(kept), "fill": "none"})
