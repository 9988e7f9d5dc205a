"""Plain topologies for tests: small ones made by hand, and any that an edge list can hold."""

from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.topology import (
    Topology,
    TopologySection,
    TopologySite,
)

PROVENANCE = Provenance(source="made by hand", confidence=Confidence.ASSUMED)


def section(a, z, length_km=100.0, *groups, name="", **fields):
    """A section named by its ends unless ``name`` is given."""
    return TopologySection(
        section_id=SectionId(name or f"{a}-{z}"),
        a_site_id=SiteId(a),
        z_site_id=SiteId(z),
        length_km=length_km,
        risk_group_ids=tuple(map(RiskGroupId, groups)),
        **fields,
    )


def plain_topology(*sections, name="t", sites=None, **fields):
    """A topology of these sections; its sites are their ends, in order, or those given."""
    ends = dict.fromkeys(end for s in sections for end in (s.a_site_id, s.z_site_id))
    return Topology(
        name=name,
        sites=tuple(TopologySite(site_id=end) for end in ends) if sites is None else tuple(sites),
        sections=tuple(sections),
        provenance=PROVENANCE,
        **fields,
    )


def site(site_id, longitude_deg=None, latitude_deg=None):
    return TopologySite(
        site_id=SiteId(site_id), longitude_deg=longitude_deg, latitude_deg=latitude_deg
    )


def square(*groups):
    """A - B - C - D - A, 100 km each, and the diagonal A - C of 250 km; groups on A-B and C-D."""
    return plain_topology(
        section("A", "B", 100.0, *groups),
        section("B", "C", 100.0),
        section("C", "D", 100.0, *groups),
        section("D", "A", 100.0),
        section("A", "C", 250.0),
    )
