"""How does a row of text become a record, with every finding, and back?

A record type describes its table: one column per field, in order; the fields of a nested record
(``provenance``) stand as columns of their own; the first column identifies the record.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar, cast, get_type_hints

from karakoram.core.cells import (
    CellBreach,
    CellParser,
    cell_from_value,
    did_you_mean,
    empty_value,
    parser_from_hint,
    shown,
)
from karakoram.core.findings import Finding, Place, Severity, errors_of

_Record = TypeVar("_Record")

HEADER_ROW = 1
"""Number of the header as a spreadsheet counts; records begin in row 2."""

_NAME_CHARACTERS_MAX = 100
"""Where a finding names something longer than this, noise stands where a name should."""

_NUMBERS_SHOWN_MAX = 5

NumberedRow = tuple[int, Mapping[str, str]]
"""Row number in the file, and its cells by column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table: a field of the record, or of a record nested in it."""

    name: str
    parent: str | None
    """Field of the record that holds the nested record; ``None`` for a field of its own."""
    parser: CellParser
    is_text: bool
    """Whether the cell is kept to the letter; an empty one is a text too."""
    is_required: bool
    """Whether every row must fill it: its field has no default."""
    when_empty: object
    """What an empty cell stands for: a value, or the ``CellBreach`` that it is."""


def columns_of(record_type: type[Any]) -> tuple[str, ...]:
    """The names of the columns of a table of ``record_type``, in order."""
    return tuple(column.name for column in table_columns(record_type))


def table_columns(record_type: type[Any]) -> tuple[Column, ...]:
    """The columns of a table of ``record_type``, in order."""
    return _table_columns(cast("Hashable", record_type))  # mypy takes classes for unhashable


@cache
def _table_columns(record_type: type[Any]) -> tuple[Column, ...]:
    columns = tuple(_columns(record_type, parent=None))
    names = [column.name for column in columns]
    assert len(set(names)) == len(names), f"{record_type.__name__} names a column twice"
    return columns


def rows_from_records(records: Iterable[object]) -> list[dict[str, str]]:
    """The rows of a table, one per record, with every column; nothing is lost."""
    return [
        {name: cell_from_value(value) for name, value in values_by_column(record).items()}
        for record in records
    ]


def values_by_column(record: object) -> dict[str, object]:
    """The values of a record by the columns of its table, in order."""
    return {column.name: _value(record, column) for column in _columns_of(record)}


def rows_from_cells(
    lines: Iterable[Sequence[str]], *, header: Sequence[str], table: str
) -> tuple[tuple[NumberedRow, ...], tuple[Finding, ...]]:
    """The lines below the header as numbered rows, and what is wrong with their shape.

    Blank lines are passed over, and so are columns without a name and without a cell filled;
    spreadsheets leave both behind. A line of another width than the header is a finding and no
    row: its cells may stand in the wrong columns.

    Parameters
    ----------
    lines
        Cells of each line below the header.
    header
        Names of the columns, blanks around them already removed.
    table
        Name of the table for the findings.
    """
    rows: list[NumberedRow] = []
    findings = list(_repeated_columns(header, table))
    unnamed = [index for index, name in enumerate(header) if not name]
    for number, cells in enumerate(lines, start=HEADER_ROW + 1):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            findings.append(
                _wrong_width(cells, header=header, place=Place(table=table, row=number))
            )
            continue
        filled = [index for index in unnamed if cells[index].strip()]
        if filled:
            findings.append(_unnamed(cells, filled=filled, place=Place(table=table, row=number)))
        rows.append(
            (number, {name: cell for name, cell in zip(header, cells, strict=True) if name})
        )
    return tuple(rows), tuple(findings)


def records_from_rows(
    rows: Sequence[NumberedRow],
    *,
    record_type: type[_Record],
    table: str,
    header: Sequence[str] | None = None,
    wants_every_column: bool = False,
    is_keyed: bool = True,
) -> tuple[tuple[_Record, ...], tuple[Finding, ...]]:
    """The records of the rows that are right, and every finding of those that are not.

    A required text that is empty is a warning: the record can hold it, a reader misses it.

    Parameters
    ----------
    rows
        Row number and cells by column, in the order of the file.
    record_type
        Frozen dataclass that describes the table.
    table
        Name of the table for the findings, without file extension.
    header
        Names of the columns in the file; ``None`` takes those of the first row.
    wants_every_column
        Whether a column whose cells may stay empty must be there all the same: a column that
        somebody deleted should not pass for one that nobody filled.
    is_keyed
        Whether the first column identifies the record, so that no two rows may share it.

    Returns
    -------
    tuple
        Records in the order of their rows, and findings. A table that lacks a required column
        gives no records, yet its other cells are judged.
    """
    columns = table_columns(record_type)
    named = _header_names(rows, header)
    findings = list(_column_findings(columns, named=named, table=table))
    findings += _absent_columns(
        columns, named=named, table=table, wants_every_column=wants_every_column
    )
    if named and not any(column.name in named for column in columns):
        return (), tuple(findings)
    present = tuple(column for column in columns if named is None or column.name in named)
    is_complete = all(column in present for column in columns if column.is_required)

    records: list[_Record] = []
    row_by_id: dict[str, int] = {}
    for number, cells in rows:
        record_id = cells.get(columns[0].name, "").strip() if is_keyed else ""
        place = Place(table=table, row=number, record=record_id[:_NAME_CHARACTERS_MAX] or None)
        values, breaches = _values(cells, columns=present, place=place)
        findings.extend(breaches)
        first_row = row_by_id.setdefault(record_id, number) if record_id else number
        if first_row != number:
            findings.append(_repeated_id(place, column=columns[0], first_row=first_row))
        elif is_complete and not errors_of(tuple(breaches)):
            record, refusals = _built(record_type, values=values, place=place)
            findings.extend(refusals)
            records.extend(() if record is None else (record,))
    return tuple(records), tuple(findings)


def _nested_types(record_type: type[Any]) -> Mapping[str, type[Any]]:
    """The types of the fields that hold a record of their own."""
    return _cached_nested_types(cast("Hashable", record_type))


@cache
def _cached_nested_types(record_type: type[Any]) -> Mapping[str, type[Any]]:
    return {
        name: hint
        for name, hint in get_type_hints(record_type).items()
        if isinstance(hint, type) and is_dataclass(hint)
    }


def _columns(record_type: type[Any], *, parent: str | None) -> Iterator[Column]:
    nested = _nested_types(record_type)
    hints = get_type_hints(record_type, include_extras=True)
    for field in fields(record_type):
        hint = hints[field.name]
        if field.name in nested:
            assert parent is None, f"{record_type.__name__}.{field.name} is nested too deep"
            yield from _columns(nested[field.name], parent=field.name)
            continue
        yield Column(
            name=field.name,
            parent=parent,
            parser=parser_from_hint(hint),
            is_text=hint is str,
            is_required=_is_required(field),
            when_empty=_value_of_empty(field, hint),
        )


def _is_required(field: Field[Any]) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _value_of_empty(field: Field[Any], hint: object) -> object:
    nothing = empty_value(hint)
    if not isinstance(nothing, CellBreach) or _is_required(field):
        return nothing
    return field.default if field.default_factory is MISSING else field.default_factory()


def _columns_of(record: object) -> tuple[Column, ...]:
    return table_columns(type(record))


def _value(record: object, column: Column) -> object:
    holder = record if column.parent is None else getattr(record, column.parent)
    return getattr(holder, column.name)


def _header_names(
    rows: Sequence[NumberedRow], header: Sequence[str] | None
) -> tuple[str, ...] | None:
    if header is not None:
        return tuple(name for name in header if name)
    return tuple(rows[0][1]) if rows else None


def _column_findings(
    columns: tuple[Column, ...], *, named: tuple[str, ...] | None, table: str
) -> Iterator[Finding]:
    if named is None:
        return
    known = {column.name: column for column in columns}
    if named and not known.keys() & set(named):
        yield Finding(
            code="not-this-table",
            place=Place(table=table, row=HEADER_ROW),
            message=f"{shown(', '.join(named))} names no column of {table}; "
            f"the first row must be {','.join(known)}",
        )
        return
    absent = [name for name in known if name not in named]
    for name in dict.fromkeys(named):
        if name not in known:
            yield Finding(
                code="unknown-column",
                place=Place(table=table, row=HEADER_ROW, field=name[:_NAME_CHARACTERS_MAX]),
                message=f"{shown(name)} is not a column of {table}; rename or remove it"
                + did_you_mean(name, absent),
            )


def _absent_columns(
    columns: tuple[Column, ...],
    *,
    named: tuple[str, ...] | None,
    table: str,
    wants_every_column: bool,
) -> Iterator[Finding]:
    """A finding for each column that the header lacks, unless it names none of the table's."""
    if named is None or (named and not {column.name for column in columns} & set(named)):
        return
    for column in columns:
        if column.name not in named and (column.is_required or wants_every_column):
            need = "every row needs it" if column.is_required else "its cells may stay empty"
            yield Finding(
                code="missing-column",
                place=Place(table=table, row=HEADER_ROW, field=column.name),
                message=f"column {column.name} is missing; add it, {need}",
            )


