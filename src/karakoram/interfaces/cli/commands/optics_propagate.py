"""``karakoram optics propagate``: what does light look like on its way from A to Z?"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from karakoram import bootstrap
from karakoram.adapters.formats.json_propagation import json_from_propagation
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.optics_options import (
    FromTransceiver,
    GnpyEquipment,
    GnpyNetwork,
    GnpySimulation,
    GnpySpectrum,
    NoRedesign,
    NoSrs,
    ToTransceiver,
    gnpy_files,
    plot_option,
    refuse_overwriting,
)
from karakoram.interfaces.cli.propagation_screen import show_propagation
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.propagate_path import PropagationQuestion, propagate_path


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagateOptions:
    """What ``karakoram optics propagate`` takes."""

    gnpy_network: GnpyNetwork
    gnpy_equipment: GnpyEquipment
    from_word: FromTransceiver
    to_word: ToTransceiver
    gnpy_spectrum: GnpySpectrum = None
    gnpy_sim_params: GnpySimulation = None
    no_redesign: NoRedesign = False
    no_srs: NoSrs = False
    plot: Annotated[Path | None, plot_option("Also draw GSNR and power.")] = None
    as_json: options.AsJson = False


def run(chosen: PropagateOptions) -> ExitCode:
    """Propagate, then show; 1 when no way leads from one to the other."""
    refuse_overwriting(
        written={"--plot": chosen.plot},
        read=gnpy_files(chosen),
    )
    question = PropagationQuestion(
        from_word=chosen.from_word,
        to_word=chosen.to_word,
        is_designed=not chosen.no_redesign,
        scatters=not chosen.no_srs,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = propagate_path(
            question,
            photonics=bootstrap.photonic_source(
                network=chosen.gnpy_network,
                equipment=chosen.gnpy_equipment,
                spectrum=chosen.gnpy_spectrum,
                simulation=chosen.gnpy_sim_params,
            ),
            plotter=None if chosen.plot is None else bootstrap.plot_file(chosen.plot),
            progress=progress,
        )
    if chosen.as_json:
        print(json.dumps(json_from_propagation(found), indent=2, ensure_ascii=False))
    else:
        show_propagation(screen(), found)
        if found.propagation is not None:
            show_files(screen(), plot=chosen.plot)
    return ExitCode.INFEASIBLE if found.propagation is None else ExitCode.DONE


app = command_app(
    PropagateOptions,
    run,
    help_text="Propagate light from A to Z through a network in files of GNPy: GSNR, OSNR and "
    "power of every channel, and what each element does.",
    examples=(
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --from Site_A --to Site_B",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --gnpy-spectrum spectrum.json --from A --to Z --no-redesign --json",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --gnpy-sim-params sim.json --from A --to Z --plot light.svg",
    ),
)
