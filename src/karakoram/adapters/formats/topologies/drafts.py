"""How does what a file says of sites and sections become a topology, or findings?

A draft holds what stands in the file, right or wrong, and where. Lengths that are not stated are
made of coordinates, and then their basis says so; sections that a file has once for each
direction become one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TypeVar

from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.judgement import judged_topology
from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX, did_you_mean, shown
from karakoram.core.findings import Place, Severity
from karakoram.core.identifiers import RiskGroupId, SectionId, SiteId
from karakoram.core.provenance import Provenance
from karakoram.network.geometry import great_circle_between_km
from karakoram.network.topology import (
    SectionLengthBasis,
    Topology,
    TopologyDemand,
    TopologySection,
    TopologySite,
    section_ids,
)
from karakoram.network.validate_topology import DEMANDS, SECTIONS, SITES

Point = tuple[float, float]
"""Longitude and latitude [deg], or x and y of a drawing."""

_LONGITUDE_MAX, _LATITUDE_MAX = 180.0, 90.0
_KM_DIGITS = 3
"""Coordinates tell no metre, so a length made of them says none beyond."""

_PROPOSALS_MAX = 20
_PROPOSED_FROM_MAX = 5_000
"""Beyond them a search for the nearest name takes longer than whoever typed it."""

_Record = TypeVar("_Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteDraft:
    """A site as a file has it."""

    site_id: str
    name: str = ""
    point: Point | None = None
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionDraft:
    """A section as a file has it, perhaps one direction only."""

    section_id: str = ""
    a: str
    z: str
    length_km: float | None = None
    length_basis: SectionLengthBasis | None = None
    risk_groups: tuple[str, ...] = ()
    is_one_way: bool = False
    """Whether the file has another one for the way back."""
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDraft:
    """A demand as a file has it."""

    a: str
    z: str
    volume: float
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TopologyDraft:
    """Everything that a file says of a topology."""

    name: str
    sites: Sequence[SiteDraft]
    sections: Sequence[SectionDraft]
    demands: Sequence[DemandDraft] = ()
    demand_unit: str = ""
    licence: str = ""
    provenance: Provenance
    knows_every_site: bool = True
    """Whether an end that is not here is not in the file either."""
    is_drawing: bool = False
    """Whether the file says that its coordinates are no degrees; else they are looked at."""
    omits_unplaced: bool = False
    """Whether sections whose length nobody knows are left out with a warning."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the file calls a field of a record, where it has another name."""


def topology_from_draft(draft: TopologyDraft, log: Log) -> Reading[Topology]:
    """The topology unless something forbids using it, and everything wrong with it.

    Parameters
    ----------
    draft
        What the file says.
    log
        What was found while reading it.
    """
    is_drawing = draft.is_drawing or is_off_the_globe(draft.sites)
    if is_drawing and any(site.point for site in draft.sites):
        _tell_drawing(log)
    ends = _Ends(draft, log)
    joined = tuple(section for section in draft.sections if ends.are_known(section))
    whole = tuple(_with_lengths(replace(draft, sections=joined), log, is_drawing=is_drawing))
    sections = _both_ways(whole, log)
    ids = section_ids((section.a, section.z) for section in sections)
    named = [
        replace(section, section_id=section.section_id or made_id)
        for section, made_id in zip(sections, ids, strict=True)
    ]
    touched = {end for section in named for end in (section.a, section.z)}
    kept = [site for site in draft.sites if not draft.omits_unplaced or site.site_id in touched]
    demands = [demand for demand in draft.demands if ends.are_known(demand)]
    topology = Topology(
        name=draft.name,
        sites=_records(kept, log, made=lambda site: _site(site, is_drawing=is_drawing)),
        sections=_records(named, log, made=_section),
        demands=_records(demands, log, made=_demand),
        demand_unit=draft.demand_unit,
        licence=draft.licence,
        provenance=draft.provenance,
    )
    places = {
        **{(SITES, site.site_id): site.place for site in kept},
        **{(SECTIONS, section.section_id): section.place for section in named},
        **{(DEMANDS, str(number)): demand.place for number, demand in enumerate(demands)},
    }
    return judged_topology(topology, log, places=places, fields=draft.fields)


def is_off_the_globe(sites: Sequence[SiteDraft]) -> bool:
    """Whether any coordinates are beyond what degrees of longitude and latitude can be."""
    return any(
        abs(site.point[0]) > _LONGITUDE_MAX or abs(site.point[1]) > _LATITUDE_MAX
        for site in sites
        if site.point is not None
    )


def readable_ids(names: Mapping[str, str]) -> dict[str, str]:
    """For each identifier of a file the name that stands for it, where names are told apart.

    >>> readable_ids({"0": "Aachen", "1": "Bonn", "2": "Bonn", "3": ""})
    {'0': 'Aachen', '1': 'Bonn (1)', '2': 'Bonn (2)', '3': '3'}
    """
    counts: dict[str, int] = {}
    for name in names.values():
        counts[name] = counts.get(name, 0) + 1
    found = {}
    for raw, name in names.items():
        readable = raw if not name else name if counts[name] == 1 else f"{name} ({raw})"
        found[raw] = readable if len(readable) <= IDENTIFIER_CHARACTERS_MAX else raw
    return found if len(set(found.values())) == len(found) else {raw: raw for raw in names}


