"""How are accounts opened and transfers posted, so that the log tells who did it?"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Protocol, runtime_checkable

from karakoram.core.identifiers import AccountId
from karakoram.sales.change_log import Deed
from karakoram.settlement.ledger.accounts import Account, Balance
from karakoram.settlement.ledger.transfers import Transfer, TransferKind
from karakoram.usecases.sell.sales_action import Change, log_change
from karakoram.usecases.sell.sales_ports import IdSource
from karakoram.usecases.settle.ledger_ports import (
    LedgerReader,
    SettlementStore,
    SettlementWriter,
    TransferQuestion,
)

_MOVES = frozenset({TransferKind.POSTED, TransferKind.POST_PENDING})
"""What moves an amount; the others set it aside or free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountBalance:
    """An account and what stands in it."""

    account: Account
    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodBalance:
    """An account, what stood in it before a period, and what stands in it after."""

    account: Account
    opening: Balance
    closing: Balance

    @property
    def debits_minor(self) -> int:
        """What was debited in the period."""
        return self.closing.debits_posted_minor - self.opening.debits_posted_minor

    @property
    def credits_minor(self) -> int:
        """What was credited in the period."""
        return self.closing.credits_posted_minor - self.opening.credits_posted_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class BookContent:
    """All of one book, or of what was booked in it before a day."""

    book: str
    until: date | None
    """First day that is left out."""
    closed_until: date | None
    balances: tuple[AccountBalance, ...]
    transfers: tuple[Transfer, ...]


@runtime_checkable
class BookTarget(Protocol):
    """Where a book goes that another program reads."""

    def write_book(self, content: BookContent) -> None:
        """Write the book; what was there is replaced."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerDeed:
    """Who does something to a ledger, why, in which store."""

    deed: Deed
    store: SettlementStore
    ids: IdSource


def open_accounts(accounts: Sequence[Account], *, by: LedgerDeed) -> None:
    """Open accounts; those that are open as they are asked for stay as they are.

    Parameters
    ----------
    accounts
        Each may stand there more than once.
    by
        Who does it, why, in which store.

    Raises
    ------
    BatchRefusedError
        If one is open as another.
    """

    def action(tx: SettlementWriter) -> None:
        wanted = {each.account_id: each for each in accounts}
        new = [each for each in wanted.values() if tx.account(each.account_id) is None]
        tx.open_accounts(accounts)
        for each in new:
            _log(tx, by, action="ledger.open", subject=("account", each.account_id))

    by.store.write(action)


def post_transfers(transfers: Sequence[Transfer], *, by: LedgerDeed) -> int:
    """How many transfers were not in the ledger before; all are posted, or none.

    Parameters
    ----------
    transfers
        In their order.
    by
        Who does it, why, in which store.

    Raises
    ------
    BatchRefusedError
        If one is refused; names every one that is.
    """

    def action(tx: SettlementWriter) -> int:
        new = tx.post(transfers)
        book_of = {each.account_id: each.book for each in tx.accounts()} if new else {}
        books = Counter(book_of[each.debit_account_id] for each in new)
        for book, count in sorted(books.items()):
            _log(tx, by, action="ledger.post", subject=("book", book), detail=f"{count} transfers")
        return len(new)

    return by.store.write(action)


def account_balances(
    tx: LedgerReader, *, book: str | None = None, until: date | None = None
) -> tuple[AccountBalance, ...]:
    """Every account of a book, or of all, sorted, with what was booked before ``until``."""
    held = tx.balances(book=book, until=until)
    return tuple(
        AccountBalance(account=each, balance=held[each.account_id]) for each in tx.accounts(book)
    )


def period_balances(
    tx: LedgerReader, *, begun: date, book: str | None = None, until: date | None = None
) -> tuple[PeriodBalance, ...]:
    """The trial balance of a period: every account of a book, or of all, sorted.

    Parameters
    ----------
    tx
        What is in the ledger.
    begun
        First day of the period.
    book
        ``None`` for all.
    until
        First day after it; ``None`` for all that was booked.
    """
    before = tx.balances(book=book, until=begun)
    after = tx.balances(book=book, until=until)
    return tuple(
        PeriodBalance(account=each, opening=before[each.account_id], closing=after[each.account_id])
        for each in tx.accounts(book)
    )


def running_balances(
    tx: LedgerReader, account_id: AccountId, transfers: Sequence[Transfer], *, begun: date | None
) -> tuple[int, ...]:
    """What stands in an account, debits less credits, before the transfers and after each.

    Parameters
    ----------
    tx
        What is in the ledger.
    account_id
        Which account.
    transfers
        Those of it from a day on, in their order.
    begun
        That day; ``None`` for all.
    """
    opening = Balance()
    if begun is not None:
        opening = tx.balances((account_id,), until=begun).get(account_id, opening)
    moves = (
        each.amount.minor
        * ((each.debit_account_id == account_id) - (each.credit_account_id == account_id))
        * (each.kind in _MOVES)
        for each in transfers
    )
    return tuple(accumulate(moves, initial=opening.net_minor))


def book_content(tx: LedgerReader, book: str, *, until: date | None = None) -> BookContent:
    """All of one book."""
    return BookContent(
        book=book,
        until=until,
        closed_until=tx.closed_until(book),
        balances=account_balances(tx, book=book, until=until),
        transfers=tx.transfers_of(TransferQuestion(book=book, booked_until=until)),
    )


def _log(
    tx: SettlementWriter,
    by: LedgerDeed,
    *,
    action: str,
    subject: tuple[str, str],
    detail: str = "",
) -> None:
    kind, subject_id = subject
    change = Change(action=action, subject_kind=kind, subject_id=subject_id, detail=detail)
    log_change(tx, by.ids, deed=by.deed, change=change)
