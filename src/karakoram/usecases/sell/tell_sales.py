"""What is somebody told of what is sold, most of which it was told before?

A record of a version is told to a viewer in the same words each time. So which versions there are
is asked first, and only what was not told yet is read.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from karakoram.core.errors import NotFoundError
from karakoram.sales.submissions import Submission
from karakoram.sales.viewing import Viewer
from karakoram.usecases.sell.sales_action import record_words
from karakoram.usecases.sell.sales_ports import SalesReader, SalesStore, Stamp
from karakoram.usecases.sell.see_sales import SeenT, Sent, entries_told, some_seen

ToldT = TypeVar("ToldT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Teller(Generic[SeenT, ToldT]):
    """Tells records of a kind to one viewer."""

    kind: type[SeenT]
    viewer: Viewer
    known: Callable[[Stamp], ToldT | None]
    """What this viewer was told of that version; ``None`` where it is not known any more."""
    tell: Callable[[Sent[SeenT], Stamp], ToldT]
    """Tells a record of that version; asks no store, as a transaction is under way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[ToldT]):
    """What is told of some records, and how many there are."""

    told: tuple[ToldT, ...]
    total: int


def one_told(teller: Teller[SeenT, ToldT], record_id: str, *, store: SalesStore) -> ToldT:
    """What is told of the record.

    Raises
    ------
    NotFoundError
        If there is none, or it is not for this viewer to see: who may not see it is not told
        that it is there.
    """

    def read(tx: SalesReader) -> ToldT:
        stamp = tx.stamp(teller.kind, record_id)
        if stamp is None:
            raise _no(teller, record_id)
        known = teller.known(stamp)
        return _new(tx, [stamp], teller)[record_id] if known is None else known

    return store.read(read)


def page_told(
    teller: Teller[SeenT, ToldT],
    *,
    store: SalesStore,
    states: Iterable[str] = (),
    part: tuple[int, int] | None = None,
) -> Told[ToldT]:
    """What is told of the records that the viewer may see, oldest first.

    Parameters
    ----------
    teller
        Who tells whom of which kind.
    store
        Where they are.
    states
        In which states; empty for all.
    part
        How many are passed over, and how many are given at most; ``None`` for all.
    """
    wanted, viewer = tuple(states), teller.viewer

    def read(tx: SalesReader) -> Told[ToldT]:
        offset, limit = part or (0, None)
        found = tx.stamps(
            teller.kind,
            buyer_id=viewer.party_id,
            operator_id=viewer.operator_id,
            states=wanted,
            offset=offset,
            limit=limit,
        )
        told: dict[str, ToldT] = {}
        new = []
        for each in found.stamps:
            known = teller.known(each)
            if known is None:
                new.append(each)
            else:
                told[each.record_id] = known
        if new:
            told.update(_new(tx, new, teller))
        return Told(told=tuple(told[each.record_id] for each in found.stamps), total=found.total)

    return store.read(read)


def _new(
    tx: SalesReader, stamps: Iterable[Stamp], teller: Teller[SeenT, ToldT]
) -> dict[str, ToldT]:
    """What was not told before, by the identifiers of the records."""
    asked = {each.record_id: each for each in stamps}
    records = some_seen(tx, teller.kind, asked, viewer=teller.viewer)
    if records.keys() != asked.keys():
        raise _no(teller, ", ".join(sorted(asked.keys() - records.keys())))
    sent_for = tx.find_some(Submission, [name for name, each in asked.items() if each.is_sent])
    entries = entries_told(tx, teller.kind, asked)
    return {
        name: teller.tell(
            Sent(
                record=records[name],
                submission=sent_for.get(name),
                entries=entries.get(name, ()),
            ),
            stamp,
        )
        for name, stamp in asked.items()
    }


def _no(teller: Teller[SeenT, ToldT], record_id: str) -> NotFoundError:
    return NotFoundError(f"there is no {record_words(teller.kind)} {record_id!r}.")
