"""``karakoram optics all-pairs``: what quality has light between every two transceivers?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.all_pairs_files import (
    json_from_all_pairs,
    write_all_pairs_csv,
    write_all_pairs_svg,
)
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.all_pairs_screen import show_all_pairs
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import (
    GnpyEquipment,
    GnpyNetwork,
    GnpySimulation,
    GnpySpectrum,
    NonlinearModel,
    NoRedesign,
    NoSrs,
    gnpy_files,
    plot_option,
)
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.light.light_all_pairs import light_all_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class AllPairsOptions:
    """What ``karakoram optics all-pairs`` takes."""

    gnpy_network: GnpyNetwork
    gnpy_equipment: GnpyEquipment
    gnpy_spectrum: GnpySpectrum = None
    gnpy_sim_params: GnpySimulation = None
    no_redesign: NoRedesign = False
    no_srs: NoSrs = False
    nonlinear_model: NonlinearModel = None
    quick: Annotated[
        bool,
        typer.Option(
            "--quick",
            help="Mark pairs behind a ROADM without power enough instead of following them.",
        ),
    ] = False
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            parser=options.path_from_word,
            metavar="FILE",
            help="Also write all pairs as CSV.",
        ),
    ] = None
    plot: Annotated[Path | None, plot_option("Also draw GSNR over distance.")] = None
    as_json: options.AsJson = False


def run(chosen: AllPairsOptions) -> ExitCode:
    """Light everything, then show."""
    refuse_overwriting(
        written={"--csv": chosen.csv, "--plot": chosen.plot},
        read=gnpy_files(chosen),
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = light_all_pairs(
            bootstrap.photonic_source(
                network=chosen.gnpy_network,
                equipment=chosen.gnpy_equipment,
                spectrum=chosen.gnpy_spectrum,
                simulation=chosen.gnpy_sim_params,
            ),
            is_designed=not chosen.no_redesign,
            scatters=not chosen.no_srs,
            nonlinear_model=chosen.nonlinear_model,
            follows_power=not chosen.quick,
            progress=progress,
        )
    if chosen.csv is not None:
        write_all_pairs_csv(found, chosen.csv)
    if chosen.plot is not None:
        write_all_pairs_svg(found.pairs, chosen.plot)
    if chosen.as_json:
        print_json(json_from_all_pairs(found))
        return ExitCode.DONE
    show_all_pairs(screen(), found)
    show_files(screen(), table=chosen.csv, plot=chosen.plot)
    return ExitCode.DONE


app = command_app(
    AllPairsOptions,
    run,
    help_text="Light between every two transceivers of a network, each way, over the shortest "
    "way and under full load: GSNR, dispersion, PMD, latency.",
    examples=(
        "karakoram optics all-pairs --gnpy-network net.json --gnpy-equipment eqpt.json",
        "karakoram optics all-pairs --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --csv pairs.csv --plot pairs.svg --json",
    ),
)
