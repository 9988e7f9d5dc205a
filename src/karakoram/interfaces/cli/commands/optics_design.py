"""``karakoram optics design``: which amplifiers does a network need, and set to what?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_line_design import json_from_line_design
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.line_design_screen import show_line_design
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import (
    GnpyEquipment,
    GnpyNetwork,
    GnpySimulation,
    GnpySpectrum,
    gnpy_files,
    path_ending,
    plot_option,
)
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.light.design_line import design_line


@dataclass(frozen=True, slots=True, kw_only=True)
class OpticsDesignOptions:
    """What ``karakoram optics design`` takes."""

    gnpy_network: GnpyNetwork
    gnpy_equipment: GnpyEquipment
    gnpy_spectrum: GnpySpectrum = None
    gnpy_sim_params: GnpySimulation = None
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            parser=path_ending(".json"),
            metavar="FILE.json",
            help="Write the designed network for GNPy.",
        ),
    ] = None
    plot: Annotated[Path | None, plot_option("Also draw gains, noise and powers.")] = None
    as_json: options.AsJson = False


def run(chosen: OpticsDesignOptions) -> ExitCode:
    """Design, then show; 1 when some amplifier cannot be chosen or some line not be designed."""
    refuse_overwriting(
        written={"--save": chosen.save, "--plot": chosen.plot},
        read=gnpy_files(chosen),
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = design_line(
            photonics=bootstrap.photonic_source(
                network=chosen.gnpy_network,
                equipment=chosen.gnpy_equipment,
                spectrum=chosen.gnpy_spectrum,
                simulation=chosen.gnpy_sim_params,
            ),
            target=None if chosen.save is None else bootstrap.photonic_target(chosen.save),
            plotter=None if chosen.plot is None else bootstrap.design_plot_file(chosen.plot),
            progress=progress,
        )
    if chosen.as_json:
        print_json(json_from_line_design(found))
    else:
        show_line_design(screen(), found)
        if chosen.save is not None and found.errors:
            screen().print("\nThe network was not written.")
        show_files(screen(), network=None if found.errors else chosen.save, plot=chosen.plot)
    return ExitCode.INFEASIBLE if found.errors else ExitCode.DONE


app = command_app(
    OpticsDesignOptions,
    run,
    help_text="Place amplifiers in a network in files of GNPy, choose their types and set them; "
    "what the network states is kept, but for gains in power mode, which launch powers decide.",
    examples=(
        "karakoram optics design --gnpy-network net.json --gnpy-equipment eqpt.json",
        "karakoram optics design --gnpy-network net.xls --gnpy-equipment eqpt.json",
        "    --save designed.json --plot amplifiers.svg",
        "karakoram optics design --gnpy-network net.json --gnpy-equipment eqpt.json --json",
    ),
)
