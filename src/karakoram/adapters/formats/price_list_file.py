"""How does a price list leave a catalogue as a spreadsheet, and come back?

CSV, or a workbook (XLSX) with one sheet; the columns are those of ``product_offering_prices``.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.catalogue_tables import PRICES_TABLE
from karakoram.adapters.formats.csv_table import csv_from_rows, rows_from_csv
from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.gnpy.sheets import Cell, Workbook, read_workbook
from karakoram.adapters.formats.text_files import read_text, write_text
from karakoram.core.cells import cell_from_value
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.tables import (
    NumberedRow,
    columns_of,
    records_from_rows,
    rows_from_cells,
    rows_from_records,
)
from karakoram.sales.catalogue.identifiers import ProductOfferingPriceId
from karakoram.sales.catalogue.offerings import ProductOfferingPrice

WORKBOOK = ".xlsx"
SUFFIXES = (".csv", WORKBOOK)

_MIDNIGHT = " 00:00:00"
_NUMBERS = ("tier_from", "tier_to", "amount")
"""Columns that a workbook holds as numbers, so that a person can count with them."""


@dataclass(frozen=True, slots=True)
class PriceListFile:
    """The prices of a catalogue in one file; a workbook loses blanks around a text."""

    path: Path

    def read_prices(
        self,
    ) -> tuple[Mapping[ProductOfferingPriceId, ProductOfferingPrice], tuple[Finding, ...]]:
        """The prices of the rows that are right, and everything that is wrong."""
        header, rows, findings = self._rows()
        if header is None or errors_of(findings):
            return {}, findings
        records, wrong = records_from_rows(
            rows, record_type=ProductOfferingPrice, table=self.path.stem, header=header
        )
        prices = {record.product_offering_price_id: record for record in records}
        return prices, (*findings, *self._in_file(wrong))

    def write_prices(self, prices: Mapping[ProductOfferingPriceId, ProductOfferingPrice]) -> None:
        """Write the prices, in their order.

        Raises
        ------
        RefusedError
            If the name ends in no format that is known, or what writes it is not installed.
        OSError
            If the disk refuses.
        """
        rows = rows_from_records(prices.values())
        header = columns_of(ProductOfferingPrice)
        match self.path.suffix.lower():
            case ".csv":
                write_text(csv_from_rows(rows, header=header), self.path)
            case ".xlsx":
                self.path.write_bytes(_workbook_bytes(header, rows))
            case _:
                raise RefusedError(
                    f"{self.path} must end with {' or '.join(SUFFIXES)}, so that its format is "
                    "known; the name of a folder has no ending"
                )

    def _rows(
        self,
    ) -> tuple[tuple[str, ...] | None, tuple[NumberedRow, ...], tuple[Finding, ...]]:
        if self.path.suffix.lower() == WORKBOOK:
            log = Log(self.path.name)
            workbook = read_workbook(self.path, log)
            if workbook is None:
                return None, (), tuple(map(_in_our_words, log.findings))
            return self._rows_of_workbook(workbook)
        text = read_text(self.path.parent, self.path.name, holds="its first row names the columns")
        if isinstance(text, Finding):
            return None, (), (text,)
        table = rows_from_csv(text, table=self.path.stem)
        header = table.header if table.is_whole else None
        return header, table.rows, self._in_file(table.findings)

    def _rows_of_workbook(
        self, workbook: Workbook
    ) -> tuple[tuple[str, ...] | None, tuple[NumberedRow, ...], tuple[Finding, ...]]:
        sheet = workbook.get(PRICES_TABLE) or next(iter(workbook.values()), ())
        if not sheet:
            place = Place(table=self.path.stem, file=self.path.name)
            message = "holds no rows; its first row names the columns"
            return None, (), (Finding(code="empty-file", place=place, message=message),)
        header = tuple(_text(cell).strip() for cell in sheet[0])
        lines = [_padded([_text(cell) for cell in row], len(header)) for row in sheet[1:]]
        rows, findings = rows_from_cells(lines, header=header, table=self.path.stem)
        return header, rows, self._in_file(findings)

    def _in_file(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        return tuple(
            replace(finding, place=replace(finding.place, file=self.path.name))
            for finding in findings
        )


def _in_our_words(finding: Finding) -> Finding:
    """What to do without the library that reads workbooks: a price list may be CSV as well."""
    message = finding.message.replace("save the file as JSON", "save the file as CSV")
    return replace(finding, message=message)


def _padded(cells: list[str], width: int) -> list[str]:
    """A row as wide as the header; a spreadsheet drops blank cells at the end."""
    return cells + [""] * (width - len(cells))


def _text(cell: Cell) -> str:
    """What a cell of a workbook would be in CSV; a day that became a moment is a day again."""
    text = cell_from_value(cell) if not isinstance(cell, str) else cell
    return text.removesuffix(_MIDNIGHT)


def _workbook_bytes(header: Sequence[str], rows: Sequence[Mapping[str, str]]) -> bytes:
    """The file of a workbook with one sheet.

    Text stays text, also where it begins like a formula. A number that a spreadsheet cannot hold
    to the last digit stays text too.

    Raises
    ------
    RefusedError
        If openpyxl is not installed.
    """
    try:
        library: Any = import_module("openpyxl")
    except ImportError as error:
        raise RefusedError(
            "workbooks are written by openpyxl, which is not installed; install karakoram[excel], "
            "or name a file that ends with .csv"
        ) from error
    book = library.Workbook()
    sheet = book.active
    sheet.title = PRICES_TABLE
    sheet.freeze_panes = "B2"
    for at, line in enumerate([dict(zip(header, header, strict=True)), *rows], start=1):
        for column, name in enumerate(header, start=1):
            number = _exact(line[name]) if at > 1 and name in _NUMBERS else None
            cell = sheet.cell(row=at, column=column)
            if number is not None:
                cell.value = number
            elif line[name]:
                cell.value = line[name]
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _exact(text: str) -> float | None:
    """The number that a text is, where a spreadsheet gives the same text back."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if cell_from_value(number) == text else None
