"""How is an entry of the ledger that should not be there taken back by another?

Only what was posted by hand, or pays a tax or levy, is taken back so: an entry that a document made
is what the document says, and is put right by what corrects the document.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TypeVar

from karakoram.core.errors import RefusedError
from karakoram.core.identifiers import TransferId
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.ledger.transfers import SETTLING, Transfer, TransferKind, reversal
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.settle.close_book import REVALUATION
from karakoram.usecases.settle.keep_ledger import LedgerDeed
from karakoram.usecases.settle.known_names import refuse_unknown_transfer
from karakoram.usecases.settle.ledger_ports import (
    SettlementReader,
    SettlementWriter,
    TransferQuestion,
)
from karakoram.usecases.settle.settling import refuse_future

NumberedT = TypeVar("NumberedT", Invoice, CreditNote, OwnerStatement)

_BY_HAND = "where you posted it by hand, post its opposite with karakoram ledger post"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """What makes entries of its own, and what puts them right."""

    number: Callable[[SettlementReader, str], str | None] | None
    """The number of a record by its identifier; ``None`` where the subject alone says it."""
    right: tuple[str, ...]


def _numbers_of(kind: type[NumberedT]) -> Callable[[SettlementReader, str], str | None]:
    """Finds the number of a record of the kind by its identifier; ``None`` where there is none."""

    def number(tx: SettlementReader, record_id: str) -> str | None:
        record = tx.find(kind, record_id)
        return None if record is None else record.number

    return number


_DOCUMENTS: Mapping[str, _Document] = MappingProxyType(
    {
        "invoice": _Document(
            number=_numbers_of(Invoice),
            right=(
                "bill its period once more: karakoram invoice make takes back what is wrong now",
                "credit a line: karakoram dispute open --kind invoice, then dispute answer",
                "credit broken promises: karakoram invoice credit",
            ),
        ),
        "credit_note": _Document(
            number=_numbers_of(CreditNote),
            right=("agree with the buyer on a charge of a later period",),
        ),
        "statement": _Document(
            number=_numbers_of(OwnerStatement),
            right=("put its invoices right: the next karakoram statement make takes it up",),
        ),
        "netting": _Document(
            number=None,
            right=("book what a bank sent back as a transfer of its own: karakoram ledger post",),
        ),
        REVALUATION: _Document(
            number=None,
            right=("add the right rate (karakoram exchange add), and close the book further",),
        ),
    }
)
"""By the kind of subject of their entries."""


def reverse_transfer(word: str, *, booked_on: date | None, by: LedgerDeed) -> Transfer:
    """The entry that takes another back; said again for the same reason, the one that did.

    Parameters
    ----------
    word
        Identifier of the entry that is taken back.
    booked_on
        Day of the new one; ``None`` for today, or for the day of a later entry.
    by
        Who does it, in which store, and why: it stands in the new entry.

    Raises
    ------
    NotFoundError
        If there is no such entry.
    RefusedError
        With code ``no-reason``, ``is-reversal``, ``is-pending``, ``by-document``,
        ``reversed-already``, ``corrected-already``, ``before-entry`` or ``in-the-future``.
    BatchRefusedError
        If the day is of a closed period, or an account would go beyond its limit.
    """
    why = by.deed.why.strip()
    if not why:
        raise RefusedError(
            f"{word} is not taken back without a reason",
            code="no-reason",
            where=word,
            alternatives=("say why: --why TEXT",),
        )

    def action(tx: SettlementWriter) -> Transfer:
        refuse_unknown_transfer(tx, word)
        entry = tx.transfer(TransferId(word))
        assert entry is not None, "it is known"
        memo = f"takes back {entry.transfer_id}: {why}"
        _refuse_unmoved(entry)
        _refuse_reversal(tx, entry)
        before = _reversed_before(tx, entry, memo=memo, booked_on=booked_on)
        if before is not None:
            return before
        _refuse_document(tx, entry)
        back = reversal(
            entry,
            transfer_id=TransferId(by.ids.new_id()),
            booked_on=_day(entry, booked_on, by=by),
            memo=memo,
        )
        tx.post((back,))
        _log(tx, entry, back, by=by)
        return back

    return by.store.write(action)


def _refuse_unmoved(entry: Transfer) -> None:
    """Refuse what has moved nothing: what is only set aside, or made that void."""
    if entry.kind is TransferKind.PENDING:
        raise RefusedError(
            f"{entry.transfer_id} is pending, and has moved nothing that could be taken back",
            code="is-pending",
            where=entry.transfer_id,
            alternatives=(
                "make it void: karakoram ledger post, with kind void_pending",
                "where it was posted since, take back the entry that posted it",
            ),
        )
    if entry.kind in SETTLING - {TransferKind.POST_PENDING}:
        raise RefusedError(
            f"{entry.transfer_id} made {entry.pending_id} void, and has moved nothing that could "
            "be taken back",
            code="is-pending",
            where=entry.transfer_id,
            alternatives=("set the amount aside anew with karakoram ledger post",),
        )


def _refuse_reversal(tx: SettlementReader, entry: Transfer) -> None:
    taken_back = None if entry.corrects is None else tx.transfer(entry.corrects)
    if taken_back is not None and _is_opposite(entry, taken_back):
        raise RefusedError(
            f"{entry.transfer_id} takes back {taken_back.transfer_id} itself",
            code="is-reversal",
            where=entry.transfer_id,
            alternatives=(
                f"where {taken_back.transfer_id} was right, post it anew: karakoram ledger post",
            ),
        )


def _reversed_before(
    tx: SettlementReader, entry: Transfer, *, memo: str, booked_on: date | None
) -> Transfer | None:
    """What took the entry back when the same was said before; ``None`` where nothing has.

    Raises
    ------
    RefusedError
        With code ``reversed-already`` or ``corrected-already``.
    """
    # Corrections have no index. What was posted later is looked through as it lies, 9 ms for each
    # 200,000; through the indexes of the two accounts it takes half to eight times as long.
    question = TransferQuestion(corrects=entry.transfer_id, after=entry.transfer_id)
    corrections = tx.transfers_of(question)
    for each in corrections:
        if not _is_opposite(each, entry):
            continue
        if each.memo == memo and booked_on in {None, each.booked_on}:
            return each
        raise RefusedError(
            f"{entry.transfer_id} was taken back on {each.booked_on} by {each.transfer_id} "
            f"({each.memo or 'no reason is told'})",
            code="reversed-already",
            where=entry.transfer_id,
            alternatives=("leave it: it moves nothing any more",),
        )
    if corrections:
        first = corrections[0]
        raise RefusedError(
            f"{entry.transfer_id} moved {entry.amount} and is corrected by {first.transfer_id}, "
            f"which moved {first.amount}: the whole is not what is left of it",
            code="corrected-already",
            where=entry.transfer_id,
            alternatives=("post what is left, the other way round, with karakoram ledger post",),
        )
    return None


def _refuse_document(tx: SettlementReader, entry: Transfer) -> None:
    document = _DOCUMENTS.get(entry.subject_kind)
    if document is None:
        return
    number: str | None = entry.subject_id
    if document.number is not None:
        number = document.number(tx, entry.subject_id)
        if number is None:  # posted by hand, about what is not ours
            return
    name = f"{entry.subject_kind.replace('_', ' ')} {number}"
    raise RefusedError(
        f"{entry.transfer_id} ({entry.memo or entry.amount}) is part of {name}, which would go on "
        "to tell it",
        code="by-document",
        where=entry.transfer_id,
        alternatives=(*document.right, _BY_HAND),
    )


def _day(entry: Transfer, asked: date | None, *, by: LedgerDeed) -> date:
    """The day of the new entry: today, or that of an entry that is booked later than today."""
    first = max(by.deed.at.date(), entry.booked_on)
    if asked is None:
        return first
    if asked < entry.booked_on:
        raise RefusedError(
            f"{entry.transfer_id} is booked on {entry.booked_on}, and would be taken back on "
            f"{asked}",
            code="before-entry",
            where=entry.transfer_id,
            alternatives=(f"name {entry.booked_on} or a later day",),
        )
    if asked != first:
        refuse_future(asked, today=by.deed.at.date(), what="the day of the entry")
    return asked


def _is_opposite(one: Transfer, other: Transfer) -> bool:
    """Whether one moves back all that the other moved."""
    return (one.debit_account_id, one.credit_account_id, one.amount) == (
        other.credit_account_id,
        other.debit_account_id,
        other.amount,
    )


def _log(tx: SettlementWriter, entry: Transfer, back: Transfer, *, by: LedgerDeed) -> None:
    account = tx.account(entry.debit_account_id)
    assert account is not None, "its entry is posted"
    change = Change(
        action="ledger.reverse",
        subject_kind="book",
        subject_id=account.book,
        detail=f"{entry.transfer_id}, {entry.amount} of {entry.booked_on}, by {back.transfer_id} "
        f"on {back.booked_on}",
    )
    log_change(tx, by.ids, deed=by.deed, change=change)
