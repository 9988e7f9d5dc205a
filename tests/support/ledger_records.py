"""Accounts and transfers of two books, in a few words."""

from dataclasses import replace
from datetime import date

from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import AccountLimit, account_named
from karakoram.settlement.ledger.transfers import Transfer, TransferKind

DAY = date(2026, 11, 2)
BANK = account_named("SCO", "Assets:Bank:USD", "USD", limit=AccountLimit.CREDITS)
OWED = account_named("SCO", "Assets:Receivable:CT:USD", "USD")
SALES = account_named("SCO", "Income:Capacity:USD", "USD")
PREPAID = account_named("SCO", "Liabilities:Prepaid:CT:USD", "USD", limit=AccountLimit.DEBITS)
RUPEES = account_named("SCO", "Assets:Bank:PKR", "PKR")
RUPEE_SALES = account_named("SCO", "Income:Capacity:PKR", "PKR")
OTHER_OWED = account_named("CT", "Assets:Receivable:SCO:USD", "USD")
OTHER_SALES = account_named("CT", "Income:Capacity:USD", "USD")
ACCOUNTS = (BANK, OWED, SALES, PREPAID, RUPEES, RUPEE_SALES, OTHER_OWED, OTHER_SALES)


def transfer(transfer_id="t1", debit=OWED, credit=SALES, *, minor=100, currency="USD", **changes):
    return Transfer(
        **{
            "transfer_id": transfer_id,
            "debit_account_id": debit.account_id,
            "credit_account_id": credit.account_id,
            "amount": Money(minor, currency),
            "booked_on": DAY,
            **changes,
        }
    )


def settlement_of(pending, transfer_id, *, kind=TransferKind.POST_PENDING, amount=None, on=DAY):
    """The transfer that posts a pending one, or a part of it, or makes it void."""
    return replace(
        pending,
        transfer_id=transfer_id,
        amount=amount or pending.amount,
        booked_on=on,
        kind=kind,
        pending_id=pending.transfer_id,
    )
