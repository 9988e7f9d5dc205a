"""``karakoram simulate traffic``: how often would a topology refuse requests that come and go?"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_traffic import json_from_traffic
from karakoram.adapters.formats.traffic_files import write_path_list, write_traffic_svg
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.interfaces.cli.traffic_screen import show_traffic
from karakoram.planning.traffic.case import Heuristic
from karakoram.usecases.simulate.simulate_traffic import simulate_traffic
from karakoram.usecases.simulate.traffic_question import LightWords, TrafficQuestion

_HEURISTICS = "|".join(heuristic.value.replace("_", "-") for heuristic in Heuristic)
POOL_REQUESTS = 5_000_000
"""Below so many requests in all, other processes would take longer to start than to work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrafficOptions:
    """What ``karakoram simulate traffic`` takes."""

    topology: Annotated[
        str,
        typer.Option("--topology", metavar="NAME|FILE", help="Topology of the library, or a file."),
    ]
    load: Annotated[
        list[float],
        typer.Option("--load", metavar="ERLANG", help="Nominal load (repeatable)."),
    ] = field(default_factory=list)
    trace: Annotated[
        Path | None,
        typer.Option(
            "--trace",
            parser=options.path_from_word,
            metavar="F.csv",
            help="Requests as they were recorded, instead of loads.",
        ),
    ] = None
    slots: Annotated[
        int, typer.Option("--slots", metavar="N", help="Slots of 12.5 GHz on every section.")
    ] = 100
    k: Annotated[int, typer.Option("--k", metavar="K", help="Candidate paths of each pair.")] = 5
    order: Annotated[
        str,
        typer.Option(
            "--order", metavar="hops|length|slots", help="By what candidate paths are ordered."
        ),
    ] = "hops"
    heuristic: Annotated[
        str, typer.Option("--heuristic", metavar=_HEURISTICS, help="How path and slots are chosen.")
    ] = "ksp-ff"
    holding: Annotated[
        str,
        typer.Option(
            "--holding",
            metavar="exponential|lognormal|fixed|endless",
            help="How holding times are distributed; endless is incremental growth.",
        ),
    ] = "exponential"
    truncate: Annotated[
        float | None,
        typer.Option(
            "--truncate", metavar="X", help="Resample holding times until below X times the mean."
        ),
    ] = None
    mean_holding: Annotated[
        float,
        typer.Option("--mean-holding", metavar="T", help="Nominal mean, in any unit of time."),
    ] = 1.0
    bit_rate: Annotated[
        list[str],
        typer.Option(
            "--bit-rate",
            metavar="RATE",
            help="Bit rate asked for, all equally likely (repeatable); else 25, 26 ... 100G.",
        ),
    ] = field(default_factory=list)
    bit_rates: Annotated[
        Path | None,
        typer.Option(
            "--bit-rates",
            parser=options.path_from_word,
            metavar="F.csv",
            help="Bit rates and how often each is asked for.",
        ),
    ] = None
    reach_table: Annotated[
        Path | None,
        typer.Option(
            "--reach-table",
            parser=options.path_from_word,
            metavar="F.csv",
            help="Modulations: how far each reaches, what it carries per hertz.",
        ),
    ] = None
    guard: Annotated[
        int, typer.Option("--guard", metavar="N", help="Guard slots of each request.")
    ] = 1
    reserve: Annotated[
        list[str],
        typer.Option(
            "--reserve",
            metavar="N:M|FIRST-LAST|F.csv",
            help="What is never given away: a band of ITU-T G.694.1, slots of every section from "
            "0, or a file of bands (repeatable).",
        ),
    ] = field(default_factory=list)
    directed: Annotated[
        bool,
        typer.Option(
            "--directed/--shared", help="A spectrum for each direction, or one shared by both."
        ),
    ] = True
    demands: Annotated[
        bool,
        typer.Option(
            "--demands", help="Pairs as likely as the topology's demands; else all alike."
        ),
    ] = False
    matrix: Annotated[
        Path | None,
        typer.Option(
            "--matrix",
            parser=options.path_from_word,
            metavar="F.csv",
            help="Pairs as likely as their traffic in this table; else all alike.",
        ),
    ] = None
    latency_max: Annotated[
        float | None,
        typer.Option("--latency-max", metavar="MS", help="Refuse paths that take longer, one way."),
    ] = None
    regenerate: Annotated[
        float | None,
        typer.Option(
            "--regenerate", metavar="KM", help="Regenerate before a segment gets longer than this."
        ),
    ] = None
    defragment: Annotated[
        str | None,
        typer.Option(
            "--defragment",
            metavar="push-pull|make-before-break",
            help="Now and then move what is lit to lower slots.",
        ),
    ] = None
    every: Annotated[
        int, typer.Option("--every", metavar="N", help="Defragment after so many requests.")
    ] = 1_000
    light: Annotated[
        bool,
        typer.Option(
            "--light",
            help="Modulation by GSNR under what is really lit: a request is carried if it and all "
            "that it disturbs bear their light.",
        ),
    ] = False
    light_fibre: Annotated[
        str | None,
        typer.Option(
            "--light-fibre", metavar="TYPE", help="Fibre type of the library; else G652D."
        ),
    ] = None
    light_amplifier: Annotated[
        str | None,
        typer.Option(
            "--light-amplifier", metavar="TYPE", help="Amplifier type of it; else EDFA-LINE."
        ),
    ] = None
    light_span: Annotated[
        float | None,
        typer.Option("--light-span", metavar="KM", help="Longest span; else 80."),
    ] = None
    light_gap: Annotated[
        float | None,
        typer.Option(
            "--light-gap", metavar="DB", help="SNR above Shannon's that receivers need; else 3."
        ),
    ] = None
    light_efficiency: Annotated[
        list[float],
        typer.Option(
            "--light-efficiency",
            metavar="E",
            help="Modulation of so many bit/s/Hz (repeatable); else 4, 3, 2, 1.",
        ),
    ] = field(default_factory=list)
    light_channel: Annotated[
        float | None,
        typer.Option(
            "--light-channel",
            metavar="GHZ",
            help="Width of the channels for which the power is best; else 37.5.",
        ),
    ] = None
    light_regenerators: Annotated[
        int,
        typer.Option(
            "--light-regenerators", metavar="N", help="Regenerators of one connection, at most."
        ),
    ] = 0
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Of all randomness.")] = 1
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="N", help="Independent runs of each load.")
    ] = 1
    requests: Annotated[
        int, typer.Option("--requests", metavar="N", help="Requests of each run.")
    ] = 100_000
    warm_up: Annotated[
        int | None,
        typer.Option(
            "--warm-up",
            metavar="N",
            help="Requests left out at the beginning; else 3,000, and none of a trace.",
        ),
    ] = None
    workers: Annotated[
        int | None,
        typer.Option("--workers", metavar="N", help="Processes; else as many as processors."),
    ] = None
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="Scheduler of dask.distributed, tcp://host:8786."
        ),
    ] = None
    plot: Annotated[
        Path | None,
        typer.Option(
            "--plot",
            parser=options.path_from_word,
            metavar="FILE.svg",
            help="Also draw blocking over load, with intervals.",
        ),
    ] = None
    paths: Annotated[
        Path | None,
        typer.Option(
            "--paths",
            parser=options.path_from_word,
            metavar="FILE.tsv",
            help="Also write the list of candidate paths.",
        ),
    ] = None
    as_json: options.AsJson = False


