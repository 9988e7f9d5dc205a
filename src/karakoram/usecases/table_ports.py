"""What do use cases need of files that hold one table, whatever their form?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol, runtime_checkable

from karakoram.core.cells import cell_from_value
from karakoram.core.findings import Finding
from karakoram.core.tables import NumberedRow, columns_of, values_by_column

TableCell = str | bool | int | float | Decimal | date | datetime | None
"""What a cell holds; a moment is UTC and is told to the second, ``None`` is an empty cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table to be written."""

    header: tuple[str, ...]
    """Each name once."""
    rows: tuple[tuple[TableCell, ...], ...]
    """As many cells each as the header has names."""

    def __post_init__(self) -> None:
        if len(set(self.header)) < len(self.header):
            raise ValueError(f"each column needs a name of its own, got {self.header}")
        widths = {len(row) for row in self.rows} - {len(self.header)}
        if widths:
            raise ValueError(f"every row needs {len(self.header)} cells, got rows of {widths}")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRows:
    """A table that was read: every cell as the text that a person would type."""

    table: str
    """Name of the file without its ending, for findings."""
    file: str
    header: tuple[str, ...]
    rows: tuple[NumberedRow, ...]
    findings: tuple[Finding, ...] = ()
    """What is wrong with the shape of the file; each names file and, where it can, row."""


@runtime_checkable
class TableSource(Protocol):
    """Where a table comes from."""

    def read_rows(self) -> TableRows:
        """The rows, numbered as a spreadsheet does.

        Raises
        ------
        InvalidDataError
            If there is no table in the file at all.
        """


@runtime_checkable
class TableTarget(Protocol):
    """Where a table goes."""

    def check(self) -> None:
        """Refuse a place that cannot be written, before anything is done that should be told there.

        Raises
        ------
        RefusedError
            If what writes the form is not installed.
        OSError
            If the place cannot be written.
        """

    def write_table(self, table: Table) -> None:
        """Write the table; what was there is replaced.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """


def table_from_records(records: Iterable[object], record_type: type[Any]) -> Table:
    """The table of records of one type; numbers, days and true or false stay what they are."""
    return Table(
        header=columns_of(record_type),
        rows=tuple(
            tuple(map(_cell_of_field, values_by_column(record).values())) for record in records
        ),
    )


def _cell_of_field(value: object) -> TableCell:
    kept = bool | int | float | Decimal | date
    return value if value is None or isinstance(value, kept) else cell_from_value(value)


def text_from_cell(cell: TableCell) -> str:
    """The text of a cell, as a CSV file holds it and as it is read back from either form.

    >>> [text_from_cell(cell) for cell in (Decimal("300.00"), 160.0, True, None)]
    ['300.00', '160', 'true', '']
    """
    if isinstance(cell, datetime):
        return utc_second(cell).isoformat()
    return cell_from_value(cell)


def utc_second(moment: datetime) -> datetime:
    """The moment in UTC to the second, its zone left out: a spreadsheet knows no zones."""
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None)
