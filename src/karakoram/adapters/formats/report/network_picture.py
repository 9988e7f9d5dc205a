"""How does the whole network look on one picture, e.g. at the top of a README?"""

from collections import Counter
from collections.abc import Mapping, Sequence

from karakoram.adapters.formats.report.courses import site_point, span_points
from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.map_layers import (
    SiteMark,
    land_layer,
    marks_layer,
    names_layer,
)
from karakoram.adapters.formats.report.map_svg import (
    DETAIL_SIZE,
    OVERVIEW_SIZE,
    map_description,
    map_sheets,
    zoom_frame,
)
from karakoram.adapters.formats.report.places import Duty
from karakoram.adapters.formats.report.projection import Projection
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.standalone import Caption, standalone_svg
from karakoram.adapters.formats.report.words import operator_name
from karakoram.core.identifiers import OperatorId
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, SiteKind, Span, Status
from karakoram.refdata.attribution import credit_line
from karakoram.refdata.land import read_land

_COLOURED_OPERATORS = 5
_SHARE_MIN = 0.1
"""Of the glass on land; who has less could not be seen."""

_SEA_HUE, _OTHER_HUE = "o5", "other"
_TOWNS = frozenset({SiteKind.TOWN, SiteKind.ALTERNATIVE_NODE})
"""Of the plain sites, those whose names a reader knows."""

_GAP = 14.0
_KEY_LINE = 26.0
_SIDE_BY_SIDE = (OVERVIEW_SIZE[0] + _GAP + DETAIL_SIZE[0], DETAIL_SIZE[1])


def network_picture(network: Network) -> str:
    """A standalone SVG of every span that is not retired, coloured by who operates it.

    The overview stands on the left, the country with most sites on the right where it would be
    too small to read; the key names each colour. Light ground, no font inside.

    Parameters
    ----------
    network
        At least one site.
    """
    sheets = map_sheets(network, ())
    hues = _hues(network)
    size = _SIDE_BY_SIDE if sheets.detail else (OVERVIEW_SIZE[0], DETAIL_SIZE[1])
    layers = [
        _panel(network, sheets.overview, hues=hues, left=0.0, hidden=sheets.detail),
        _key(network, hues, top=OVERVIEW_SIZE[1] + 34.0),
        element(
            "text",
            {"class": "small", "x": 8, "y": size[1] - 8},
            f"Lines are schematic. {credit_line()}",
        ),
    ]
    if sheets.detail is not None:
        layers.append(zoom_frame(sheets))
        layers.append(
            _panel(network, sheets.detail, hues=hues, left=OVERVIEW_SIZE[0] + _GAP, hidden=None)
        )
    caption = Caption(
        drawing_id="network", title=network.name, description=map_description(network, ())
    )
    return standalone_svg(caption, *layers, size=size)


def _hues(network: Network) -> Mapping[OperatorId, str]:
    """A colour for each operator with a fair share of the glass on land, longest first."""
    land_km: Counter[OperatorId] = Counter()
    for span in network.spans.values():
        if span.status is Status.IN_SERVICE and not _is_wet(network, span):
            land_km[span.operator_id] += round(span.length_km)
    whole_km = land_km.total()
    return {
        operator_id: f"o{index}"
        for index, (operator_id, km) in enumerate(land_km.most_common(_COLOURED_OPERATORS))
        if km >= _SHARE_MIN * whole_km
    }


def _is_wet(network: Network, span: Span) -> bool:
    return network.cables[span.cable_id].medium is CableMedium.SUBMARINE


def _hue(network: Network, span: Span, hues: Mapping[OperatorId, str]) -> str:
    if _is_wet(network, span):
        return _SEA_HUE
    return hues.get(span.operator_id, _OTHER_HUE)


def _panel(
    network: Network,
    projection: Projection,
    *,
    hues: Mapping[OperatorId, str],
    left: float,
    hidden: Projection | None,
) -> Markup:
    """One map; inside ``hidden``, shown larger elsewhere, only hand-overs are named."""
    marks = _marks(network)
    named = [
        site
        for site in marks
        if hidden is None
        or site.duty is Duty.HANDOVER
        or not hidden.extent.holds(site_point(network, site.site_id))
    ]
    drawn = [site for site in named if hidden is None or site.duty is not Duty.PASSAGE]
    worded = [
        site
        for site in drawn
        if site.duty is not Duty.PASSAGE or network.sites[site.site_id].kind in _TOWNS
    ]
    lines = [
        [projection.pixel(point) for point in span_points(network, span)]
        for span in network.spans.values()
        if span.status is Status.IN_SERVICE
    ]
    return element(
        "svg",
        {"x": left, "y": 0, "width": projection.width, "height": projection.height},
        land_layer(read_land(), projection=projection),
        _spans(network, hues, projection=projection),
        marks_layer(network, drawn, projection=projection),
        names_layer(network, worded, projection=projection, lines=lines),
        element("rect", {"class": "frame", "width": projection.width, "height": projection.height}),
    )


def _spans(network: Network, hues: Mapping[OperatorId, str], *, projection: Projection) -> Markup:
    by_class: dict[str, list[str]] = {}
    for span in network.spans.values():
        if span.status is not Status.RETIRED:
            possible = "" if span.status is Status.IN_SERVICE else " possible"
            data = path_data([projection.pixel(point) for point in span_points(network, span)])
            by_class.setdefault(f"owned {_hue(network, span, hues)}{possible}", []).append(data)
    return fragment(
        *(
            element("path", {"class": kind, "d": "".join(dict.fromkeys(data))})
            for kind, data in by_class.items()
        )
    )


def _marks(network: Network) -> Sequence[SiteMark]:
    """Hand-overs, landings, points of presence and nodes, in this order."""
    handovers = {handover.site_id for handover in network.handovers.values()}
    duties = {
        SiteKind.LANDING_STATION: Duty.LANDING,
        SiteKind.BORDER_HANDOVER: Duty.HANDOVER,
        SiteKind.POP: Duty.ROADM,
        SiteKind.NODE: Duty.ROADM,
    }
    order = list(Duty)
    marks = [
        SiteMark(
            site_id=site.site_id,
            duty=Duty.HANDOVER
            if site.site_id in handovers and site.kind is not SiteKind.LANDING_STATION
            else duties.get(site.kind, Duty.PASSAGE),
            is_regenerator=False,
        )
        for site in network.sites.values()
    ]
    return sorted(marks, key=lambda mark: order.index(mark.duty))


def _key(network: Network, hues: Mapping[OperatorId, str], *, top: float) -> Markup:
    rows = [
        *((hue, operator_name(network, operator_id)) for operator_id, hue in hues.items()),
        (_SEA_HUE, "submarine cables"),
        (_OTHER_HUE, "other operators on land"),
        (f"{_OTHER_HUE} possible", "dashed: option or planned"),
    ]
    columns = 2
    return fragment(
        *(
            fragment(
                element(
                    "path",
                    {
                        "class": f"owned {hue}",
                        "d": path_data([(x, y - 4.0), (x + 34.0, y - 4.0)]),
                    },
                ),
                element("text", {"class": "key", "x": x + 44.0, "y": y}, words),
            )
            for index, (hue, words) in enumerate(rows)
            for x in [12.0 + (index % columns) * OVERVIEW_SIZE[0] / columns]
            for y in [top + (index // columns) * _KEY_LINE]
        )
    )
