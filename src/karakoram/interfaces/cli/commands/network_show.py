"""``karakoram network show``: what is in a network?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.geojson import geojson_text
from karakoram.adapters.formats.json_network import json_from_summary
from karakoram.adapters.formats.kml import kml_from_network
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.network_screen import show_summary
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.network.show_network import show_network


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowOptions:
    """What ``karakoram network show`` takes."""

    network: options.NetworkFolder = None
    as_json: options.AsJson = False
    as_geojson: Annotated[
        bool, typer.Option("--geojson", help="Print sites and spans as GeoJSON.")
    ] = False
    as_kml: Annotated[bool, typer.Option("--kml", help="Print sites and spans as KML.")] = False


def run(chosen: ShowOptions) -> ExitCode:
    """Read, then print in the form asked for."""
    if sum((chosen.as_json, chosen.as_geojson, chosen.as_kml)) > 1:
        raise typer.BadParameter("choose one of --json, --geojson and --kml")
    found = show_network(networks=bootstrap.network_source(chosen.network))
    if chosen.as_geojson:
        print(geojson_text(found.network).rstrip("\n"))
    elif chosen.as_kml:
        print(kml_from_network(found.network).rstrip("\n"))
    elif chosen.as_json:
        print_json(json_from_summary(found.summary))
    else:
        show_summary(screen(), found.summary)
    return ExitCode.DONE


app = command_app(
    ShowOptions,
    run,
    help_text="Show what is in a network: operators, cables, landing parties, what is assumed.",
    examples=(
        "karakoram network show",
        "karakoram network show --network my-network --json",
        "karakoram network show --geojson > corridor.geojson",
        "karakoram network show --kml > corridor.kml",
    ),
)
