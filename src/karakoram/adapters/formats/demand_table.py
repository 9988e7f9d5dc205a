"""How is a file read that lists demands, one in each row, under columns that are known?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from karakoram.adapters.formats.csv_table import rows_from_csv
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.cells import did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, errors_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandRow:
    """One row: its cells by column, and where it stands."""

    cells: Mapping[str, str]
    place: Place


def read_demand_rows(
    path: Path, *, needed: Sequence[str], optional: Sequence[str] = (), rows_max: int
) -> tuple[DemandRow, ...]:
    """The rows of a CSV file, in their order; optional columns that it lacks are empty.

    Parameters
    ----------
    path
        The file.
    needed, optional
        The columns that must and may be there; others are refused.
    rows_max
        Rows, at most.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    text = read_text(path.parent, path.name, holds=f"its first row names {', '.join(needed)}")
    if isinstance(text, Finding):
        raise InvalidDataError((text,))
    table = rows_from_csv(text, table=path.stem)
    findings = [
        replace(finding, place=replace(finding.place, file=path.name))
        for finding in errors_of(table.findings)
    ]
    if table.is_whole:
        findings += _wrong_columns(table.header, path, needed=needed, optional=optional)
    if not findings and not table.rows:
        findings.append(_finding(path, "empty-table", "holds no demand; write one in each row"))
    if len(table.rows) > rows_max:
        message = f"holds {len(table.rows):,} demands; at most {rows_max:,} are planned at once"
        findings.append(_finding(path, "too-many-rows", message))
    if findings:
        raise InvalidDataError(tuple(findings))
    return tuple(
        DemandRow(
            cells=dict.fromkeys(optional, "") | dict(cells),
            place=Place(table=path.stem, file=path.name, row=row),
        )
        for row, cells in table.rows
    )


def _wrong_columns(
    header: Sequence[str], path: Path, *, needed: Sequence[str], optional: Sequence[str]
) -> list[Finding]:
    missing = [
        _finding(path, "missing-column", f"has no column {name}", field=name)
        for name in needed
        if name not in header
    ]
    known = (*needed, *optional)
    unknown = [
        _finding(
            path,
            "unknown-column",
            f"column {shown(name)} means nothing here{did_you_mean(name, known)}",
        )
        for name in header
        if name and name not in known
    ]
    return missing + unknown


def _finding(path: Path, code: str, message: str, *, field: str | None = None) -> Finding:
    return Finding(
        code=code,
        place=Place(table=path.stem, file=path.name, row=1, field=field),
        message=message,
    )
