"""``karakoram store backup``: how is everything in a store kept elsewhere?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_store import json_from_backup
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.store_screen import show_backup


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
    word = sales_options.store_word(chosen.store)
    place = bootstrap.store_place(word)
    made = bootstrap.store_keeper(word).back_up(chosen.target)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_backup(made),
        show=lambda: show_backup(screen(), made, title=f"{place} is backed up to {chosen.target}"),
    )
    return ExitCode.DONE


app = command_app(
    StoreBackupOptions,
    run,
    help_text="Back a store up while others use it, as it is at one moment.",
    examples=(
        "karakoram store backup karakoram-2026-11-28.jsonl.gz",
        "karakoram store backup copy.db --store my.db",
    ),
)
