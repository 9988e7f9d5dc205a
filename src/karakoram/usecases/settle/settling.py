"""What do all use cases of settlement need, and how is anything written by them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import OperatorId
from karakoram.refdata.levies import Levy
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.change_log import Deed
from karakoram.settlement.entries import BookEntry, accounts_of, transfers_of
from karakoram.settlement.rating.periods import day_of
from karakoram.settlement.terms import SettlementTerms
from karakoram.usecases.ports import ZoneSource
from karakoram.usecases.sell.sales_action import record_words
from karakoram.usecases.sell.sales_ports import IdSource
from karakoram.usecases.settle.ledger_ports import (
    NumberedT,
    SettlementReader,
    SettlementStore,
    SettlementWriter,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Settling:
    """The store with its ledger, and the terms of the owners."""

    store: SettlementStore
    ids: IdSource
    catalogue: Catalogue
    terms: SettlementTerms
    zones: ZoneSource

    @property
    def levies(self) -> tuple[Levy, ...]:
        """Taxes and levies, as the terms tell them."""
        return tuple(self.terms.taxes_and_levies.values())

    def today(self, deed: Deed) -> date:
        """The day on which the deed is done, by the clock of the owner that is furthest ahead.

        Without owners it is the day in UTC.
        """
        books = self.terms.owner_books.values()
        zones = {self.zones.zone(each.time_zone) for each in books}
        return max((day_of(deed.at, zone) for zone in zones), default=deed.at.date())

    def zone_of(self, operator_id: OperatorId) -> tzinfo:
        """The zone in which the operator's billing days begin.

        Raises
        ------
        NotFoundError
            If the terms have no book of the operator.
        """
        return self.zones.zone(self.terms.book_of(operator_id).time_zone)


def book(
    tx: SettlementWriter,
    entries: Iterable[BookEntry],
    *,
    subject: tuple[str, str],
    booked_on: date,
    ids: IdSource,
) -> None:
    """Post the entries, opening accounts that are new.

    Parameters
    ----------
    tx
        What is stored.
    entries
        In the order in which they are posted.
    subject
        Kind and identifier of what they are about.
    booked_on
        Their day.
    ids
        Makes identifiers.

    Raises
    ------
    BatchRefusedError
        If the period is closed, or another rule of the ledger is broken.
    """
    every = tuple(entries)
    tx.open_accounts(accounts_of(every))
    tx.post(transfers_of(every, subject=subject, booked_on=booked_on, new_id=ids.new_id))


def refuse_future(day: date, *, today: date, what: str) -> None:
    """Refuse a day that has not come yet.

    Raises
    ------
    RefusedError
        With code ``in-the-future``.
    """
    if day > today:
        raise RefusedError(
            f"{what} is {day}, but today is {today}",
            code="in-the-future",
            where=str(day),
            alternatives=("wait until it has come", "name a day that has come"),
        )


def next_number(tx: SettlementReader, kind: type[NumberedT], series: str) -> str:
    """The number after the largest of a series, in at least four digits."""
    last = tx.last_number(kind, series)
    return f"{series}{1 if last is None else int(last.removeprefix(series)) + 1:04d}"


def found(tx: SettlementReader, kind: type[NumberedT], word: str) -> NumberedT:
    """The record of that identifier or number.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    record = tx.find(kind, word) or tx.find_numbered(kind, word)
    if record is None:
        raise NotFoundError(f"there is no {record_words(kind)} {word!r}.")
    return record
