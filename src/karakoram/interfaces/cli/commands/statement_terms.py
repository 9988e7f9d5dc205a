"""``karakoram statement terms``: how does somebody begin settlement terms of their own?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.settle.copy_terms import copy_terms


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementTermsOptions:
    """What ``karakoram statement terms`` takes."""

    folder: Annotated[
        Path,
        typer.Argument(
            parser=options.path_from_word, metavar="FOLDER", help="Folder that is yet to be made."
        ),
    ]
    as_json: options.AsJson = False


def run(chosen: StatementTermsOptions) -> ExitCode:
    """Copy the packaged terms, then say what to do next."""
    terms = copy_terms(
        source=bootstrap.terms_source(), target=bootstrap.terms_target(chosen.folder)
    )
    if chosen.as_json:
        print_json({"folder": str(chosen.folder), "agreements": list(terms.settlement_agreements)})
        return ExitCode.DONE
    print(f"{chosen.folder} holds a copy of the settlement terms. Next:")
    print(f"  edit {chosen.folder / 'settlement_agreements.csv'} and the other tables")
    print(f"  karakoram invoice make --period 2026-10 --terms {chosen.folder}")
    return ExitCode.DONE


app = command_app(
    StatementTermsOptions,
    run,
    help_text="Begin settlement terms of your own: agreements, shares, books, exchange rates and "
    "taxes, as tables in a new folder.",
    examples=("karakoram statement terms my-terms",),
)