def _values(
    cells: Mapping[str, str], *, columns: tuple[Column, ...], place: Place
) -> tuple[dict[str, object], list[Finding]]:
    values: dict[str, object] = {}
    findings = []
    for column in columns:
        cell = cells.get(column.name, "")
        value = column.parser(cell) if cell.strip() or column.is_text else column.when_empty
        if isinstance(value, CellBreach):
            cell_place = replace(place, field=column.name)
            findings.append(Finding(code=value.code, place=cell_place, message=value.message))
        elif column.is_text and column.is_required and not cell.strip():
            findings.append(_no_text(replace(place, field=column.name)))
        values[column.name] = value
    return values, findings


def _no_text(place: Place) -> Finding:
    return Finding(
        code="empty-text",
        place=place,
        message="is empty; a reader of the table expects words here",
        severity=Severity.WARNING,
    )


def _built(
    record_type: type[_Record], *, values: Mapping[str, object], place: Place
) -> tuple[_Record | None, tuple[Finding, ...]]:
    """The record, or what it says against its own cells taken together."""
    arguments: dict[str, Any] = dict(values)
    try:
        for name, nested_type in _nested_types(record_type).items():
            inner = {key: arguments.pop(key) for key in columns_of(nested_type) if key in values}
            arguments[name] = nested_type(**inner)
        return record_type(**arguments), ()
    except ValueError as error:
        message = str(error).removeprefix(f"{record_type.__name__}.")
        word = message.split(maxsplit=1)[0] if message else ""
        field = word if word in columns_of(record_type) else None
        return None, (
            Finding(code="broken-rule", place=replace(place, field=field), message=message),
        )


