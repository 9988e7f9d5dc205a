"""``karakoram store restore``: how does a back-up become a store again?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.backups import tell_backup
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreRestoreOptions:
    """What ``karakoram store restore`` takes."""

    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Back-up to read.",
        ),
    ]
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreRestoreOptions) -> ExitCode:
    """Read the back-up into the store, say what it held."""
    return tell_backup(
        chosen,
        lambda keeper: keeper.restore(chosen.source),
        title=lambda place: f"{place} is restored from {chosen.source}",
    )


app = command_app(
    StoreRestoreOptions,
    run,
    help_text="Fill a new or empty store from a back-up: all of it, or nothing where something "
    "is wrong.",
    examples=(
        "karakoram store restore karakoram-2026-11-28.jsonl.gz --store new.db",
        "karakoram store restore copy.db --store new.db --json",
    ),
)
