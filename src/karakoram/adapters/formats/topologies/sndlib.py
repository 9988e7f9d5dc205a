"""Which topology does an instance of SNDlib hold, in its native format or in XML?

SNDlib states no lengths. Where its coordinates are degrees a length is the great circle between
them; where they are those of a drawing it is the distance there, and no kilometre.

Source: S. Orlowski, R. Wessäly, M. Pióro, A. Tomaszewski, "SNDlib 1.0 - Survivable Network Design
Library", Networks 55 (3), 2010, 276-286, and the description of its formats.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.topologies.drafts import (
    DemandDraft,
    Point,
    SectionDraft,
    SiteDraft,
    TopologyDraft,
    topology_from_draft,
)
from karakoram.adapters.formats.topologies.judgement import file_provenance
from karakoram.adapters.formats.topologies.values import name_from_text, number_from_text
from karakoram.adapters.formats.topologies.xml_tree import XmlElement
from karakoram.core.cells import IDENTIFIER_CHARACTERS_MAX, shown
from karakoram.core.findings import Place
from karakoram.network.topology import Topology
from karakoram.network.validate_topology import DEMANDS, SECTIONS, SITES

_Draft = TypeVar("_Draft")

_HEADER = re.compile(r"\?SNDlib native format;\s*type:\s*(?P<type>\w+)")
_SECTION = re.compile(r"^(META|NODES|LINKS|DEMANDS|ADMISSIBLE_PATHS)\s*\($", re.MULTILINE)
_TOKEN = re.compile(r"[()]|[^\s()]+")
_META = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>.*)")

_TABLES: Mapping[str, str] = {"NODES": SITES, "LINKS": SECTIONS, "DEMANDS": DEMANDS}
_SHAPES: Mapping[str, str] = {
    "NODES": "name ( x y )",
    "LINKS": "name ( site site ) and its modules",
    "DEMANDS": "name ( site site ) routing-unit value longest-path",
}
_FIELDS: Mapping[str, str] = {"a_site_id": "source", "z_site_id": "target"}
_SITE_PATH = ("networkStructure", "nodes")
_SECTION_PATH = ("networkStructure", "links")
_ENDS = 5
"""Tokens of ``name ( a z )``."""
_VALUE = 6
"""Place of a demand's value among the tokens of its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _NativeLine:
    """One line of a native file that says something."""

    part: str
    """Word before the parenthesis that it stands in."""
    tokens: tuple[str, ...]
    place: Place


def is_sndlib_native(text: str) -> bool:
    """Whether a text is an SNDlib file in the native format."""
    return _HEADER.match(text.lstrip()) is not None or _SECTION.search(text) is not None


def topology_from_sndlib_native(text: str, *, file: str) -> Reading[Topology]:
    """The topology in an SNDlib network file in the native format.

    Parameters
    ----------
    text
        Content of the file.
    file
        Its name, for the findings; the topology has it without the extension.
    """
    log = Log(file)
    header = _HEADER.match(text.lstrip())
    if header is not None and header["type"] != "network":
        message = f"is an SNDlib file of type {shown(header['type'])}; name one of type network"
        log.find("not-a-topology", message, place=log.place(file.rpartition(".")[0] or file))
        return log.reading(None)
    lines = list(_native_lines(text, log))
    unit = [line.tokens for line in lines if line.part == "META" and line.tokens[:1] == ("unit",)]
    sites = _taken(lines, "NODES", read=lambda line: _native_site(line, log))
    return topology_from_draft(
        TopologyDraft(
            name=file.rpartition(".")[0] or file,
            sites=sites,
            knows_every_site=len(sites) == sum(line.part == "NODES" for line in lines),
            sections=_taken(lines, "LINKS", read=lambda line: _native_section(line, log)),
            demands=_taken(lines, "DEMANDS", read=lambda line: _native_demand(line, log)),
            demand_unit=unit[0][1] if unit else "",
            provenance=file_provenance(file),
            fields=_FIELDS,
        ),
        log,
    )


