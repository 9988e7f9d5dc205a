"""``karakoram catalogue export``: how does a catalogue, or its price list, become one's own?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.catalogue.change_price_list import copy_catalogue, write_price_list


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueExportOptions:
    """What ``karakoram catalogue export`` takes."""

    target: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word,
            metavar="TARGET",
            help="File (.csv or .xlsx) for the price list; else a folder for the whole.",
        ),
    ]
    catalogue: options.CatalogueFolder = None
    network: options.NetworkFolder = None


def run(chosen: CatalogueExportOptions) -> ExitCode:
    """Read, write, say what to do next."""
    catalogues = bootstrap.catalogue_store(chosen.catalogue)
    networks = bootstrap.network_source(chosen.network)
    target = chosen.target
    if target.suffix:
        many = write_price_list(
            catalogues=catalogues, networks=networks, prices=bootstrap.price_list_file(target)
        )
        print(f"{target} holds {many:,} prices. Change them, then:")
        print(f"  karakoram catalogue import {target} --catalogue FOLDER --dry-run")
        return ExitCode.DONE
    copied = copy_catalogue(
        catalogues=catalogues, networks=networks, target=bootstrap.catalogue_store(target)
    )
    print(f"{target} holds a copy of the catalogue {copied.name}. Next:")
    print(f"  edit {target / 'product_offerings.csv'} and the other tables in a spreadsheet")
    print(f"  karakoram catalogue validate {target}")
    print(f"  karakoram catalogue list --catalogue {target}")
    return ExitCode.DONE


app = command_app(
    CatalogueExportOptions,
    run,
    help_text="Write the price list as CSV or XLSX, or the whole catalogue as a folder to change.",
    examples=(
        "karakoram catalogue export my-catalogue",
        "karakoram catalogue export price-list.xlsx --catalogue my-catalogue",
    ),
)
