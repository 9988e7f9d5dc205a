"""``karakoram dxx map``: what is connected to what at a site?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_multiplex import json_from_map
from karakoram.adapters.formats.table_multiplex import CROSS_CONNECTS
from karakoram.core.identifiers import SiteId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.multiplex_screen import show_map
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.multiplex.show_multiplex import cross_connect_map


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxMapOptions:
    """What ``karakoram dxx map`` takes."""

    site: Annotated[str, typer.Argument(metavar="SITE", help="Site, by identifier, e.g. RWP.")]
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: DxxMapOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    rows = cross_connect_map(
        SiteId(chosen.site), store=bootstrap.sales_store(sales_options.store_word(chosen.store))
    )
    write_table(chosen.table_to, lambda: CROSS_CONNECTS.table(rows))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_map(rows),
        show=lambda: show_map(screen(), rows, site=chosen.site),
    )
    return ExitCode.DONE


app = command_app(
    DxxMapOptions,
    run,
    help_text="Show the cross-connect map of a site: which slot of which container goes on in "
    "which slot of which other.",
    examples=("karakoram dxx map RWP",),
)
