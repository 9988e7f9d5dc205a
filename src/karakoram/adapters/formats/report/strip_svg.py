"""How does light fare along a path: sites, operators, power and GSNR over glass kilometres?"""

from collections.abc import Sequence

from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.places import (
    DUTY_SHAPES,
    PathSite,
    WetStretch,
    operator_stretches,
    path_sites,
    wet_stretches,
)
from karakoram.adapters.formats.report.shapes import mark, path_data
from karakoram.adapters.formats.report.standalone import Caption, drawing
from karakoram.adapters.formats.report.strip_bands import (
    Band,
    band_around,
    band_frame,
    gsnr_lines,
    gsnr_values,
    power_line,
    power_values,
)
from karakoram.adapters.formats.report.strip_names import name_places
from karakoram.adapters.formats.report.strip_scale import StripScale, strip_scale
from karakoram.adapters.formats.report.words import (
    counted,
    decibels,
    km,
    operator_name,
    short_site_name,
)
from karakoram.core.identifiers import OperatorId
from karakoram.network.network import Network
from karakoram.planning.offers import ServicePath

STRIP_SIZE = (1200.0, 506.0)

_LEFT, _RIGHT = 56.0, 1140.0
_NAMES_BOTTOM, _AXIS_Y, _OPERATORS_HEIGHT = 118.0, 142.0, 20.0
_POWER = (206.0, 292.0)
_GSNR = (330.0, 446.0)
_KEY_Y = 494.0

_ROOM_FOR_WORDS_DB = 5.0
"""Below the lowest requirement, for the words that name it."""

_PATTERNS = 6
_LETTER = 6.6
"""Mean width of a letter of the small text, in units of the drawing."""


def strip_drawing(network: Network, path: ServicePath, *, drawing_id: str) -> Markup:
    """The strip diagram of a path as a part of a page."""
    return drawing(
        _strip_caption(network, path, drawing_id=drawing_id),
        _strip_layers(network, path, drawing_id=drawing_id),
        size=STRIP_SIZE,
        kind="strip",
    )


def _strip_caption(network: Network, path: ServicePath, *, drawing_id: str) -> Caption:
    """What the strip shows, in words."""
    derived = sum(point.is_derived for point in path.profile)
    lightpaths = " ".join(
        f"From {short_site_name(network, lp.a_site_id)} to "
        f"{short_site_name(network, lp.z_site_id)} the GSNR falls to {decibels(lp.gsnr_db)} in the "
        f"worst channel, where {decibels(lp.required_gsnr_db)} are required."
        for lp in path.lightpaths
    )
    return Caption(
        drawing_id=drawing_id,
        title=f"{path.role.value.capitalize()} path over {km(path.length_km)} of glass",
        description=f"{counted(len(path.site_ids), 'site')}, {counted(derived, 'derived hut')}, "
        f"{counted(len(path.regenerator_site_ids), 'regenerator')}. {lightpaths}",
    )


def _strip_layers(network: Network, path: ServicePath, *, drawing_id: str) -> Markup:
    """Everything on the strip, from the names at the top to the key at the bottom."""
    sites, wet = path_sites(network, path), wet_stretches(network, path)
    scale = strip_scale(path.length_km, wet, begin_x=_LEFT, end_x=_RIGHT)
    power = band_around(power_values(path.profile), top=_POWER[0], bottom=_POWER[1])
    gsnr = band_around(
        gsnr_values(path), top=_GSNR[0], bottom=_GSNR[1], room_below=_ROOM_FOR_WORDS_DB
    )
    return fragment(
        _names(network, sites, scale=scale),
        _operators(network, path, scale=scale, drawing_id=drawing_id),
        band_frame(power, scale=scale, heading="Mean channel power", unit="dBm"),
        band_frame(gsnr, scale=scale, heading="GSNR since the last regeneration", unit="dB"),
        _wet_grounds(wet, scale=scale, bands=(power, gsnr)),
        _regenerators(sites, scale=scale),
        fragment(*(_wet_words(network, it, scale=scale, band=power) for it in wet)),
        power_line(path.profile, band=power, scale=scale, wet=wet),
        gsnr_lines(path, sites, band=gsnr, scale=scale),
        _axis(scale),
    )


def _names(network: Network, sites: Sequence[PathSite], *, scale: StripScale) -> Markup:
    ticks = [
        mark(
            DUTY_SHAPES[site.duty],
            (scale.x(site.km), _AXIS_Y - 5.0),
            size=3.2 if site.duty.name != "PASSAGE" else 1.8,
            attributes={
                "class": f"mark {site.duty.name.lower()}",
                "data-site": site.site_id,
                "data-km": round(site.km, 3),
            },
        )
        for site in sites
    ]
    leaders = [
        path_data(
            [
                (place.name_x, _NAMES_BOTTOM),
                (place.tick_x, _AXIS_Y - 12.0),
                (place.tick_x, _AXIS_Y - 8.0),
            ]
        )
        for place in name_places(sites, scale=scale)
    ]
    names = [
        element(
            "text",
            {
                "class": f"site-name {place.site.duty.name.lower()}",
                "transform": _slanting(place.name_x + 3.0, _NAMES_BOTTOM - 3.0),
            },
            short_site_name(network, place.site.site_id, letters_max=18)
            + (" (R)" if place.site.is_regenerator else ""),
        )
        for place in name_places(sites, scale=scale)
    ]
    return fragment(element("path", {"class": "leader", "d": "".join(leaders)}), ticks, names)


def _slanting(x: float, y: float) -> str:
    return f"translate({x:.1f} {y:.1f}) rotate(-58)"


