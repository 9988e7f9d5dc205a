"""``karakoram ledger balance``: what stands in the accounts of a book?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_ledger import json_from_account_balance
from karakoram.adapters.formats.table_ledger import BALANCES
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.ledger_screen import show_balances
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.settle.keep_ledger import AccountBalance, account_balances
from karakoram.usecases.settle.known_names import refuse_unknown_book
from karakoram.usecases.settle.ledger_ports import LedgerReader


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBalanceOptions:
    """What ``karakoram ledger balance`` takes."""

    book: Annotated[str, typer.Argument(metavar="BOOK", help="Whose book; else all.")] = ""
    until: ledger_options.Until = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: LedgerBalanceOptions) -> ExitCode:
    """Read, print, write."""
    check_table(chosen.table_to)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: LedgerReader) -> tuple[AccountBalance, ...]:
        refuse_unknown_book(tx, chosen.book)
        return account_balances(tx, book=chosen.book or None, until=chosen.until)

    found = store.read(read)
    before = "" if chosen.until is None else f", before {chosen.until}"
    tell_answer(
        chosen.as_json,
        payload=lambda: {"balances": [json_from_account_balance(each) for each in found]},
        show=lambda: show_balances(
            screen(), found, title=f"Balances of {chosen.book or 'all books'}{before}"
        ),
    )
    write_table(chosen.table_to, lambda: BALANCES.table(found))
    return ExitCode.DONE


app = command_app(
    LedgerBalanceOptions,
    run,
    help_text="Show what stands in the accounts of a book, now or before a day.",
    examples=(
        "karakoram ledger balance SCO",
        "karakoram ledger balance SCO --until 2026-12-01 --json",
    ),
)
