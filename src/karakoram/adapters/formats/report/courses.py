"""Which pixels does the line of a span or of a path run through?"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from jaxtyping import Float

from karakoram.adapters.formats.report.projection import Pixel, Projection
from karakoram.adapters.formats.report.shapes import shifted
from karakoram.core.identifiers import SiteId, SpanId
from karakoram.network.network import Network
from karakoram.network.records import CableMedium, Span
from karakoram.planning.offers import ServicePath
from karakoram.planning.path_side import PathSide
from karakoram.refdata.drawing import LonLat, sea_course

_BESIDE = 2.1
"""How far a path is drawn beside the true course when another path may share it."""

_SAMPLE_STEP = 5.0
"""Distance of the points that stand for a line when names look for room."""


def site_point(network: Network, site_id: SiteId) -> LonLat:
    """Where the site is."""
    site = network.sites[site_id]
    return site.longitude_deg, site.latitude_deg


def span_points(network: Network, span: Span) -> tuple[LonLat, ...]:
    """The course of a span from A to Z: straight on land, by waypoints in the sea."""
    ends = site_point(network, span.a_site_id), site_point(network, span.z_site_id)
    if network.cables[span.cable_id].medium is CableMedium.SUBMARINE:
        return sea_course(span.cable_id, *ends)
    return ends


def path_points(network: Network, path: ServicePath) -> tuple[LonLat, ...]:
    """The course of a path from end to end."""
    points = [site_point(network, path.site_ids[0])]
    for site_id, span_id in zip(path.site_ids, path.span_ids, strict=False):
        points.extend(_travelled(network, span_id, start=site_id)[1:])
    return tuple(points)


def path_pixels(network: Network, path: ServicePath, *, projection: Projection) -> list[Pixel]:
    """The line of a path; working and protection keep to their own side of a shared course."""
    side = _BESIDE if path.role is PathSide.WORKING else -_BESIDE
    return shifted([projection.pixel(point) for point in path_points(network, path)], side)


def line_samples(lines: Sequence[Sequence[Pixel]]) -> Float[np.ndarray, "n 2"]:
    """Points close together along the lines."""
    samples = [np.empty((0, 2))]
    for line in lines:
        for a, z in pairwise(line):
            steps = max(1, int(np.hypot(z[0] - a[0], z[1] - a[1]) / _SAMPLE_STEP))
            samples.append(np.linspace(a, z, steps, endpoint=False))
    return np.concatenate(samples)


def _travelled(network: Network, span_id: SpanId, *, start: SiteId) -> tuple[LonLat, ...]:
    span = network.spans[span_id]
    points = span_points(network, span)
    return points if span.a_site_id == start else points[::-1]
