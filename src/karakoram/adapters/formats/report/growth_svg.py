"""How does growth look as a drawing: what is lost in each year under each scheme?"""

from collections.abc import Iterator
from itertools import pairwise

from karakoram.adapters.formats.report.html import Markup, element
from karakoram.adapters.formats.report.palette import LIGHT
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.strip_bands import Band, band_around, band_frame
from karakoram.adapters.formats.report.strip_scale import StripScale
from karakoram.planning.restoration.growth import SchemeGrowth
from karakoram.usecases.simulate.failure_words import word_of_scheme
from karakoram.usecases.simulate.simulate_growth import GrowthAnswer

_SIZE = (900.0, 640.0)
_LEFT, _RIGHT = 70.0, 866.0
_LOST = (90.0, 350.0)
_FULL = (420.0, 580.0)
_TITLE_Y, _WORDS_Y = 20.0, 37.0
_AXIS_GAP = 17.0
_LEGEND_Y, _LEGEND_STEP = 60.0, 150.0
_LINES = (
    ("working", ""),
    ("protection", "7 4"),
    ("green", "2 3"),
    ("purple", "9 3 2 3"),
    ("amber", "4 2"),
    ("teal", "1 2"),
)
"""Colour and dashes: who does not see colours tells the lines by their dashes."""
PERCENT = 100.0


def growth_svg(answer: GrowthAnswer) -> str:
    """A whole SVG file: lost in a year, and how full the fullest section is, over the years."""
    last = answer.growth.years
    title = f"Growth to {answer.growth.last_tbps:g} Tb/s over {last} years"
    described = (
        f"From {answer.growth.first_tbps:g} Tb/s, wavelengths of {answer.growth.wave_gbps:g} Gb/s, "
        f"{len(answer.plant.pairs)} pairs in turn; bars hold 95 % of such simulations."
    )
    scale = StripScale(knots=((0.0, _LEFT), (float(last), _RIGHT)), sea_ratio=1.0)
    losses = [_high(one, year) for one in answer.schemes for year in range(last + 1)]
    lost = band_around([0.0, *losses], top=_LOST[0], bottom=_LOST[1], room_below=0.0)
    full = Band(top=_FULL[0], bottom=_FULL[1], low=0.0, high=PERCENT)
    return standalone_svg(
        Caption(drawing_id="growth", title=title, description=described),
        element("text", {"class": "heading", "x": _LEFT, "y": _TITLE_Y}, title),
        element("text", {"class": "small", "x": _LEFT, "y": _WORDS_Y}, described),
        band_frame(lost, scale=scale, heading="Lost in a year", unit="Tb/s h"),
        band_frame(full, scale=scale, heading="Fullest multiplex section, by year", unit="%"),
        *(part for number, one in enumerate(answer.schemes) for part in _legend(one, number)),
        *(
            part
            for number, one in enumerate(answer.schemes)
            for part in _curves(one, number, bands=(lost, full), scale=scale)
        ),
        *_years(last, scale),
        size=_SIZE,
    )


def _high(one: SchemeGrowth, year: int) -> float:
    loss = one.years[year].loss
    return loss.lost_tbps_h + loss.lost_half_width_tbps_h


def _legend(one: SchemeGrowth, number: int) -> Iterator[Markup]:
    x = _LEFT + number * _LEGEND_STEP
    yield _line((x, _LEGEND_Y), (x + 30.0, _LEGEND_Y), number=number)
    word = word_of_scheme(one.scheme)
    yield element("text", {"class": "small", "x": x + 36.0, "y": _LEGEND_Y + 4.0}, word)


def _curves(
    one: SchemeGrowth, number: int, *, bands: tuple[Band, Band], scale: StripScale
) -> Iterator[Markup]:
    lost, full = bands
    for year in one.years:
        x, loss = scale.x(float(year.year)), year.loss
        ends = (loss.lost_tbps_h - loss.lost_half_width_tbps_h, _high(one, year.year))
        yield _line((x, lost.y(ends[0])), (x, lost.y(ends[1])), number=number, width=1.0)
    for before, after in pairwise(one.years):
        xs = scale.x(float(before.year)), scale.x(float(after.year))
        for band, values in (
            (lost, (before.loss.lost_tbps_h, after.loss.lost_tbps_h)),
            (full, (before.fullest.taken_share * PERCENT, after.fullest.taken_share * PERCENT)),
        ):
            yield _line((xs[0], band.y(values[0])), (xs[1], band.y(values[1])), number=number)


def _line(
    a: tuple[float, float], z: tuple[float, float], *, number: int, width: float = 2.0
) -> Markup:
    colour, dashes = _LINES[number % len(_LINES)]
    return element(
        "line",
        {
            "x1": round(a[0], 1),
            "y1": round(a[1], 1),
            "x2": round(z[0], 1),
            "y2": round(z[1], 1),
            "stroke": LIGHT[colour],
            "stroke-width": width,
            "stroke-dasharray": dashes,
        },
    )


def _years(last: int, scale: StripScale) -> Iterator[Markup]:
    for year in range(last + 1):
        yield element(
            "text",
            {
                "class": "small",
                "x": round(scale.x(float(year)), 1),
                "y": _FULL[1] + _AXIS_GAP,
                "text-anchor": "middle",
            },
            str(year),
        )
