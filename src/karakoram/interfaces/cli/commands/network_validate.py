"""``karakoram network validate``: what is wrong with a network folder?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.verdicts import tell_findings
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
    return tell_findings(findings, folder=chosen.folder, as_json=chosen.as_json)


app = command_app(
    ValidateOptions,
    run,
    help_text="List everything that is wrong with a network folder, with file, row and field.",
    examples=(
        "karakoram network validate my-network",
        "karakoram network validate my-network --json",
    ),
)
