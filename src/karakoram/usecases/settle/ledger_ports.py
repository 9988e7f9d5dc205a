"""What do the use cases of settlement need of a ledger?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar, runtime_checkable

from karakoram.core.identifiers import AccountId, TransferId
from karakoram.settlement.disputes import Dispute
from karakoram.settlement.invoices import CreditNote, Invoice
from karakoram.settlement.ledger.accounts import Account, Balance
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter

AnswerT = TypeVar("AnswerT")
NumberedT = TypeVar("NumberedT", Invoice, CreditNote, OwnerStatement, Dispute)
"""Papers that people call by a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferQuestion:
    """Which transfers are asked for; everything that is given must hold."""

    account_id: AccountId | None = None
    """Debited or credited."""
    book: str | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    corrects: TransferId | None = None
    """Corrects this transfer, or takes it back."""
    booked_from: date | None = None
    """First day."""
    booked_until: date | None = None
    """First day that is not asked for."""
    after: TransferId | None = None
    """Only what was posted after this transfer."""
    limit: int | None = None
    """How many at most."""


@runtime_checkable
class LedgerReader(Protocol):
    """What is in the ledger at one moment."""

    def account(self, account_id: AccountId) -> Account | None:
        """The account, or ``None`` where there is none."""

    def accounts(self, book: str | None = None) -> tuple[Account, ...]:
        """The accounts of a book, or of all, sorted by book and name."""

    def balances(
        self,
        account_ids: Iterable[AccountId] | None = None,
        *,
        book: str | None = None,
        until: date | None = None,
    ) -> Mapping[AccountId, Balance]:
        """Balances of accounts, of a book, or of all, sorted; of what is booked before ``until``.

        An account that is not there is left out.
        """

    def transfer(self, transfer_id: TransferId) -> Transfer | None:
        """The transfer, or ``None`` where there is none."""

    def transfers_of(self, question: TransferQuestion) -> tuple[Transfer, ...]:
        """The transfers that are asked for, in the order in which they were posted."""

    def closed_until(self, book: str) -> date | None:
        """The first day of a book that is open; ``None`` where it has never been closed."""


@runtime_checkable
class LedgerWriter(LedgerReader, Protocol):
    """A transaction: everything written in it counts, or nothing."""

    def open_accounts(self, accounts: Iterable[Account]) -> None:
        """Open accounts; one that is open as it is asked for stays as it is.

        Raises
        ------
        BatchRefusedError
            As of :func:`karakoram.settlement.ledger.books.opened`.
        """

    def post(self, transfers: Iterable[Transfer]) -> tuple[Transfer, ...]:
        """The transfers that were not there before; all are posted, or none.

        Raises
        ------
        BatchRefusedError
            As of :func:`karakoram.settlement.ledger.posting.posted`.
        """

    def close_period(self, book: str, until: date) -> None:
        """Close a book to all that would be booked before ``until``.

        Raises
        ------
        NotFoundError
            If no account of the book has ever been opened.
        RefusedError
            As of :func:`karakoram.settlement.ledger.books.closed_forward`.
        """


@runtime_checkable
class SettlementReader(SalesReader, LedgerReader, Protocol):
    """What is sold and what is in the ledger at the same moment."""

    def find_numbered(self, kind: type[NumberedT], number: str) -> NumberedT | None:
        """The paper of that number, or ``None`` where there is none."""

    def last_number(self, kind: type[NumberedT], series: str) -> str | None:
        """The largest number of a series; ``None`` where it has none yet.

        ``series`` is all that stands before the digits, e.g. ``SCO-2026-``.
        """


@runtime_checkable
class SettlementWriter(SettlementReader, SalesWriter, LedgerWriter, Protocol):
    """A transaction over both: a record and the transfers that it brings count together."""


@runtime_checkable
class SettlementStore(Protocol):
    """Where both are kept."""

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable; as of sales."""
