"""What does a row of a file ask the sales desk to do, and which rows make no sense?

One record for each action; its fields are the columns of the file. An action on an offering takes
the offering's characteristics as further columns.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Generic, NewType, TypeVar

from karakoram.core.cells import shown
from karakoram.core.errors import InvalidDataError, NotFoundError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import (
    ExternalId,
    PartyId,
    ProductId,
    ProductOrderId,
    QuoteId,
    SiteId,
)
from karakoram.core.tables import HEADER_ROW, NumberedRow, columns_of, records_from_rows
from karakoram.network.network import Network
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.identifiers import ProductOfferingId
from karakoram.sales.catalogue.words import CustomerKind, MarketSegment
from karakoram.sales.configurations import configuration
from karakoram.sales.orders import LegEvent
from karakoram.sales.parties import Party, PartyRole
from karakoram.sales.qualifications import Wish
from karakoram.sales.quotes import QuoteLevel
from karakoram.sales.wishes import wish_findings
from karakoram.usecases.multiplex.open_tributaries import TRIBUTARIES_MAX
from karakoram.usecases.sell.issue_quote import VALID_DAYS, VALID_DAYS_MAX, QuoteWish
from karakoram.usecases.table_ports import TableRows

LegName = NewType("LegName", str)
"""Name or identifier of a leg."""
ALL_LEGS = LegName("all")
"""Stands for every leg that an event can happen to now."""
PartyName = NewType("PartyName", str)
CountryCode = NewType("CountryCode", str)
SignalName = NewType("SignalName", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualifyRow:
    """A product that somebody asks for."""

    external_id: ExternalId
    buyer: PartyId
    offering: ProductOfferingId
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """A product that somebody wants to know the price of."""

    external_id: ExternalId
    buyer: PartyId
    offering: ProductOfferingId
    level: QuoteLevel = QuoteLevel.FIRM
    days: Annotated[int, Bounds(at_least=1.0, at_most=float(VALID_DAYS_MAX))] = VALID_DAYS
    product: ProductId | None = None
    """The product to be changed; empty for a new one."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRow:
    """An offer that somebody orders."""

    external_id: ExternalId
    buyer: PartyId
    quote: QuoteId
    offer: str = ""
    """A label; empty for the first."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegRow:
    """What an operator says of its leg; the other columns of its file are not read."""

    order: ProductOrderId
    leg: LegName
    event: LegEvent | None = None
    """Empty where there is nothing new."""
    why: str = ""
    operator: str = ""
    a_site: str = ""
    z_site: str = ""
    side: str = ""
    work: str = ""
    after: str = ""
    state: str = ""
    due_on: str = ""
    jeopardy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelRow:
    """An order that is called off."""

    order: ProductOrderId
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRow:
    """A quote that is not wanted."""

    quote: QuoteId
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRow:
    """Somebody who gets an account."""

    party: PartyId
    name: PartyName
    kind: CustomerKind
    segment: MarketSegment
    country: CountryCode
    currency: str = "USD"
    role: PartyRole = PartyRole.BUYER
    sponsor: PartyId | None = None
    why: str = ""

    def __post_init__(self) -> None:
        self.record()

    def record(self) -> Party:
        """The party.

        Raises
        ------
        ValueError
            If the currency is unknown, or somebody else than a centre has a sponsor.
        """
        return Party(
            party_id=self.party,
            name=self.name,
            role=self.role,
            kind=self.kind,
            segment=self.segment,
            country=self.country,
            currency=self.currency,
            sponsor_id=self.sponsor,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CeaseRow:
    """A product that ends."""

    external_id: ExternalId
    buyer: PartyId
    product: ProductId
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TributaryRow:
    """So many tributaries of one signal between two sites; all rows are one request."""

    signal: SignalName
    a_site: SiteId
    z_site: SiteId
    count: Annotated[int, Bounds(at_least=1.0, at_most=float(TRIBUTARIES_MAX))] = 1


DeskRow = QualifyRow | QuoteRow | OrderRow | LegRow | CancelRow | DeclineRow | PartyRow | CeaseRow
RowT = TypeVar("RowT", bound=DeskRow)
ListedT = TypeVar("ListedT")
"""Also rows of others than the desk, and rows that are no actions of their own."""
WISHES: tuple[type[object], ...] = (QualifyRow, QuoteRow)
"""Rows that take the characteristics of an offering as further columns."""


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


def rows_of_desk(
    table: TableRows,
    row_type: type[ListedT],
    *,
    given: Mapping[str, str],
    check: Check | None = None,
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
    check
        Judges offering and characteristics of each row that names an offering.

    Raises
    ------
    InvalidDataError
        With every finding of every row, if there is one.
    """
    known = columns_of(row_type)
    header = tuple(dict.fromkeys((*(name for name in table.header if name), *given)))
    others = tuple(n for n in header if n not in known) if row_type in WISHES else ()
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
        if record is None:
            continue
        read.append(ReadRow(row=number, record=record, cells=filled, values=values))
    _, of_header = records_from_rows((), record_type=row_type, table=table.table, header=fixed)
    found = (*of_header, *in_row, *_repeated(read, table.table), *_no_row(table))
    if found or table.findings:
        named = (replace(each, place=replace(each.place, file=table.file)) for each in found)
        raise InvalidDataError((*table.findings, *named))
    return tuple(read)


def wish_of_row(row: ReadRow[QualifyRow] | ReadRow[QuoteRow]) -> Wish:
    """The product that a row asks for."""
    return Wish(
        product_offering_id=row.record.offering, configuration=configuration(dict(row.values))
    )


def quote_wish_of_row(row: ReadRow[QuoteRow]) -> QuoteWish:
    """The quote that a row asks for."""
    return QuoteWish(
        wish=wish_of_row(row),
        level=row.record.level,
        valid_days=row.record.days,
        product_id=row.record.product,
    )


def findings_of_wish(
    offering: str, values: Mapping[str, str], *, catalogue: Catalogue, network: Network
) -> tuple[Finding, ...]:
    """What is wrong with an offering and the values for it."""
    wish = Wish(
        product_offering_id=ProductOfferingId(offering), configuration=configuration(values)
    )
    try:
        return wish_findings(wish, catalogue=catalogue, network=network)
    except NotFoundError as unknown:
        place = Place(table="configuration", field="offering")
        return (Finding(code="unknown-offering", place=place, message=str(unknown)),)


def _record(
    row: NumberedRow, row_type: type[ListedT], *, table: str, header: tuple[str, ...]
) -> tuple[ListedT | None, tuple[Finding, ...]]:
    """The record of one row, or what is wrong with its cells; the header is judged elsewhere."""
    records, findings = records_from_rows(
        [row], record_type=row_type, table=table, header=header, is_keyed=False
    )
    of_row = tuple(each for each in findings if each.place.row != HEADER_ROW)
    return (records[0] if records and not of_row else None), of_row


def _at(finding: Finding, place: Place) -> Finding:
    """The finding where the row stands."""
    return replace(finding, place=replace(finding.place, table=place.table, row=place.row))


def _repeated(rows: Iterable[ReadRow[ListedT]], table: str) -> Iterable[Finding]:
    """A finding for each row that asks under a name that another row has."""
    first: dict[tuple[str, str], int] = {}
    for each in rows:
        if not isinstance(each.record, QualifyRow | QuoteRow | OrderRow | CeaseRow):
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
