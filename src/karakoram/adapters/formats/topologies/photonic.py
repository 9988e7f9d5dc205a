"""Which topology is there in a network file of GNPy: sites, and the fibre between their ROADMs?

A ROADM and the transceivers that stand at it are one site. A section is the fibre of an optical
multiplex section, the amplifiers between left out; the two directions become one. What is wrong
with settings and types of equipment is no matter here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from karakoram.adapters.formats.gnpy.network import unjudged_network
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.drafts import (
    Point,
    SectionDraft,
    SiteDraft,
    TopologyDraft,
    topology_from_draft,
)
from karakoram.adapters.formats.topologies.judgement import file_provenance
from karakoram.core.findings import errors_of
from karakoram.network.photonic.elements import Element, Fibre, Location, Roadm, Transceiver
from karakoram.network.photonic.network import PhotonicNetwork, successors
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.validate import connection_findings
from karakoram.network.photonic.walk import multiplex_sections
from karakoram.network.topology import SectionLengthBasis, Topology
from karakoram.network.validate_topology import SECTIONS, SITES

Sites = Mapping[ElementId, ElementId]
"""For each ROADM and transceiver, which of them stands for its site."""


def topology_from_gnpy(document: Mapping[str, Any], *, file: str, log: Log) -> Reading[Topology]:
    """The topology in a network document of GNPy, of either style.

    Parameters
    ----------
    document
        The object that the file holds.
    file
        Its name; the topology has it without the extension.
    log
        What was found while reading.
    """
    network = unjudged_network(document, log)
    if network is None or log.has_errors:
        return log.reading(None)
    for finding in errors_of(tuple(connection_findings(network))):
        log.add(replace(finding, place=replace(finding.place, file=file)))
    site_of = _site_of(network)
    names = _names(network, site_of)
    points = {element_id: _point(network.elements[element_id]) for element_id in names}
    is_placed = len(set(points.values())) > 1
    sites = [
        SiteDraft(
            site_id=name,
            point=points[element_id] if is_placed else None,
            place=log.place(SITES, record=element_id),
        )
        for element_id, name in names.items()
    ]
    return topology_from_draft(
        TopologyDraft(
            name=network.name or file.rpartition(".")[0] or file,
            sites=sites,
            sections=tuple(_sections(network, site_of, names=names, log=log)),
            provenance=file_provenance(file),
        ),
        log,
    )


def _site_of(network: PhotonicNetwork) -> Sites:
    """ROADMs and transceivers that no fibre separates share the first ROADM, or themselves."""
    steps = successors(network)
    ends = [
        element_id
        for kind in (Roadm, Transceiver)
        for element_id, element in network.elements.items()
        if isinstance(element, kind)
    ]
    known = set(ends)
    beside: dict[ElementId, set[ElementId]] = {end: set() for end in ends}
    for end in ends:
        for onward in steps[end]:
            if onward in known:
                beside[end].add(onward)
                beside[onward].add(end)
    found: dict[ElementId, ElementId] = {}
    for end in ends:
        waiting = [end] if end not in found else []
        while waiting:
            here = waiting.pop()
            if here not in found:
                found[here] = end
                waiting += sorted(beside[here])
    return found


def _names(network: PhotonicNetwork, site_of: Sites) -> dict[ElementId, str]:
    """The name of each site by what stands for it: its city where that is no other's."""
    leaders = tuple(dict.fromkeys(site_of.values()))
    cities = {leader: _location(network.elements[leader]).city.strip() for leader in leaders}
    named = [city for city in cities.values() if city]
    is_told_apart = len(named) == len(leaders) == len(set(named))
    return {leader: cities[leader] if is_told_apart else leader for leader in leaders}


def _location(element: Element) -> Location:
    return element.location


def _point(element: Element) -> Point | None:
    at = _location(element)
    if at.longitude_deg is None or at.latitude_deg is None:
        return None
    return at.longitude_deg, at.latitude_deg


def _sections(
    network: PhotonicNetwork, site_of: Sites, *, names: Mapping[ElementId, str], log: Log
) -> Iterator[SectionDraft]:
    """The fibre of each multiplex section in the direction of its light."""
    for line in multiplex_sections(network):
        fibres = [
            element
            for element_id in line.element_ids
            if isinstance(element := network.elements[element_id], Fibre)
        ]
        a, z = names[site_of[line.from_id]], names[site_of[line.to_id]]
        if a == z and not fibres:
            continue
        yield SectionDraft(
            a=a,
            z=z,
            length_km=sum(fibre.length_km for fibre in fibres),
            length_basis=SectionLengthBasis.GLASS,
            is_one_way=True,
            place=log.place(SECTIONS, record=str(line.element_ids[0])),
        )
