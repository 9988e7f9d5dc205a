"""Which rows of a file make sense, each as an action of its own, and which do not?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Generic, Protocol, TypeVar, runtime_checkable

from karakoram.core.cells import shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.core.tables import HEADER_ROW, NumberedRow, columns_of, records_from_rows
from karakoram.usecases.table_ports import TableRows
from karakoram.usecases.words import QUESTION

ListedT = TypeVar("ListedT")
BUYER = "buyer"
"""The column that tells who asks."""


@runtime_checkable
class RequestRow(Protocol):
    """A row by which a buyer asks for something under a name of its own."""

    @property
    def buyer(self) -> PartyId:
        """Who asks."""

    @property
    def external_id(self) -> ExternalId:
        """What the buyer calls the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRow(Generic[ListedT]):
    """A row that makes sense."""

    row: int
    record: ListedT
    cells: Mapping[str, str]
    """As they were read, what the caller gave for empty ones filled in."""
    values: Mapping[str, str]
    """Of the characteristics of an offering; empty cells are left out."""


Check = Callable[[str, Mapping[str, str]], Iterable[Finding]]
"""What is wrong with an offering and the values for it; places need no file and no row."""


def action_rows(
    table: TableRows,
    row_type: type[ListedT],
    *,
    given: Mapping[str, str],
    takes_values: bool = False,
    check: Check | None = None,
    unknown_buyers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ReadRow[ListedT], ...]:
    """The rows of a file, every one of which makes sense.

    Parameters
    ----------
    table
        As it was read.
    row_type
        The action.
    given
        What holds where a cell is empty or its column is missing.
    takes_values
        Whether further columns are characteristics of an offering, and not unknown.
    check
        Judges offering and characteristics of each row that names an offering.
    unknown_buyers
        Why a word is no buyer, by the word; told of each row that names it, and once of ``given``.

    Raises
    ------
    InvalidDataError
        With every finding of every row, if there is one.
    """
    known = columns_of(row_type)
    header = tuple(dict.fromkeys((*(name for name in table.header if name), *given)))
    others = tuple(n for n in header if n not in known) if takes_values else ()
    fixed = tuple(name for name in header if name not in others)
    in_row: list[Finding] = []
    read: list[ReadRow[ListedT]] = []
    for number, cells in table.rows:
        filled = {name: cells.get(name, "").strip() and cells[name] for name in header}
        filled |= {name: word for name, word in given.items() if not filled[name]}
        row = (number, {name: filled[name] for name in fixed})
        record, findings = _record(row, row_type, table=table.table, header=fixed)
        in_row += findings
        values = {name: filled[name].strip() for name in others if filled[name]}
        offering = filled.get("offering", "").strip()
        if check is not None and offering:
            place = Place(table=table.table, row=number)
            in_row += [_at(each, place) for each in check(offering, values)]
        in_row += _unknown_buyer(cells, unknown_buyers, Place(table=table.table, row=number))
        if record is None:
            continue
        read.append(ReadRow(row=number, record=record, cells=filled, values=values))
    _, of_header = records_from_rows((), record_type=row_type, table=table.table, header=fixed)
    found = (*of_header, *in_row, *_repeated(read, table.table), *_no_row(table))
    of_given = tuple(_unknown_buyer(given, unknown_buyers, Place(table=QUESTION)))
    if found or table.findings or of_given:
        named = (replace(each, place=replace(each.place, file=table.file)) for each in found)
        raise InvalidDataError((*table.findings, *named, *of_given))
    return tuple(read)


def _record(
    row: NumberedRow, row_type: type[ListedT], *, table: str, header: tuple[str, ...]
) -> tuple[ListedT | None, tuple[Finding, ...]]:
    """The record of one row, or what is wrong with its cells; the header is judged elsewhere."""
    records, findings = records_from_rows(
        [row], record_type=row_type, table=table, header=header, is_keyed=False
    )
    of_row = tuple(each for each in findings if each.place.row != HEADER_ROW)
    return (records[0] if records and not of_row else None), of_row


def _unknown_buyer(
    words: Mapping[str, str], unknown: Mapping[str, str], place: Place
) -> Iterable[Finding]:
    """A finding where the words name a buyer whom nobody knows."""
    why = unknown.get(words.get(BUYER, "").strip())
    if why is not None:
        yield Finding(code="unknown-buyer", place=replace(place, field=BUYER), message=why)


def _at(finding: Finding, place: Place) -> Finding:
    """The finding where the row stands."""
    return replace(finding, place=replace(finding.place, table=place.table, row=place.row))


def _repeated(rows: Iterable[ReadRow[ListedT]], table: str) -> Iterable[Finding]:
    """A finding for each row that asks under a name that another row has."""
    first: dict[tuple[str, str], int] = {}
    for each in rows:
        if not isinstance(each.record, RequestRow):
            return
        name = (each.record.buyer, each.record.external_id)
        if first.setdefault(name, each.row) != each.row:
            yield Finding(
                code="duplicate-id",
                place=Place(table=table, row=each.row, field="external_id"),
                message=f"{shown(name[1])} of {name[0]} names row {first[name]} already; give each "
                "row a name of its own",
            )


def _no_row(table: TableRows) -> Iterable[Finding]:
    if not table.rows and not table.findings:
        message = "holds no row below its first; write one for each action"
        yield Finding(code="empty-table", place=Place(table=table.table), message=message)
