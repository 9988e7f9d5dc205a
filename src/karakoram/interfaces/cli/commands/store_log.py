"""``karakoram store log``: who did what to a record, when and why?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_store import json_from_entry
from karakoram.adapters.formats.table_sales import LOG
from karakoram.core.errors import NotFoundError
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_log


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLogOptions:
    """What ``karakoram store log`` takes."""

    subject: Annotated[
        str,
        typer.Argument(metavar="RECORD", help="Identifier of a quote, order, product or party."),
    ]
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreLogOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.sales_store(sales_options.store_word(chosen.store))
    entries = store.read(lambda reader: reader.log_of(chosen.subject))
    if not entries:
        raise NotFoundError(f"Nothing was done to {chosen.subject}.")
    write_table(chosen.table_to, lambda: LOG.table(entries))
    tell_answer(
        chosen.as_json,
        payload=lambda: [json_from_entry(each) for each in entries],
        show=lambda: show_log(screen(), entries, subject_id=chosen.subject),
    )
    return ExitCode.DONE


app = command_app(
    StoreLogOptions,
    run,
    help_text="Show who did what to a record, when and why, oldest first.",
    examples=("karakoram store log QUOTE", "karakoram store log ORDER --json"),
)
