"""How do accounts, balances and transfers look as JSON?"""

from typing import Any

from karakoram.adapters.formats.json_money import json_from_money
from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.settle.keep_ledger import AccountBalance, PeriodBalance


def json_from_account(account: Account) -> dict[str, Any]:
    """One account."""
    return {
        "accountId": account.account_id,
        "book": account.book,
        "name": account.name,
        "kind": account.kind.value,
        "currency": account.currency,
        "limit": account.limit.value,
    }


def json_from_account_balance(each: AccountBalance) -> dict[str, Any]:
    """What stands in an account."""
    held = each.balance

    def money(minor: int) -> dict[str, Any]:
        return json_from_money(Money(minor, each.account.currency))

    return {
        **json_from_account(each.account),
        "debitsPosted": money(held.debits_posted_minor),
        "creditsPosted": money(held.credits_posted_minor),
        "debitsPending": money(held.debits_pending_minor),
        "creditsPending": money(held.credits_pending_minor),
        "net": money(held.net_minor),
    }


def json_from_period_balance(each: PeriodBalance) -> dict[str, Any]:
    """What stood in an account before a period, moved in it, and stands after it."""
    return {
        **json_from_account(each.account),
        **{
            name: json_from_money(Money(minor, each.account.currency))
            for name, minor in (
                ("opening", each.opening.net_minor),
                ("debits", each.debits_minor),
                ("credits", each.credits_minor),
                ("closing", each.closing.net_minor),
            )
        },
    }


def json_from_transfer(transfer: Transfer) -> dict[str, Any]:
    """One transfer."""
    return {
        "transferId": transfer.transfer_id,
        "debitAccountId": transfer.debit_account_id,
        "creditAccountId": transfer.credit_account_id,
        "amount": json_from_money(transfer.amount),
        "bookedOn": transfer.booked_on.isoformat(),
        "kind": transfer.kind.value,
        "pendingId": transfer.pending_id,
        "corrects": transfer.corrects,
        "subjectKind": transfer.subject_kind,
        "subjectId": transfer.subject_id,
        "memo": transfer.memo,
        "exchangeRate": transfer.exchange_rate,
    }
