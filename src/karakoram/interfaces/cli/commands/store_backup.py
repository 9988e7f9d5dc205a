"""``karakoram store backup``: how is everything in a store kept elsewhere?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.backups import tell_backup
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreBackupOptions:
    """What ``karakoram store backup`` takes."""

    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET",
            help="New file: ending in .gz for a portable one, else a copy of the file.",
        ),
    ]
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreBackupOptions) -> ExitCode:
    """Write the back-up, say what it holds."""
    return tell_backup(
        chosen,
        lambda keeper: keeper.back_up(chosen.target),
        title=lambda place: f"{place} is backed up to {chosen.target}",
    )


app = command_app(
    StoreBackupOptions,
    run,
    help_text="Back a store up while others use it, as it is at one moment.",
    examples=(
        "karakoram store backup karakoram-2026-11-28.jsonl.gz",
        "karakoram store backup copy.db --store my.db",
    ),
)
