"""``karakoram catalogue show``: what is an offering made of, what does it take and cost?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_catalogue import json_from_offering
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.catalogue_screen import show_one_offering
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.catalogue.show_catalogue import show_offering


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueShowOptions:
    """What ``karakoram catalogue show`` takes."""

    offering: Annotated[str, typer.Argument(metavar="OFFERING", help="Identifier of the offering.")]
    sources: Annotated[bool, typer.Option("--sources", help="Say where each price comes from.")] = (
        False
    )
    on_day: options.OnDay = None
    catalogue: options.CatalogueFolder = None
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: CatalogueShowOptions) -> ExitCode:
    """Read, find, print."""
    found = show_offering(
        chosen.offering,
        on_day=chosen.on_day,
        catalogues=bootstrap.catalogue_store(chosen.catalogue),
        networks=bootstrap.network_source(chosen.network),
        clock=bootstrap.clock(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_offering(found, found.offerings[0]),
        show=lambda: show_one_offering(screen(), found, sources=chosen.sources),
    )
    return ExitCode.DONE


app = command_app(
    CatalogueShowOptions,
    run,
    help_text="Show an offering: what can be chosen, what it takes of the network, its prices and "
    "its service level, each with its confidence.",
    examples=(
        "karakoram catalogue show DPLC-E1",
        "karakoram catalogue show SNET-DSL --sources",
        "karakoram catalogue show WAVE-400G --json",
    ),
)
