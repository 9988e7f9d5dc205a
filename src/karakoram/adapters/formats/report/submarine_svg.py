"""How does the light of a submarine cable look as a drawing, by channel and along the cable?"""

from collections.abc import Sequence

from karakoram.adapters.formats.report.frequency_ticks import frequency_ticks
from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.core.units import db_from_linear, dbm_from_watt
from karakoram.planning.cable_light import CableLight
from karakoram.planning.wet_light import WetLight
from karakoram.usecases.light.light_submarine import SubmarineAnswer

_SIZE = (900.0, 720.0)
_LEFT, _RIGHT = 60.0, 866.0
_TITLE_Y = 20.0
_BANDS = ((76.0, 230.0), (300.0, 440.0), (520.0, 670.0))
"""Top and bottom of each band, in units of the drawing."""
_AXIS_GAP = 17.0
_ROOM_THZ = 0.1

Curve = tuple[str, Sequence[float], Sequence[float]]
"""Class, places across and values."""


def submarine_svg(answer: SubmarineAnswer) -> str:
    """A whole SVG file: GSNR and power by channel, and power along the kilometres."""
    light = answer.light
    title = f"Light of {answer.name}"
    gsnr_db = db_from_linear(light.end.gsnr)
    described = (
        f"{light.length_km:,.0f} km, {light.frequency_hz.size} channels; GSNR from end to end "
        f"{gsnr_db.mean():.2f} dB in the mean, {gsnr_db.min():.2f} dB the worst. Whole way solid, "
        "lines under the sea dashed."
    )
    return standalone_svg(
        Caption(drawing_id="submarine", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _TITLE_Y + _AXIS_GAP}, described),
        _by_channel(light, _gsnr_curves(light), place=_BANDS[0], words=("GSNR by channel", "dB")),
        _by_channel(
            light,
            [curve for wet in light.wet for curve in _power_curves(wet)],
            place=_BANDS[1],
            words=("Power by channel: out of a repeater (solid) and into one (dashed)", "dBm"),
        ),
        _along(light, _BANDS[2]),
        size=_SIZE,
    )


def _gsnr_curves(light: CableLight) -> list[Curve]:
    whole: Curve = (
        "gsnr",
        (light.frequency_hz / 1e12).tolist(),
        db_from_linear(light.end.gsnr).tolist(),
    )
    lines: list[Curve] = [
        ("needed", (wet.comb.frequency_hz / 1e12).tolist(), db_from_linear(wet.end.gsnr).tolist())
        for wet in light.wet
    ]
    return [*lines, whole]


def _power_curves(wet: WetLight) -> list[Curve]:
    across = (wet.comb.frequency_hz / 1e12).tolist()
    return [
        ("power", across, dbm_from_watt(wet.comb.launch_power_w).tolist()),
        ("needed", across, dbm_from_watt(wet.repeater_input_power_w).tolist()),
    ]


def _by_channel(
    light: CableLight,
    curves: Sequence[Curve],
    *,
    place: tuple[float, float],
    words: tuple[str, str],
) -> Markup:
    ends = [
        edge
        for frequencies in (light.frequency_hz, *(wet.comb.frequency_hz for wet in light.wet))
        for edge in (float(frequencies[0]) / 1e12, float(frequencies[-1]) / 1e12)
    ]
    scale = StripScale(
        knots=((min(ends) - _ROOM_THZ, _LEFT), (max(ends) + _ROOM_THZ, _RIGHT)), sea_ratio=1.0
    )
    band = band_around(
        [value for _, _, values in curves for value in values], top=place[0], bottom=place[1]
    )
    return fragment(
        band_frame(band, scale=scale, heading=f"{words[0]}, over THz", unit=words[1]),
        *frequency_ticks(scale, y=band.bottom + _AXIS_GAP),
        *(_line(curve, band=band, scale=scale) for curve in curves),
    )


def _along(light: CableLight, place: tuple[float, float]) -> Markup:
    curves: list[Curve] = []
    begin_km = 0.0
    for leg in light.legs:
        if leg.wet is not None:
            curves += _along_line(leg.wet, begin_km)
        begin_km += leg.length_km
    scale = StripScale(knots=((0.0, _LEFT), (light.length_km, _RIGHT)), sea_ratio=1.0)
    band = band_around(
        [value for _, _, values in curves for value in values],
        top=place[0],
        bottom=place[1],
        room_below=0.0,
    )
    heading = "Mean channel power along the km: after repeaters (solid), of that signal (dashed)"
    return fragment(
        band_frame(band, scale=scale, heading=heading, unit="dBm"),
        *(
            element(
                "text",
                {
                    "class": "small",
                    "x": round(scale.x(km), 1),
                    "y": band.bottom + _AXIS_GAP,
                    "text-anchor": "middle",
                },
                f"{km:,.0f}",
            )
            for km in scale.ticks_km()
        ),
        *(_line(curve, band=band, scale=scale) for curve in curves),
    )


def _along_line(wet: WetLight, begin_km: float) -> list[Curve]:
    span_km = wet.line.span_km
    km = [begin_km + span_km * place for place in range(wet.line.span_count + 1)]
    return [
        ("power", km, dbm_from_watt(wet.droop.power_w[0]).mean(axis=1).tolist()),
        ("needed", km, dbm_from_watt(wet.signal_along_w).mean(axis=1).tolist()),
    ]


def _line(curve: Curve, *, band: Band, scale: StripScale) -> Markup:
    kind, across, values = curve
    points = [(scale.x(at), band.y(value)) for at, value in zip(across, values, strict=True)]
    return element("path", {"class": kind, "d": path_data(points), "fill": "none"})
