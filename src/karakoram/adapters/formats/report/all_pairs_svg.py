"""How does light between all pairs look as a drawing: GSNR over distance?"""

import numpy as np

from karakoram.adapters.formats.report.html import Markup, element
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.planning.photonic.all_pairs import AllPairs

_SIZE = (900.0, 420.0)
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 866.0, 80.0, 380.0
_TITLE_Y, _WORDS_Y = 20.0, 37.0
_AXIS_GAP = 17.0
_CELLS = (120, 60)
"""Many pairs are drawn as one cell; a drawing of ten thousand dots says no more."""


def all_pairs_svg(pairs: AllPairs) -> str:
    """A whole SVG file: a cell wherever pairs are, darker where they are many."""
    reached = np.isfinite(pairs.gsnr_01nm_db_mean)
    length_km, gsnr_db = pairs.length_km[reached], pairs.gsnr_01nm_db_mean[reached]
    title = "GSNR between all pairs"
    described = (
        f"{gsnr_db.size} pairs of {pairs.channel_count} channels; GSNR in 0.1 nm at the receiver"
    )
    if gsnr_db.size:
        described += f" {gsnr_db.min():.2f} to {gsnr_db.max():.2f} dB, mean of channels"
    band = band_around(gsnr_db.tolist() or [0.0], top=_TOP, bottom=_BOTTOM)
    last_km = max(float(length_km.max(initial=0.0)), 1.0)
    scale = StripScale(knots=((0.0, _LEFT), (last_km, _RIGHT)), sea_ratio=1.0)
    return standalone_svg(
        Caption(drawing_id="all-pairs", title=title, description=f"{described}."),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _WORDS_Y}, f"{described}."),
        band_frame(band, scale=scale, heading="Mean GSNR in 0.1 nm over distance", unit="dB"),
        *(_tick(scale.x(km), f"{km:,.0f}") for km in scale.ticks_km()),
        _tick(_LEFT - 30.0, "[km]"),
        *_cells(length_km, gsnr_db, band=band, scale=scale),
        size=_SIZE,
    )


def _tick(x: float, words: str) -> Markup:
    return element(
        "text",
        {
            "class": "small",
            "x": round(x, 1),
            "y": _BOTTOM + _AXIS_GAP,
            "text-anchor": "middle",
        },
        words,
    )


def _cells(
    length_km: np.ndarray, gsnr_db: np.ndarray, *, band: Band, scale: StripScale
) -> list[Markup]:
    if gsnr_db.size == 0:
        return []
    counts, across, upward = np.histogram2d(length_km, gsnr_db, bins=_CELLS)
    most = float(np.log1p(counts.max()))
    drawn = []
    for i, j in np.argwhere(counts > 0).tolist():
        left, right = scale.x(float(across[i])), scale.x(float(across[i + 1]))
        low, high = band.y(float(upward[j])), band.y(float(upward[j + 1]))
        corners = [(left, low), (right, low), (right, high), (left, high)]
        strength = round(0.25 + 0.75 * float(np.log1p(counts[i, j])) / most, 2)
        drawn.append(
            element("path", {"d": path_data(corners), "fill": "#1f5fa8", "opacity": strength})
        )
    return drawn
