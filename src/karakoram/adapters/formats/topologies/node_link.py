"""Which topology does JSON in node-link form hold, such as that of TopoHub?

Each site has its coordinates in ``pos``, each edge its length in ``dist``, which TopoHub makes of
coordinates. Lengths are kept as they stand; what they were taken along is found by comparing.

Source: P. Jurkiewicz, "TopoHub: A repository of reference Gabriel graph and real-world topologies
for networking research", SoftwareX 24, 2023, 101540; the form is that of NetworkX.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import hypot
from typing import Any

from karakoram.adapters.formats.gnpy.fields import ONE, Entry, number, text
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.drafts import (
    DemandDraft,
    Point,
    SectionDraft,
    SiteDraft,
    TopologyDraft,
    is_off_the_globe,
    readable_ids,
    topology_from_draft,
)
from karakoram.adapters.formats.topologies.judgement import file_provenance
from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX, CellBreach
from karakoram.network.geometry import great_circle_between_km
from karakoram.network.topology import SectionLengthBasis, Topology

LENGTH_KEYS = ("length_km", "dist", "distance", "length")
"""Members of an edge that are its length in kilometres; the first counts."""

_FIELDS: Mapping[str, str] = {"a_site_id": "source", "z_site_id": "target"}
_POINT_NUMBERS = 2
_ALIKE_SHARE = 0.01
_ALIKE_KM = 2.0
"""Coordinates stand there to 0.01 degree: up to 0.8 km at each end."""
_ALIKE_DRAWN = 0.05
"""Of a drawing, in its own unit, also to two places."""


def topology_from_node_link(
    document: Mapping[str, Any], *, file: str, log: Log
) -> Reading[Topology]:
    """The topology in a JSON document with ``nodes`` and ``edges`` (or ``links``).

    Parameters
    ----------
    document
        The object that the file holds.
    file
        Its name; the topology has it without the extension.
    log
        What was found while reading.
    """
    root = Entry(value=document, path="", log=log)
    edges = root.child("edges" if "edges" in document else "links")
    read = [_site(part) for part in root.child("nodes").items()]
    sites = [site for site in read if site is not None]
    names = readable_ids({site.site_id: site.name for site in sites})
    sections = [one for part in edges.objects() if (one := _section(part, names))]
    one_way = document.get("directed") is True
    placed = [replace(site, site_id=names[site.site_id]) for site in sites]
    points = {site.site_id: site.point for site in placed if site.point is not None}
    is_drawing = is_off_the_globe(placed) or _is_drawn(sections, points)
    return topology_from_draft(
        TopologyDraft(
            name=file.rpartition(".")[0] or file,
            sites=placed,
            sections=[
                replace(
                    one,
                    is_one_way=one_way,
                    length_basis=_basis(one, points, is_drawing=is_drawing),
                )
                for one in sections
            ],
            demands=list(_demands(root.child("graph").child("demands"), names)),
            provenance=file_provenance(file),
            knows_every_site=None not in read,
            is_drawing=is_drawing,
            fields=_FIELDS,
        ),
        log,
    )


def _site(entry: Entry) -> SiteDraft | None:
    if not entry.is_object():
        return None
    raw = _identifier(entry.child("id"))
    name = entry.child("name")
    label = "" if name.value is None else text(name.value, ONE)
    if isinstance(label, CellBreach):
        name.find(label.code, label.message)
    at = entry.child("pos")
    point = None if at.value is None else _point(at)
    if raw is None or isinstance(label, CellBreach) or (at.value is not None and point is None):
        return None
    return SiteDraft(site_id=raw, name=" ".join(str(label).split()), point=point, place=entry.place)


def _identifier(entry: Entry) -> str | None:
    """A whole number or a text that names a site; ``None``, and a finding, for anything else."""
    value = entry.value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    name = (
        text(value, ONE)
        if value is not None
        else CellBreach(code="missing", message="is missing; write which site it is")
    )
    if isinstance(name, CellBreach):
        entry.find(name.code, name.message)
        return None
    stripped = str(name).strip()
    if not stripped or len(stripped) > IDENTIFIER_CHARACTERS_MAX:
        entry.find("missing-name", f"must be a name of 1 to {IDENTIFIER_CHARACTERS_MAX} characters")
        return None
    return stripped


def _point(entry: Entry) -> Point | None:
    parts = entry.items()
    if len(parts) != _POINT_NUMBERS:
        if isinstance(entry.value, list):
            entry.find("not-a-point", "must be two numbers: longitude and latitude, or x and y")
        return None
    x, y = (_number(part) for part in parts)
    return None if x is None or y is None else (x, y)


def _number(entry: Entry) -> float | None:
    value = number(entry.value, ONE)
    if isinstance(value, CellBreach):
        entry.find(value.code, value.message)
        return None
    assert isinstance(value, float), "a number of the file is one of ours"
    return value


def _section(entry: Entry, names: Mapping[str, str]) -> SectionDraft | None:
    a, z = (_identifier(entry.child(end)) for end in ("source", "target"))
    stated = next((entry.child(key) for key in LENGTH_KEYS if key in entry.members), None)
    length_km = None if stated is None else _number(stated)
    if a is None or z is None or (stated is not None and length_km is None):
        return None
    return SectionDraft(
        a=names.get(a, a), z=names.get(z, z), length_km=length_km, place=entry.place
    )


def _basis(
    section: SectionDraft, points: Mapping[str, Point], *, is_drawing: bool
) -> SectionLengthBasis | None:
    """What a stated length was taken along, as far as coordinates tell."""
    a, z = points.get(section.a), points.get(section.z)
    if section.length_km is None or a is None or z is None:
        return None
    on_globe = _is_alike(section.length_km, great_circle_between_km(a, z), within=_ALIKE_KM)
    if on_globe and not is_drawing:
        return SectionLengthBasis.GREAT_CIRCLE
    if on_globe or _is_alike(section.length_km, _drawn(a, z), within=_ALIKE_DRAWN):
        return SectionLengthBasis.COMPUTED
    return SectionLengthBasis.PUBLISHED


def _is_drawn(sections: Sequence[SectionDraft], points: Mapping[str, Point]) -> bool:
    """Whether every length is the distance of its ends on a plane."""
    measured = [
        (section.length_km, points[section.a], points[section.z])
        for section in sections
        if section.length_km is not None and section.a in points and section.z in points
    ]
    return bool(measured) and all(
        _is_alike(length_km, _drawn(a, z), within=_ALIKE_DRAWN) for length_km, a, z in measured
    )


def _drawn(a: Point, z: Point) -> float:
    return hypot(a[0] - z[0], a[1] - z[1])


def _is_alike(stated: float, made: float, *, within: float) -> bool:
    return abs(stated - made) <= _ALIKE_SHARE * made + within


def _demands(entry: Entry, names: Mapping[str, str]) -> Iterator[DemandDraft]:
    """Demands by source and target, as TopoHub has them."""
    if entry.value is None or not entry.is_object():
        return
    for source in entry.members:
        row = entry.child(source)
        if not row.is_object():
            continue
        for target in row.members:
            cell = row.child(target)
            volume = _number(cell)
            if volume is not None:
                yield DemandDraft(
                    a=names.get(source, source),
                    z=names.get(target, target),
                    volume=volume,
                    place=cell.place,
                )