def _operators(
    network: Network, path: ServicePath, *, scale: StripScale, drawing_id: str
) -> Markup:
    """A bar of who operates what, each with a colour and a pattern, and their names below."""
    stretches = operator_stretches(path)
    order = list(dict.fromkeys(stretch.operator_id for stretch in stretches))
    bars = [
        element(
            "rect",
            {
                "class": f"operator o{order.index(stretch.operator_id) % _PATTERNS}",
                "fill": f"url(#{drawing_id}-p{order.index(stretch.operator_id) % _PATTERNS})",
                "x": round(scale.x(stretch.begin_km), 1),
                "y": _AXIS_Y + 2.0,
                "width": round(max(scale.x(stretch.end_km) - scale.x(stretch.begin_km), 1.5), 1),
                "height": _OPERATORS_HEIGHT,
                "data-operator": stretch.operator_id,
                "data-km": round(stretch.end_km - stretch.begin_km, 3),
            },
        )
        for stretch in stretches
    ]
    return fragment(
        element(
            "defs", None, *(_pattern(i, drawing_id) for i in range(min(len(order), _PATTERNS)))
        ),
        bars,
        _operator_key(network, order, drawing_id=drawing_id),
    )


def _operator_key(network: Network, order: Sequence[OperatorId], *, drawing_id: str) -> Markup:
    drawn = []
    x = _LEFT
    for index, operator_id in enumerate(order):
        name = operator_name(network, operator_id).split(" (")[0]
        number = index % _PATTERNS
        drawn.append(
            element(
                "rect",
                {
                    "class": f"swatch operator o{number}",
                    "fill": f"url(#{drawing_id}-p{number})",
                    "x": round(x, 1),
                    "y": _KEY_Y - 11.0,
                    "width": 20,
                    "height": 13,
                },
            )
        )
        drawn.append(
            element("text", {"class": "small", "x": round(x + 26.0, 1), "y": _KEY_Y}, name)
        )
        x += 44.0 + _LETTER * len(name)
    return fragment(drawn)


def _pattern(number: int, drawing_id: str) -> Markup:
    """One of six hatchings; the colour comes with the class."""
    strokes = ("", "M0 8L8 0", "M0 4H8", "M4 0V8", "M0 0L8 8M0 8L8 0", "M2 2h1M6 6h1")[number]
    return element(
        "pattern",
        {
            "id": f"{drawing_id}-p{number}",
            "class": f"o{number}",
            "width": 8,
            "height": 8,
            "patternUnits": "userSpaceOnUse",
        },
        element("rect", {"class": "fill", "width": 8, "height": 8}),
        element("path", {"class": "hatch", "d": strokes}) if strokes else "",
    )


def _wet_grounds(
    wet: Sequence[WetStretch],
    *,
    scale: StripScale,
    bands: tuple[Band, Band],
) -> Markup:
    drawn: list[Markup] = []
    for stretch in wet:
        left, right = scale.x(stretch.begin_km), scale.x(stretch.end_km)
        drawn.extend(
            element(
                "rect",
                {
                    "class": "wet",
                    "x": round(left, 1),
                    "y": band.top,
                    "width": round(right - left, 1),
                    "height": band.bottom - band.top,
                },
            )
            for band in bands
        )
    return fragment(drawn)


def _wet_words(network: Network, stretch: WetStretch, *, scale: StripScale, band: Band) -> Markup:
    """What lies there, as much of it as there is room for."""
    width = scale.x(stretch.end_km) - scale.x(stretch.begin_km)
    lines = (
        (network.cables[stretch.cable_id].name.split(" (")[0],),
        _repeater_words(stretch),
        (f"drawn {scale.sea_ratio:.1f} times smaller",) if scale.sea_ratio > 1.0 else (),
    )
    shown = [
        next((words for words in choices if len(words) * _LETTER * 0.9 < width), "")
        for choices in lines
    ]
    return fragment(
        *(
            element(
                "text",
                {
                    "class": "small sea-words",
                    "text-anchor": "middle",
                    "x": round((scale.x(stretch.begin_km) + scale.x(stretch.end_km)) / 2.0, 1),
                    "y": round(band.top + 30.0 + 16.0 * i, 1),
                },
                words,
            )
            for i, words in enumerate(filter(None, shown))
        )
    )


def _repeater_words(stretch: WetStretch) -> tuple[str, ...]:
    """The longest first."""
    if stretch.repeaters is None:
        return ("repeaters not stated",)
    count = counted(stretch.repeaters, "repeater")
    return f"{count}, counted, not placed", f"{count}, counted", count


def _regenerators(sites: Sequence[PathSite], *, scale: StripScale) -> Markup:
    return fragment(
        *(
            element(
                "line",
                {
                    "class": "regenerator",
                    "data-site": site.site_id,
                    "x1": round(scale.x(site.km), 1),
                    "x2": round(scale.x(site.km), 1),
                    "y1": _AXIS_Y + _OPERATORS_HEIGHT + 4.0,
                    "y2": _GSNR[1],
                },
            )
            for site in sites
            if site.is_regenerator
        )
    )


def _axis(scale: StripScale) -> Markup:
    y = _GSNR[1]
    left, right = scale.knots[0][1], scale.knots[-1][1]
    figures = [
        fragment(
            element("line", {"class": "tick", "x1": x, "x2": x, "y1": y, "y2": y + 5.0}),
            element(
                "text",
                {"class": "small", "x": x, "y": y + 17.0, "text-anchor": "middle"},
                f"{tick_km:,.0f}" + (" km" if tick_km == scale.knots[-1][0] else ""),
            ),
        )
        for tick_km in scale.ticks_km()
        for x in [round(scale.x(tick_km), 1)]
    ]
    return fragment(
        element("line", {"class": "axis", "x1": left, "x2": right, "y1": y, "y2": y}), figures
    )
