"""How does one book stand in the text of Beancount, so that another program can check it?

Beancount counts debits as positive. By default it forgives half a unit of the last digit that it
sees; the option ``tolerance_multiplier`` is set to 0, so that nothing is forgiven. Balances are
asserted after the last transfer. What is pending moves nothing there and stands as ``custom``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from karakoram.adapters.formats.text_files import write_text
from karakoram.core.identifiers import AccountId
from karakoram.core.money import Money, decimal_from_money
from karakoram.settlement.ledger.transfers import Transfer, TransferKind
from karakoram.usecases.settle.keep_ledger import AccountBalance, BookContent

OPENED_ON = date(1970, 1, 1)
"""An account of ours knows no day on which it was opened; this one is before all others."""

_NOT_IN_JOIN = re.compile(r"[^A-Za-z0-9\-_/.]")
_MOVES_NOTHING = frozenset({TransferKind.PENDING, TransferKind.VOID_PENDING})


@dataclass(frozen=True, slots=True)
class BeancountFile:
    """A file of Beancount on the disk."""

    path: Path

    def write_book(self, content: BookContent) -> None:
        """Write the book in one step; what was there is replaced.

        Raises
        ------
        OSError
            If the place cannot be written; what was there stays.
        """
        write_text(beancount_from_book(content), self.path)


def beancount_from_book(content: BookContent) -> str:
    """The book as text: options, accounts, a transaction for each transfer, balances."""
    names = {each.account.account_id: each.account.name for each in content.balances}
    blocks = [_head(content), *(_opened(each) for each in content.balances), ""]
    for transfer in sorted(content.transfers, key=lambda each: each.booked_on):
        blocks += [*_lines(transfer, names), ""]
    blocks += _balances(content)
    return "\n".join(blocks) + "\n"


def _head(content: BookContent) -> str:
    currencies = sorted({each.account.currency for each in content.balances})
    lines = (
        f'option "title" {_quoted(f"Ledger of {content.book}")}',
        'option "tolerance_multiplier" "0"',
        *(f'option "operating_currency" "{currency}"' for currency in currencies),
        "",
    )
    return "\n".join(lines)


def _opened(each: AccountBalance) -> str:
    return f"{OPENED_ON} open {each.account.name} {each.account.currency}"


def _lines(transfer: Transfer, names: Mapping[AccountId, str]) -> Iterator[str]:
    debit, credit = names[transfer.debit_account_id], names[transfer.credit_account_id]
    amount = transfer.amount
    if transfer.kind in _MOVES_NOTHING:
        yield (
            f'{transfer.booked_on} custom "{transfer.kind.value}" {_quoted(transfer.transfer_id)} '
            f"{debit} {credit} {_amount(amount)}"
        )
        return
    joins = "".join(f" ^{each}" for each in _joins(transfer))
    yield f"{transfer.booked_on} * {_quoted(transfer.memo)}{joins}"
    for key, value in _metadata(transfer):
        yield f"  {key}: {_quoted(value)}"
    yield f"  {debit}  {_amount(amount)}"
    yield f"  {credit}  {_amount(Money(-amount.minor, amount.currency))}"


def _joins(transfer: Transfer) -> Iterable[str]:
    """What belongs together: transfers about one thing, and one with what it corrects."""
    words = (transfer.subject_id, transfer.corrects, transfer.pending_id)
    return dict.fromkeys(_NOT_IN_JOIN.sub("-", word) for word in words if word)


def _metadata(transfer: Transfer) -> Iterator[tuple[str, str]]:
    yield "transfer-id", transfer.transfer_id
    told = (
        ("subject-kind", transfer.subject_kind),
        ("subject-id", transfer.subject_id),
        ("corrects", transfer.corrects),
        ("pending-id", transfer.pending_id),
        ("exchange-rate", transfer.exchange_rate),
    )
    yield from ((key, value) for key, value in told if value)


def _balances(content: BookContent) -> Iterator[str]:
    """Assertions; they hold at the beginning of a day, so they are of the day after the last."""
    last = max((each.booked_on for each in content.transfers), default=OPENED_ON)
    for each in content.balances:
        held = Money(each.balance.net_minor, each.account.currency)
        yield f"{last + timedelta(1)} balance {each.account.name} {_amount(held)}"


def _amount(amount: Money) -> str:
    return f"{decimal_from_money(amount):f} {amount.currency}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
