"""``karakoram ledger balance``: what stands in the accounts of a book?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_ledger import (
    json_from_account_balance,
    json_from_period_balance,
)
from karakoram.adapters.formats.table_ledger import BALANCES, TRIAL_BALANCE
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.ledger_screen import show_balances, show_trial_balance
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.settle.keep_ledger import (
    AccountBalance,
    PeriodBalance,
    account_balances,
    period_balances,
)
from karakoram.usecases.settle.known_names import refuse_unknown_book
from karakoram.usecases.settle.ledger_ports import LedgerReader


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerBalanceOptions:
    """What ``karakoram ledger balance`` takes."""

    book: Annotated[str, typer.Argument(metavar="BOOK", help="Whose book; else all.")] = ""
    booked_from: Annotated[
        date | None,
        typer.Option(
            "--from",
            metavar="DATE",
            parser=options.day_given,
            help="First day of a period: what stood before it, moved in it, and stands after it.",
        ),
    ] = None
    until: ledger_options.Until = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: LedgerBalanceOptions) -> ExitCode:
    """Read, write, print."""
    check_table(chosen.table_to)
    if chosen.booked_from is not None:
        return _trial_balance(chosen, chosen.booked_from)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: LedgerReader) -> tuple[AccountBalance, ...]:
        refuse_unknown_book(tx, chosen.book)
        return account_balances(tx, book=chosen.book or None, until=chosen.until)

    found = store.read(read)
    before = "" if chosen.until is None else f", before {chosen.until}"
    write_table(chosen.table_to, lambda: BALANCES.table(found))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"balances": [json_from_account_balance(each) for each in found]},
        show=lambda: show_balances(
            screen(), found, title=f"Balances of {chosen.book or 'all books'}{before}"
        ),
    )
    return ExitCode.DONE


def _trial_balance(chosen: LedgerBalanceOptions, begun: date) -> ExitCode:
    """The trial balance of a period."""
    if chosen.until is not None and chosen.until <= begun:
        raise typer.BadParameter(f"--until must be after --from {begun}, got {chosen.until}")
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: LedgerReader) -> tuple[PeriodBalance, ...]:
        refuse_unknown_book(tx, chosen.book)
        return period_balances(tx, begun=begun, book=chosen.book or None, until=chosen.until)

    found = store.read(read)
    days = f"from {begun}" + ("" if chosen.until is None else f", before {chosen.until}")
    write_table(chosen.table_to, lambda: TRIAL_BALANCE.table(found))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"balances": [json_from_period_balance(each) for each in found]},
        show=lambda: show_trial_balance(
            screen(), found, title=f"Trial balance of {chosen.book or 'all books'} {days}"
        ),
    )
    return ExitCode.DONE


app = command_app(
    LedgerBalanceOptions,
    run,
    help_text="Show what stands in the accounts of a book, now or before a day; with --from, its "
    "trial balance of a period.",
    examples=(
        "karakoram ledger balance SCO",
        "karakoram ledger balance SCO --until 2026-12-01 --json",
        "karakoram ledger balance SCO --from 2026-10-01 --until 2027-01-01 --to trial.xlsx",
    ),
)
