"""Which lines of text does the first sheet of an XLSX file hold, and how is a table written as one?

Numbers, days and moments become the text that a person would type; formulas count as what the
spreadsheet program last made of them. This module needs the extra ``excel``.
"""

import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from datetime import date, datetime, time
from decimal import Decimal
from importlib import import_module
from math import isfinite
from typing import Any, cast

from karakoram.adapters.formats.csv_table import COLUMNS_MAX
from karakoram.adapters.formats.text_files import FILE_BYTES_MAX
from karakoram.core.cells import control_breach
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.usecases.table_ports import Table, TableCell, text_from_cell, utc_second

ROWS_MAX = 100_000
_SHEET_ROWS_MAX = 1_048_576
"""Of any sheet of a spreadsheet program; a file that names a later row is damaged."""
_UNPACKED_BYTES_MAX = 8 * FILE_BYTES_MAX
"""A sheet packs eightfold and more; what unpacks to more than this is no table."""
_EXACT_DIGITS_MAX = 15
"""A spreadsheet keeps as many digits of a number (IEEE 754, double precision)."""
_WRITTEN_DIGITS = 16
"""Digits with which openpyxl writes a number."""
_CELL_CHARACTERS_MAX = 32_767
"""Of a cell of a spreadsheet (ECMA-376 programs agree on it)."""
_SHEET_NAME_CHARACTERS_MAX = 31
_WIDTH_MIN, _WIDTH_MAX = 8, 60
_FORMATS: Mapping[type, str] = {date: "yyyy-mm-dd", datetime: "yyyy-mm-dd hh:mm:ss"}

Cells = dict[tuple[int, int], Any]


def excel_library() -> Any:  # noqa: ANN401  (a library without types)
    """What reads and writes XLSX.

    Raises
    ------
    RefusedError
        With code ``excel-not-installed``.
    """
    try:
        return import_module("openpyxl")
    except ImportError:
        raise RefusedError(
            "XLSX files need openpyxl, which is not installed",
            code="excel-not-installed",
            alternatives=("install karakoram[excel]", "name a file that ends with .csv"),
        ) from None


def lines_from_xlsx(
    data: bytes, *, file: str, sheet: str = ""
) -> tuple[list[list[str]], tuple[Finding, ...]]:
    """The lines of a sheet as text, and every cell that holds no value.

    Parameters
    ----------
    data
        What stands in the file.
    file
        Its name, for the findings.
    sheet
        Which sheet; the first where none is called so.

    Raises
    ------
    InvalidDataError
        If it is no workbook, or larger than any table.
    RefusedError
        As of ``excel_library``.
    """
    library = excel_library()
    table = file.rpartition(".")[0]
    _check_size(data, Place(table=table, file=file))
    try:
        cells = _cells(library, data, sheet=sheet)
        _check_places(cells, Place(table=table, file=file))
        formulas = [at for at, cell in cells.items() if cell.data_type == "f"]
        computed = _cells(library, data, sheet=sheet, is_computed=True) if formulas else {}
    except InvalidDataError:
        raise
    except Exception as error:  # the library lets a damaged file raise anything
        raise InvalidDataError(
            (
                _finding(
                    "not-a-workbook",
                    f"is no XLSX file ({type(error).__name__}); save it anew",
                    Place(table=table, file=file),
                ),
            )
        ) from error
    width = max((column for row, column in cells if row == 1), default=0)
    lines: list[list[str]] = []
    findings: list[Finding] = []
    for (row, column), cell in cells.items():
        while len(lines) < row:
            lines.append([""] * width)
        name = cells.get((1, column))
        place = Place(
            table=table, file=file, row=row, field=None if name is None else str(name.value)[:100]
        )
        known = computed.get((row, column)) if cell.data_type == "f" else cell
        text = _text(known, place, findings)
        lines[row - 1].extend([""] * (column - len(lines[row - 1])))
        lines[row - 1][column - 1] = text
    return lines, tuple(findings)


