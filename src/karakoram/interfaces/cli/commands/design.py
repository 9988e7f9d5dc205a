"""``karakoram design``: how would a service go from A to Z?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_design import json_from_design
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.assumptions_screen import show_figures
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.design_screen import (
    show_design,
    show_design_in_brief,
    show_infeasible,
)
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.planning.demand import TERM_MONTHS_DEFAULT
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.usecases.plan.design_service import DesignAnswer, ServiceQuestion, design_service


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignOptions:
    """What ``karakoram design`` takes."""

    a_site: options.ASite
    z_site: options.ZSite
    bit_rate: options.BitRate = "400G"
    protection: Annotated[
        str, typer.Option("--protection", metavar="none|1+1", help="How it survives a failure.")
    ] = "none"
    latency_ms_max: Annotated[
        float | None,
        typer.Option("--latency-ms-max", metavar="MS", help="Most one-way latency of each path."),
    ] = None
    avoid: options.Avoid = field(default_factory=list)
    transit_limits: options.TransitLimits = field(default_factory=list)
    via: Annotated[
        list[str],
        typer.Option(
            "--via",
            metavar="SITE",
            help="Site that the working path passes (repeatable, in order).",
        ),
    ] = field(default_factory=list)
    include: options.Include = field(default_factory=list)
    term_months: Annotated[
        int, typer.Option("--term-months", metavar="N", help="Contract term for comparing prices.")
    ] = TERM_MONTHS_DEFAULT
    on_day: options.OnDay = None
    network: options.NetworkFolder = None
    explain: Annotated[
        bool, typer.Option("--explain", help="Trace every figure to its source.")
    ] = False
    brief: Annotated[
        bool, typer.Option("--brief", help="Only the offers side by side, and who earns what.")
    ] = False
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            parser=options.path_from_word,
            metavar="FILE.html",
            help="Also write a page with map and tables.",
        ),
    ] = None
    as_json: options.AsJson = False


def run(chosen: DesignOptions) -> ExitCode:
    """Design, then show; 1 when the service is infeasible."""
    question = ServiceQuestion(
        a_site=chosen.a_site,
        z_site=chosen.z_site,
        bit_rate=chosen.bit_rate,
        protection=chosen.protection,
        latency_ms_max=chosen.latency_ms_max,
        avoid=tuple(chosen.avoid),
        transit_limits=tuple(chosen.transit_limits),
        via=tuple(chosen.via),
        include=tuple(chosen.include),
        term_months=chosen.term_months,
        on_day=chosen.on_day,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = design_service(
            question,
            networks=bootstrap.network_source(chosen.network),
            clock=bootstrap.clock(),
            report=None if chosen.report is None else bootstrap.report_file(chosen.report),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_design(found.answer, network=found.network),
        show=lambda: _show(found, chosen),
    )
    return ExitCode.INFEASIBLE if isinstance(found.answer, Infeasible) else ExitCode.DONE


def _show(found: DesignAnswer, chosen: DesignOptions) -> None:
    console = screen()
    if isinstance(found.answer, Infeasible):
        show_infeasible(console, found.network, found.answer)
    else:
        show = show_design_in_brief if chosen.brief else show_design
        show(console, found.network, found.answer)
    if chosen.explain and isinstance(found.answer, ServiceDesign):
        show_figures(console, found.answer.offers)
    if chosen.report is not None:
        console.print(f"\nReport: {chosen.report}", soft_wrap=True)


app = command_app(
    DesignOptions,
    run,
    help_text="Design a service from A to Z: the cheapest, the lowest latency, the most diverse.",
    examples=(
        "karakoram design URC MRS --bit-rate 400G --protection 1+1",
        "karakoram design Urumqi Marseille --protection 1+1 --report answer.html",
        "karakoram design Rawalpindi Marseille --avoid PEACE --latency-ms-max 60",
        "karakoram design Gilgit Karachi --via Faisalabad --include option --explain",
        "karakoram design URC MRS --network my-network --json",
    ),
)