def _repeated_id(place: Place, *, column: Column, first_row: int) -> Finding:
    return Finding(
        code="duplicate-id",
        place=replace(place, field=column.name),
        message=f"{shown(place.record or '')} is already the {column.name} of row {first_row}; "
        f"rows {first_row} and {place.row} must differ in it",
    )


def _unnamed(cells: Sequence[str], *, filled: Sequence[int], place: Place) -> Finding:
    """One finding for all cells of a row that stand in columns without a name."""
    first, more = filled[0], len(filled) - 1
    others = f" and {more} more such cell{'s' if more > 1 else ''}" if more else ""
    return Finding(
        code="unnamed-column",
        place=place,
        message=f"{shown(cells[first])} stands in column {first + 1}, which has no name{others}; "
        "name the column in row 1 or empty the cell",
    )


def _repeated_columns(header: Sequence[str], table: str) -> Iterator[Finding]:
    positions: dict[str, list[str]] = {}
    for number, name in enumerate(header, start=1):
        positions.setdefault(name, []).append(str(number))
    for name, numbers in positions.items():
        if name and len(numbers) > 1:
            yield Finding(
                code="duplicate-column",
                place=Place(table=table, row=HEADER_ROW, field=name[:_NAME_CHARACTERS_MAX]),
                message=f"{shown(name)} names columns {_first_of(numbers)}; "
                "keep one and remove the other",
            )


def _first_of(numbers: Sequence[str]) -> str:
    more = len(numbers) - _NUMBERS_SHOWN_MAX
    named = " and ".join(numbers[:_NUMBERS_SHOWN_MAX])
    return f"{named} and {more} more" if more > 0 else named


def _wrong_width(cells: Sequence[str], *, header: Sequence[str], place: Place) -> Finding:
    record_id = cells[0].strip()[:_NAME_CHARACTERS_MAX] if cells else ""
    return Finding(
        code="row-too-long" if len(cells) > len(header) else "row-too-short",
        place=replace(place, record=record_id or None),
        message=f"has {len(cells)} cells where the header names {len(header)} columns; "
        "put text that holds a comma between double quotes",
    )
