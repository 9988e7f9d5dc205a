"""``karakoram simulate failures``: what do failures take, and what is saved?"""

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from karakoram import bootstrap
from karakoram.adapters.formats.failure_files import json_from_failures
from karakoram.engines.availability.failure_history import RepairTimes
from karakoram.engines.restoration.policy import RestorationPolicy
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.failures_screen import show_simulated_failures
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.usecases.simulate.simulate_failures import FailuresQuestion, simulate_failures


class _Helps(Enum):
    """What may be done to bring connections back, besides free slots at the full bit rate."""

    REDUCE = "reduce"
    """Half or a quarter of the bit rate will do."""
    PRE_EMPT = "pre-empt"
    """Connections of lower priority are put out."""
    RESERVE = "reserve"
    """Slots that others reserve are used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresOptions:
    """What ``karakoram simulate failures`` takes."""

    topology: Annotated[
        str | None,
        typer.Option("--topology", metavar="F", help="A file, or a name of the library."),
    ] = None
    network: options.NetworkFolder = None
    demands: Annotated[
        Path | None,
        typer.Option(
            "--demands",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Connections: from, to, bit_rate, and perhaps count, priority, scheme.",
        ),
    ] = None
    bit_rate: options.BitRate = "400G"
    waves: Annotated[
        int,
        typer.Option("--waves", metavar="N", help="Of each main pair, where none are listed."),
    ] = 2
    connections: Annotated[
        int,
        typer.Option(
            "--connections", metavar="N", help="Between random pairs of a topology, likewise."
        ),
    ] = 100
    scheme: Annotated[
        list[str],
        typer.Option(
            "--scheme",
            metavar="unprotected|1+1|1:1|shared|dynamic|extra",
            help="Protection to be compared (repeatable).",
        ),
    ] = field(default_factory=lambda: ["unprotected", "1+1", "dynamic"])
    together: Annotated[
        int, typer.Option("--together", metavar="1|2", help="2: every two failures as well.")
    ] = 1
    k: Annotated[
        int, typer.Option("--k", metavar="K", help="Shortest ways a connection may take.")
    ] = 8
    slots: Annotated[
        int, typer.Option("--slots", metavar="N", help="Slots of each section of a topology.")
    ] = 320
    disjoint: Annotated[
        bool,
        typer.Option("--disjoint", help="Protection shares no risk; else it shares the least."),
    ] = False
    allow: Annotated[
        list[_Helps],
        typer.Option("--allow", help="What may be done to bring connections back (repeatable)."),
    ] = field(default_factory=list)
    no_revert: Annotated[
        bool, typer.Option("--no-revert", help="Restored light stays where it is after repair.")
    ] = False
    years: Annotated[
        float, typer.Option("--years", metavar="Y", help="Years of random failures.")
    ] = 200.0
    repair: Annotated[
        RepairTimes, typer.Option("--repair", help="How repair times spread around their mean.")
    ] = RepairTimes.EXPONENTIAL
    region_km: Annotated[
        float | None,
        typer.Option(
            "--region-km", metavar="KM", help="All within so far of a site of a topology fails."
        ),
    ] = None
    failures_per_1000_km: Annotated[
        float | None,
        typer.Option(
            "--failures-per-1000-km",
            metavar="N",
            help="A year, of a topology; else 2.13, the published figure of buried cable.",
        ),
    ] = None
    mttr_h: Annotated[
        float | None,
        typer.Option("--mttr-h", metavar="H", help="Mean repair time of a topology; else 6 h."),
    ] = None
    seed: Annotated[int, typer.Option("--seed", metavar="S", min=0, help="Of randomness.")] = 1
    as_json: options.AsJson = False


def run(chosen: FailuresOptions) -> ExitCode:
    """Simulate, then show; 1 when under some scheme a connection finds no room."""
    question = _question(chosen)
    with status_line(quiet=chosen.as_json) as progress:
        answer = simulate_failures(
            question,
            source=bootstrap.network_source(chosen.network)
            if chosen.topology is None
            else bootstrap.topology_source(chosen.topology),
            rng=np.random.default_rng(chosen.seed),
            progress=progress,
        )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_failures(answer),
        show=lambda: show_simulated_failures(screen(), answer),
    )
    is_short = any(not all(one.report.is_placed) for one in answer.schemes)
    return ExitCode.INFEASIBLE if is_short else ExitCode.DONE


def _question(chosen: FailuresOptions) -> FailuresQuestion:
    if chosen.topology is not None and chosen.network is not None:
        raise typer.BadParameter("give --topology or --network, not both")
    return FailuresQuestion(
        demands=None if chosen.demands is None else bootstrap.connections_in(chosen.demands),
        bit_rate=chosen.bit_rate,
        waves=chosen.waves,
        connections=chosen.connections,
        schemes=tuple(chosen.scheme),
        together=chosen.together,
        k=chosen.k,
        slots=chosen.slots,
        is_disjoint=chosen.disjoint,
        policy=RestorationPolicy(
            reduces=_Helps.REDUCE in chosen.allow,
            pre_empts=_Helps.PRE_EMPT in chosen.allow,
            uses_reserve=_Helps.RESERVE in chosen.allow,
        ),
        reverts=not chosen.no_revert,
        years=chosen.years,
        repair_times=chosen.repair,
        region_km=chosen.region_km,
        failures_per_1000_km_year=chosen.failures_per_1000_km,
        mttr_h=chosen.mttr_h,
    )


app = command_app(
    FailuresOptions,
    run,
    help_text="Play every failure through, and years of random ones: what is lost, what protection "
    "and restoration save, how soon, and what room they need.",
    examples=(
        "karakoram simulate failures",
        "karakoram simulate failures --scheme dynamic --allow reduce --together 2",
        "karakoram simulate failures --topology germany50 --connections 200 --bit-rate 100G",
        "karakoram simulate failures --demands connections.csv --years 1000 --json",
    ),
)
