"""How is anything done to sales: once however often it is asked, and told in the change log?"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.core.identifiers import ExternalId, PartyId
from karakoram.sales.change_log import Deed, LogEntry
from karakoram.sales.parties import Party
from karakoram.sales.qualifications import Wish
from karakoram.usecases.sell.sales_ports import (
    IdSource,
    RecordT,
    Replay,
    SalesReader,
    SalesWriter,
)

Content = Mapping[str, str | int | Sequence[Sequence[str | int]]]
"""What is asked, by names that stay when records change."""

_FORM = 1
"""Grows where the same request is told in another way: then no earlier one is taken for it."""
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Who asks for what, under which name of its own."""

    action: str
    """The verb, e.g. ``quote.issue``."""
    buyer_id: PartyId
    external_id: ExternalId
    content: Content
    """What is asked, equal for equal requests, whatever its records are made of one day."""
    deed: Deed

    @property
    def digest(self) -> str:
        """SHA-256 of the content as JSON, names sorted, with the number of this form."""
        told = {"form": _FORM, "content": self.content}
        return sha256(json.dumps(told, sort_keys=True).encode("utf-8")).hexdigest()


def wished(wish: Wish) -> dict[str, str]:
    """What a wish asks for, by name; characteristics cannot be taken for anything else."""
    chosen = wish.configuration.by_name
    return {
        "offering": wish.product_offering_id,
        **{f"characteristic {name}": value for name, value in chosen.items()},
    }


def done_before(tx: SalesReader, request: Request) -> str | None:
    """Identifier of what the same request gave before; ``None`` where it is new.

    Raises
    ------
    RefusedError
        With code ``external-id-reused`` where the buyer used the name for something else.
    """
    known = tx.replay(request.buyer_id, request.external_id)
    if known is None:
        return None
    if (known.action, known.digest) == (request.action, request.digest):
        return known.subject_id
    raise RefusedError(
        f"{request.external_id!r} of {request.buyer_id} names what is done already: "
        f"{known.action}, which gave {known.subject_id}",
        code="external-id-reused",
        where=request.external_id,
        alternatives=("repeat that request unchanged", "choose another external identifier"),
    )


def named_request(
    action: str,
    *,
    buyer_id: PartyId,
    external_id: ExternalId | None,
    subject_id: str,
    deed: Deed,
) -> Request | None:
    """A request about one record, e.g. to decline a quote; ``None`` where the buyer names none."""
    if external_id is None:
        return None
    return Request(
        action=action,
        buyer_id=buyer_id,
        external_id=external_id,
        content={"subject": subject_id},
        deed=deed,
    )


def is_repeated(tx: SalesReader, request: Request | None) -> bool:
    """Whether the same request was carried out before; one without a name is always new.

    Raises
    ------
    RefusedError
        With code ``external-id-reused`` where the buyer used the name for something else.
    """
    return request is not None and done_before(tx, request) is not None


def remember(tx: SalesWriter, request: Request | None, subject_id: str) -> None:
    """Let the request give the same answer when it is asked again; one without a name cannot be."""
    if request is None:
        return
    replay = Replay(action=request.action, digest=request.digest, subject_id=subject_id)
    tx.remember(request.buyer_id, request.external_id, replay)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to one record, for the log."""

    action: str
    subject_kind: str
    subject_id: str
    state_before: str = ""
    state_after: str = ""
    detail: str = ""


def log_change(tx: SalesWriter, ids: IdSource, *, deed: Deed, change: Change) -> None:
    """Write the entry that tells who did what, when and why."""
    tx.log(
        LogEntry(
            entry_id=ids.new_id(),
            deed=deed,
            action=change.action,
            subject_kind=change.subject_kind,
            subject_id=change.subject_id,
            state_before=change.state_before,
            state_after=change.state_after,
            detail=change.detail,
        )
    )


def record_words(kind: type) -> str:
    """What a person calls a kind of record.

    >>> record_words(Party)
    'party'
    """
    return _CAPITAL.sub(" ", kind.__name__).lower()


def known_record(tx: SalesReader, kind: type[RecordT], record_id: str) -> RecordT:
    """The record.

    Raises
    ------
    NotFoundError
        If there is none.
    """
    found = tx.find(kind, record_id)
    if found is None:
        raise NotFoundError(f"there is no {record_words(kind)} {record_id!r}.")
    return found


def buyer_of(tx: SalesReader, buyer_id: PartyId) -> Party:
    """The buyer's record.

    Raises
    ------
    NotFoundError
        If nobody is registered under the identifier.
    """
    found = tx.find(Party, buyer_id)
    if found is None:
        raise NotFoundError(f"no party {buyer_id!r} is registered; register it first.")
    return found
