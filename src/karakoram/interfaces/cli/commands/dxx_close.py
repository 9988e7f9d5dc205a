"""``karakoram dxx close``: how is a container taken down on which nothing rides?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.core.identifiers import ResourceId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.desk_command import DeskCommand
from karakoram.interfaces.cli.multiplex_screen import show_containers
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.inventory.resources import Resource
from karakoram.sales.jobs import JobKind
from karakoram.usecases.desk.desk_rows import CloseRow


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxCloseOptions:
    """What ``karakoram dxx close`` takes."""

    container: Annotated[
        str, typer.Argument(metavar="CONTAINER", help="Identifier, as dxx fill --json tells it.")
    ] = ""
    rows_from: sales_options.RowsFrom = None
    later: sales_options.Later = False
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


_COMMAND: DeskCommand[DxxCloseOptions, Resource] = DeskCommand(
    kind=JobKind.DXX_CLOSE,
    example={"container": "stm:GIL-RWP:STM-1/TU-12:2", "why": "taken down"},
    needed={"CONTAINER": "container"},
    given=("container",),
    record=lambda chosen: CloseRow(container=ResourceId(chosen.container)),
    show=lambda _, closed: show_containers(screen(), (closed,), what="closed"),
)


app = command_app(
    DxxCloseOptions,
    _COMMAND.run,
    help_text="Close a container on which nothing rides; its slots are free again.",
    examples=(
        "karakoram dxx close stm:GIL-RWP:STM-1/TU-12:2",
        "karakoram dxx close --from emptied.csv --to told.xlsx",
    ),
)
