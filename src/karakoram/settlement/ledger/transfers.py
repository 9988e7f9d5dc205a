"""What moves an amount from one account to another?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum

from karakoram.core.identifiers import AccountId, TransferId
from karakoram.core.money import Money


class TransferKind(Enum):
    """What a transfer does to its two accounts."""

    POSTED = "posted"
    """Moves the amount at once."""
    PENDING = "pending"
    """Sets the amount aside until it is posted or void."""
    POST_PENDING = "post_pending"
    """Moves what was set aside, or a part of it; the rest is set free."""
    VOID_PENDING = "void_pending"
    """Sets free what was set aside."""


SETTLING = frozenset({TransferKind.POST_PENDING, TransferKind.VOID_PENDING})
"""What ends a pending transfer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """An amount that is debited to one account and credited to another; never changed or removed.

    A record of what is asked; whether it can be is for :func:`.posting.posted` to say.
    """

    transfer_id: TransferId
    """Made by whoever asks, so that asking again does nothing twice; best ordered by time."""
    debit_account_id: AccountId
    credit_account_id: AccountId
    amount: Money
    """More than nothing."""
    booked_on: date
    kind: TransferKind = TransferKind.POSTED
    pending_id: TransferId | None = None
    """The pending transfer that is posted or made void."""
    corrects: TransferId | None = None
    """The transfer that is corrected by this one, or taken back."""
    subject_kind: str = ""
    """What it is about, e.g. ``invoice``."""
    subject_id: str = ""
    memo: str = ""
    exchange_rate: str = ""
    """Of a leg of a conversion: what one unit of its currency is worth, as decimals; else empty."""

    def __post_init__(self) -> None:
        if not self.transfer_id:
            raise ValueError("Transfer.transfer_id must not be empty")
        if self.exchange_rate and not _is_above_zero(self.exchange_rate):
            raise ValueError(
                f"Transfer.exchange_rate must be a number above 0, got {self.exchange_rate!r}"
            )


def _is_above_zero(word: str) -> bool:
    """Whether the word is a finite number above 0."""
    try:
        number = Decimal(word)
    except InvalidOperation:
        return False
    return number.is_finite() and number > 0


def reversal(
    transfer: Transfer, *, transfer_id: TransferId, booked_on: date, memo: str = ""
) -> Transfer:
    """The transfer that takes another back, about the same subject.

    Parameters
    ----------
    transfer
        What is taken back.
    transfer_id
        Of the new one.
    booked_on
        Day of the new one.
    memo
        Why.

    Raises
    ------
    ValueError
        If the other moved nothing: what is pending is made void instead.
    """
    if transfer.kind not in {TransferKind.POSTED, TransferKind.POST_PENDING}:
        raise ValueError(
            f"only what is posted is taken back; {transfer.transfer_id} is {transfer.kind.value}, "
            "make the pending transfer void"
        )
    return Transfer(
        transfer_id=transfer_id,
        debit_account_id=transfer.credit_account_id,
        credit_account_id=transfer.debit_account_id,
        amount=transfer.amount,
        booked_on=booked_on,
        corrects=transfer.transfer_id,
        subject_kind=transfer.subject_kind,
        subject_id=transfer.subject_id,
        memo=memo or f"takes back {transfer.transfer_id}",
        exchange_rate=transfer.exchange_rate,
    )
