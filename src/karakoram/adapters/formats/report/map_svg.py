"""How does a service, or the whole network, look on a map?

Two maps: the whole way, and the country with most of the sites, which would be too small to read
there. Lines are schematic; every length in them is written, never drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from karakoram.adapters.formats.report.courses import path_pixels, path_points, site_point
from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.map_layers import (
    SiteMark,
    land_layer,
    marks_layer,
    marks_of_paths,
    names_layer,
    network_layer,
    paths_layer,
)
from karakoram.adapters.formats.report.places import Duty
from karakoram.adapters.formats.report.projection import (
    Extent,
    Projection,
    extent_around,
    fitted,
)
from karakoram.adapters.formats.report.shapes import path_data
from karakoram.adapters.formats.report.words import km, listed, short_site_name
from karakoram.core.identifiers import SiteId
from karakoram.network.network import Network
from karakoram.network.records import SiteKind
from karakoram.planning.offers import ServicePath
from karakoram.refdata.land import read_land

OVERVIEW_SIZE = (820.0, 470.0)
DETAIL_SIZE = (430.0, 640.0)
_ENLARGE_FROM = 3.0
"""A detail map is worth its place when it is at least this many times larger."""

_OVERVIEW_DUTIES = frozenset({Duty.END, Duty.HANDOVER, Duty.LANDING})


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSheets:
    """The frames of the maps of one or several services, so that all show the same ground."""

    overview: Projection
    detail: Projection | None
    """``None`` where one map shows it all."""
    detail_country: str
    """ISO 3166-1 alpha-2 of the country that the detail shows."""


def map_sheets(network: Network, paths: Sequence[ServicePath]) -> MapSheets:
    """Frames that hold all ``paths``, or the whole network when there are none."""
    points = [point for path in paths for point in path_points(network, path)]
    site_ids = dict.fromkeys(site_id for path in paths for site_id in path.site_ids)
    site_ids = site_ids or dict.fromkeys(network.sites)
    points = points or [site_point(network, site_id) for site_id in site_ids]
    width, height = OVERVIEW_SIZE
    overview = fitted(extent_around(points), width=width, height=height)
    country, extent = _densest_country(network, list(site_ids))
    detail = fitted(extent, width=DETAIL_SIZE[0], height=DETAIL_SIZE[1])
    is_worth_it = detail.scale >= _ENLARGE_FROM * overview.scale
    return MapSheets(
        overview=overview,
        detail=detail if is_worth_it else None,
        detail_country=country,
    )


def _densest_country(network: Network, site_ids: Sequence[SiteId]) -> tuple[str, Extent]:
    countries = [network.sites[site_id].country for site_id in site_ids]
    country = max(dict.fromkeys(countries), key=countries.count)
    points = [
        site_point(network, site_id)
        for site_id in site_ids
        if network.sites[site_id].country == country
    ]
    return country, extent_around(points, padding=0.05)


def ground_layers(network: Network, *, projection: Projection) -> Markup:
    """What every service on this frame has under it: land and the whole network."""
    return fragment(
        land_layer(read_land(), projection=projection),
        network_layer(network, projection=projection),
    )


def service_layers(
    network: Network, paths: Sequence[ServicePath], *, sheets: MapSheets, is_detail: bool
) -> Markup:
    """Paths, marks and names over the ground; on the overview the frame of the detail.

    Parameters
    ----------
    network
        The network that the paths are on.
    paths
        Paths of one service.
    sheets
        The frames of overview and detail.
    is_detail
        Whether the detail is drawn, if there is one, instead of the overview.
    """
    projection = sheets.detail if is_detail and sheets.detail else sheets.overview
    is_outline = sheets.detail is not None and not is_detail
    marks = [
        mark
        for mark in marks_of_paths(network, paths)
        if not is_outline or mark.duty in _OVERVIEW_DUTIES
    ]
    lines = [path_pixels(network, path, projection=projection) for path in paths]
    zoom = zoom_frame(sheets) if is_outline else ""
    named = [mark for mark in marks if not is_outline or _is_outside(network, mark, sheets)]
    return fragment(
        paths_layer(network, paths, projection=projection),
        zoom,
        marks_layer(network, marks, projection=projection),
        names_layer(network, named, projection=projection, lines=lines),
        element(
            "rect",
            {"class": "frame", "width": projection.width, "height": projection.height},
        ),
    )


def map_description(network: Network, paths: Sequence[ServicePath]) -> str:
    """What the map shows, in words."""
    if not paths:
        return (
            f"Schematic map of {network.name} with {len(network.sites)} sites and "
            f"{len(network.spans)} spans."
        )
    return " ".join(
        f"{path.role.value.capitalize()} path of {km(path.length_km)} through "
        + listed(
            [short_site_name(network, mark.site_id) for mark in _in_travel_order(network, path)]
        )
        + "."
        for path in paths
    )


def _in_travel_order(network: Network, path: ServicePath) -> list[SiteMark]:
    by_site = {mark.site_id: mark for mark in marks_of_paths(network, [path])}
    return [
        by_site[site_id] for site_id in path.site_ids if by_site[site_id].duty in _OVERVIEW_DUTIES
    ]


def _is_outside(network: Network, mark: SiteMark, sheets: MapSheets) -> bool:
    """Whether the overview should name the site: the detail does not, or the service ends there."""
    inside = sheets.detail is not None and sheets.detail.extent.holds(
        site_point(network, mark.site_id)
    )
    is_landing = network.sites[mark.site_id].kind is SiteKind.LANDING_STATION
    return not inside or mark.duty is Duty.END or not is_landing


def zoom_frame(sheets: MapSheets) -> Markup:
    """On the overview, the frame of what the detail shows."""
    assert sheets.detail is not None
    extent = sheets.detail.extent
    left, top = sheets.overview.pixel((extent.west, extent.north))
    right, bottom = sheets.overview.pixel((extent.east, extent.south))
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    return element("path", {"class": "zoom", "d": path_data(corners, closed=True)})
