"""Do the records of a plain topology fit each other? Every finding."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from karakoram.core.cells import did_you_mean, shown
from karakoram.core.findings import Finding, Place, Severity
from karakoram.core.identifiers import SiteId
from karakoram.network.geometry import great_circle_between_km
from karakoram.network.topology import Topology, TopologySection, TopologySite

SITES, SECTIONS, DEMANDS = "sites", "sections", "demands"
"""Tables that the places of findings name; ``record`` is an identifier, or a demand's number."""

_SUGGESTIONS_MAX = 20
_SUGGESTED_FROM_MAX = 5_000
"""Beyond them a search for the nearest name takes longer than whoever typed it."""

_NAMED_MAX = 3

_SHORTER_SHARE = 0.95
_SHORTER_KM = 5.0
"""Coordinates are often those of the town, a few km beside the building: less is no finding."""


def validate_topology(topology: Topology) -> tuple[Finding, ...]:
    """Everything wrong between the records; no error means that routes can be searched.

    Errors: an identifier twice, an end that is no site, a section from a site to itself, no
    section at all. Warnings: several components, a section of 0 km, one that stands twice, one
    that is shorter than the great circle between its ends, a demand from a site to itself.
    """
    return (
        *_repeated_ids(topology),
        *_unknown_sites(topology),
        *_section_findings(topology),
        *_demand_loops(topology),
        *_component_findings(topology),
    )


def components(topology: Topology) -> tuple[tuple[TopologySite, ...], ...]:
    """The sites that sections join with each other, the largest group first."""
    leader = {site.site_id: site.site_id for site in topology.sites}
    for section in topology.sections:
        ends = (section.a_site_id, section.z_site_id)
        if leader.keys() >= set(ends):
            first, other = (_leader(leader, end) for end in ends)
            leader[other] = first
    groups: dict[SiteId, list[TopologySite]] = {}
    for site in topology.sites:
        groups.setdefault(_leader(leader, site.site_id), []).append(site)
    return tuple(sorted(map(tuple, groups.values()), key=len, reverse=True))


def _leader(leader: dict[SiteId, SiteId], name: SiteId) -> SiteId:
    """Who stands for the component; the way there is shortened for whoever asks next."""
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name


def _repeated_ids(topology: Topology) -> Iterator[Finding]:
    for table, field, ids in (
        (SITES, "site_id", [site.site_id for site in topology.sites]),
        (SECTIONS, "section_id", [section.section_id for section in topology.sections]),
    ):
        for name, count in Counter(ids).items():
            if count > 1:
                yield Finding(
                    code="duplicate-id",
                    place=Place(table=table, record=name, field=field),
                    message=f"{shown(name)} stands {count} times; every one of the {table} needs "
                    "an identifier of its own",
                )


def _unknown_sites(topology: Topology) -> Iterator[Finding]:
    known = {site.site_id for site in topology.sites}
    suggestions = 0
    ends = (
        *((SECTIONS, section.section_id, section) for section in topology.sections),
        *((DEMANDS, str(number), demand) for number, demand in enumerate(topology.demands)),
    )
    for table, record, holder in ends:
        for field in ("a_site_id", "z_site_id"):
            end = getattr(holder, field)
            if end not in known:
                suggestions += 1
                yield Finding(
                    code="unknown-site",
                    place=Place(table=table, record=record, field=field),
                    message=f"{shown(end)} is no site of the topology; name one"
                    + did_you_mean(end, _worth_suggesting(known, suggestions)),
                )


def _worth_suggesting(known: set[SiteId], suggestions: int) -> Collection[str]:
    few = suggestions <= _SUGGESTIONS_MAX and len(known) <= _SUGGESTED_FROM_MAX
    return sorted(known) if few else ()


def _section_findings(topology: Topology) -> Iterator[Finding]:
    """What is wrong with the ends and the lengths of sections."""
    if not topology.sections:
        yield Finding(
            code="no-sections",
            place=Place(table=SECTIONS),
            message="there is no section; a topology needs at least one",
        )
    positions = {site.site_id: site.position_deg for site in topology.sites}
    seen: set[tuple[frozenset[SiteId], float]] = set()
    for section in topology.sections:
        if section.a_site_id == section.z_site_id:
            yield Finding(
                code="section-loop",
                place=Place(table=SECTIONS, record=section.section_id, field="z_site_id"),
                message=f"leads from {shown(section.a_site_id)} to itself; name another end",
            )
            continue
        key = frozenset((section.a_site_id, section.z_site_id)), section.length_km
        if key in seen:
            yield _length_warning(
                section,
                code="section-twice",
                message=f"joins {shown(section.a_site_id)} and {shown(section.z_site_id)} over "
                f"{section.length_km:g} km as another section does; keep one unless there are two",
            )
        seen.add(key)
        if section.length_km == 0.0:
            yield _length_warning(
                section,
                code="zero-length",
                message="is 0 km; give the length of its glass, or make one site of the two",
            )
        yield from _too_short(section, positions)


def _too_short(
    section: TopologySection, positions: Mapping[SiteId, tuple[float, float] | None]
) -> Iterator[Finding]:
    """A section that is shorter than the shortest way on the globe."""
    a, z = positions.get(section.a_site_id), positions.get(section.z_site_id)
    if a is None or z is None:
        return
    straight_km = great_circle_between_km(a, z)
    if section.length_km < straight_km * _SHORTER_SHARE - _SHORTER_KM:
        yield _length_warning(
            section,
            code="shorter-than-great-circle",
            message=f"is {section.length_km:g} km, yet the coordinates of its ends lie "
            f"{straight_km:.1f} km apart; correct the length or the coordinates",
        )


def _length_warning(section: TopologySection, *, code: str, message: str) -> Finding:
    place = Place(table=SECTIONS, record=section.section_id, field="length_km")
    return Finding(code=code, place=place, message=message, severity=Severity.WARNING)


def _demand_loops(topology: Topology) -> Iterator[Finding]:
    for number, demand in enumerate(topology.demands):
        if demand.a_site_id == demand.z_site_id:
            yield Finding(
                code="demand-loop",
                place=Place(table=DEMANDS, record=str(number), field="z_site_id"),
                message=f"asks for traffic from {shown(demand.a_site_id)} to itself, which no "
                "section carries; name another end or delete it",
                severity=Severity.WARNING,
            )


def _component_findings(topology: Topology) -> Iterator[Finding]:
    parts = components(topology)
    if len(parts) > 1:
        least = ", ".join(site.site_id for site in parts[-1][:_NAMED_MAX])
        yield Finding(
            code="several-components",
            place=Place(table=SITES),
            message=f"the sections leave {len(parts)} groups of sites apart, the largest of "
            f"{len(parts[0])}, the smallest with {least}; no route leads from one to another",
            severity=Severity.WARNING,
        )
