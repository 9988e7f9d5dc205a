"""What is wrong with the topology that a file holds, told at the places of the file?"""

from collections.abc import Mapping
from dataclasses import replace

from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.topology import Topology
from karakoram.network.validate_topology import validate_topology

Places = Mapping[tuple[str, str], Place]
"""Where a record stands in its file, by table and identifier."""

_MISSING_MAY_FOLLOW = ("unknown-site", "no-sections", "several-components")
"""Findings that may only follow from a record that is in error itself."""


def judged_topology(
    topology: Topology, log: Log, *, places: Places, fields: Mapping[str, str]
) -> Reading[Topology]:
    """The topology unless something forbids using it, and everything wrong with it.

    Parameters
    ----------
    topology
        Made of the records of the file that are right.
    log
        What was found while reading.
    places
        Where the records stand.
    fields
        What the file calls a field of a record, where it has another name.
    """
    is_whole = not log.has_errors
    for finding in validate_topology(topology):
        if is_whole or finding.code not in _MISSING_MAY_FOLLOW:
            log.add(_placed(finding, log, places=places, fields=fields))
    return log.reading(topology)


def _placed(finding: Finding, log: Log, *, places: Places, fields: Mapping[str, str]) -> Finding:
    place = finding.place
    field = place.field if place.field is None else fields.get(place.field, place.field)
    at = places.get((place.table, place.record or ""))
    if at is None:
        return replace(finding, place=log.place(place.table, record=place.record, field=field))
    return replace(finding, place=replace(at, field=field))


def file_provenance(file: str, *, source: str = "") -> Provenance:
    """Where the figures come from: what the file names as its source, else the file itself."""
    return Provenance(source=source or file, confidence=Confidence.STATED)
