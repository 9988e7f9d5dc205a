"""``karakoram dxx signal``: where does a signal go, and what holds a bit rate?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_multiplex import json_from_signals
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.multiplex_screen import show_signals
from karakoram.interfaces.cli.screen import screen
from karakoram.usecases.multiplex.show_signal import concatenation_rows, signal_row


@dataclass(frozen=True, slots=True, kw_only=True)
class DxxSignalOptions:
    """What ``karakoram dxx signal`` takes."""

    signal: Annotated[
        str,
        typer.Argument(metavar="SIGNAL", help="Its name in the Recommendations, e.g. VC-4-7v."),
    ] = ""
    bit_rate: Annotated[
        str,
        typer.Option(
            "--bit-rate",
            metavar="BIT-RATE",
            help="In place of a name: what concatenated containers are to hold, e.g. 1G.",
        ),
    ] = ""
    as_json: options.AsJson = False


def run(chosen: DxxSignalOptions) -> ExitCode:
    """Look up, print."""
    if bool(chosen.signal) == bool(chosen.bit_rate):
        raise typer.BadParameter("name a SIGNAL, or give a --bit-rate")
    by_name = (signal_row(chosen.signal),) if chosen.signal else ()
    rows = by_name or concatenation_rows(chosen.bit_rate)
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_signals(rows),
        show=lambda: show_signals(screen(), rows),
    )
    return ExitCode.DONE if rows else ExitCode.INFEASIBLE


app = command_app(
    DxxSignalOptions,
    run,
    help_text="Show which containers carry a signal and how many slots it takes of each, or which "
    "contiguous and virtual concatenations hold a bit rate. Exit code 1 where none does.",
    examples=("karakoram dxx signal 10GbE", "karakoram dxx signal --bit-rate 1G"),
)
