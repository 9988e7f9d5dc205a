"""``karakoram catalogue validate``: what is wrong with a catalogue folder?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.verdicts import tell_findings
from karakoram.usecases.catalogue.validate_stored_catalogue import validate_stored_catalogue


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueValidateOptions:
    """What ``karakoram catalogue validate`` takes."""

    folder: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word, metavar="FOLDER", help="Catalogue folder to check."
        ),
    ]
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: CatalogueValidateOptions) -> ExitCode:
    """Check, then print every finding; 2 when one of them is an error."""
    findings = validate_stored_catalogue(
        catalogues=bootstrap.catalogue_store(chosen.folder),
        networks=bootstrap.network_source(chosen.network),
    )
    return tell_findings(findings, folder=chosen.folder, as_json=chosen.as_json)


app = command_app(
    CatalogueValidateOptions,
    run,
    help_text="List everything that is wrong with a catalogue folder, with file, row and field.",
    examples=(
        "karakoram catalogue validate my-catalogue",
        "karakoram catalogue validate my-catalogue --network my-network --json",
    ),
)
