"""``karakoram optics propagate``: what does light look like on its way from A to Z?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from karakoram import bootstrap
from karakoram.adapters.formats.json_propagation import json_from_propagation
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import (
    FromTransceiver,
    GnpyEquipment,
    GnpyNetwork,
    GnpyServices,
    GnpySimulation,
    GnpySpectrum,
    ModeWord,
    NonlinearModel,
    NoRedesign,
    NoSrs,
    ServiceRequest,
    ToTransceiver,
    TransceiverTypeWord,
    WssOtf,
    WssPerExpress,
    gnpy_files,
    plot_option,
)
from karakoram.interfaces.cli.propagation_screen import show_propagation
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.usecases.light.path_question import PropagationQuestion
from karakoram.usecases.light.propagate_path import propagate_path


@dataclass(frozen=True, slots=True, kw_only=True)
class PropagateOptions:
    """What ``karakoram optics propagate`` takes."""

    gnpy_network: GnpyNetwork
    gnpy_equipment: GnpyEquipment
    from_word: FromTransceiver = None
    to_word: ToTransceiver = None
    gnpy_spectrum: GnpySpectrum = None
    gnpy_sim_params: GnpySimulation = None
    gnpy_services: GnpyServices = None
    request: ServiceRequest = None
    transceiver: TransceiverTypeWord = None
    mode: ModeWord = None
    wss_otf: WssOtf = None
    wss_per_express: WssPerExpress = 2
    no_redesign: NoRedesign = False
    no_srs: NoSrs = False
    nonlinear_model: NonlinearModel = None
    plot: Annotated[Path | None, plot_option("Also draw GSNR and power.")] = None
    as_json: options.AsJson = False


def run(chosen: PropagateOptions) -> ExitCode:
    """Propagate, then show; 1 when no way leads there, or a channel has no mode that works."""
    refuse_overwriting(
        written={"--plot": chosen.plot},
        read=gnpy_files(chosen),
    )
    question = PropagationQuestion(
        from_word=chosen.from_word,
        to_word=chosen.to_word,
        request=chosen.request,
        transceiver=chosen.transceiver,
        mode=chosen.mode,
        wss_otf_ghz=chosen.wss_otf,
        wss_per_express=chosen.wss_per_express,
        is_designed=not chosen.no_redesign,
        scatters=not chosen.no_srs,
        nonlinear_model=chosen.nonlinear_model,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = propagate_path(
            question,
            photonics=bootstrap.photonic_source(
                network=chosen.gnpy_network,
                equipment=chosen.gnpy_equipment,
                spectrum=chosen.gnpy_spectrum,
                simulation=chosen.gnpy_sim_params,
                services=chosen.gnpy_services,
            ),
            plotter=None if chosen.plot is None else bootstrap.plot_file(chosen.plot),
            progress=progress,
        )
    if chosen.as_json:
        print_json(json_from_propagation(found))
    else:
        show_propagation(screen(), found)
        if found.propagation is not None:
            show_files(screen(), plot=chosen.plot)
    dark = found.propagation is None
    without_mode = found.receivers is not None and not found.receivers.is_complete
    return ExitCode.INFEASIBLE if dark or without_mode else ExitCode.DONE


app = command_app(
    PropagateOptions,
    run,
    help_text="Propagate light from A to Z through a network in files of GNPy: GSNR, OSNR and "
    "power of every channel, what each element does, and which mode of a transceiver works.",
    examples=(
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --from Site_A --to Site_B",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --gnpy-spectrum spectrum.json --from A --to Z --no-redesign --json",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --gnpy-sim-params sim.json --from A --to Z --plot light.svg",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --from A --to Z --transceiver Voyager --wss-otf 9",
        "karakoram optics propagate --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --gnpy-services services.json --request 2",
    ),
)
