"""``karakoram optics optimise``: which launch powers are best for a section?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_launch import json_from_launch
from karakoram.adapters.formats.launch_file import write_launch_svg
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.launch_screen import show_launch
from karakoram.interfaces.cli.optics_options import plot_option
from karakoram.interfaces.cli.screen import screen, status_line
from karakoram.usecases.light.optimise_launch import LaunchQuestion, optimise_launch


@dataclass(frozen=True, slots=True, kw_only=True)
class OptimiseOptions:
    """What ``karakoram optics optimise`` takes."""

    section: Annotated[
        str | None,
        typer.Option(
            "--section", metavar="A-Z", help="Section by the ROADM sites at its ends, e.g. AKS-KRL."
        ),
    ] = None
    all_sections: Annotated[
        bool, typer.Option("--all", help="Every section on land, both ways (as without --section).")
    ] = False
    band: Annotated[
        str, typer.Option("--band", metavar="C|C+L", help="Which part of the spectrum is lit.")
    ] = "C"
    goal: Annotated[
        str,
        typer.Option(
            "--goal",
            metavar="margin|capacity",
            help="What is made best: the worst channel, or Shannon's bound over all.",
        ),
    ] = "margin"
    spacing: Annotated[
        str, typer.Option("--spacing", metavar="GHZ", help="Slot width of every channel.")
    ] = "150"
    network: options.NetworkFolder = None
    plot: Annotated[
        Path | None, plot_option("Also draw the section that gains most, by channel.")
    ] = None
    as_json: options.AsJson = False


def run(chosen: OptimiseOptions) -> ExitCode:
    """Choose launch powers, then show."""
    if chosen.all_sections and chosen.section is not None:
        raise typer.BadParameter("take --section or --all, not both")
    question = LaunchQuestion(
        section=chosen.section, band=chosen.band, goal=chosen.goal, spacing=chosen.spacing
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = optimise_launch(
            question, networks=bootstrap.network_source(chosen.network), progress=progress
        )
    if chosen.plot is not None:
        write_launch_svg(found.launch, chosen.plot, row=int(found.gain_db.argmax()))
    if chosen.as_json:
        print_json(json_from_launch(found))
    else:
        show_launch(screen(), found)
        if chosen.plot is not None:
            screen().print(f"\nPlot: {chosen.plot}", soft_wrap=True)
    return ExitCode.DONE


app = command_app(
    OptimiseOptions,
    run,
    help_text="Choose the launch power of every channel of a section, or of all sections, for the "
    "best worst channel or the most capacity, within what the amplifiers can give; and compare "
    "with the power rule.",
    examples=(
        "karakoram optics optimise --section AKS-KRL --plot launch.svg",
        "karakoram optics optimise --section KRL-AKS --band C+L --goal capacity",
        "karakoram optics optimise --all --spacing 75 --json",
    ),
)
