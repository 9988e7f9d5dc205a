"""``karakoram routes``: which routes are there from A to Z?"""

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_routes import json_from_routes
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.routes_screen import show_routes
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.usecases.find_routes import RoutesQuestion, find_routes


class _Diversity(Enum):
    """What two routes must not share."""

    SRLG = "srlg"
    """Any risk: spans, sites and shared risk link groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesOptions:
    """What ``karakoram routes`` takes."""

    a_site: options.ASite
    z_site: options.ZSite
    k: Annotated[int, typer.Option("--k", metavar="K", help="How many routes at most.")] = 3
    by: Annotated[
        str, typer.Option("--by", metavar="length|latency|price", help="What makes a route better.")
    ] = "length"
    disjoint: Annotated[
        _Diversity | None,
        typer.Option("--disjoint", help="Also find the two routes that share least risk."),
    ] = None
    avoid: options.Avoid = field(default_factory=list)
    include: options.Include = field(default_factory=list)
    bit_rate: options.BitRate = "400G"
    on_day: options.OnDay = None
    network: options.NetworkFolder = None
    as_json: options.AsJson = False


def run(chosen: RoutesOptions) -> ExitCode:
    """Find routes, then show; 1 when there is none."""
    question = RoutesQuestion(
        a_site=chosen.a_site,
        z_site=chosen.z_site,
        k=chosen.k,
        by=chosen.by,
        disjoint=chosen.disjoint is not None,
        avoid=tuple(chosen.avoid),
        include=tuple(chosen.include),
        bit_rate=chosen.bit_rate,
        on_day=None if chosen.on_day is None else chosen.on_day.date(),
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = find_routes(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            progress=progress,
        )
    if chosen.as_json:
        payload = json_from_routes(found.question, found.answer)
        print(json.dumps(payload, indent=2, ensure_ascii=False))
    else:
        show_routes(screen(), found)
    lacks_pair = found.question.disjoint and found.answer.disjoint is None
    is_none = not found.answer.routes or lacks_pair
    return ExitCode.INFEASIBLE if is_none else ExitCode.DONE


app = command_app(
    RoutesOptions,
    run,
    help_text="Find the K best routes from A to Z, and the two that share least risk.",
    examples=(
        "karakoram routes URC KHI --k 3",
        "karakoram routes Rawalpindi Karachi --by latency --disjoint srlg",
        "karakoram routes Karachi Marseille --by price --bit-rate 100G --avoid PEACE",
        "karakoram routes Chilas Mansehra --include option --json",
    ),
)
