"""How do the ways of an offer look on a map that names no operator?"""

from collections.abc import Sequence
from itertools import pairwise

from karakoram.adapters.formats.report.courses import site_point, span_points
from karakoram.adapters.formats.report.html import element
from karakoram.adapters.formats.report.map_layers import (
    SiteMark,
    land_layer,
    marks_layer,
    names_layer,
    network_layer,
)
from karakoram.adapters.formats.report.places import Duty
from karakoram.adapters.formats.report.projection import extent_around, fitted
from karakoram.adapters.formats.report.shapes import path_data, shifted
from karakoram.adapters.formats.report.standalone import Caption, plain_svg, standalone_svg
from karakoram.adapters.formats.report.words import listed, short_site_name
from karakoram.core.identifiers import SiteId
from karakoram.network.network import Network
from karakoram.network.records import SiteKind, Span
from karakoram.network.sections import IN_SERVICE
from karakoram.refdata.drawing import LonLat
from karakoram.refdata.land import read_land

SIZE = (720.0, 400.0)
_BESIDE = 2.1
"""How far each of two ways is drawn beside a course that they may share."""
_ROLES = ("working", "protection")


def way_map_svg(network: Network, ways: Sequence[Sequence[SiteId]], *, is_whole: bool) -> str:
    """The ways on a map as an SVG file that needs no variables of style.

    Parameters
    ----------
    network
        That the sites are of.
    ways
        The sites of each way from end to end, the working one first; at least one site in all.
    is_whole
        Whether everything is shown: the other fibre of the network and every site passed. Else
        ends and landing stations alone are marked, so that nobody sees where operators meet.
    """
    courses = [_course(network, way) for way in ways]
    projection = fitted(
        extent_around([point for course in courses for point in course]),
        width=SIZE[0],
        height=SIZE[1],
    )
    lines = [
        shifted([projection.pixel(point) for point in course], side)
        for course, side in zip(courses, (_BESIDE, -_BESIDE), strict=False)
        if len(course) > 1
    ]
    marks = _marks(network, ways, is_whole=is_whole)
    ends = listed([short_site_name(network, mark.site_id) for mark in marks if _is_end(mark)])
    whole = [network_layer(network, projection=projection)] if is_whole else []
    made = standalone_svg(
        Caption(drawing_id="ways", title=ends, description=f"{len(ways)} ways between {ends}."),
        land_layer(read_land(), projection=projection),
        *whole,
        *(element("path", {"class": "casing", "d": path_data(line)}) for line in lines),
        *(
            element("path", {"class": f"path {role}", "d": path_data(line)})
            for role, line in zip(_ROLES, lines, strict=False)
        ),
        marks_layer(network, marks, projection=projection),
        names_layer(network, marks, projection=projection, lines=lines),
        element("rect", {"class": "frame", "width": SIZE[0], "height": SIZE[1]}),
        size=SIZE,
    )
    return plain_svg(made)


def way_spans(network: Network, way: Sequence[SiteId]) -> tuple[Span | None, ...]:
    """The span of each step of a way; ``None`` where no span joins the two sites."""
    return tuple(_span_between(network, a, z) for a, z in pairwise(way))


def _span_between(network: Network, a_site_id: SiteId, z_site_id: SiteId) -> Span | None:
    """The span that joins two sites; one in service before others, then by its identifier."""
    found = [
        span
        for span in network.spans.values()
        if {span.a_site_id, span.z_site_id} == {a_site_id, z_site_id}
    ]
    return min(found, key=lambda s: (s.status not in IN_SERVICE, s.span_id), default=None)


def _course(network: Network, way: Sequence[SiteId]) -> list[LonLat]:
    """The points of a way: along its spans, else straight."""
    points = [site_point(network, way[0])]
    for (a_site_id, z_site_id), span in zip(pairwise(way), way_spans(network, way), strict=True):
        if span is None:
            points.append(site_point(network, z_site_id))
            continue
        course = span_points(network, span)
        points += course[1:] if span.a_site_id == a_site_id else course[-2::-1]
    return points


def _marks(
    network: Network, ways: Sequence[Sequence[SiteId]], *, is_whole: bool
) -> tuple[SiteMark, ...]:
    """The sites that are shown, each once, most important first."""
    duties: dict[SiteId, Duty] = {}
    for way in ways:
        for site_id in way:
            duty = _duty(network, site_id, ends={way[0], way[-1]})
            if is_whole or duty is not Duty.PASSAGE:
                duties.setdefault(site_id, duty)
    order = list(Duty)
    return tuple(
        SiteMark(site_id=site_id, duty=duty, is_regenerator=False)
        for site_id, duty in sorted(duties.items(), key=lambda item: order.index(item[1]))
    )


def _duty(network: Network, site_id: SiteId, *, ends: set[SiteId]) -> Duty:
    if site_id in ends:
        return Duty.END
    is_landing = network.sites[site_id].kind is SiteKind.LANDING_STATION
    return Duty.LANDING if is_landing else Duty.PASSAGE


def _is_end(mark: SiteMark) -> bool:
    return mark.duty is Duty.END
