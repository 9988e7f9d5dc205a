"""Which accounts may be opened in a book, and how far may it be closed?"""

from collections.abc import Iterable
from datetime import date

from karakoram.core.errors import BatchRefusedError, RefusedError
from karakoram.core.findings import Finding, Place
from karakoram.core.identifiers import AccountId
from karakoram.settlement.ledger.accounts import Account


def opened(accounts: Iterable[Account], known: Iterable[Account]) -> tuple[Account, ...]:
    """Those of the accounts that are new; one that is there as it is asked for is left out.

    Parameters
    ----------
    accounts
        What is asked for.
    known
        The accounts that are there under one of their identifiers, or one of their names in the
        same book.

    Raises
    ------
    BatchRefusedError
        If an identifier or a name is taken by another account; names every one.
    """
    by_id: dict[AccountId, Account] = {}
    by_name: dict[tuple[str, str], Account] = {}
    for each in known:
        by_id[each.account_id] = by_name[each.book, each.name] = each
    findings: list[Finding] = []
    new: list[Account] = []
    for account in accounts:
        same = by_id.get(account.account_id) or by_name.get((account.book, account.name))
        if same is None:
            by_id[account.account_id] = by_name[account.book, account.name] = account
            new.append(account)
        elif same != account:
            findings.append(_taken(account, same))
    if findings:
        many = f"{len(findings)} refusals" if len(findings) > 1 else findings[0].message
        raise BatchRefusedError(f"no account was opened: {many}", tuple(findings))
    return tuple(new)


def closed_forward(book: str, until: date, *, before: date | None) -> date:
    """The first day of a book that is open once it is closed until then.

    Raises
    ------
    RefusedError
        With code ``closed-already`` if it is closed further: what is closed is not opened again.
    """
    if before is not None and until < before:
        raise RefusedError(
            f"{book} is closed until {before} and is not opened again; correct what is before by "
            "new transfers",
            code="closed-already",
            where=book,
            alternatives=(f"close it until {before} or later",),
        )
    return until


def _taken(account: Account, there: Account) -> Finding:
    is_same_id = account.account_id == there.account_id
    unlike = [name for name in Account.__slots__ if getattr(account, name) != getattr(there, name)]
    return Finding(
        code="account-id-reused" if is_same_id else "account-name-taken",
        place=Place(table="accounts", record=account.account_id, field=unlike[0]),
        message=f"{there.account_id} is open with another {', '.join(unlike)}; an account is never "
        "changed, open another one",
    )
