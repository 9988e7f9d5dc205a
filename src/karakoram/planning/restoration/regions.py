"""Which sites and sections lie within some distance of a place, and so fail together?

Sections are drawn straight between their ends on a map that keeps distances from its centre; the
glass lies elsewhere, and in valleys it shares more than straight lines do.
"""

import math
from collections.abc import Mapping

import numpy as np
from jaxtyping import Float

from karakoram.core.identifiers import SectionId, SiteId
from karakoram.network.geometry import EARTH_RADIUS_KM
from karakoram.network.topology import Topology

Within = tuple[tuple[SiteId, ...], tuple[SectionId, ...]]
"""Sites and sections."""


def things_within(topology: Topology, radius_km: float) -> Mapping[SiteId, Within]:
    """What lies within a distance of each site, the same region named once.

    Parameters
    ----------
    topology
        Sites without coordinates are the centre of no region and lie in none, nor do sections
        that end there.
    radius_km
        In kilometres on the globe, > 0.

    Returns
    -------
    Sites and sections by the site in the middle; regions with fewer than two sections are left
    out, for they take no more than a section or a site does.
    """
    placed = {
        site.site_id: site.position_deg for site in topology.sites if site.position_deg is not None
    }
    found: dict[SiteId, Within] = {}
    for centre, position in placed.items():
        flat = {site_id: _flat_km(place, centre=position) for site_id, place in placed.items()}
        sites = tuple(one for one, place in flat.items() if math.hypot(*place) <= radius_km)
        sections = tuple(
            one.section_id
            for one in topology.sections
            if one.a_site_id in flat
            and one.z_site_id in flat
            and _distance_km(flat[one.a_site_id], flat[one.z_site_id]) <= radius_km
        )
        if len(sections) > 1 and (sites, sections) not in found.values():
            found[centre] = sites, sections
    return found


def _flat_km(place: tuple[float, float], *, centre: tuple[float, float]) -> Float[np.ndarray, " 2"]:
    """East and north of the centre [km]: azimuthal equidistant, exact in distance from it.

    J. P. Snyder, *Map Projections: A Working Manual*, USGS Professional Paper 1395, 1987, ch. 25.
    """
    longitude, latitude = np.radians(place)
    longitude_0, latitude_0 = np.radians(centre)
    east = math.cos(latitude) * math.sin(longitude - longitude_0)
    north = math.cos(latitude_0) * math.sin(latitude) - math.sin(latitude_0) * math.cos(
        latitude
    ) * math.cos(longitude - longitude_0)
    cosine = math.sin(latitude_0) * math.sin(latitude) + math.cos(latitude_0) * math.cos(
        latitude
    ) * math.cos(longitude - longitude_0)
    sine = math.hypot(east, north)
    scale = EARTH_RADIUS_KM * (math.atan2(sine, cosine) / sine if sine else 1.0)
    return np.array([scale * east, scale * north])


def _distance_km(a: Float[np.ndarray, " 2"], z: Float[np.ndarray, " 2"]) -> float:
    """From the centre to the nearest point of the straight line between two points [km]."""
    along = z - a
    squared = float(along @ along)
    share = min(1.0, max(0.0, -float(a @ along) / squared)) if squared else 0.0
    return math.hypot(*(a + share * along))
