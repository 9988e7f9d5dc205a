"""``karakoram simulate traffic``: how often would a topology refuse requests that come and go?"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_traffic import json_from_traffic
from karakoram.adapters.formats.traffic_files import write_path_list, write_traffic_svg
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.interfaces.cli.traffic_screen import show_traffic
from karakoram.planning.traffic.case import Heuristic
from karakoram.usecases.simulate_traffic import TrafficQuestion, simulate_traffic

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
    ]
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
    guard: Annotated[
        int, typer.Option("--guard", metavar="N", help="Guard slots of each request.")
    ] = 1
    reserve: Annotated[
        list[str],
        typer.Option(
            "--reserve",
            metavar="FIRST-LAST",
            help="Slots of every section that are never given away, from 0 (repeatable).",
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
    seed: Annotated[int, typer.Option("--seed", metavar="S", help="Of all randomness.")] = 1
    seeds: Annotated[
        int, typer.Option("--seeds", metavar="N", help="Independent runs of each load.")
    ] = 1
    requests: Annotated[
        int, typer.Option("--requests", metavar="N", help="Requests of each run.")
    ] = 100_000
    warm_up: Annotated[
        int, typer.Option("--warm-up", metavar="N", help="Requests left out at the beginning.")
    ] = 3_000
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
    with status_line(quiet=chosen.as_json) as progress:
        found = simulate_traffic(
            _question(chosen),
            topologies=bootstrap.topology_source(chosen.topology),
            workers=bootstrap.workers(count=_workers(chosen), cluster=chosen.cluster),
            progress=progress,
        )
    if chosen.plot is not None:
        write_traffic_svg(found, chosen.plot)
    if chosen.paths is not None:
        write_path_list(found, chosen.paths)
    if chosen.as_json:
        print(json.dumps(json_from_traffic(found), indent=2, ensure_ascii=False))
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
        reserved=tuple(chosen.reserve),
        is_directed=chosen.directed,
        by_demands=chosen.demands,
        latency_ms_max=chosen.latency_max,
        regenerate_km=chosen.regenerate,
        defragment=chosen.defragment,
        defragment_every=chosen.every,
        seed=chosen.seed,
        runs=chosen.seeds,
        requests=chosen.requests,
        warm_up=chosen.warm_up,
    )


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
    ),
)
