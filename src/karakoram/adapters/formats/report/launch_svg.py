"""How do launch powers of a section look as a drawing: by rule and at their best?"""

from collections.abc import Sequence

import numpy as np

from karakoram.adapters.formats.report.frequency_ticks import frequency_ticks
from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.core.units import db_from_linear, dbm_from_watt
from karakoram.planning.section_launch import SectionLaunch

_SIZE = (900.0, 500.0)
_LEFT, _RIGHT = 60.0, 866.0
_TITLE_Y, _WORDS_Y = 20.0, 37.0
_UPPER, _LOWER = (70.0, 220.0), (300.0, 450.0)
"""Top and bottom of each band, in units of the drawing."""
_AXIS_GAP = 17.0
_GAP_FACTOR = 1.5
"""Channels farther apart than so many slots are of two bands: the line is broken there."""


def launch_svg(launch: SectionLaunch, row: int) -> str:
    """A whole SVG file: launch power and GSNR of each channel of one section.

    Parameters
    ----------
    launch
        Sections and their launch powers.
    row
        Which of them is drawn.
    """
    oms, comb = launch.batch.oms[row], launch.batch.comb
    rule_db, best_db = db_from_linear(launch.rule_gsnr[row]), db_from_linear(launch.plan.gsnr[row])
    title = f"Launch powers from {oms.a_site_id} to {oms.z_site_id}"
    described = (
        f"{oms.length_km:.0f} km, {comb.channel_count} channels; the worst channel has "
        f"{best_db.min():.2f} dB instead of {rule_db.min():.2f} dB. "
        "Solid: best powers; dashed: power rule."
    )
    frequencies = (comb.frequency_hz / 1e12).tolist()
    scale = StripScale(
        knots=((frequencies[0] - 0.1, _LEFT), (frequencies[-1] + 0.1, _RIGHT)), sea_ratio=1.0
    )
    powers = (
        dbm_from_watt(launch.plan.launch_power_w[row]).tolist(),
        dbm_from_watt(comb.launch_power_w).tolist(),
    )
    return standalone_svg(
        Caption(drawing_id="launch", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _WORDS_Y}, described),
        _panel(
            frequencies, powers, scale=scale, place=_UPPER, words=("power", "Launch power", "dBm")
        ),
        _panel(
            frequencies,
            (best_db.tolist(), rule_db.tolist()),
            scale=scale,
            place=_LOWER,
            words=("gsnr", "GSNR at the end, in the signal bandwidth", "dB"),
        ),
        size=_SIZE,
    )


def _panel(
    frequencies: Sequence[float],
    curves: tuple[Sequence[float], Sequence[float]],
    *,
    scale: StripScale,
    place: tuple[float, float],
    words: tuple[str, str, str],
) -> Markup:
    """Best and rule over frequency."""
    kind, heading, unit = words
    best, rule = curves
    band = band_around([*best, *rule], top=place[0], bottom=place[1])
    return fragment(
        band_frame(band, scale=scale, heading=f"{heading}, by frequency in THz", unit=unit),
        *frequency_ticks(scale, y=band.bottom + _AXIS_GAP),
        _curve("needed", frequencies, rule, band=band, scale=scale),
        _curve(kind, frequencies, best, band=band, scale=scale),
    )


def _curve(
    kind: str,
    frequencies: Sequence[float],
    values: Sequence[float],
    *,
    band: Band,
    scale: StripScale,
) -> Markup:
    steps = np.diff(frequencies)
    usual = float(steps.min()) if steps.size else 1.0
    ends = [*(np.flatnonzero(steps > _GAP_FACTOR * usual) + 1).tolist(), len(values)]
    data, begin = "", 0
    for end in ends:
        points = [
            (scale.x(at), band.y(value))
            for at, value in zip(frequencies[begin:end], values[begin:end], strict=True)
        ]
        data, begin = data + path_data(points), end
    return element("path", {"class": kind, "d": data, "fill": "none"})
