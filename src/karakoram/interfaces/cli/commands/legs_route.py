"""``karakoram legs route``: which ways do the legs of several operators make?"""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_legs import json_from_leg_answer
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.legs_screen import show_leg_ways
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.usecases.plan.route_legs import LegsQuestion, route_legs


class _Diversity(Enum):
    """What two ways must not share."""

    SRLG = "srlg"
    """Any risk: spans, sites and shared risk link groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LegsRouteOptions:
    """What ``karakoram legs route`` takes."""

    a_site: Annotated[str, typer.Argument(metavar="A", help="Point at one end, by its identifier.")]
    z_site: Annotated[str, typer.Argument(metavar="Z", help="Point at the other end.")]
    legs: Annotated[
        list[Path],
        typer.Option(
            "--legs",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Legs of an operator (repeatable).",
        ),
    ]
    k: Annotated[int, typer.Option("--k", metavar="K", help="How many ways at most.")] = 3
    by: Annotated[
        str, typer.Option("--by", metavar="latency|length|price", help="What makes a way better.")
    ] = "latency"
    disjoint: Annotated[
        _Diversity | None,
        typer.Option("--disjoint", help="Also find the two ways that share least risk."),
    ] = None
    include: options.Include = field(default_factory=list)
    on_day: options.OnDay = None
    as_json: options.AsJson = False


def run(chosen: LegsRouteOptions) -> ExitCode:
    """Read the files, find ways, show them; 1 when there is none."""
    question = LegsQuestion(
        a_site=chosen.a_site,
        z_site=chosen.z_site,
        k=chosen.k,
        by=chosen.by,
        disjoint=chosen.disjoint is not None,
        include=tuple(chosen.include),
        on_day=chosen.on_day,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = route_legs(
            question,
            sources=[bootstrap.legs_file(path) for path in chosen.legs],
            clock=bootstrap.clock(),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_leg_answer(found.question, found.answer, warnings=found.warnings),
        show=lambda: show_leg_ways(screen(), found),
    )
    lacks_pair = found.question.disjoint and found.answer.pair is None
    return ExitCode.INFEASIBLE if not found.answer.ways or lacks_pair else ExitCode.DONE


app = command_app(
    LegsRouteOptions,
    run,
    help_text="Find the K best ways from A to Z over legs that operators handed over, and the two "
    "that share least risk, with what can be proven by tokens; needs no key.",
    examples=(
        "karakoram legs route KJB KHI --legs sco.csv --legs one.csv --disjoint srlg",
        "karakoram legs route RWP MRS --legs one.csv --legs cyb.csv --legs peace.csv --json",
    ),
)
