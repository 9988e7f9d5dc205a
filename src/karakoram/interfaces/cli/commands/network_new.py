"""``karakoram network new``: how does somebody begin a network of their own?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.network.begin_network import begin_network


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOptions:
    """What ``karakoram network new`` takes."""

    folder: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word, metavar="FOLDER", help="Folder that is yet to be made."
        ),
    ]


def run(chosen: NewOptions) -> ExitCode:
    """Copy the reference corridor, then say what to do next."""
    begin_network(
        networks=bootstrap.network_source(), target=bootstrap.network_target(chosen.folder)
    )
    print(f"{chosen.folder} holds a copy of the reference corridor. Next:")
    print(f"  edit {chosen.folder / 'spans.csv'} and the other tables in a spreadsheet")
    print(f"  karakoram network validate {chosen.folder}")
    print(f"  karakoram design URC MRS --network {chosen.folder}")
    return ExitCode.DONE


app = command_app(
    NewOptions,
    run,
    help_text="Begin a network of your own: copy the reference corridor to a new folder.",
    examples=("karakoram network new my-network",),
)
