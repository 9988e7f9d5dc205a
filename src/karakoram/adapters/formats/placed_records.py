"""Which records of one kind does a CSV file hold, and where does each stand?"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from karakoram.adapters.formats.csv_table import rows_from_csv
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.core.tables import columns_of, records_from_rows

RecordT = TypeVar("RecordT")


def placed_records(
    path: Path, record_type: type[RecordT], *, holds: str
) -> tuple[tuple[RecordT, Place], ...]:
    """The records of a file and where each stands, in the order of its rows.

    Parameters
    ----------
    path
        The file.
    record_type
        Its fields are the columns; the first one names the record.
    holds
        What the file should hold, for whoever has named another.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    text = read_text(path.parent, path.name, holds=holds)
    if isinstance(text, Finding):
        raise InvalidDataError((_in_file(text, path),))
    table = rows_from_csv(text, table=path.stem)
    records, findings = records_from_rows(
        table.rows, record_type=record_type, table=path.stem, header=table.header
    )
    wrong = errors_of((*table.findings, *findings))
    if wrong:
        raise InvalidDataError(
            tuple(_in_file(one, path) for each in wrong for one in _apart(each, record_type))
        )
    id_column = columns_of(record_type)[0]
    row_by_id = {cells[id_column].strip(): row for row, cells in table.rows}
    return tuple(
        (record, Place(table=path.stem, file=path.name, row=row_by_id[name], record=name))
        for record in records
        for name in (str(getattr(record, id_column)),)
    )


def _apart(finding: Finding, record_type: type[Any]) -> Iterator[Finding]:
    """A finding for each thing that contradicts within a row, at the first field that it names."""
    name = f"{record_type.__name__}: "
    if not finding.message.startswith(name):
        yield finding
        return
    columns = columns_of(record_type)
    for message in finding.message.removeprefix(name).split(f"; {name}"):
        words = message.replace(",", " ").split()
        field = next((word for word in words if word in columns), finding.place.field)
        yield replace(finding, place=replace(finding.place, field=field), message=message)


def _in_file(finding: Finding, path: Path) -> Finding:
    return replace(finding, place=replace(finding.place, file=path.name))
