"""How do accounts, balances and transfers look on a screen?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.money import Money, total
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.settlement.ledger.transfers import Transfer
from karakoram.usecases.settle.keep_ledger import AccountBalance


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
