"""``karakoram optics regenerators``: where do regenerators go for a set of wavelengths?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.regenerator_files import json_from_regenerators
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.regenerators_screen import show_regenerators
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.planning.regenerator_plan import PATHS_MAX
from karakoram.usecases.plan.plan_regenerators import RegeneratorQuestion, plan_regenerators


@dataclass(frozen=True, slots=True, kw_only=True)
class RegeneratorOptions:
    """What ``karakoram optics regenerators`` takes."""

    demands: Annotated[
        Path | None,
        typer.Option(
            "--demands",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Demands: from, to, bit_rate; else 400G between main pairs of the corridor.",
        ),
    ] = None
    at: Annotated[
        list[str],
        typer.Option(
            "--at",
            metavar="SITE",
            help="Regenerate at this site only (repeatable); else at any ROADM site.",
        ),
    ] = field(default_factory=list)
    paths: Annotated[
        int,
        typer.Option("--paths", metavar="K", help="Shortest paths that a demand chooses among."),
    ] = PATHS_MAX
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: RegeneratorOptions) -> ExitCode:
    """Plan, then show; 1 when some demand cannot be lit."""
    question = RegeneratorQuestion(
        demands=None if chosen.demands is None else bootstrap.demands_in(chosen.demands),
        at=tuple(chosen.at),
        paths=chosen.paths,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = plan_regenerators(
            question, networks=bootstrap.network_source(chosen.network), progress=progress
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_regenerators(found.plan),
        show=lambda: show_regenerators(screen(), found),
    )
    is_dark = any(one.path is None for one in found.plan.demands)
    return ExitCode.INFEASIBLE if is_dark else ExitCode.DONE


app = command_app(
    RegeneratorOptions,
    run,
    help_text="Choose paths and regenerator sites for a set of wavelengths: the fewest "
    "transponders, then the fewest sites with regenerators, then the fewest km.",
    examples=(
        "karakoram optics regenerators",
        "karakoram optics regenerators --demands demands.csv --at Rawalpindi --at KHI --json",
    ),
)