def topology_from_sndlib_xml(root: XmlElement, *, file: str, log: Log) -> Reading[Topology]:
    """The topology in an SNDlib network file in XML.

    Parameters
    ----------
    root
        The element ``network``.
    file
        Its name; the topology has it without the extension.
    log
        What was found while reading.
    """
    places = root.first(*_SITE_PATH)
    kind = "" if places is None else places.attributes.get("coordinatesType", "")
    sites = [_xml_site(element, log) for element in root.each(*_SITE_PATH, "node")]
    sections = [_xml_section(element, log) for element in root.each(*_SECTION_PATH, "link")]
    demands = [_xml_demand(element, log) for element in root.each("demands", "demand")]
    return topology_from_draft(
        TopologyDraft(
            name=file.rpartition(".")[0] or file,
            sites=[site for site in sites if site is not None],
            knows_every_site=None not in sites,
            sections=[section for section in sections if section is not None],
            demands=[demand for demand in demands if demand is not None],
            demand_unit=root.text_of("meta", "unit"),
            provenance=file_provenance(file),
            is_drawing=kind not in {"", "geographical"},
            fields=_FIELDS,
        ),
        log,
    )


def _native_lines(text: str, log: Log) -> Iterator[_NativeLine]:
    """The lines inside the parts that say something of a topology, comments left out."""
    part, inner = "", 0
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith(("#", "?")):
            continue
        place = replace(log.place(_TABLES.get(part, "document")), row=number)
        tokens = tuple(_TOKEN.findall(line))
        if not part or _SECTION.match(line):
            _tell_open(part, log)
            part, inner = _part_begun(line, log, place=place), 0
        elif tokens == (")",) and not inner:
            part = ""
        elif part in _TABLES:
            yield _NativeLine(part=part, tokens=tokens, place=place)
        elif part == "META":
            yield _NativeLine(part=part, tokens=_member(line), place=place)
        else:  # paths that demands may take: nothing of the topology, but parentheses of their own
            inner += tokens.count("(") - tokens.count(")")
    _tell_open(part, log)


def _tell_open(part: str, log: Log) -> None:
    """Say that a part never ends, if one is open."""
    if part:
        message = f"the parenthesis of {part} is not closed; put ')' on a line of its own"
        log.find("not-sndlib", message, place=log.place("document"))


def _part_begun(line: str, log: Log, *, place: Place) -> str:
    """The part that a line begins; none, and a finding, where it begins none."""
    opens = _SECTION.match(line)
    if opens is not None:
        return opens[1]
    parts = ", ".join(f"{part} (" for part in _TABLES)
    message = f"{shown(line)} stands in no part of an SNDlib file; parts begin with {parts}"
    log.find("not-sndlib", message, place=place)
    return ""


def _member(line: str) -> tuple[str, ...]:
    """Key and value of a line of META."""
    meta = _META.fullmatch(line)
    return () if meta is None else (meta["key"], meta["value"].strip())


def _taken(
    lines: Sequence[_NativeLine], part: str, *, read: Callable[[_NativeLine], _Draft | None]
) -> list[_Draft]:
    """What the lines of a part hold, those in error left out."""
    found = (read(line) for line in lines if line.part == part)
    return [draft for draft in found if draft is not None]


def _has_shape(line: _NativeLine, log: Log, *, words: int, at_least: int) -> bool:
    """Whether a line is ``name ( word word )`` and so on; a finding if it is not."""
    tokens = line.tokens
    end = 2 + words
    is_right = (
        len(tokens) >= at_least
        and tokens[0] not in {"(", ")"}
        and tokens[1] == "("
        and tokens[end] == ")"
        and not {"(", ")"} & set(tokens[2:end])
    )
    if not is_right:
        log.find(
            "not-sndlib",
            f"{shown(' '.join(tokens))} must be {_SHAPES[line.part]}",
            place=line.place,
        )
    return is_right


