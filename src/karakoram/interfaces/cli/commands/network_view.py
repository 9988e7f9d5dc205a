"""``karakoram network view``: what does an operator see of its partners?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_view import json_from_view
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.interfaces.cli.view_screen import show_view
from karakoram.usecases.network.view_network import ViewQuestion, view_network


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewOptions:
    """What ``karakoram network view`` takes."""

    operator: Annotated[
        str, typer.Argument(metavar="OPERATOR", help="Who looks, by identifier or name.")
    ]
    bit_rate: options.BitRate = "400G"
    on_day: options.OnDay = None
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: ViewOptions) -> ExitCode:
    """Read, look, print."""
    question = ViewQuestion(
        operator=chosen.operator,
        bit_rate=chosen.bit_rate,
        on_day=chosen.on_day,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = view_network(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_view(found.view),
        show=lambda: show_view(screen(), found),
    )
    return ExitCode.DONE


app = command_app(
    ViewOptions,
    run,
    help_text="Show what an operator sees: its own plant whole, of partners only legs between "
    "hand-over points, with latency, outage and price.",
    examples=(
        "karakoram network view SCO",
        "karakoram network view Cybernet --bit-rate 100G --json",
    ),
)
