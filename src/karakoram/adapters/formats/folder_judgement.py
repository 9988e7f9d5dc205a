"""What is wrong with the records of a folder taken together, and is not said already?

The rules of ``network.validate`` are applied even where rows are in error, so that a person sees
everything at once. A breach that only follows from a row already reported is left out: a span
that names a site whose row is in error is not at fault.
"""

from collections.abc import Mapping
from dataclasses import replace

from karakoram.adapters.formats.folder_reading import FolderReading
from karakoram.adapters.formats.network_tables import (
    LIBRARY_TABLES,
    NETWORK_TABLES,
    TableReading,
    file_name,
)
from karakoram.adapters.formats.network_toml import FILE as SETTINGS_FILE
from karakoram.adapters.formats.network_toml import TABLE as SETTINGS_TABLE
from karakoram.adapters.formats.network_toml import with_row
from karakoram.core.cells import shortened
from karakoram.core.findings import Finding, errors_of
from karakoram.network.validate import validate

_AMPLIFIERS = ("amplifier_types",)
_TABLES_NAMED_BY_FIELD: Mapping[str, tuple[str, ...]] = {
    "site_id": ("sites",),
    "a_site_id": ("sites",),
    "z_site_id": ("sites",),
    "cable_id": ("cables",),
    "operator_id": ("operators",),
    "operator_ids": ("operators",),
    "owner_id": ("operators",),
    "from_operator_id": ("operators",),
    "to_operator_id": ("operators",),
    "landing_party_id": ("operators",),
    "failure_class_id": ("failure_classes",),
    "risk_group_ids": ("risk_groups",),
    "fibre_type_id": ("fibre_types",),
    "repeater_type_id": _AMPLIFIERS,
    "booster_type_id": _AMPLIFIERS,
    "line_amplifier_type_id": _AMPLIFIERS,
    "preamplifier_type_id": _AMPLIFIERS,
    "roadm_type_id": ("roadm_types",),
    "type_id": ("amplifier_types", "roadm_types"),
}
"""Where the record that a field names must stand."""

_TABLE_WHOSE_GAPS_CAUSE: Mapping[str, str] = {
    "site-without-span": "spans",
    "handover-without-span": "spans",
    "handover-missing": "handovers",
    "risk-group-without-span": "spans",
    "submarine-without-design": "submarine_systems",
}
"""Breaches of the kind "there is no such row": only a table without errors can tell."""

_FILE_ORDER = (SETTINGS_TABLE, *NETWORK_TABLES, *LIBRARY_TABLES)


def judged(reading: FolderReading) -> tuple[Finding, ...]:
    """Every finding about a folder with file and row, in the order of files and rows."""
    together = (
        _placed(finding, reading)
        for finding in validate(reading.network)
        if not _is_consequence(finding, reading)
    )
    every = (
        replace(finding, message=shortened(finding.message))
        for finding in (*reading.findings, *together)
    )
    return tuple(sorted(every, key=_order))


def _is_consequence(finding: Finding, reading: FolderReading) -> bool:
    place = finding.place
    if place.table == SETTINGS_TABLE and _is_stood_in_for(
        reading, section=place.record, key=place.field
    ):
        return True
    if finding.code == "price-currency":
        return _is_stood_in_for(reading, section="network", key="currency")
    cause = reading.tables.get(_TABLE_WHOSE_GAPS_CAUSE.get(finding.code, ""))
    if cause is not None:
        return not cause.is_whole
    return finding.code.startswith("unknown-") and _names_row_in_error(finding, reading)


def _is_stood_in_for(reading: FolderReading, *, section: str | None, key: str | None) -> bool:
    """Whether the value of a key of ``karakoram.toml`` is in error, or all of its section."""
    return any(
        finding.place.record in (section, None) and finding.place.field in (key, None)
        for finding in errors_of(reading.settings_findings)
    )


def _names_row_in_error(finding: Finding, reading: FolderReading) -> bool:
    """Whether the record that is not known may stand in a row that is in error."""
    place = finding.place
    named = [
        reading.tables[table]
        for table in _TABLES_NAMED_BY_FIELD.get(place.field or "", ())
        if table in reading.tables
    ]
    if not all(table.knows_every_id for table in named):
        return True
    known = [repr(key) for table in named for key in table.row_by_id.keys() - table.records.keys()]
    return any(finding.message.startswith(word) for word in known)


def _placed(finding: Finding, reading: FolderReading) -> Finding:
    """The finding with the file and row of the record it is about."""
    place = finding.place
    if place.table == SETTINGS_TABLE:
        in_file = replace(finding, place=replace(place, file=SETTINGS_FILE))
        return with_row(in_file, reading.settings_rows)
    table = reading.tables.get(place.table, TableReading())
    row = table.row_by_id.get(place.record or "")
    return replace(finding, place=replace(place, file=file_name(place.table), row=row))


def _order(finding: Finding) -> tuple[int, int]:
    table = finding.place.table
    position = _FILE_ORDER.index(table) if table in _FILE_ORDER else len(_FILE_ORDER)
    return position, finding.place.row or 0
