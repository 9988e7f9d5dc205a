"""What lies under and on a map: land, the whole network, paths, marks, names?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.report.courses import (
    line_samples,
    path_pixels,
    site_point,
    span_points,
)
from karakoram.adapters.formats.report.html import Markup, element, fragment
from karakoram.adapters.formats.report.labels import LabelWish, PlacedLabel, placed_labels
from karakoram.adapters.formats.report.land import land_data
from karakoram.adapters.formats.report.places import DUTY_SHAPES, Duty, PathSite, path_sites
from karakoram.adapters.formats.report.projection import Pixel, Projection
from karakoram.adapters.formats.report.shapes import mark, path_data
from karakoram.adapters.formats.report.words import short_site_name
from karakoram.core.identifiers import SiteId
from karakoram.network.network import Network
from karakoram.network.records import Status
from karakoram.planning.offers import ServicePath
from karakoram.refdata.drawing import SEA_NAMES

MARK_SIZES: Mapping[Duty, float] = {
    Duty.END: 5.6,
    Duty.HANDOVER: 4.4,
    Duty.LANDING: 4.4,
    Duty.ROADM: 4.0,
    Duty.PASSAGE: 2.2,
}
"""Half the width of each mark, in units of the drawing."""

_PASSAGE_REACH_MAX, _REACH_MAX = 30.0, 92.0
"""Plain sites are named near their marks or not at all: the strip names them too."""

_SEA_LETTER = 8.5
"""Width of a letter of a sea's name, in units of the drawing."""

_TEXT_ANCHORS: Mapping[float, str] = {0.5: "middle", 1.0: "end"}

FONT_SIZES: Mapping[Duty, float] = {
    Duty.END: 14.0,
    Duty.HANDOVER: 12.5,
    Duty.LANDING: 11.5,
    Duty.ROADM: 11.5,
    Duty.PASSAGE: 10.0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteMark:
    """A site to be marked and named on a map."""

    site_id: SiteId
    duty: Duty
    is_regenerator: bool


def land_layer(rings: Iterable[Float[np.ndarray, "_ 2"]], *, projection: Projection) -> Markup:
    """Sea, and land on it; no borders, for some of them are disputed."""
    return fragment(
        element("rect", {"class": "sea", "width": projection.width, "height": projection.height}),
        element("path", {"class": "land", "d": land_data(rings, projection=projection)}),
        *(
            element(
                "text",
                {
                    "class": "sea-name",
                    "text-anchor": "middle",
                    "x": round(projection.pixel(point)[0], 1),
                    "y": round(projection.pixel(point)[1], 1),
                },
                name,
            )
            for name, point in SEA_NAMES
            if _has_room(name, projection.pixel(point), projection=projection)
        ),
    )


def _has_room(name: str, middle: Pixel, *, projection: Projection) -> bool:
    half = _SEA_LETTER * len(name) / 2.0
    return half < middle[0] < projection.width - half and 0.0 < middle[1] < projection.height


def network_layer(network: Network, *, projection: Projection) -> Markup:
    """Every span that is not retired, thin; dashed where it is an option or planned."""
    existing: list[str] = []
    possible: list[str] = []
    for span in network.spans.values():
        if span.status is not Status.RETIRED:
            data = path_data([projection.pixel(point) for point in span_points(network, span)])
            (existing if span.status is Status.IN_SERVICE else possible).append(data)
    return fragment(
        element("path", {"class": "fibre", "d": "".join(dict.fromkeys(existing))}),
        element("path", {"class": "fibre possible", "d": "".join(dict.fromkeys(possible))}),
    )


def paths_layer(
    network: Network, paths: Sequence[ServicePath], *, projection: Projection
) -> Markup:
    """The paths of a service, thick: working solid, protection dashed."""
    lines = [(path, path_data(path_pixels(network, path, projection=projection))) for path in paths]
    return fragment(
        *(element("path", {"class": "casing", "d": data}) for _, data in lines),
        *(
            element(
                "path",
                {
                    "class": f"path {path.role.value}",
                    "d": data,
                    "data-length-km": round(path.length_km, 3),
                },
            )
            for path, data in lines
        ),
    )


def marks_of_paths(network: Network, paths: Sequence[ServicePath]) -> tuple[SiteMark, ...]:
    """The sites of all paths, each once with its first duty, most important first."""
    by_site: dict[SiteId, PathSite] = {}
    for path in paths:
        for place in path_sites(network, path):
            known = by_site.get(place.site_id)
            if known is None or (place.is_regenerator and not known.is_regenerator):
                by_site[place.site_id] = place
    order = list(Duty)
    return tuple(
        SiteMark(site_id=p.site_id, duty=p.duty, is_regenerator=p.is_regenerator)
        for p in sorted(by_site.values(), key=lambda p: (order.index(p.duty), not p.is_regenerator))
    )


def marks_layer(network: Network, marks: Sequence[SiteMark], *, projection: Projection) -> Markup:
    """Marks told apart by shape; a ring around a mark means regeneration."""
    drawn = []
    for site in reversed(marks):
        if not projection.extent.holds(site_point(network, site.site_id)):
            continue
        pixel = projection.pixel(site_point(network, site.site_id))
        size = MARK_SIZES[site.duty]
        if site.is_regenerator:
            drawn.append(mark("circle", pixel, size=size + 3.6, attributes={"class": "ring"}))
        drawn.append(
            mark(
                DUTY_SHAPES[site.duty],
                pixel,
                size=size,
                attributes={"class": f"mark {site.duty.name.lower()}", "data-site": site.site_id},
            )
        )
    return fragment(*drawn)


def names_layer(
    network: Network,
    marks: Sequence[SiteMark],
    *,
    projection: Projection,
    lines: Sequence[Sequence[Pixel]],
) -> Markup:
    """The names of as many of the marked sites as find room.

    Parameters
    ----------
    network
        For places and names.
    marks
        The sites, most important first.
    projection
        The drawing; sites outside it get no name.
    lines
        The paths, in units of the drawing, which names should rather not cover.
    """
    visible = [
        (site, projection.pixel(site_point(network, site.site_id)))
        for site in marks
        if projection.extent.holds(site_point(network, site.site_id))
    ]
    wishes = {
        LabelWish(
            text=short_site_name(network, site.site_id),
            anchor=pixel,
            clearance=MARK_SIZES[site.duty] + (6.0 if site.is_regenerator else 3.5),
            font_size=FONT_SIZES[site.duty],
            is_strong=site.duty in {Duty.END, Duty.HANDOVER},
            reach_max=_PASSAGE_REACH_MAX if site.duty is Duty.PASSAGE else _REACH_MAX,
        ): site.duty.name.lower()
        for site, pixel in visible
    }
    labels = placed_labels(
        tuple(wishes),
        frame=(projection.width, projection.height),
        marks=[pixel for _, pixel in visible],
        lines=line_samples(lines),
    )
    return fragment(*(_name(label, kind=wishes[label.wish]) for label in labels))


def _name(label: PlacedLabel, *, kind: str) -> Markup:
    x, y = label.baseline
    words = element(
        "text",
        {
            "class": f"name {kind}",
            "x": round(x, 1),
            "y": round(y, 1),
            "font-size": label.wish.font_size,
            "text-anchor": _TEXT_ANCHORS.get(label.anchor_share),
        },
        label.wish.text,
    )
    if not label.has_leader:
        return words
    leader = path_data([label.wish.anchor, label.nearest])
    return fragment(element("path", {"class": "leader", "d": leader}), words)
