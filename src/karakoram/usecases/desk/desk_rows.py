"""What does a row of a file ask the sales desk to do?

One record for each action; its fields are the columns of the file. An action on an offering takes
the offering's characteristics as further columns.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, NewType, TypeVar

from karakoram.core.cells import shown
from karakoram.core.errors import NotFoundError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import (
    ExternalId,
    PartyId,
    ProductId,
    ProductOrderId,
    QuoteId,
    ResourceId,
    SiteId,
    near_misses,
)
from karakoram.core.tables import columns_of
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
from karakoram.usecases.action_rows import BUYER, Check, ReadRow, action_rows
from karakoram.usecases.multiplex.open_tributaries import TRIBUTARIES_MAX
from karakoram.usecases.sell.issue_quote import VALID_DAYS, VALID_DAYS_MAX, QuoteWish
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore
from karakoram.usecases.table_ports import TableRows

LegName = NewType("LegName", str)
"""Name or identifier of a leg."""
ALL_LEGS = LegName("all")
"""Stands for every leg that an event can happen to now."""
PartyName = NewType("PartyName", str)
CountryCode = NewType("CountryCode", str)
SignalName = NewType("SignalName", str)
PlantName = NewType("PlantName", str)
_COMPARED_MAX = 1_000
"""Names that are compared letter by letter."""
_PROPOSED_MAX = 100
"""Unknown names for which like ones are looked for; more are no slips of the pen."""


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
    external_id: ExternalId | None = None
    """What the buyer calls the request, so that it can be sent again."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineRow:
    """A quote that is not wanted."""

    quote: QuoteId
    external_id: ExternalId | None = None
    """What the buyer calls the request, so that it can be sent again."""
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
class RestRow:
    """A product that is barred, or whose bar is lifted."""

    product: ProductId
    external_id: ExternalId | None = None
    """What the buyer calls the request, so that it can be sent again."""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRow:
    """A container that is taken down."""

    container: ResourceId
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlantRow:
    """Plant on which something is planned, in the words that a trace takes."""

    what: PlantName
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TributaryRow:
    """So many tributaries of one signal between two sites; all rows are one request."""

    signal: SignalName
    a_site: SiteId
    z_site: SiteId
    count: Annotated[int, Bounds(at_least=1.0, at_most=float(TRIBUTARIES_MAX))] = 1


SalesRow = QualifyRow | QuoteRow | DeclineRow | OrderRow | LegRow | CancelRow | PartyRow
DeskRow = SalesRow | CeaseRow | RestRow | CloseRow
RowT = TypeVar("RowT", bound=DeskRow)
WISHES: tuple[type[object], ...] = (QualifyRow, QuoteRow)
"""Rows that take the characteristics of an offering as further columns."""


def rows_of_desk(
    table: TableRows,
    row_type: type[RowT],
    *,
    given: Mapping[str, str],
    check: Check | None = None,
    unknown_buyers: Mapping[str, str] = MappingProxyType({}),
) -> tuple[ReadRow[RowT], ...]:
    """The rows of a file for the desk, every one of which makes sense.

    Parameters
    ----------
    table, row_type, given, check, unknown_buyers
        As of :func:`karakoram.usecases.action_rows.action_rows`.

    Raises
    ------
    InvalidDataError
        With every finding of every row, if there is one.
    """
    return action_rows(
        table,
        row_type,
        given=given,
        takes_values=row_type in WISHES,
        check=check,
        unknown_buyers=unknown_buyers,
    )


def unknown_buyers_of(
    table: TableRows, row_type: type[RowT], *, given: Mapping[str, str], store: SalesStore
) -> Mapping[str, str]:
    """Why a word that a file or the command line names as buyer is none, by the word.

    Parameters
    ----------
    table, row_type, given
        As of :func:`rows_of_desk`.
    store
        Where parties are registered.
    """
    if BUYER not in columns_of(row_type):
        return {}
    named = {given.get(BUYER, ""), *(cells.get(BUYER, "").strip() for _, cells in table.rows)}
    return store.read(lambda tx: _unknown_buyers(tx, named - {""}))


def _unknown_buyers(tx: SalesReader, words: Collection[str]) -> Mapping[str, str]:
    unknown = sorted(set(words) - tx.find_some(Party, words).keys())
    known = tx.find_all(Party, limit=_COMPARED_MAX) if unknown else ()
    names = [each.party_id for each in known]
    return {
        word: _unknown_text(word, names if at < _PROPOSED_MAX else ())
        for at, word in enumerate(unknown)
    }


def _unknown_text(word: str, names: Iterable[str]) -> str:
    """That nobody is called so, and who may be meant."""
    near = near_misses(word, names)
    hint = f"did you mean {', '.join(near)}?" if near else "register it first: karakoram party add"
    return f"nobody is registered as {shown(word)}; {hint}"


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
    """What is wrong with an offering and the values for it.

    Parameters
    ----------
    offering
        Identifier, as it was written.
    values
        Of its characteristics, in words.
    catalogue
        What is sold.
    network
        The network.
    """
    wish = Wish(
        product_offering_id=ProductOfferingId(offering), configuration=configuration(values)
    )
    try:
        return wish_findings(wish, catalogue=catalogue, network=network)
    except NotFoundError as unknown:
        place = Place(table="configuration", field="offering")
        return (Finding(code="unknown-offering", place=place, message=str(unknown)),)