def run(chosen: TrafficOptions) -> ExitCode:
    """Simulate, then show."""
    if chosen.trace is not None and chosen.plot is not None:
        raise typer.BadParameter(
            "--plot draws blocking over loads, and a trace has one; leave one of them out"
        )
    with status_line(quiet=chosen.as_json) as progress:
        found = simulate_traffic(
            _question(chosen),
            topologies=bootstrap.topology_source(chosen.topology),
            workers=bootstrap.workers(count=_workers(chosen), cluster=chosen.cluster),
            tables=bootstrap.traffic_tables(
                trace=chosen.trace,
                matrix=chosen.matrix,
                reach_table=chosen.reach_table,
                bit_rates=chosen.bit_rates,
                reserved=tuple(Path(word) for word in chosen.reserve if _is_file(word)),
            ),
            progress=progress,
        )
    if chosen.plot is not None:
        write_traffic_svg(found, chosen.plot)
    if chosen.paths is not None:
        write_path_list(found, chosen.paths)
    if chosen.as_json:
        print_json(json_from_traffic(found))
    else:
        show_traffic(screen(), found)
        show_files(screen(), plot=chosen.plot, paths=chosen.paths)
    return ExitCode.DONE


def _question(chosen: TrafficOptions) -> TrafficQuestion:
    return TrafficQuestion(
        loads_erlang=tuple(chosen.load),
        slots=chosen.slots,
        k=chosen.k,
        order=chosen.order,
        heuristic=chosen.heuristic,
        holding=chosen.holding,
        truncate=chosen.truncate,
        mean_holding=chosen.mean_holding,
        bit_rates=tuple(chosen.bit_rate),
        guard_slots=chosen.guard,
        reserved=tuple(word for word in chosen.reserve if not _is_file(word)),
        is_directed=chosen.directed,
        by_demands=chosen.demands,
        latency_ms_max=chosen.latency_max,
        regenerate_km=chosen.regenerate,
        defragment=chosen.defragment,
        defragment_every=chosen.every,
        light=LightWords(
            is_lit=chosen.light,
            fibre=chosen.light_fibre,
            amplifier=chosen.light_amplifier,
            span_km_max=chosen.light_span,
            snr_gap_db=chosen.light_gap,
            efficiencies=tuple(chosen.light_efficiency),
            channel_ghz=chosen.light_channel,
            regenerators_max=chosen.light_regenerators,
        ),
        seed=chosen.seed,
        runs=chosen.seeds,
        requests=chosen.requests,
        warm_up=chosen.warm_up,
    )


def _is_file(word: str) -> bool:
    """Whether a word after ``--reserve`` names a file."""
    return word.lower().endswith(".csv")


def _workers(chosen: TrafficOptions) -> int:
    """How many processes: as asked for, else as many as pay."""
    if chosen.workers is not None:
        if chosen.workers < 1:
            raise typer.BadParameter(f"--workers must be 1 or more, got {chosen.workers}")
        return chosen.workers
    in_all = len(chosen.load) * chosen.seeds * chosen.requests
    return (os.cpu_count() or 1) if in_all >= POOL_REQUESTS else 1


app = command_app(
    TrafficOptions,
    run,
    help_text="Let requests come and go over a topology with a flexible grid: how often one is "
    "refused, by what cause, and within which interval.",
    examples=(
        "karakoram simulate traffic --topology nsfnet-deeprmsa --load 250 --truncate 2",
        "karakoram simulate traffic --topology usnet-gcn --load 320 --load 400 --plot usnet.svg",
        "karakoram simulate traffic --topology jpn48 --load 300 --heuristic ksp-ef --json",
        "karakoram simulate traffic --topology nsfnet-deeprmsa --load 150 --light --reserve 0:8",
        "karakoram simulate traffic --topology nsfnet-deeprmsa --trace requests.csv",
    ),
)
