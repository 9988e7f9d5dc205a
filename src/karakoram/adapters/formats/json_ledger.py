"""How do accounts, balances and transfers look as JSON?"""

from karakoram.core.money import Money
from karakoram.settlement.ledger.accounts import Account
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.keep_ledger import AccountBalance


def json_from_money(amount: Money) -> dict[str, object]:
    """An amount in whole minor units."""
    return {"minor": amount.minor, "currency": amount.currency}


def json_from_account(account: Account) -> dict[str, object]:
    """One account."""
    return {
        "account_id": account.account_id,
        "book": account.book,
        "name": account.name,
        "kind": account.kind.value,
        "currency": account.currency,
        "limit": account.limit.value,
    }


def json_from_account_balance(each: AccountBalance) -> dict[str, object]:
    """What stands in an account."""
    held = each.balance
    return {
        **json_from_account(each.account),
        "debits_posted_minor": held.debits_posted_minor,
        "credits_posted_minor": held.credits_posted_minor,
        "debits_pending_minor": held.debits_pending_minor,
        "credits_pending_minor": held.credits_pending_minor,
        "net_minor": held.net_minor,
    }


def json_from_transfer(transfer: Transfer) -> dict[str, object]:
    """One transfer."""
    return {
        "transfer_id": transfer.transfer_id,
        "debit_account_id": transfer.debit_account_id,
        "credit_account_id": transfer.credit_account_id,
        "amount": json_from_money(transfer.amount),
        "booked_on": transfer.booked_on.isoformat(),
        "kind": transfer.kind.value,
        "pending_id": transfer.pending_id,
        "corrects": transfer.corrects,
        "subject_kind": transfer.subject_kind,
        "subject_id": transfer.subject_id,
        "memo": transfer.memo,
        "exchange_rate": transfer.exchange_rate,
    }
