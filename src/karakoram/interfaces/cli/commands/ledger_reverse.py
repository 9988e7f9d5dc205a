"""``karakoram ledger reverse``: how is an entry that should not be there taken back?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from karakoram.adapters.formats.json_ledger import json_from_transfer
from karakoram.adapters.formats.table_ledger import TRANSFERS
from karakoram.interfaces.cli import ledger_options, options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.ledger_screen import show_transfers
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.settle.reverse_transfer import reverse_transfer


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerReverseOptions:
    """What ``karakoram ledger reverse`` takes."""

    entry: Annotated[
        str, typer.Argument(metavar="ENTRY", help="Identifier of the transfer that is taken back.")
    ]
    why: Annotated[
        str,
        typer.Option(
            "--why", metavar="TEXT", help="Why; it stands in the new transfer and the change log."
        ),
    ]
    booked_on: Annotated[
        date | None,
        typer.Option(
            "--on", metavar="DAY", parser=options.day_given, help="Day in the book; else today."
        ),
    ] = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    as_json: options.AsJson = False


def run(chosen: LedgerReverseOptions) -> ExitCode:
    """Take it back, print and write what did."""
    check_table(chosen.table_to)
    deed = ledger_options.ledger_deed(chosen.store, who=chosen.who, why=chosen.why)
    back = reverse_transfer(chosen.entry, booked_on=chosen.booked_on, by=deed)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_transfer(back),
        show=lambda: show_transfers(screen(), (back,), title=f"{chosen.entry} is taken back"),
    )
    write_table(chosen.table_to, lambda: TRANSFERS.table((back,)))
    return ExitCode.DONE


app = command_app(
    LedgerReverseOptions,
    run,
    help_text="Take back a transfer that was posted by hand, or that paid a tax or levy, with one "
    "that moves the same the other way round. Said again for the same reason, it counts once.",
    examples=(
        "karakoram ledger reverse T-2026-0117 --why 'booked twice'",
        "karakoram ledger reverse T-2026-0117 --why 'sent back by the bank' --on 2026-11-20",
    ),
)