def xlsx_from_table(table: Table, *, sheet: str) -> bytes:
    """The workbook with the table on its one sheet: header in bold, kept in sight, filtered.

    Parameters
    ----------
    table
        What is written.
    sheet
        Name of the sheet; letters that no sheet may have are left out.

    Raises
    ------
    RefusedError
        As of ``excel_library``.
    """
    library = excel_library()
    book = library.Workbook(write_only=True)
    page = book.create_sheet(_sheet_name(sheet))
    page.freeze_panes = "A2"
    letters = [library.utils.get_column_letter(at + 1) for at in range(len(table.header))]
    for letter, width in zip(letters, _widths(table), strict=True):
        page.column_dimensions[letter].width = width
    bold = library.styles.Font(bold=True)
    head = [_cell(library, page, name) for name in table.header]
    for cell in head:
        cell.font = bold
    page.append(head)
    for row in table.rows:
        page.append([_cell(library, page, value) for value in row])
    if letters:
        page.auto_filter.ref = f"A1:{letters[-1]}{len(table.rows) + 1}"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _check_size(data: bytes, place: Place) -> None:
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise InvalidDataError(
            (_finding("not-a-workbook", "is no XLSX file; save it anew", place),)
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        unpacked = sum(entry.file_size for entry in archive.infolist())
    if unpacked > _UNPACKED_BYTES_MAX:
        raise InvalidDataError((_finding("file-too-large", "is too large for a table", place),))


def _cells(library: Any, data: bytes, *, sheet: str, is_computed: bool = False) -> Cells:  # noqa: ANN401
    """The cells of a sheet that hold something, by row and column, in reading order."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = library.load_workbook(io.BytesIO(data), read_only=True, data_only=is_computed)
        with closing(book):
            page = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
            page.reset_dimensions()  # programs that write sheets get them wrong
            return {
                (cell.row, cell.column): cell
                for row in _rows(page)
                for cell in row
                if cell.value is not None
            }


def _rows(page: Any) -> Iterator[Any]:  # noqa: ANN401  (untyped)
    """The rows of a sheet, those between two that are written included.

    Raises
    ------
    ValueError
        If one stands lower than any spreadsheet has rows: the file is damaged.
    """
    for number, row in enumerate(page.iter_rows(), start=1):
        if number > _SHEET_ROWS_MAX:
            raise ValueError(f"a sheet has {_SHEET_ROWS_MAX} rows")
        yield row


def _check_places(cells: Cells, place: Place) -> None:
    """Refuse a sheet that holds more than is read: what lies beyond would be passed over.

    Raises
    ------
    InvalidDataError
        With a finding for its rows and one for its columns.
    """
    last = {
        "rows": (max((row for row, _ in cells), default=0), ROWS_MAX),
        "columns": (max((column for _, column in cells), default=0), COLUMNS_MAX),
    }
    breaches = tuple(
        _finding("file-too-large", f"has {many:,} {what}, more than {most:,}; split it", place)
        for what, (many, most) in last.items()
        if many > most
    )
    if breaches:
        raise InvalidDataError(breaches)


def _text(cell: Any, place: Place, findings: list[Finding]) -> str:  # noqa: ANN401  (untyped)
    """The text of a cell; a finding where it has none."""
    if cell is None:
        message = "holds a formula without a result; save the file in a spreadsheet program"
        findings.append(_finding("formula-without-result", message, place))
        return ""
    if cell.data_type == "e":
        message = f"holds the error {cell.value}; put a value in its place"
        findings.append(_finding("spreadsheet-error", message, place))
        return ""
    return _text_from_value(cell.value)


def _text_from_value(value: object) -> str:
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return value.date().isoformat() if is_day else value.replace(microsecond=0).isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 10**_EXACT_DIGITS_MAX:
        return str(int(value))
    if isinstance(value, str | bool | int | float | date):
        return text_from_cell(value)
    return str(value)


def _cell(library: Any, page: Any, value: TableCell) -> Any:  # noqa: ANN401  (without types)
    """A cell; text stays text, whatever it looks like."""
    known = utc_second(value) if isinstance(value, datetime) else (value if value != "" else None)
    if isinstance(known, str) or _is_beyond_numbers(known):
        cell = library.cell.WriteOnlyCell(page)
        cell.value = _kept(known if isinstance(known, str) else text_from_cell(known))
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell
    cell = library.cell.WriteOnlyCell(page, value=known)
    if type(known) in _FORMATS:
        cell.number_format = _FORMATS[type(known)]
    elif isinstance(known, Decimal):
        places = -cast("int", known.as_tuple().exponent)
        cell.number_format = "0" if places <= 0 else f"0.{'0' * places}"
    return cell


def _is_beyond_numbers(value: TableCell) -> bool:
    """Whether a spreadsheet would lose digits of the number."""
    if isinstance(value, float):
        return not isfinite(value) or float(f"{value:.{_WRITTEN_DIGITS}g}") != value
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return False
    return len(Decimal(value).as_tuple().digits) > _EXACT_DIGITS_MAX


def _kept(text: str) -> str:
    """The text as a sheet can hold it."""
    plain = "".join("\N{REPLACEMENT CHARACTER}" if control_breach(c) else c for c in text)
    short = plain if len(plain) <= _CELL_CHARACTERS_MAX else f"{plain[: _CELL_CHARACTERS_MAX - 1]}…"
    return short.replace("\r\n", "\n").replace("\r", "\n")


def _widths(table: Table) -> Iterable[int]:
    """Of each column, in characters of its longest cell within bounds."""
    for index, name in enumerate(table.header):
        longest = max((len(text_from_cell(row[index])) for row in table.rows), default=0)
        yield min(max(longest, len(name), _WIDTH_MIN) + 2, _WIDTH_MAX)


def _sheet_name(name: str) -> str:
    allowed = "".join(letter for letter in name if letter not in r"[]:*?/\'")
    return allowed[:_SHEET_NAME_CHARACTERS_MAX].strip() or "table"


def _finding(code: str, message: str, place: Place) -> Finding:
    return Finding(code=code, place=place, message=message)
