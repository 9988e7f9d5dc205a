"""Which tables make a network, and what does the file of each of them hold?"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from typing import Any

from karakoram.adapters.formats.csv_table import csv_from_rows, rows_from_csv
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.findings import Finding, errors_of
from karakoram.core.tables import (
    columns_of,
    records_from_rows,
    rows_from_records,
)
from karakoram.network.prices import PriceItem
from karakoram.network.records import (
    Cable,
    Equipment,
    FailureClass,
    Handover,
    Operator,
    RiskGroup,
    Site,
    Span,
)
from karakoram.network.submarine import SubmarineSystem
from karakoram.refdata.equipment import AmplifierType, FibreType, RoadmType, TransceiverMode

NETWORK_TABLES: Mapping[str, type[Any]] = {
    "operators": Operator,
    "sites": Site,
    "cables": Cable,
    "submarine_systems": SubmarineSystem,
    "spans": Span,
    "risk_groups": RiskGroup,
    "failure_classes": FailureClass,
    "handovers": Handover,
    "equipment": Equipment,
    "prices": PriceItem,
}
"""Tables that every network folder holds, by the field of ``Network`` that they fill."""

LIBRARY_TABLES: Mapping[str, type[Any]] = {
    "fibre_types": FibreType,
    "amplifier_types": AmplifierType,
    "roadm_types": RoadmType,
    "transceiver_modes": TransceiverMode,
}
"""Tables that a folder may hold, by the field of ``EquipmentLibrary`` that they replace."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReading:
    """What was understood of the file of one table."""

    records: Mapping[str, Any] = field(default_factory=dict)
    """By identifier, in the order of the file."""
    row_by_id: Mapping[str, int] = field(default_factory=dict)
    """Row of every identifier seen, also of those whose record is in error."""
    findings: tuple[Finding, ...] = ()
    knows_every_id: bool = True
    """Whether an identifier that is not here is not in the file either."""

    @property
    def is_whole(self) -> bool:
        """Whether every row became a record."""
        return not errors_of(self.findings)


def file_name(table: str) -> str:
    """The file of a table."""
    return f"{table}.csv"


def placed(finding: Finding, tables: Mapping[str, TableReading]) -> Finding:
    """The finding with the file and row of the record that it is about."""
    place = finding.place
    row = tables[place.table].row_by_id.get(place.record or "")
    return replace(finding, place=replace(place, file=file_name(place.table), row=row))


def read_table(folder: Traversable, table: str, *, record_type: type[Any]) -> TableReading:
    """The records in the file of one table, and every finding about it."""
    text = read_text(folder, file_name(table))
    if isinstance(text, Finding):
        return TableReading(findings=(text,), knows_every_id=False)
    csv_rows = rows_from_csv(text, table=table)
    if not csv_rows.header:
        return TableReading(
            findings=_in_file(csv_rows.findings, table),
            knows_every_id=False,
        )
    records, findings = records_from_rows(
        csv_rows.rows,
        record_type=record_type,
        table=table,
        header=csv_rows.header,
        wants_every_column=True,
    )
    id_column = columns_of(record_type)[0]
    row_by_id: dict[str, int] = {}
    for number, cells in csv_rows.rows:
        row_by_id.setdefault(cells.get(id_column, "").strip(), number)
    odd_rows = {
        finding.place.record: finding.place.row
        for finding in csv_rows.findings
        if finding.place.record is not None and finding.place.row is not None
    }
    return TableReading(
        records={getattr(record, id_column): record for record in records},
        row_by_id={**odd_rows, **row_by_id},
        findings=_in_file((*csv_rows.findings, *findings), table),
        knows_every_id=csv_rows.is_whole
        and id_column in csv_rows.header
        and (csv_rows.header[0] == id_column or not odd_rows),
    )


def csv_from_records(records: Mapping[Any, Any], *, record_type: type[Any]) -> str:
    """The text of the file of a table, in the order of the mapping."""
    return csv_from_rows(rows_from_records(records.values()), header=columns_of(record_type))


def _in_file(findings: tuple[Finding, ...], table: str) -> tuple[Finding, ...]:
    return tuple(
        replace(finding, place=replace(finding.place, file=file_name(table)))
        for finding in sorted(findings, key=_row)
    )


def _row(finding: Finding) -> int:
    return finding.place.row or 0