class _Ends:
    """Tells of ends that are no site; proposals are made for the first of them only."""

    def __init__(self, draft: TopologyDraft, log: Log) -> None:
        self._known = frozenset(site.site_id for site in draft.sites)
        self._is_told = draft.knows_every_site
        self._log = log
        self._fields = draft.fields
        self._proposals = _PROPOSALS_MAX if len(self._known) <= _PROPOSED_FROM_MAX else 0

    def are_known(self, holder: SectionDraft | DemandDraft) -> bool:
        """Whether both ends are sites; a finding for each that is none."""
        unknown = {"a_site_id": holder.a, "z_site_id": holder.z}
        for field_name, end in unknown.items():
            if end not in self._known and self._is_told:
                self._log.find(
                    "unknown-site",
                    f"{shown(end)} is no site of the file; name one" + self._proposal(end),
                    place=replace(holder.place, field=self._fields.get(field_name, field_name)),
                )
        return self._known >= set(unknown.values())

    def _proposal(self, end: str) -> str:
        self._proposals -= 1
        return did_you_mean(end, sorted(self._known)) if self._proposals >= 0 else ""


def _tell_drawing(log: Log) -> None:
    """Say once that coordinates are no degrees, and what follows."""
    log.find(
        "drawing-coordinates",
        "the coordinates are those of a drawing, no degrees of longitude and latitude: they are "
        "left out, and lengths made of them are distances in it, no kilometres of the ground; give "
        "lengths of your own where kilometres matter",
        place=log.place(SITES),
        severity=Severity.WARNING,
    )


def _with_lengths(draft: TopologyDraft, log: Log, *, is_drawing: bool) -> Iterator[SectionDraft]:
    """The sections, each with a length, where one is stated or coordinates give one."""
    points = {site.site_id: site.point for site in draft.sites}
    for section in draft.sections:
        if section.length_km is not None:
            yield section
            continue
        a, z = points.get(section.a), points.get(section.z)
        if a is not None and z is not None:
            yield _measured(section, a, z=z, is_drawing=is_drawing)
        elif draft.omits_unplaced:
            log.find(
                "left-out",
                "has no length, and an end has no coordinates to make one of: it is left out",
                place=section.place,
                severity=Severity.WARNING,
            )
        else:
            log.find(
                "missing-length",
                "has no length, and an end has no coordinates to make one of; state either",
                place=section.place,
            )


def _measured(section: SectionDraft, a: Point, *, z: Point, is_drawing: bool) -> SectionDraft:
    if is_drawing:
        length_km, basis = hypot(a[0] - z[0], a[1] - z[1]), SectionLengthBasis.COMPUTED
    else:
        length_km, basis = great_circle_between_km(a, z), SectionLengthBasis.GREAT_CIRCLE
    return replace(section, length_km=round(length_km, _KM_DIGITS), length_basis=basis)


def _both_ways(sections: Sequence[SectionDraft], log: Log) -> list[SectionDraft]:
    """The sections, those of opposite directions joined in the order in which they stand."""
    waiting: dict[tuple[str, str], list[int]] = {}
    found: list[SectionDraft] = []
    for section in sections:
        opposite = waiting.get((section.z, section.a)) if section.is_one_way else None
        if opposite:
            number = opposite.pop(0)
            found[number] = _joined(found[number], section, log)
            continue
        if section.is_one_way:
            waiting.setdefault((section.a, section.z), []).append(len(found))
        found.append(section)
    for number in sorted(number for numbers in waiting.values() for number in numbers):
        log.find(
            "one-way-section",
            f"leads from {shown(found[number].a)} to {shown(found[number].z)} and none back: it is "
            "taken for one of both ways",
            place=found[number].place,
            severity=Severity.WARNING,
        )
    return found


def _joined(there: SectionDraft, back: SectionDraft, log: Log) -> SectionDraft:
    assert there.length_km is not None, "every section has a length by now"
    assert back.length_km is not None, "every section has a length by now"
    if round(there.length_km - back.length_km, _KM_DIGITS):
        log.find(
            "two-lengths",
            f"is {there.length_km:g} km from {shown(there.a)} to {shown(there.z)} and "
            f"{back.length_km:g} km back: the longer one counts",
            place=back.place,
            severity=Severity.WARNING,
        )
    longer = there if there.length_km >= back.length_km else back
    return replace(
        there,
        length_km=longer.length_km,
        length_basis=longer.length_basis,
        risk_groups=tuple(dict.fromkeys((*there.risk_groups, *back.risk_groups))),
    )


def _records(
    drafts: Sequence[SiteDraft] | Sequence[SectionDraft] | Sequence[DemandDraft],
    log: Log,
    *,
    made: Callable[..., _Record],
) -> tuple[_Record, ...]:
    """The records of the drafts that are right, and a finding for each that is not."""
    records = []
    for draft in drafts:
        try:
            records.append(made(draft))
        except ValueError as error:
            message = str(error).partition(".")[2] or str(error)
            log.find("broken-rule", message, place=draft.place)
    return tuple(records)


def _site(draft: SiteDraft, *, is_drawing: bool) -> TopologySite:
    longitude_deg, latitude_deg = (None, None) if draft.point is None or is_drawing else draft.point
    return TopologySite(
        site_id=SiteId(draft.site_id),
        name=draft.name if draft.name != draft.site_id else "",
        longitude_deg=longitude_deg,
        latitude_deg=latitude_deg,
    )


def _section(draft: SectionDraft) -> TopologySection:
    assert draft.length_km is not None, "every section has a length by now"
    return TopologySection(
        section_id=SectionId(draft.section_id),
        a_site_id=SiteId(draft.a),
        z_site_id=SiteId(draft.z),
        length_km=draft.length_km,
        length_basis=draft.length_basis or SectionLengthBasis.PUBLISHED,
        risk_group_ids=tuple(map(RiskGroupId, draft.risk_groups)),
    )


def _demand(draft: DemandDraft) -> TopologyDemand:
    return TopologyDemand(a_site_id=SiteId(draft.a), z_site_id=SiteId(draft.z), volume=draft.volume)
