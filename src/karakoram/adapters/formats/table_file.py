"""Which table does a CSV or XLSX file hold, and how is one written that no spreadsheet runs?

Text that a spreadsheet would take for a formula (it begins with =, +, -, @, a tab or a carriage
return) stands behind an apostrophe in CSV, which is taken off again when it is read; in XLSX it is
marked as text. Numbers are written as numbers.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from karakoram.adapters.formats.csv_table import csv_from_rows, rows_from_csv
from karakoram.adapters.formats.text_files import (
    check_target,
    file_finding,
    read_bytes,
    text_from_bytes,
    write_bytes,
)
from karakoram.adapters.formats.xlsx_table import (
    excel_library,
    lines_from_xlsx,
    xlsx_from_table,
)
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding
from karakoram.core.tables import HEADER_ROW, NumberedRow, rows_from_cells
from karakoram.usecases.table_ports import Table, TableCell, TableRows, text_from_cell

SUFFIXES = (".csv", ".xlsx")
_MISSING = "is missing; name a file that exists"
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file with one table; its ending, ``.csv`` or ``.xlsx``, says its form."""

    path: Path
    sheet: str = ""
    """Which sheet of a workbook; empty for the first."""

    def read_rows(self) -> TableRows:
        """The rows, numbered as a spreadsheet does.

        Raises
        ------
        InvalidDataError
            If the file cannot be read or holds no table.
        RefusedError
            If the name ends in no form that is known, or what reads it is not installed.
        """
        is_workbook, file = self._is_workbook(), self.path.name
        data = read_bytes(self.path.parent, file)
        if isinstance(data, Finding):
            is_missing = data.code == "missing-file"
            raise InvalidDataError((replace(data, message=_MISSING) if is_missing else data,))
        if is_workbook:
            lines, breaches = lines_from_xlsx(data, file=file, sheet=self.sheet)
            found = _rows_from_lines(lines, file=file)
            return replace(found, findings=(*breaches, *found.findings))
        text = text_from_bytes(data, file)
        if isinstance(text, Finding):
            raise InvalidDataError((text,))
        rows = rows_from_csv(text, table=self.path.stem)
        return TableRows(
            table=self.path.stem,
            file=file,
            header=rows.header,
            rows=tuple(map(_unguarded_row, rows.rows)),
            findings=_named(rows.findings, file),
        )

    def check(self) -> None:
        """Refuse a place that cannot be written.

        Raises
        ------
        RefusedError
            If the name ends in no form that is known, or what writes it is not installed.
        OSError
            If the place cannot be written.
        """
        if self._is_workbook():
            excel_library()
        check_target(self.path)

    def write_table(self, table: Table) -> None:
        """Write the table in one step.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """
        self.check()
        if self._is_workbook():
            made = xlsx_from_table(table, sheet=self.sheet or self.path.stem)
            write_bytes(made, self.path)
            return
        write_bytes(_csv_from_table(table).encode("utf-8"), self.path)

    def _is_workbook(self) -> bool:
        suffix = self.path.suffix.lower()
        if suffix not in SUFFIXES:
            raise RefusedError(
                f"{self.path} must end with {' or '.join(SUFFIXES)}, so that its format is known; "
                "the name of a folder has no ending"
            )
        return suffix == ".xlsx"


def _csv_from_table(table: Table) -> str:
    r"""The CSV text of a table, guarded against being run as formulas.

    >>> _csv_from_table(Table(header=("name", "mrc"), rows=(("=1+1", -3), ("a", 0.5))))
    "name,mrc\n'=1+1,-3\na,0.5\n"
    """
    rows = (dict(zip(table.header, map(_csv_cell, row), strict=True)) for row in table.rows)
    return csv_from_rows(rows, header=table.header)


def _csv_cell(cell: TableCell) -> str:
    return guarded(cell) if isinstance(cell, str) else text_from_cell(cell)


def guarded(text: str) -> str:
    """The text as no spreadsheet takes it for a formula.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("a=b")
    ("'=1+1", "''=1+1", 'a=b')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What ``guarded`` was given.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'tis")
    ('=1+1', "'=1+1", "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text


def _unguarded_row(row: NumberedRow) -> NumberedRow:
    number, cells = row
    return number, {name: unguarded(cell) for name, cell in cells.items()}


def _rows_from_lines(lines: list[list[str]], *, file: str) -> TableRows:
    """The rows of a sheet; its first line names the columns."""
    if not lines:
        message = "holds no rows; its first row names the columns"
        raise InvalidDataError((file_finding(file, code="empty-file", message=message),))
    table = file.rpartition(".")[0]
    header = tuple(name.strip() for name in lines[0])
    rows, findings = rows_from_cells(lines[HEADER_ROW:], header=header, table=table)
    return TableRows(
        table=table, file=file, header=header, rows=rows, findings=_named(findings, file)
    )


def _named(findings: tuple[Finding, ...], file: str) -> tuple[Finding, ...]:
    return tuple(replace(each, place=replace(each.place, file=file)) for each in findings)
