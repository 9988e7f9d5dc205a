"""Plain topologies for tests: small ones made by hand, and any that an edge list can hold."""

from hypothesis import strategies as st

from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.topology import (
    SectionLengthBasis,
    Topology,
    TopologySection,
    TopologySite,
    section_ids,
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


_LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Zs"], exclude_characters=";\0"
)
_NAMES = st.text(_LETTERS, min_size=1, max_size=12).filter(lambda name: name == name.strip())


@st.composite
def edge_list_parts(draw):
    """What any topology that an edge list holds whole is made of; see ``topology_of_parts``."""
    sites = draw(st.lists(_NAMES, min_size=2, max_size=6, unique=True))
    pairs = st.tuples(st.sampled_from(sites), st.sampled_from(sites))
    ends = draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), min_size=1, max_size=8))
    exactly = {"min_size": len(ends), "max_size": len(ends)}
    ids = draw(st.none() | st.lists(_NAMES, unique=True, **exactly))
    groups = draw(st.lists(st.lists(_NAMES, max_size=3, unique=True), **exactly))
    lengths = draw(st.lists(st.floats(min_value=0.0, max_value=40_000.0), **exactly))
    bases = draw(st.lists(st.sampled_from(SectionLengthBasis), **exactly))
    return ends, ids, lengths, groups, bases


def topology_of_parts(parts):
    """No coordinates, no demands, no site without a section."""
    ends, ids, lengths, groups, bases = parts
    return plain_topology(
        *(
            section(a, z, length_km, *of_section, name=name, length_basis=basis)
            for (a, z), name, length_km, of_section, basis in zip(
                *(ends, ids or section_ids(ends), lengths, groups, bases), strict=True
            )
        )
    )
