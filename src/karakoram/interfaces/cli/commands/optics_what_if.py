"""``karakoram optics what-if``: what does a new wavelength do to those already sold?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.load_files import (
    json_from_what_if,
    write_load_change_svg,
)
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import (
    GnpyEquipment,
    GnpyNetwork,
    GnpySimulation,
    NonlinearModel,
    NoRedesign,
    NoSrs,
    gnpy_files,
    plot_option,
)
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.interfaces.cli.what_if_screen import show_what_if
from karakoram.network.photonic.load import WavelengthId
from karakoram.usecases.light.what_if import WhatIfQuestion, what_if


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfOptions:
    """What ``karakoram optics what-if`` takes."""

    gnpy_network: GnpyNetwork
    gnpy_equipment: GnpyEquipment
    load: Annotated[
        Path,
        typer.Option(
            "--load",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Wavelengths that are lit.",
        ),
    ]
    light: Annotated[
        Path | None,
        typer.Option(
            "--light",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Wavelengths to light, in the same form.",
        ),
    ] = None
    drop: Annotated[
        list[str],
        typer.Option("--drop", metavar="WAVELENGTH", help="Wavelength to drop (repeatable)."),
    ] = field(default_factory=list)
    gnpy_sim_params: GnpySimulation = None
    no_redesign: NoRedesign = False
    no_srs: NoSrs = False
    nonlinear_model: NonlinearModel = None
    plot: Annotated[Path | None, plot_option("Also draw what each gains or loses.")] = None
    as_json: options.AsJson = False


def run(chosen: WhatIfOptions) -> ExitCode:
    """Light before and after, then show; 1 when a wavelength falls below what it needs."""
    refuse_overwriting(
        written={"--plot": chosen.plot},
        read={
            **gnpy_files(chosen),
            "--load": chosen.load,
            "--light": chosen.light,
        },
    )
    question = WhatIfQuestion(
        lit=bootstrap.order_reader(chosen.load),
        lighting=None if chosen.light is None else bootstrap.order_reader(chosen.light),
        dropping=tuple(WavelengthId(word) for word in chosen.drop),
        is_designed=not chosen.no_redesign,
        scatters=not chosen.no_srs,
        nonlinear_model=chosen.nonlinear_model,
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = what_if(
            question,
            photonics=bootstrap.photonic_source(
                network=chosen.gnpy_network,
                equipment=chosen.gnpy_equipment,
                simulation=chosen.gnpy_sim_params,
            ),
            progress=progress,
        )
    if chosen.plot is not None:
        write_load_change_svg(found, chosen.plot)
    if chosen.as_json:
        print_json(json_from_what_if(found))
    else:
        show_what_if(screen(), found)
        show_files(screen(), plot=chosen.plot)
    lost = any(one.is_lost for one in found.changes)
    return ExitCode.INFEASIBLE if lost else ExitCode.DONE


app = command_app(
    WhatIfOptions,
    run,
    help_text="Light or drop wavelengths of a loaded network: what GSNR and margin every "
    "wavelength has before and after. Only the sections that the change touches are computed "
    "again.",
    examples=(
        "karakoram optics what-if --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --load lit.csv --light new.csv",
        "karakoram optics what-if --gnpy-network net.json --gnpy-equipment eqpt.json",
        "    --load lit.csv --drop W12 --json --plot change.svg",
    ),
)
