"""``karakoram network validate``: what is wrong with a network folder?"""

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
from karakoram.usecases.network.validate_network import validate_network


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateOptions:
    """What ``karakoram network validate`` takes."""

    folder: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word, metavar="FOLDER", help="Network folder to check."
        ),
    ]
    as_json: options.AsJson = False


def run(chosen: ValidateOptions) -> ExitCode:
    """Check, then print every finding; 2 when one of them is an error."""
    findings = validate_network(networks=bootstrap.network_source(chosen.folder))
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
    ValidateOptions,
    run,
    help_text="List everything that is wrong with a network folder, with file, row and field.",
    examples=(
        "karakoram network validate my-network",
        "karakoram network validate my-network --json",
    ),
)
