"""``karakoram catalogue import``: what does a price list change, and may it?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_catalogue import json_from_price_changes
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.catalogue_screen import show_price_changes
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.catalogue.change_price_list import change_price_list


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueImportOptions:
    """What ``karakoram catalogue import`` takes."""

    prices: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word, metavar="FILE", help="Price list, .csv or .xlsx."
        ),
    ]
    catalogue: Annotated[
        Path,
        typer.Option(
            "--catalogue",
            parser=options.path_from_word,
            metavar="FOLDER",
            help="Catalogue folder whose prices it replaces.",
        ),
    ]
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")
    ] = False
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: CatalogueImportOptions) -> ExitCode:
    """Read, judge, write unless it is a dry run, print what changes."""
    answer = change_price_list(
        prices=bootstrap.price_list_file(chosen.prices),
        catalogues=bootstrap.catalogue_store(chosen.catalogue),
        networks=bootstrap.network_source(chosen.network),
        is_dry_run=chosen.dry_run,
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_price_changes(answer),
        show=lambda: show_price_changes(screen(), answer, folder=str(chosen.catalogue)),
    )
    return ExitCode.DONE


app = command_app(
    CatalogueImportOptions,
    run,
    help_text="Put a price list in the place of a catalogue's prices: all of it, or nothing where "
    "something is wrong.",
    examples=(
        "karakoram catalogue import price-list.xlsx --catalogue my-catalogue --dry-run",
        "karakoram catalogue import price-list.csv --catalogue my-catalogue",
    ),
)
