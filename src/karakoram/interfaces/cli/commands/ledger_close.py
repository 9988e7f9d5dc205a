"""``karakoram ledger close``: how does a period of a book end?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.keep_ledger import close_book


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCloseOptions:
    """What ``karakoram ledger close`` takes."""

    book: ledger_options.Book
    until: Annotated[
        date,
        typer.Argument(metavar="DATE", parser=options.day_given, help="First day that stays open."),
    ]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: LedgerCloseOptions) -> ExitCode:
    """Close, say until when."""
    deed = ledger_options.ledger_deed(chosen.store, who=chosen.who, why=chosen.why)
    close_book(chosen.book, chosen.until, by=deed)
    if chosen.as_json:
        print_json({"book": chosen.book, "closed_until": chosen.until.isoformat()})
    else:
        print(f"{chosen.book} is closed: nothing is booked before {chosen.until} any more.")
    return ExitCode.DONE


app = command_app(
    LedgerCloseOptions,
    run,
    help_text="Close a book to all that would be booked before a day; it is never opened again.",
    examples=("karakoram ledger close SCO 2026-12-01 --why 'November is agreed'",),
)
