"""``karakoram dxx fill``: how full is the digital multiplex?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_multiplex import json_from_fill
from karakoram.adapters.formats.table_multiplex import CONTAINER_FILLS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.multiplex_screen import show_fill
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.multiplex.show_multiplex import multiplex_fill


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxFillOptions:
    """What ``karakoram dxx fill`` takes."""

    client: Annotated[
        str,
        typer.Option("--client", metavar="SIGNAL", help="What free slots are to carry, e.g. E1."),
    ] = "E1"
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: DxxFillOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    rows = multiplex_fill(
        chosen.client, store=bootstrap.sales_store(sales_options.store_word(chosen.store))
    )
    write_table(chosen.table_to, lambda: CONTAINER_FILLS.table(rows))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_fill(rows),
        show=lambda: show_fill(screen(), rows, client=chosen.client),
    )
    return ExitCode.DONE


app = command_app(
    DxxFillOptions,
    run,
    help_text="Show every container of the multiplex: slots used and free, and how many more of a "
    "client signal fit.",
    examples=("karakoram dxx fill", "karakoram dxx fill --client ODU2"),
)