def _native_site(line: _NativeLine, log: Log) -> SiteDraft | None:
    tokens = line.tokens
    is_bare = len(tokens) == 1 or tokens[1:] == ("(", ")")
    if not is_bare and not _has_shape(line, log, words=2, at_least=_ENDS):
        return None
    site_id = name_from_text(tokens[0], log, place=line.place)
    point = None if is_bare else _point(tokens[2], tokens[3], log, place=line.place)
    if site_id is None or (point is None and not is_bare):
        return None
    return SiteDraft(site_id=site_id, point=point, place=replace(line.place, record=site_id))


def _native_section(line: _NativeLine, log: Log) -> SectionDraft | None:
    if not _has_shape(line, log, words=2, at_least=_ENDS):
        return None
    names = _names(line.tokens, log, place=line.place)
    if names is None:
        return None
    section_id, a, z = names
    return SectionDraft(
        section_id=section_id, a=a, z=z, place=replace(line.place, record=section_id)
    )


def _native_demand(line: _NativeLine, log: Log) -> DemandDraft | None:
    if not _has_shape(line, log, words=2, at_least=_VALUE + 1):
        return None
    names = _names(line.tokens, log, place=line.place)
    volume = number_from_text(line.tokens[_VALUE], log, place=replace(line.place, field="value"))
    if names is None or volume is None:
        return None
    demand_id, a, z = names
    return DemandDraft(a=a, z=z, volume=volume, place=replace(line.place, record=demand_id))


def _names(tokens: tuple[str, ...], log: Log, *, place: Place) -> tuple[str, str, str] | None:
    own, a, z = (name_from_text(tokens[at], log, place=place) for at in (0, 2, 3))
    return None if own is None or a is None or z is None else (own, a, z)


def _point(x: str, y: str, log: Log, *, place: Place) -> Point | None:
    first = number_from_text(x, log, place=replace(place, field="x"))
    second = number_from_text(y, log, place=replace(place, field="y"))
    return None if first is None or second is None else (first, second)


def _xml_place(element: XmlElement, table: str, log: Log) -> Place:
    record = element.attributes.get("id", "").strip()[:IDENTIFIER_CHARACTERS_MAX]
    return replace(log.place(table, record=record or None), row=element.line)


def _xml_site(element: XmlElement, log: Log) -> SiteDraft | None:
    place = _xml_place(element, SITES, log)
    site_id = name_from_text(
        element.attributes.get("id", ""), log, place=replace(place, field="id")
    )
    at = element.first("coordinates")
    point = None if at is None else _point(at.text_of("x"), at.text_of("y"), log, place=place)
    if site_id is None or (at is not None and point is None):
        return None
    return SiteDraft(site_id=site_id, point=point, place=place)


def _xml_ends(element: XmlElement, place: Place, log: Log) -> tuple[str, str] | None:
    a, z = (
        name_from_text(element.text_of(end), log, place=replace(place, field=end))
        for end in ("source", "target")
    )
    return None if a is None or z is None else (a, z)


def _xml_section(element: XmlElement, log: Log) -> SectionDraft | None:
    place = _xml_place(element, SECTIONS, log)
    ends = _xml_ends(element, place, log)
    section_id = name_from_text(
        element.attributes.get("id", ""), log, place=replace(place, field="id")
    )
    if ends is None or section_id is None:
        return None
    return SectionDraft(section_id=section_id, a=ends[0], z=ends[1], place=place)


def _xml_demand(element: XmlElement, log: Log) -> DemandDraft | None:
    place = _xml_place(element, DEMANDS, log)
    ends = _xml_ends(element, place, log)
    volume = number_from_text(
        element.text_of("demandValue"), log, place=replace(place, field="demandValue")
    )
    if ends is None or volume is None:
        return None
    return DemandDraft(a=ends[0], z=ends[1], volume=volume, place=place)
