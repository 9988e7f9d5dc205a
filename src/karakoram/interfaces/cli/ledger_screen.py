"""How do accounts, balances and transfers look on a screen?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.money import Money, total
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.settle.keep_ledger import AccountBalance, PeriodBalance


def show_balances(console: Console, balances: Sequence[AccountBalance], *, title: str) -> None:
    """Print what stands in accounts, and that every currency adds up to nothing."""
    show_title(console, title)
    show_table(
        console,
        ("Account", "#Debits", "#Credits", "#Net", "#Pending"),
        (_row(each) for each in balances),
    )
    for currency in sorted({each.account.currency for each in balances}):
        nets = [_net(each) for each in balances if each.account.currency == currency]
        show_lines(console, f"{currency}: debits less credits {total(nets, currency)}")


def show_trial_balance(console: Console, balances: Sequence[PeriodBalance], *, title: str) -> None:
    """Print each account before, in and after a period, and that debits are credits."""
    show_title(console, title)
    show_table(
        console,
        ("Account", "# Opening", "# Debits", "# Credits", "# Closing"),
        (
            (
                each.account.account_id,
                *(
                    str(Money(minor, each.account.currency))
                    for minor in (
                        each.opening.net_minor,
                        each.debits_minor,
                        each.credits_minor,
                        each.closing.net_minor,
                    )
                ),
            )
            for each in balances
        ),
    )
    for currency in sorted({each.account.currency for each in balances}):
        own = [each for each in balances if each.account.currency == currency]
        debits, credits_ = (
            Money(sum(minors), currency)
            for minors in (
                [each.debits_minor for each in own],
                [each.credits_minor for each in own],
            )
        )
        show_lines(console, f"{currency}: debits {debits}, credits {credits_}")


def show_account(
    console: Console, transfers: Sequence[Transfer], running: Sequence[int], *, account_id: str
) -> None:
    """Print the statement of an account: what stood in it, each transfer, what stands after it."""
    show_title(console, f"Account {account_id}; a balance below 0 is a credit")
    currency = transfers[0].amount.currency
    rows = zip(transfers, running[1:], strict=True)
    show_table(
        console,
        ("Booked", "Transfer", "Other account", "# Debit", "# Credit", "# Balance", "What"),
        (
            ("", "", "before", "", "", str(Money(running[0], currency)), ""),
            *(
                (*_moved(each, account_id), str(Money(after, currency)), _what(each))
                for each, after in rows
            ),
        ),
    )


def _moved(each: Transfer, account_id: str) -> tuple[str, ...]:
    is_debit = each.debit_account_id == account_id
    other = each.credit_account_id if is_debit else each.debit_account_id
    sides = (str(each.amount), "") if is_debit else ("", str(each.amount))
    return (each.booked_on.isoformat(), each.transfer_id, other, *sides)


def show_transfers(console: Console, transfers: Sequence[Transfer], *, title: str) -> None:
    """Print transfers in the order in which they were posted."""
    show_title(console, title)
    show_table(
        console,
        ("Booked", "Transfer", "Debit", "Credit", "#Amount", "What"),
        (
            (
                each.booked_on.isoformat(),
                each.transfer_id,
                each.debit_account_id,
                each.credit_account_id,
                str(each.amount),
                _what(each),
            )
            for each in transfers
        ),
    )


def _row(each: AccountBalance) -> tuple[str, ...]:
    held, currency = each.balance, each.account.currency
    pending = Money(held.debits_pending_minor - held.credits_pending_minor, currency)
    return (
        each.account.account_id,
        str(Money(held.debits_posted_minor, currency)),
        str(Money(held.credits_posted_minor, currency)),
        str(_net(each)),
        str(pending) if pending.minor else "-",
    )


def _net(each: AccountBalance) -> Money:
    return Money(each.balance.net_minor, each.account.currency)


def _what(transfer: Transfer) -> str:
    """The kind, where it is not plain, and what it is about."""
    named = " ".join(filter(None, (transfer.subject_kind, transfer.subject_id)))
    corrects = f"corrects {transfer.corrects}" if transfer.corrects else ""
    kind = "" if transfer.kind.value == "posted" else transfer.kind.value
    return "; ".join(filter(None, (kind, named, corrects, transfer.memo))) or "-"
