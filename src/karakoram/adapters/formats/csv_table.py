"""Which rows does the text of a CSV file hold, and which text do rows make?"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from karakoram.core.findings import Finding, Place
from karakoram.core.tables import HEADER_ROW, NumberedRow, rows_from_cells

COLUMNS_MAX = 1_000
"""The widest table has some twenty; what is wrong with each column takes time to tell."""

_OTHER_SEPARATORS: Mapping[str, str] = {";": "semicolons", "\t": "tabs"}
_MUST_BE_QUOTED = frozenset('",\r\n')


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvRows:
    """The rows of one CSV file, and what is wrong with their shape."""

    header: tuple[str, ...]
    rows: tuple[NumberedRow, ...]
    findings: tuple[Finding, ...]
    is_whole: bool
    """Whether the text was read to its end."""


def rows_from_csv(text: str, *, table: str) -> CsvRows:
    """The rows of a CSV text (RFC 4180, lines ended by LF or CRLF), read strictly.

    Parameters
    ----------
    text
        Content of the file, line ends untouched.
    table
        Name of the table for the findings.
    """
    lines, breach = _lines(text, table=table)
    blank = _blank_header(lines, table=table)
    if blank is not None:
        return CsvRows(header=(), rows=(), findings=(blank,), is_whole=False)
    too_wide = _too_wide_header(lines, table=table)
    if too_wide is not None:
        return CsvRows(header=(), rows=(), findings=(too_wide,), is_whole=False)
    header = tuple(name.strip() for name in lines[0]) if lines else ()
    separator = _other_separator(header, table=table)
    if separator is not None:
        return CsvRows(header=(), rows=(), findings=(separator,), is_whole=False)
    rows, findings = rows_from_cells(lines[1:], header=header, table=table)
    if breach is not None:
        findings = (*findings, breach)
    return CsvRows(header=header, rows=rows, findings=findings, is_whole=breach is None)


def csv_from_rows(rows: Iterable[Mapping[str, str]], *, header: Sequence[str]) -> str:
    r"""The CSV text of rows: LF at line ends, quotes only where they are needed.

    >>> csv_from_rows([{"site_id": "A", "name": "x, y"}], header=["site_id", "name"])
    'site_id,name\nA,"x, y"\n'
    """
    lines = [header, *([row[name] for name in header] for row in rows)]
    return "".join(",".join(map(_quoted, line)) + "\n" for line in lines)


def _quoted(cell: str) -> str:
    """The cell as the csv module writes it, the same in every version of the module."""
    if _MUST_BE_QUOTED.isdisjoint(cell):
        return cell
    return '"' + cell.replace('"', '""') + '"'


def _lines(text: str, *, table: str) -> tuple[list[list[str]], Finding | None]:
    """Cells by line, and the finding that stopped the reading."""
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        row = len(lines) + 1
        return lines, Finding(
            code="not-csv",
            place=Place(table=table, row=row),
            message=f"{error}; put double quotes around the whole cell, double those inside it, "
            f"and keep it below {csv.field_size_limit()} characters; nothing below was read",
        )
    return lines, None


def _blank_header(lines: list[list[str]], *, table: str) -> Finding | None:
    """The finding that the names of the columns do not stand in the first row but further down."""
    filled = (row for row, cells in enumerate(lines, start=1) if any(map(str.strip, cells)))
    first = next(filled, HEADER_ROW)
    if first == HEADER_ROW:
        return None
    return Finding(
        code="not-this-table",
        place=Place(table=table, row=HEADER_ROW),
        message=f"is blank and so names no column of {table}; the names must stand in row "
        f"{HEADER_ROW}, so delete the blank rows above row {first}",
    )


def _too_wide_header(lines: list[list[str]], *, table: str) -> Finding | None:
    """The finding that the first row names more columns than anybody can mean."""
    columns = len(lines[0]) if lines else 0
    if columns <= COLUMNS_MAX:
        return None
    return Finding(
        code="file-too-large",
        place=Place(table=table, row=HEADER_ROW),
        message=f"has {columns:,} columns, more than {COLUMNS_MAX:,}; no table needs as many",
    )


def _other_separator(header: Sequence[str], *, table: str) -> Finding | None:
    if len(header) != 1:
        return None
    for separator, plural in _OTHER_SEPARATORS.items():
        if separator in header[0]:
            return Finding(
                code="wrong-separator",
                place=Place(table=table, row=HEADER_ROW),
                message=f"the columns are separated by {plural}; save the file as CSV with commas",
            )
    return None
