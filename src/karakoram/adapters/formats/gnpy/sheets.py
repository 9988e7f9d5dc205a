"""Which cells does a workbook hold (XLS or XLSX), and which column of a sheet has which name?

This is the one module that needs the extra ``excel``: openpyxl for XLSX, xlrd for XLS.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.text_files import FILE_BYTES_MAX
from karakoram.core.cells import control_breach
from karakoram.core.findings import Place

Cell = str | float | bool | None
Rows = tuple[tuple[Cell, ...], ...]
Workbook = Mapping[str, Rows]

COLUMNS_MAX = 40
ROWS_MAX = 100_000
_UNPACKED_BYTES_MAX = 4 * FILE_BYTES_MAX
_HEADER_ROWS_MAX = 15
_XLRD_NUMBER, _XLRD_BOOLEAN, _XLRD_ERROR = 2, 4, 5

_LIBRARIES: Mapping[str, str] = {".xls": "xlrd", ".xlsx": "openpyxl", ".xlsm": "openpyxl"}
"""By suffix, what reads it; both come with the extra ``excel``."""


def read_workbook(path: Path, log: Log) -> Workbook | None:
    """The cells of every sheet; ``None`` when there are none, and the log says why."""
    place = Place(table=path.stem, file=path.name)
    name = _LIBRARIES.get(path.suffix.lower())
    if name is None:
        log.find("not-a-workbook", f"must end with {', '.join(_LIBRARIES)}", place=place)
        return None
    try:
        library = import_module(name)
    except ImportError:
        log.find(
            "excel-not-installed",
            f"sheets are read by {name}, which is not installed; install karakoram[excel], or "
            "save the file as JSON",
            place=place,
        )
        return None
    data = _data(path, log, place)
    if data is None:
        return None
    read = _xls if name == "xlrd" else _xlsx
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read(library, data)
    except Exception as error:  # noqa: BLE001  (the libraries let a damaged file raise anything)
        log.find(
            "not-a-workbook",
            f"cannot be read as {path.suffix} ({type(error).__name__}); save it anew",
            place=place,
        )
        return None


def _data(path: Path, log: Log, place: Place) -> bytes | None:
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_BYTES_MAX + 1)
    except (OSError, ValueError) as error:
        log.find("unreadable-file", f"cannot be read ({error}); name a file that can", place=place)
        return None
    unpacked = len(data)
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist()) // 4
    if unpacked > FILE_BYTES_MAX:
        log.find("file-too-large", "is too large; no network needs as much", place=place)
        return None
    return data


def _xls(library: Any, data: bytes) -> Workbook:  # noqa: ANN401  (a module without types)
    book = library.open_workbook(file_contents=data, logfile=io.StringIO())
    return {
        sheet.name: tuple(
            tuple(map(_xls_cell, sheet.row(row)[:COLUMNS_MAX]))
            for row in range(min(sheet.nrows, ROWS_MAX))
        )
        for sheet in book.sheets()
    }


def _xls_cell(cell: Any) -> Cell:  # noqa: ANN401  (of a module without types)
    if cell.ctype == _XLRD_ERROR:
        return "#ERROR"
    if cell.ctype == _XLRD_BOOLEAN:
        return bool(cell.value)
    return float(cell.value) if cell.ctype == _XLRD_NUMBER else _cell(cell.value)


def _xlsx(library: Any, data: bytes) -> Workbook:  # noqa: ANN401  (a module without types)
    book = library.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        return {
            sheet.title: tuple(
                tuple(map(_cell, row))
                for row in sheet.iter_rows(max_row=ROWS_MAX, max_col=COLUMNS_MAX, values_only=True)
            )
            for sheet in book.worksheets
        }
    finally:
        book.close()


def _cell(value: object) -> Cell:
    """Numbers as floats, nothing for blanks, everything else as text."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    return str(value).strip() or None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """The cells of one row by the names of their columns; blank ones are left out."""

    sheet: str
    row: int
    """As a spreadsheet counts: the first is 1."""
    cells: Mapping[str, Cell]
    log: Log

    def place(self, *, field: str | None = None, record: str | None = None) -> Place:
        """Where the row stands in its file."""
        whole = self.log.place(self.sheet, record=record, field=field)
        return Place(table=whole.table, record=record, field=field, file=whole.file, row=self.row)

    def find(self, code: str, message: str, *, field: str | None = None) -> None:
        """Keep a finding about this row."""
        self.log.find(code, message, place=self.place(field=field))

    def name(self, column: str) -> str:
        """The text of a cell that names something; empty for a blank one.

        A spreadsheet makes a number of a name that looks like one: 3 is named ``3``, not ``3.0``.
        """
        value = self.cells.get(column)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        breach = control_breach(str(value))
        if breach is not None:
            self.find(breach.code, breach.message, field=column)
            return ""
        return str(value)

    def value(self, column: str, *, default: Cell = None) -> Cell:
        """The cell, or what counts where it is blank, which is kept as an assumption."""
        value = self.cells.get(column)
        if value is not None:
            return value
        if default is not None:
            self.log.assume(f"{self.sheet}.{column}", f"{default}")
        return default


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """The columns of a sheet: names that stand alone, and names under a heading of the row above.

    A column is found by a part of its name, as GNPy finds it.
    """

    columns: Mapping[str, str]
    """Part of the name in the file, and our key."""
    grouped: Mapping[str, Mapping[str, str]]
    """Part of the heading in the file, and the columns under it."""
    required: tuple[str, ...]
    """Names without which a sheet cannot be read."""
    width: int
    """Columns beyond are remarks."""


def sheet_rows(
    workbook: Workbook, sheet: str, layout: SheetLayout, *, log: Log
) -> Iterator[SheetRow]:
    """The rows of a sheet that name something in their first column."""
    rows = workbook[sheet]
    top = next(
        (
            index
            for index, row in enumerate(rows[:_HEADER_ROWS_MAX])
            if _column(row, layout.required[0], (0, layout.width)) is not None
        ),
        None,
    )
    if top is None:
        log.find(
            "missing-column",
            f"has no column {layout.required[0]}; its names stand in one of the first rows",
            place=log.place(sheet),
        )
        return
    columns = _columns(rows, top, layout)
    missing = [name for name in layout.required if layout.columns.get(name) not in columns]
    for name in missing:
        log.find("missing-column", f"has no column {name}", place=log.place(sheet))
    if missing:
        return
    for index, row in enumerate(rows[top + 1 :], start=top + 2):
        if row and row[0] is not None:
            cells = {key: row[at] for key, at in columns.items() if at < len(row)}
            stated = {key: cell for key, cell in cells.items() if cell is not None}
            yield SheetRow(sheet=sheet, row=index, cells=stated, log=log)


def _columns(rows: Rows, top: int, layout: SheetLayout) -> dict[str, int]:
    """Where the column of each key stands."""
    found: dict[str, int] = {}
    for name, key in layout.columns.items():
        at = _column(rows[top], name, (0, layout.width))
        if at is not None:
            found[key] = at
    headings = rows[top - 1] if top else ()
    for heading, names in layout.grouped.items():
        start = _column(headings, heading, (0, layout.width))
        if start is None:
            continue
        end = next(
            (at for at in range(start + 1, layout.width) if _text(headings, at)), layout.width
        )
        for name, key in names.items():
            at = _column(rows[top], name, (start, end))
            if at is not None:
                found[key] = at
    return found


def _column(row: tuple[Cell, ...], name: str, extent: tuple[int, int]) -> int | None:
    """Where the first cell stands whose text has ``name`` in it."""
    return next((at for at in range(*extent) if name in _text(row, at)), None)


def _text(row: tuple[Cell, ...], at: int) -> str:
    value = row[at] if at < len(row) else None
    return value if isinstance(value, str) else ""
