"""Which requests, matrix, modulations, bit rates and reserved bands stand in files of CSV?"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from karakoram.adapters.formats.csv_table import rows_from_csv
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.tables import columns_of, records_from_rows
from karakoram.planning.traffic.tables import (
    BitRateShare,
    PairTraffic,
    ReachRow,
    ReservedBand,
    TracedRequest,
)
from karakoram.usecases.simulate.traffic_ports import PlacedRow, TrafficTables

TRACE_BYTES_MAX = 256 * 2**20
TRACE_LINES_MAX = 1_000_000
"""A trace has a row for each request, so that it is longer than any table of a network."""

RowT = TypeVar("RowT")
_Read = tuple[tuple[PlacedRow[RowT], ...] | None, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficFiles:
    """CSV files of the tables; the first row of each names the fields of its record."""

    trace: Path | None = None
    matrix: Path | None = None
    reach_table: Path | None = None
    bit_rates: Path | None = None
    reserved: tuple[Path, ...] = field(default=())

    def read_tables(self) -> TrafficTables:
        """The tables of the files that are named.

        Raises
        ------
        InvalidDataError
            If one cannot be read, holds no row or a wrong one; carries every finding of all.
        """
        trace, of_trace = _rows(self.trace, TracedRequest, wants_every_column=True)
        matrix, of_matrix = _rows(self.matrix, PairTraffic)
        reach_table, of_reach = _rows(self.reach_table, ReachRow, wants_every_column=True)
        bit_rates, of_bit_rates = _rows(self.bit_rates, BitRateShare)
        bands = [_rows(path, ReservedBand) for path in self.reserved]
        of_bands = (finding for _, findings in bands for finding in findings)
        findings = (*of_trace, *of_matrix, *of_reach, *of_bit_rates, *of_bands)
        if findings:
            raise InvalidDataError(findings)
        return TrafficTables(
            trace=trace,
            matrix=matrix,
            reach_table=reach_table,
            bit_rates=bit_rates,
            reserved=tuple(row for rows, _ in bands for row in rows or ()),
        )


def _rows(
    path: Path | None, record_type: type[RowT], *, wants_every_column: bool = False
) -> "_Read[RowT]":
    """The rows of a file, and what is wrong with it; ``None`` where there is none."""
    if path is None:
        return None, ()
    is_trace = record_type is TracedRequest
    text = read_text(
        path.parent,
        path.name,
        holds=f"its first row is {','.join(columns_of(record_type))}",
        **({"bytes_max": TRACE_BYTES_MAX, "lines_max": TRACE_LINES_MAX} if is_trace else {}),
    )
    if isinstance(text, Finding):
        return None, (text,)
    table = rows_from_csv(text, table=path.stem)
    records, findings = records_from_rows(
        table.rows,
        record_type=record_type,
        table=path.stem,
        header=table.header,
        wants_every_column=wants_every_column,
        is_keyed=False,
    )
    wrong = errors_of((*table.findings, *(findings if table.is_whole else ())))
    if not wrong and not table.rows:
        wrong = (_no_row(path, record_type),)
    if wrong:
        return None, tuple(_in_file(wrong, path))
    places = (Place(table=path.stem, file=path.name, row=row) for row, _ in table.rows)
    return tuple(
        PlacedRow(row=record, place=place) for record, place in zip(records, places, strict=True)
    ), ()


def _in_file(findings: tuple[Finding, ...], path: Path) -> Iterator[Finding]:
    for finding in findings:
        yield replace(finding, place=replace(finding.place, file=path.name))


def _no_row(path: Path, record_type: type[object]) -> Finding:
    columns = ",".join(columns_of(record_type))
    return Finding(
        code="empty-table",
        place=Place(table=path.stem, row=1),
        message=f"holds no row below the first; write at least one under {columns}",
    )
