"""``karakoram network view``: what does an operator see of its partners?"""

import json
from dataclasses import dataclass
from typing import Annotated

import typer
from rich.console import Console

from karakoram import bootstrap
from karakoram.adapters.formats.json_view import json_from_view
from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli import options, texts
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import (
    screen,
    show_lines,
    show_table,
    show_title,
    status_line,
    table_of,
)
from karakoram.usecases.view_network import ViewAnswer, ViewQuestion, view_network


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
        on_day=None if chosen.on_day is None else chosen.on_day.date(),
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = view_network(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            progress=progress,
        )
    if chosen.as_json:
        print(json.dumps(json_from_view(found.view), indent=2, ensure_ascii=False))
    else:
        _show(screen(), found)
    return ExitCode.DONE


def _show(console: Console, found: ViewAnswer) -> None:
    network, view = found.network, found.view
    own_km = sum(span.length_km for span in view.own.spans.values())
    show_lines(
        console,
        f"What {texts.operator_text(network, view.viewer_id)} sees: "
        f"{texts.counted(len(view.own.spans), 'span')} of its own ({texts.km(own_km)} km), and "
        f"{texts.counted(len(view.partner_legs), 'leg')} of partners",
        indent=0,
    )
    table = table_of("Partner", "From", "To", "#ms one way", "#min/year down", "#a month", "#once")
    for leg in view.partner_legs:
        table.add_row(
            leg.operator_id,
            leg.a_site_id,
            leg.z_site_id,
            f"{leg.latency_ms:.2f}",
            texts.minutes(leg.unavailability * MINUTES_PER_YEAR),
            texts.amount(leg.mrc),
            texts.amount(leg.nrc),
        )
    show_table(console, table)
    if view.legs_not_offered:
        show_title(console, "Not offered")
        refused = table_of("Partner", "From", "To", "Why")
        for pair in view.legs_not_offered:
            refused.add_row(pair.operator_id, pair.a_site_id, pair.z_site_id, pair.reason)
        show_table(console, refused)
        console.print()
    show_lines(
        console, f"Prices in {network.currency}; a leg is the partner's fastest way", indent=0
    )


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
