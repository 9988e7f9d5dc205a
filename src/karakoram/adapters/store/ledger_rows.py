"""How do accounts, balances and transfers stand in rows?"""

from datetime import date
from typing import Any

from karakoram.adapters.store.rows import Cells, as_stored
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import Account, AccountKind, AccountLimit, Balance
from karakoram.settlement.ledger.transfers import Transfer, TransferKind

TOTALS = (
    "debits_posted_minor",
    "credits_posted_minor",
    "debits_pending_minor",
    "credits_pending_minor",
)
"""The columns of a balance, which are the fields of one."""
TRANSFER_COLUMNS = (
    "transfer_id",
    "debit_account_id",
    "credit_account_id",
    "amount_minor",
    "currency",
    "booked_on",
    "kind",
    "pending_id",
    "corrects",
    "subject_kind",
    "subject_id",
    "memo",
    "exchange_rate",
)


def cells_from_account(account: Account) -> dict[str, Any]:
    """The row of an account."""
    return {
        "account_id": account.account_id,
        "book": account.book,
        "name": account.name,
        "kind": account.kind.value,
        "currency": account.currency,
        "account_limit": account.limit.value,
    }


@as_stored(Account, "account_id")
def account_from_cells(cells: Cells) -> Account:
    """The account that a row is."""
    return Account(
        account_id=cells["account_id"],
        book=cells["book"],
        name=cells["name"],
        kind=AccountKind(cells["kind"]),
        currency=cells["currency"],
        limit=AccountLimit(cells["account_limit"]),
    )


def cells_from_balance(balance: Balance) -> dict[str, int]:
    """The totals of a balance by column."""
    return {name: getattr(balance, name) for name in TOTALS}


def balance_from_cells(cells: Cells) -> Balance:
    """The balance that a row is."""
    return Balance(**{name: cells[name] for name in TOTALS})


def row_from_transfer(transfer: Transfer) -> tuple[str | int | None, ...]:
    """The row of a transfer, in the order of ``TRANSFER_COLUMNS``."""
    return (
        transfer.transfer_id,
        transfer.debit_account_id,
        transfer.credit_account_id,
        transfer.amount.minor,
        transfer.amount.currency,
        transfer.booked_on.isoformat(),
        transfer.kind.value,
        transfer.pending_id,
        transfer.corrects,
        transfer.subject_kind,
        transfer.subject_id,
        transfer.memo,
        transfer.exchange_rate,
    )


@as_stored(Transfer, "transfer_id")
def transfer_from_cells(cells: Cells) -> Transfer:
    """The transfer that a row is."""
    return Transfer(
        transfer_id=cells["transfer_id"],
        debit_account_id=cells["debit_account_id"],
        credit_account_id=cells["credit_account_id"],
        amount=Money(cells["amount_minor"], cells["currency"]),
        booked_on=date.fromisoformat(cells["booked_on"]),
        kind=TransferKind(cells["kind"]),
        pending_id=cells["pending_id"],
        corrects=cells["corrects"],
        subject_kind=cells["subject_kind"],
        subject_id=cells["subject_id"],
        memo=cells["memo"],
        exchange_rate=cells["exchange_rate"],
    )
