"""``karakoram catalogue validate``: what is wrong with a catalogue folder?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.core.findings import errors_of
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.findings_screen import show_findings
from karakoram.interfaces.cli.screen import screen
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
    errors = len(errors_of(findings))
    if chosen.as_json:
        payload = {
            "folder": str(chosen.folder),
            "valid": errors == 0,
            "errors": errors,
            "warnings": len(findings) - errors,
            "findings": json_from_findings(findings),
        }
        print_json(payload)
    else:
        show_findings(screen(), findings, folder=str(chosen.folder))
    return ExitCode.BAD_INPUT if errors else ExitCode.DONE


app = command_app(
    CatalogueValidateOptions,
    run,
    help_text="List everything that is wrong with a catalogue folder, with file, row and field.",
    examples=(
        "karakoram catalogue validate my-catalogue",
        "karakoram catalogue validate my-catalogue --network my-network --json",
    ),
)
