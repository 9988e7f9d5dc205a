"""Which photonic network does a file of GNPy hold: JSON of either style, XLS or XLSX?"""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.gnpy.element_fields import CONNECTION, UID
from karakoram.adapters.formats.gnpy.elements import element_of
from karakoram.adapters.formats.gnpy.fields import (
    Entry,
    find_unknown_members,
    made,
    text,
    values_of,
)
from karakoram.adapters.formats.gnpy.json_file import read_document
from karakoram.adapters.formats.gnpy.network_sheets import COLUMN_NAMES, document_from_sheets
from karakoram.adapters.formats.gnpy.reading import Log, Reading, relocated
from karakoram.adapters.formats.gnpy.sheets import read_workbook
from karakoram.core.cells import CellBreach, shown
from karakoram.core.findings import Finding
from karakoram.network.photonic.elements import Element
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.network import Connection, PhotonicNetwork
from karakoram.network.photonic.spectral import ElementId
from karakoram.network.photonic.validate import validate

NAMESPACE = "gnpy-network-topology:topology"
SHEET_SUFFIXES = (".xls", ".xlsx", ".xlsm")

_KEYS: Mapping[str, str] = {
    "fibre_type_id": "type_variety",
    "amplifier_type_id": "type_variety",
    "roadm_type_id": "type_variety",
    "transceiver_type_id": "type_variety",
    "settings.gain_db": "operational.gain_target",
    "dispersion_ps_per_nm_km": "params.dispersion",
    "loss_db_per_km": "params.loss_coef",
    "degree_targets": "params.per_degree_pch_out_db",
    "degree_impairments": "params.per_degree_impairments",
    "degree_design_bands": "params.per_degree_design_bands",
    "amplifier_choice": "params.restrictions",
    "bands": "amplifiers",
    "from_id": "from_node",
    "to_id": "to_node",
}
"""Where a field of a record stands in an element of a file."""

_MISSING_MAY_FOLLOW = ("ways-in", "ways-out", "unknown-degree")
"""Findings that may only follow from an element that is in error itself."""

_UNKNOWN_END = "connection-unknown-element"
_ELEMENTS = "elements["
"""In the path of each, of either style."""


def read_gnpy_network(path: Path, library: PhotonicLibrary) -> Reading[PhotonicNetwork]:
    """The network in a file of GNPy, judged together with the types it names.

    Parameters
    ----------
    path
        JSON in GNPy's own style or YANG-style; XLS or XLSX with the sheets Nodes, Links and
        perhaps Eqpt and Roadms, for which the extra ``excel`` must be installed.
    library
        The equipment that the network is built of.
    """
    log = Log(path.name)
    if path.suffix.lower() in SHEET_SUFFIXES:
        return _from_sheets(path, library, log)
    document = read_document(path, log)
    if document is None:
        return log.reading(None)
    return _network_from_document(document, library, log)


def _from_sheets(path: Path, library: PhotonicLibrary, log: Log) -> Reading[PhotonicNetwork]:
    workbook = read_workbook(path, log)
    made_of = None if workbook is None else document_from_sheets(workbook, log)
    if made_of is None:
        return log.reading(None)
    own = Log(path.name)
    reading = _network_from_document(made_of.document, library, own)
    for finding in relocated(reading.findings, made_of.places, columns=COLUMN_NAMES):
        log.add(finding)
    judged = log.reading(reading.value)
    return replace(judged, assumptions=(*judged.assumptions, *reading.assumptions))


def _network_from_document(
    document: Mapping[str, Any], library: PhotonicLibrary, log: Log
) -> Reading[PhotonicNetwork]:
    """The network that a JSON document holds, judged together with the types it names."""
    found = _found(document, log)
    if found is None:
        return log.reading(None)
    network, places, doubtful = found
    for finding in validate(network, library):
        if finding.code not in doubtful and not _names_one_in_error(finding, network, places):
            log.add(_placed(finding, places, log))
    return log.reading(network)


def _names_one_in_error(
    finding: Finding, network: PhotonicNetwork, places: Mapping[str, str]
) -> bool:
    """Whether a connection names an element that the file has, but that is in error itself."""
    if finding.code != _UNKNOWN_END:
        return False
    line = network.connections[int(finding.place.record or 0)]
    return _ELEMENTS in places.get(getattr(line, finding.place.field or ""), "")


def unjudged_network(document: Mapping[str, Any], log: Log) -> PhotonicNetwork | None:
    """The elements and connections that are right by themselves; ``None`` if it is no network."""
    found = _found(document, log)
    return None if found is None else found[0]


def _found(
    document: Mapping[str, Any], log: Log
) -> tuple[PhotonicNetwork, dict[str, str], tuple[str, ...]] | None:
    """The network, where its records stand, and what may only follow from elements in error."""
    root = Entry(value=document, path="", log=log)
    if NAMESPACE in document:
        root = root.child(NAMESPACE)
    if "elements" not in root.members or "connections" not in root.members:
        missing = next(key for key in ("elements", "connections") if key not in root.members)
        root.child(missing).find(
            "not-a-network", f"holds no {missing}; name a network file of GNPy"
        )
        return None
    find_unknown_members(root, ("elements", "connections", "network_name"))
    elements, paths = _elements(root.child("elements"))
    doubtful = _MISSING_MAY_FOLLOW if log.has_errors else ()
    stated = root.child("elements").value
    if not isinstance(stated, list) or len(paths) < len(stated):
        doubtful = (*doubtful, _UNKNOWN_END)
    lines = {
        entry.path: line for entry in root.child("connections").objects() if (line := _line(entry))
    }
    network = PhotonicNetwork(
        name=_name(root.child("network_name")),
        elements=elements,
        connections=tuple(lines.values()),
    )
    return network, {**paths, **{str(index): path for index, path in enumerate(lines)}}, doubtful


def _elements(section: Entry) -> tuple[dict[ElementId, Element], dict[str, str]]:
    """Elements by identifier, those in error left out, and where each stands."""
    elements: dict[ElementId, Element] = {}
    paths: dict[str, str] = {}
    for entry in section.objects():
        values = values_of(entry, (UID,), record_type=Connection)
        if values is None:
            continue
        uid = ElementId(values["element_id"])
        if uid in paths:
            entry.child(UID.key).find(
                "duplicate-id", f"{shown(uid)} already stands at {paths[uid]}; rename one"
            )
            continue
        paths[uid] = entry.path
        element = element_of(entry.named(uid))
        if element is not None:
            elements[uid] = element
    return elements, paths


def _line(entry: Entry) -> Connection | None:
    find_unknown_members(entry, [field.key for field in CONNECTION])
    return made(entry, Connection, values_of(entry, CONNECTION, record_type=Connection))


def _name(entry: Entry) -> str:
    if entry.value is None:
        return ""
    name = text(entry.value, UID.scale)
    if isinstance(name, CellBreach):
        entry.find(name.code, name.message)
    return name if isinstance(name, str) else ""


def _placed(finding: Finding, paths: Mapping[str, str], log: Log) -> Finding:
    """The finding with the path of the element or connection that it is about."""
    place = finding.place
    path = paths.get(place.record or "", place.table)
    field = _KEYS.get(place.field or "", place.field)
    record = place.record if place.table == "elements" else None
    where = log.place(place.table, record=record, field=f"{path}.{field}" if field else path)
    return replace(finding, place=where)
