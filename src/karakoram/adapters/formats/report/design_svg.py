"""How does a designed network look as a drawing: every amplifier, one after the other?"""

from collections.abc import Sequence
from math import isfinite

from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.planning.photonic.design_records import DesignedAmplifier, DesignedNetwork

_SIZE = (900.0, 720.0)
_LEFT, _RIGHT = 60.0, 880.0
_TITLE_Y = 26.0
_AXIS_Y = 700.0
_BANDS = (
    ("Gain (blue) and noise figure (grey), by rank of gain", "dB", 70.0, 260.0),
    ("Channel power after the output attenuator, by rank", "dBm", 320.0, 460.0),
    ("Total power of a full comb, by rank", "dBm", 520.0, 660.0),
)
"""Heading, unit, top and bottom of each band, in units of the drawing."""


def design_svg(design: DesignedNetwork) -> str:
    """A whole SVG file: how gains, noise figures and powers of the amplifiers are spread."""
    amplifiers = sorted(
        (one for section in design.sections for one in section.amplifiers),
        key=lambda one: one.gain_db,
    )
    new = sum(one.is_new for one in amplifiers)
    title = "Designed amplifiers"
    described = (
        f"{len(amplifiers)} amplifiers in {len(design.sections)} optical multiplex sections, "
        f"{new} of them new."
    )
    columns = (
        (
            ("leader", [one.noise_figure_db for one in amplifiers]),
            ("power", [one.gain_db for one in amplifiers]),
        ),
        (("power", sorted(one.channel_power_dbm for one in amplifiers)),),
        (("power", sorted(one.total_power_dbm for one in amplifiers)),),
    )
    return standalone_svg(
        Caption(drawing_id="line-design", title=title, description=described),
        element("text", {"class": "key", "x": _LEFT, "y": _TITLE_Y}, f"{title}: {described}"),
        *(_ranked(lines, place) for lines, place in zip(columns, _BANDS, strict=True)),
        element(
            "text",
            {"class": "small", "x": _LEFT, "y": _AXIS_Y},
            f"Amplifiers from the lowest to the highest of {_count(amplifiers)}",
        ),
        size=_SIZE,
    )


def _count(amplifiers: Sequence[DesignedAmplifier]) -> str:
    return f"{len(amplifiers):,}"


def _ranked(
    lines: tuple[tuple[str, list[float]], ...], place: tuple[str, str, float, float]
) -> Markup:
    """One band with its lines; what is not a number is left out."""
    heading, unit, top, bottom = place
    band = band_around(
        (value for _, values in lines for value in values if isfinite(value)),
        top=top,
        bottom=bottom,
    )
    last = max(len(lines[0][1]) - 1, 1)
    scale = StripScale(knots=((0.0, _LEFT), (float(last), _RIGHT)), sea_ratio=1.0)
    drawn = []
    for kind, values in lines:
        points = [
            (scale.x(float(rank)), band.y(value))
            for rank, value in enumerate(values)
            if isfinite(value)
        ]
        if points:
            drawn.append(element("path", {"class": kind, "d": path_data(points), "fill": "none"}))
    return fragment(band_frame(band, scale=scale, heading=heading, unit=unit), *drawn)
