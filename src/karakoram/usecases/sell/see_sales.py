"""What does somebody see who may not see everything?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import PartyId
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.change_log import LogEntry
from karakoram.sales.orders import ProductOrder
from karakoram.sales.products import Product
from karakoram.sales.qualifications import Qualification
from karakoram.sales.quotes import Quote
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer, may_see, may_see_buyer
from karakoram.usecases.sell.sales_action import record_words
from karakoram.usecases.sell.sales_ports import (
    SalesReader,
    SalesStore,
    identifier,
)

SeenT = TypeVar("SeenT", Quote, ProductOrder, Product, Qualification)

_NEVER_SENT: frozenset[type[object]] = frozenset({Product})
"""Records that come of orders; nobody sends anything that would be kept beside them."""
_OF_ORDERS = _NEVER_SENT
"""Records whose log alone tells every order that made or changed them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent(Generic[SeenT]):
    """A record, and what was sent for it; ``None`` where it did not come in that way."""

    record: SeenT
    submission: Submission | None
    entries: tuple[LogEntry, ...] = ()
    """What was done to a product, oldest first; of other records it is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[SeenT]):
    """Some of the records that somebody may see, and how many there are."""

    sent: tuple[Sent[SeenT], ...]
    total: int


def one_seen(
    kind: type[SeenT], record_id: str, *, viewer: Viewer, store: SalesStore
) -> Sent[SeenT]:
    """The record.

    Raises
    ------
    NotFoundError
        If there is none, or it is not for this viewer to see: who may not see it is not told
        that it is there.
    """

    def read(tx: SalesReader) -> Sent[SeenT]:
        found = tx.find(kind, record_id)
        if found is None or not may_see(found, viewer):
            raise NotFoundError(f"there is no {record_words(kind)} {record_id!r}.")
        submission = None if kind in _NEVER_SENT else tx.find(Submission, record_id)
        entries = entries_told(tx, kind, [record_id]).get(record_id, ())
        return Sent(record=found, submission=submission, entries=entries)

    return store.read(read)


def some_seen(
    tx: SalesReader, kind: type[SeenT], record_ids: Iterable[str], *, viewer: Viewer
) -> dict[str, SeenT]:
    """Those of the records that are there and that the viewer may see, by their identifiers."""
    found = tx.find_some(kind, record_ids)
    return {name: record for name, record in found.items() if may_see(record, viewer)}


def entries_told(
    tx: SalesReader, kind: type[SeenT], record_ids: Iterable[str]
) -> dict[str, tuple[LogEntry, ...]]:
    """What was done to records whose log is told with them, in one question; else nothing."""
    return tx.logs_of(record_ids) if kind in _OF_ORDERS else {}


def one_to_change(
    kind: type[SeenT], record_id: str, *, viewer: Viewer, store: SalesStore
) -> Sent[SeenT]:
    """The record, if the viewer may also change it: its buyer, its seller, or the platform.

    Raises
    ------
    NotFoundError
        If there is none, or it is not for this viewer to see.
    RefusedError
        With code ``not-the-seller`` where an operator has a part in it and does not sell it.
    """
    found = one_seen(kind, record_id, viewer=viewer, store=store)
    if not may_see_buyer(found.record, viewer):
        raise RefusedError(
            f"{viewer.operator_id} carries a part of {record_id} and does not sell it",
            code="not-the-seller",
            where=record_id,
            alternatives=("ask the seller",),
        )
    return found


def all_seen(
    kind: type[SeenT],
    *,
    viewer: Viewer,
    store: SalesStore,
    states: Iterable[str] = (),
    part: tuple[int, int] | None = None,
) -> Listing[SeenT]:
    """The records that the viewer may see, oldest first.

    Parameters
    ----------
    kind
        Which records.
    viewer
        Who looks.
    store
        Where they are.
    states
        In which states; empty for all.
    part
        How many are passed over, and how many are given at most; ``None`` for all.
    """
    wanted = tuple(states)

    def read(tx: SalesReader) -> Listing[SeenT]:
        offset, limit = part or (0, None)
        buyer_id, operator_id = viewer.party_id, viewer.operator_id
        total = tx.count(kind, buyer_id=buyer_id, operator_id=operator_id, states=wanted)
        found = tx.find_all(
            kind,
            buyer_id=buyer_id,
            operator_id=operator_id,
            states=wanted,
            offset=offset,
            limit=limit,
        )
        assert all(may_see(each, viewer) for each in found), "a store gives what may be seen"
        named = {identifier(each): each for each in found}
        sent_for = {} if kind in _NEVER_SENT else tx.find_some(Submission, named)
        entries = entries_told(tx, kind, named)
        return Listing(
            sent=tuple(
                Sent(record=each, submission=sent_for.get(name), entries=entries.get(name, ()))
                for name, each in named.items()
            ),
            total=total,
        )

    return store.read(read)


def states_passed(record_id: str, *, store: SalesStore) -> tuple[tuple[datetime, str], ...]:
    """The states that a record has come to, each with its moment, oldest first."""
    return states_told(store.read(lambda tx: tx.log_of(record_id)))


def states_told(entries: Iterable[LogEntry]) -> tuple[tuple[datetime, str], ...]:
    """The states that the entries of a record's log tell, each with its moment, oldest first."""
    passed: list[tuple[datetime, str]] = []
    for each in entries:
        if each.state_after and (not passed or passed[-1][1] != each.state_after):
            passed.append((each.deed.at, each.state_after))
    return tuple(passed)


def buyer_named(named: str | None, *, viewer: Viewer) -> PartyId:
    """For whom is asked: a buyer's client for its own party, anybody else for whom it names.

    Raises
    ------
    RefusedError
        With code ``not-your-party`` or ``no-buyer-named``.
    """
    if viewer.party_id is not None and named in {None, viewer.party_id}:
        return viewer.party_id
    if viewer.party_id is not None:
        raise RefusedError(
            f"{viewer.party_id} does not ask for {named}",
            code="not-your-party",
            where=named or "",
            alternatives=(f"name {viewer.party_id}, or nobody",),
        )
    if not named:
        raise RefusedError(
            "it is not said who buys", code="no-buyer-named", alternatives=("name the buyer",)
        )
    return PartyId(named)


def check_sells(offering_id: str, *, viewer: Viewer, catalogue: Catalogue) -> None:
    """Refuse that an operator's desk sells what only others sell.

    Raises
    ------
    NotFoundError
        If the catalogue has no such offering.
    RefusedError
        With code ``not-your-offering``.
    """
    sellers = catalogue.offering(offering_id).operator_ids
    if viewer.operator_id is not None and viewer.operator_id not in sellers:
        raise RefusedError(
            f"{viewer.operator_id} does not sell {offering_id}; {', '.join(sellers)} does",
            code="not-your-offering",
            where=offering_id,
        )
