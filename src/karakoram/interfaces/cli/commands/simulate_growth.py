"""``karakoram simulate growth``: as traffic grows, what is full first and what is lost?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import numpy as np
import typer

from karakoram import bootstrap
from karakoram.adapters.formats.growth_files import json_from_growth, write_growth_plot
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.growth_screen import show_growth
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.simulate.simulate_growth import GrowthQuestion, simulate_growth


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthOptions:
    """What ``karakoram simulate growth`` takes."""

    first: Annotated[
        str, typer.Option("--from", metavar="RATE", help="Carried in the first year.")
    ] = "1T"
    last: Annotated[str, typer.Option("--to", metavar="RATE", help="Carried in the last.")] = "10T"
    years: Annotated[int, typer.Option("--years", metavar="N", help="From first to last.")] = 10
    wave: Annotated[
        str, typer.Option("--wave", metavar="RATE", help="Bit rate of each wavelength.")
    ] = "400G"
    scheme: Annotated[
        list[str],
        typer.Option(
            "--scheme",
            metavar="unprotected|1+1|1:1|shared|dynamic",
            help="Protection to be compared (repeatable).",
        ),
    ] = field(default_factory=lambda: ["unprotected", "1+1", "dynamic"])
    pairs: Annotated[
        Path | None,
        typer.Option(
            "--pairs",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Pairs that grow: from, to, bit_rate; else the main pairs of the corridor.",
        ),
    ] = None
    k: Annotated[
        int, typer.Option("--k", metavar="K", help="Shortest ways a wavelength may take.")
    ] = 8
    failure_years: Annotated[
        float, typer.Option("--failure-years", metavar="Y", help="Of random failures, each year.")
    ] = 100.0
    seed: Annotated[int, typer.Option("--seed", metavar="S", min=0, help="Of randomness.")] = 1
    network: options.NetworkFolder = None
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            parser=options.path_from_word,
            metavar="FILE.svg",
            help="What is lost and how full the fullest section is, over the years.",
        ),
    ] = None
    as_json: options.AsJson = False


def run(chosen: GrowthOptions) -> ExitCode:
    """Simulate, then show; 1 when some wavelength of the last year finds no room."""
    question = GrowthQuestion(
        first=chosen.first,
        last=chosen.last,
        years=chosen.years,
        wave=chosen.wave,
        schemes=tuple(chosen.scheme),
        pairs=None if chosen.pairs is None else bootstrap.connections_in(chosen.pairs),
        k=chosen.k,
        failure_years=chosen.failure_years,
    )
    with status_line(quiet=chosen.as_json) as progress:
        answer = simulate_growth(
            question,
            networks=bootstrap.network_source(chosen.network),
            rng=np.random.default_rng(chosen.seed),
            progress=progress,
        )
    if chosen.plot is not None:
        write_growth_plot(answer, chosen.plot)
    if chosen.as_json:
        print_json(json_from_growth(answer))
    else:
        show_growth(screen(), answer)
        show_files(screen(), plot=chosen.plot)
    is_short = any(one.years[-1].refused for one in answer.schemes)
    return ExitCode.INFEASIBLE if is_short else ExitCode.DONE


app = command_app(
    GrowthOptions,
    run,
    help_text="Let traffic grow year by year: what is full first, what failures take, and what "
    "protection and restoration save whom.",
    examples=(
        "karakoram simulate growth",
        "karakoram simulate growth --to 20T --scheme dynamic --plot growth.svg",
        "karakoram simulate growth --network my-corridor --pairs pairs.csv --json",
    ),
)
