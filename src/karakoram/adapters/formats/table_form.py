"""How does a kind of record stand in a table for a spreadsheet?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from karakoram.usecases.table_ports import Table, TableCell

RecordT = TypeVar("RecordT")
LineT = TypeVar("LineT")

LIST_SEPARATOR = "; "
"""Between several things in one cell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm(Generic[RecordT, LineT]):
    """The columns of a kind of record, and the lines that each record has."""

    lines: Callable[[RecordT], Iterable[LineT]]
    columns: Mapping[str, Callable[[LineT], TableCell]]

    def cells(self, record: RecordT) -> tuple[tuple[TableCell, ...], ...]:
        """The lines of a record, cell by cell."""
        return tuple(
            tuple(cell(line) for cell in self.columns.values()) for line in self.lines(record)
        )

    def table(self, records: Iterable[RecordT]) -> Table:
        """The table of records, in their order."""
        return Table(
            header=tuple(self.columns),
            rows=tuple(line for record in records for line in self.cells(record)),
        )


def itself(record: RecordT) -> tuple[RecordT]:
    """The one line of a record that has no more."""
    return (record,)
