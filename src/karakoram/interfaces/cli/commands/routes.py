"""``karakoram routes``: which routes are there from A to Z?"""

from dataclasses import dataclass, field
from math import inf
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_routes import json_from_routes
from karakoram.adapters.formats.json_topology_routes import json_from_topology_routes
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.routes_screen import show_routes
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.interfaces.cli.topology_options import (
    LatencyMax,
    PairsPath,
    RoutesWords,
    TopologyWord,
    Via,
    refuse_mixed_words,
)
from karakoram.interfaces.cli.topology_routes_screen import show_topology_routes
from karakoram.planning.topology_answers import DisjointKind
from karakoram.usecases.plan.find_routes import RoutesQuestion, find_routes
from karakoram.usecases.plan.find_topology_routes import (
    TopologyRoutesQuestion,
    find_topology_routes,
)

_BIT_RATE = "400G"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutesOptions:
    """What ``karakoram routes`` takes."""

    a_site: Annotated[
        str | None, typer.Argument(metavar="A", help="Site at one end, by identifier or name.")
    ] = None
    z_site: Annotated[str | None, typer.Argument(metavar="Z", help="Site at the other end.")] = None
    k: Annotated[int, typer.Option("--k", metavar="K", help="How many routes at most.")] = 3
    by: Annotated[
        str, typer.Option("--by", metavar="length|latency|price", help="What makes a route better.")
    ] = "length"
    disjoint: Annotated[
        DisjointKind | None,
        typer.Option(
            "--disjoint",
            help="Also find the two routes that share least risk; edge and site over a topology.",
        ),
    ] = None
    avoid: options.Avoid = field(default_factory=list)
    transit_limits: options.TransitLimits = field(default_factory=list)
    include: options.Include = field(default_factory=list)
    bit_rate: options.BitRate = _BIT_RATE
    on_day: options.OnDay = None
    network: options.NetworkFolder = None
    topology: TopologyWord = None
    pairs: PairsPath = None
    via: Via = field(default_factory=list)
    latency_ms_max: LatencyMax = None
    as_json: options.AsJson = False


def run(chosen: RoutesOptions) -> ExitCode:
    """Find routes, then show; 1 when there is none."""
    refuse_mixed_words(
        RoutesWords(
            a_site=chosen.a_site,
            z_site=chosen.z_site,
            topology=chosen.topology,
            pairs=chosen.pairs,
            via=chosen.via,
            latency_ms_max=chosen.latency_ms_max,
            disjoint=chosen.disjoint,
            by=chosen.by,
            network=chosen.network,
            include=chosen.include,
            transit_limits=chosen.transit_limits,
            on_day=chosen.on_day,
            is_other_bit_rate=chosen.bit_rate != _BIT_RATE,
        )
    )
    if chosen.topology is not None:
        return _on_topology(chosen, chosen.topology)
    return _on_network(chosen)


def _on_topology(chosen: RoutesOptions, topology: str) -> ExitCode:
    question = TopologyRoutesQuestion(
        a_site=chosen.a_site,
        z_site=chosen.z_site,
        k=chosen.k,
        disjoint=chosen.disjoint,
        avoid=tuple(chosen.avoid),
        via=tuple(chosen.via),
        latency_ms_max=inf if chosen.latency_ms_max is None else chosen.latency_ms_max,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = find_topology_routes(
            question,
            topologies=bootstrap.topology_source(topology),
            pairs=None if chosen.pairs is None else bootstrap.pair_source(chosen.pairs),
            many_pairs=bootstrap.router_of_many_pairs,
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_topology_routes(found),
        show=lambda: show_topology_routes(screen(), found),
    )
    return ExitCode.DONE if all(pair.routes for pair in found.pairs) else ExitCode.INFEASIBLE


def _on_network(chosen: RoutesOptions) -> ExitCode:
    assert chosen.a_site is not None, "missing ends are refused before"
    assert chosen.z_site is not None, "missing ends are refused before"
    question = RoutesQuestion(
        a_site=chosen.a_site,
        z_site=chosen.z_site,
        k=chosen.k,
        by=chosen.by,
        disjoint=chosen.disjoint is not None,
        avoid=tuple(chosen.avoid),
        transit_limits=tuple(chosen.transit_limits),
        include=tuple(chosen.include),
        bit_rate=chosen.bit_rate,
        on_day=chosen.on_day,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = find_routes(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_routes(found),
        show=lambda: show_routes(screen(), found),
    )
    lacks_pair = found.question.disjoint and found.answer.disjoint is None
    is_none = not found.answer.routes or lacks_pair
    return ExitCode.INFEASIBLE if is_none else ExitCode.DONE


app = command_app(
    RoutesOptions,
    run,
    help_text="Find the K best routes from A to Z, and the two that share least risk; over a "
    "plain topology of some pairs or all.",
    examples=(
        "karakoram routes URC KHI --k 3",
        "karakoram routes Rawalpindi Karachi --by latency --disjoint srlg",
        "karakoram routes Karachi Marseille --by price --bit-rate 100G --avoid PEACE",
        "karakoram routes Chilas Mansehra --include option --json",
        "karakoram routes Aachen Berlin --topology germany50 --disjoint site",
        "karakoram routes --topology net.csv --pairs pairs.csv --k 5 --disjoint srlg --json",
    ),
)
