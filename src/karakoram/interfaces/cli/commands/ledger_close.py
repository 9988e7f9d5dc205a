"""``karakoram ledger close``: how does a period of a book end?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_exchange
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import ledger_options, options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_lines
from karakoram.interfaces.cli.settlement_screen import show_exchange
from karakoram.usecases.settle.close_book import ClosedBook, close_book


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerCloseOptions:
    """What ``karakoram ledger close`` takes."""

    book: ledger_options.Book
    until: Annotated[
        date,
        typer.Argument(metavar="DATE", parser=options.day_given, help="First day that stays open."),
    ]
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: LedgerCloseOptions) -> ExitCode:
    """Value, close, say until when."""
    closed = close_book(
        OperatorId(chosen.book),
        chosen.until,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "book": closed.operator_id,
            "closedUntil": closed.closed_until.isoformat(),
            "currencies": [json_from_exchange(each) for each in closed.revaluations],
        },
        show=lambda: _show(closed),
    )
    return ExitCode.DONE


def _show(closed: ClosedBook) -> None:
    show_exchange(screen(), closed.operator_id, closed.revaluations)
    show_lines(
        screen(),
        f"{closed.operator_id} is closed: nothing is booked before {closed.closed_until} any more.",
    )


app = command_app(
    LedgerCloseOptions,
    run,
    help_text="Close a book to all that would be booked before a day; it is never opened again. "
    "What it holds in other currencies is valued on the last day, and the gain or loss booked.",
    examples=("karakoram ledger close SCO 2026-12-01 --why 'November is agreed'",),
)
