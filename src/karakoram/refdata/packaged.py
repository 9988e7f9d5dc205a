"""How is a packaged table of facts read into records?"""

import csv
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from karakoram.core.tables import HEADER_ROW, records_from_rows

_Record = TypeVar("_Record")


def packaged_folder(name: str) -> Traversable:
    """The folder ``name`` beside this module, on the disk or inside an archive."""
    return files("karakoram.refdata").joinpath(name)


def read_packaged(
    folder: Traversable, table: str, *, record_type: type[_Record]
) -> tuple[_Record, ...]:
    """The records of one packaged table, in the order of its rows.

    Parameters
    ----------
    folder
        Where the table lies, from ``packaged_folder``.
    table
        Name without extension, e.g. ``fibre_types``.
    record_type
        Frozen dataclass whose fields are the columns.

    Returns
    -------
    One record for each row.

    Raises
    ------
    AssertionError
        When a row is no record: the packaged facts are part of the program.
    """
    text = folder.joinpath(f"{table}.csv").read_text(encoding="utf-8")
    lines = csv.DictReader(text.splitlines())
    records, findings = records_from_rows(
        tuple(enumerate(lines, start=HEADER_ROW + 1)), record_type=record_type, table=table
    )
    assert not findings, f"{findings[0].where}: {findings[0].message}"
    return records
