"""Which topology does a GraphML file hold, such as those of the Internet Topology Zoo?

A length is the attribute of an edge where it has one, in kilometres; else the great circle
between the coordinates of its ends, and then the basis says so. Edges with neither are left out
with a warning: the Zoo draws what lies beyond a network without saying where it is.

Source: U. Brandes and others, "Graph Markup Language (GraphML)", in
Handbook of Graph Drawing and Visualization, 2013, ch. 16; S. Knight, H. X. Nguyen, N. Falkner,
R. Bowden, M. Roughan, "The Internet Topology Zoo", IEEE JSAC 29 (9), 2011, 1765-1775.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.drafts import (
    SectionDraft,
    SiteDraft,
    TopologyDraft,
    readable_ids,
    topology_from_draft,
)
from karakoram.adapters.formats.topologies.judgement import file_provenance
from karakoram.adapters.formats.topologies.values import name_from_text, number_from_text
from karakoram.adapters.formats.topologies.xml_tree import XmlElement
from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX, PART_SEPARATOR, control_breach, shown
from karakoram.core.findings import Place
from karakoram.network.topology import SectionLengthBasis, Topology
from karakoram.network.validate_topology import SECTIONS, SITES

LENGTH_NAMES = ("length_km", "length", "distance_km", "distance", "dist", "km")
"""Attributes of an edge that are its length in km, whatever their case; the first counts."""
LONGITUDE_NAMES = ("longitude", "lon", "lng", "longitude_deg")
LATITUDE_NAMES = ("latitude", "lat", "latitude_deg")
LABEL_NAMES = ("label", "name")
GROUP_NAMES = ("srlg", "srlgs", "risk_groups")
BASIS_NAMES = ("length_basis",)

_FIELDS: Mapping[str, str] = {"a_site_id": "source", "z_site_id": "target"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """What a GraphML file declares, and where findings go."""

    names: Mapping[str, str]
    """Name of an attribute in lower case, by the key that its data have."""
    default_direction: str
    """``true`` where edges lead one way unless they say otherwise."""
    log: Log

    def data(self, element: XmlElement, names: Iterable[str]) -> str:
        """The text of the first of these attributes that an element has; empty if of none."""
        values = {
            self.names.get(child.attributes.get("key", ""), ""): child.text
            for child in element.each("data")
        }
        return next((values[name] for name in names if values.get(name)), "")

    def place(self, element: XmlElement, table: str, *, record: str = "") -> Place:
        """Where an element stands."""
        name = record or element.attributes.get("id", "")
        at = self.log.place(table, record=name.strip()[:IDENTIFIER_CHARACTERS_MAX] or None)
        return replace(at, row=element.line)

    def number(
        self, element: XmlElement, names: tuple[str, ...], *, place: Place
    ) -> tuple[float | None, bool]:
        """The number that an attribute holds, and whether what there is can be read."""
        text = self.data(element, names)
        if not text:
            return None, True
        value = number_from_text(text, self.log, place=replace(place, field=names[0]))
        return value, value is not None

    def site(self, element: XmlElement) -> SiteDraft | None:
        """The site that an element ``node`` is; ``None``, and a finding, if it is none."""
        place = self.place(element, SITES)
        site_id = name_from_text(
            element.attributes.get("id", ""), self.log, place=replace(place, field="id")
        )
        longitude, has_x = self.number(element, LONGITUDE_NAMES, place=place)
        latitude, has_y = self.number(element, LATITUDE_NAMES, place=place)
        label = " ".join(self.data(element, LABEL_NAMES).split())
        steering = control_breach(label)
        if steering is not None:
            self.log.find(
                steering.code, steering.message, place=replace(place, field=LABEL_NAMES[0])
            )
        if site_id is None or not has_x or not has_y or steering is not None:
            return None
        point = None if longitude is None or latitude is None else (longitude, latitude)
        return SiteDraft(
            site_id=site_id,
            name=label,
            point=point,
            place=place,
        )

    def section(self, element: XmlElement) -> SectionDraft | None:
        """The section that an element ``edge`` is; ``None``, and a finding, if it is none."""
        place = self.place(element, SECTIONS)
        a, z = (
            name_from_text(
                element.attributes.get(end, ""), self.log, place=replace(place, field=end)
            )
            for end in ("source", "target")
        )
        length_km, is_read = self.number(element, LENGTH_NAMES, place=place)
        basis, is_known = self.basis(element, place=place)
        own_id = element.attributes.get("id", "").strip()
        words = self.data(element, GROUP_NAMES).split(PART_SEPARATOR)
        groups = dict.fromkeys(filter(None, map(str.strip, words)))
        named = [
            name_from_text(word, self.log, place=replace(place, field=field))
            for word, field in (
                *([(own_id, "id")] if own_id else []),
                *((group, GROUP_NAMES[0]) for group in groups),
            )
        ]
        if None in {a, z, *named} or not is_read or not is_known:
            return None
        return SectionDraft(
            section_id=own_id,
            a=str(a),
            z=str(z),
            length_km=length_km,
            length_basis=basis,
            risk_groups=tuple(groups),
            is_one_way=element.attributes.get("directed", self.default_direction) == "true",
            place=place,
        )

    def basis(self, element: XmlElement, *, place: Place) -> tuple[SectionLengthBasis | None, bool]:
        """What an edge says its length was taken along, and whether that can be read."""
        word = self.data(element, BASIS_NAMES)
        known = {basis.value: basis for basis in SectionLengthBasis}
        if word and word not in known:
            self.log.find(
                "unknown-word",
                f"{shown(word)} must be one of {', '.join(known)}",
                place=replace(place, field=BASIS_NAMES[0]),
            )
        return known.get(word), not word or word in known


def topology_from_graphml(root: XmlElement, *, file: str, log: Log) -> Reading[Topology]:
    """The topology in the first graph of a GraphML file.

    Parameters
    ----------
    root
        The element ``graphml``.
    file
        Its name; the topology has it without the extension.
    log
        What was found while reading.
    """
    graph = root.first("graph")
    table = file.rpartition(".")[0] or file
    if graph is None:
        log.find("not-a-topology", "holds no element 'graph'", place=log.place(table))
        return log.reading(None)
    reader = _Reader(
        names={
            key.attributes.get("id", ""): key.attributes.get("attr.name", "").lower()
            for key in root.each("key")
        },
        default_direction=str(graph.attributes.get("edgedefault") == "directed").lower(),
        log=log,
    )
    read = [reader.site(one) for one in graph.each("node")]
    sites = [site for site in read if site is not None]
    sections = [one for edge in graph.each("edge") if (one := reader.section(edge)) is not None]
    names = readable_ids({site.site_id: site.name for site in sites})
    return topology_from_draft(
        TopologyDraft(
            name=table,
            sites=[replace(site, site_id=names[site.site_id]) for site in sites],
            sections=[
                replace(one, a=names.get(one.a, one.a), z=names.get(one.z, one.z))
                for one in sections
            ],
            provenance=file_provenance(file, source=reader.data(graph, ("source",))),
            licence=reader.data(graph, ("license", "licence")),
            knows_every_site=None not in read,
            omits_unplaced=True,
            fields=_FIELDS,
        ),
        log,
    )
