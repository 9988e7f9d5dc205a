"""``karakoram dxx close``: how is a container taken down on which nothing rides?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_multiplex import json_from_containers
from karakoram.core.identifiers import ResourceId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.multiplex_screen import show_containers
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.multiplex.open_containers import close_container


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxCloseOptions:
    """What ``karakoram dxx close`` takes."""

    container: Annotated[
        str, typer.Argument(metavar="CONTAINER", help="Identifier, as dxx fill --json tells it.")
    ]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: DxxCloseOptions) -> ExitCode:
    """Close, print."""
    closed = close_container(
        ResourceId(chosen.container),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.sales_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_containers([closed]),
        show=lambda: show_containers(screen(), (closed,), what="closed"),
    )
    return ExitCode.DONE


app = command_app(
    DxxCloseOptions,
    run,
    help_text="Close a container on which nothing rides; its slots are free again.",
    examples=("karakoram dxx close stm:GIL-RWP:STM-1/TU-12:2",),
)
