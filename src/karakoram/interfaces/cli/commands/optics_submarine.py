"""``karakoram optics submarine``: what does a fibre pair of a submarine cable give?"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_submarine import json_from_submarine
from karakoram.adapters.formats.submarine_file import write_submarine_svg
from karakoram.interfaces.cli import options
from karakoram.interfaces.cli.command import command_app, print_json
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.optics_options import plot_option
from karakoram.interfaces.cli.screen import screen, show_files, status_line
from karakoram.interfaces.cli.submarine_screen import show_submarine
from karakoram.network.wet_line import WET_LINE_FIGURES
from karakoram.usecases.light.cable_measurements import AcceptanceQuestion
from karakoram.usecases.light.light_submarine import SubmarineQuestion, light_submarine


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmarineOptions:
    """What ``karakoram optics submarine`` takes."""

    cable: Annotated[
        str | None, typer.Option("--cable", metavar="CABLE", help="Cable of the network.")
    ] = None
    from_word: Annotated[
        str | None,
        typer.Option("--from", metavar="A", help="Landing where the way begins, or a town near."),
    ] = None
    to_word: Annotated[
        str | None, typer.Option("--to", metavar="Z", help="Landing where it ends.")
    ] = None
    system: Annotated[
        Path | None,
        typer.Option(
            "--system",
            parser=options.path_from_word,
            metavar="FILE.toml",
            help="Description of a line, instead of a cable.",
        ),
    ] = None
    length_km: Annotated[
        float | None, typer.Option("--length-km", metavar="KM", help="Length of a described line.")
    ] = None
    repeater_spacing_km: Annotated[
        float | None,
        typer.Option("--repeater-spacing-km", metavar="KM", help="Longest span."),
    ] = None
    repeater_output_power_dbm: Annotated[
        float | None,
        typer.Option("--repeater-output-power-dbm", metavar="DBM", help="Of all channels."),
    ] = None
    repeater_noise_figure_db: Annotated[
        float | None, typer.Option("--repeater-noise-figure-db", metavar="DB")
    ] = None
    attenuation_db_per_km: Annotated[
        float | None,
        typer.Option("--attenuation-db-per-km", metavar="DB", help="Splices included."),
    ] = None
    bandwidth_thz: Annotated[
        float | None,
        typer.Option("--bandwidth-thz", metavar="THZ", help="That repeaters amplify."),
    ] = None
    centre_thz: Annotated[
        float | None, typer.Option("--centre-thz", metavar="THZ", help="Middle of the band.")
    ] = None
    fibre: Annotated[
        str | None,
        typer.Option("--fibre", metavar="TYPE", help="Fibre type of the library, e.g. G654D."),
    ] = None
    spacing: Annotated[
        str, typer.Option("--spacing", metavar="GHZ", help="Slot width of every channel.")
    ] = "150"
    reference_gbaud: Annotated[
        float | None,
        typer.Option(
            "--reference-gbaud",
            metavar="GBD",
            help="Symbol rate that acceptance figures are for; else that of the channels.",
        ),
    ] = None
    branching_unit: Annotated[
        list[str],
        typer.Option(
            "--branching-unit",
            metavar="KM[:DB]",
            help="A branching unit so far from the beginning, with its loss (repeatable).",
        ),
    ] = field(default_factory=list)
    measured: Annotated[
        Path | None,
        typer.Option(
            "--measured",
            parser=options.path_from_word,
            metavar="FILE.csv",
            help="Channels measured at acceptance, to judge against design and contract.",
        ),
    ] = None
    contract_gsnr_db: Annotated[
        float | None,
        typer.Option(
            "--contract-gsnr-db", metavar="DB", help="Committed to where a row states none."
        ),
    ] = None
    uncertainty_db: Annotated[
        float | None,
        typer.Option(
            "--uncertainty-db", metavar="DB", help="By which one measured channel may fall short."
        ),
    ] = None
    include: options.Include = field(default_factory=list)
    network: options.NetworkFolder = None
    plot: Annotated[
        Path | None, plot_option("Also draw GSNR and power by channel and along the cable.")
    ] = None
    as_json: options.AsJson = False


def run(chosen: SubmarineOptions) -> ExitCode:
    """Compute, then show; 1 when no mode works from end to end, or what was measured falls short.

    Where something was measured only that counts.
    """
    refuse_overwriting(
        written={"--plot": chosen.plot},
        read={"--system": chosen.system, "--measured": chosen.measured},
    )
    question = SubmarineQuestion(
        cable=chosen.cable,
        from_word=chosen.from_word,
        to_word=chosen.to_word,
        described=None if chosen.system is None else bootstrap.wet_line_in(chosen.system),
        stated={
            name: value for name in WET_LINE_FIGURES if (value := getattr(chosen, name)) is not None
        },
        fibre=chosen.fibre,
        spacing=chosen.spacing,
        reference_gbaud=chosen.reference_gbaud,
        include=tuple(chosen.include),
        branching_units=tuple(chosen.branching_unit),
        accepting=AcceptanceQuestion(
            measured=None
            if chosen.measured is None
            else bootstrap.measurement_reader(chosen.measured),
            contract_gsnr_db=chosen.contract_gsnr_db,
            uncertainty_db=chosen.uncertainty_db,
        ),
    )
    with status_line(quiet=chosen.as_json) as progress:
        found = light_submarine(
            question, networks=bootstrap.network_source(chosen.network), progress=progress
        )
    if chosen.plot is not None:
        write_submarine_svg(found, chosen.plot)
    if chosen.as_json:
        print_json(json_from_submarine(found))
    else:
        show_submarine(screen(), found)
        show_files(screen(), plot=chosen.plot)
    if found.judged:
        return ExitCode.INFEASIBLE if found.is_refused else ExitCode.DONE
    return ExitCode.DONE if found.bit_rate.modes else ExitCode.INFEASIBLE


app = command_app(
    SubmarineOptions,
    run,
    help_text="Light of one fibre pair of a submarine cable from landing to landing, or of a "
    "described line: repeaters, GOSNR, droop, acceptance figures, and what the pair carries.",
    examples=(
        "karakoram optics submarine --cable PEACE --from KHI --to MRS --plot peace.svg",
        "karakoram optics submarine --cable PEACE --from KHI --to MRS",
        "    --repeater-output-power-dbm 18.5 --spacing 75 --json",
        "karakoram optics submarine --length-km 6600 --repeater-spacing-km 80 --fibre G654D",
        "karakoram optics submarine --system line.toml --reference-gbaud 70",
        "karakoram optics submarine --system line.toml --branching-unit 1200:1.5",
        "    --measured measured.csv --contract-gsnr-db 12.5 --uncertainty-db 0.2",
    ),
)
