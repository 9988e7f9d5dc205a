"""Which options do the commands about light share?"""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from karakoram.core.cells import shown
from karakoram.interfaces.cli.named_files import Files
from karakoram.interfaces.cli.options import path_from_word

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

"""Paths by the option that names them; ``None`` where it is not given."""


def path_ending(suffix: str) -> Callable[[str], Path]:
    """What makes the path of a word that names a file to write, of one kind.

    Parameters
    ----------
    suffix
        How names of such files end, e.g. ``.svg``.
    """

    def path_of_file(word: str) -> Path:
        path = path_from_word(word)
        if path.suffix.lower() != suffix:
            right = shown(f"{path.stem.strip('.') or 'file'}{suffix}")
            raise typer.BadParameter(f"{shown(word)} must end in {suffix}, e.g. {right}")
        return path

    return path_of_file


def gnpy_files(chosen: "DataclassInstance") -> Files:
    """The files of GNPy that a command reads, by the options that name them.

    Parameters
    ----------
    chosen
        What the command takes; a field ``gnpy_network`` is the option ``--gnpy-network``.
    """
    return {
        f"--{field.name.replace('_', '-')}": getattr(chosen, field.name)
        for field in fields(chosen)
        if field.name.startswith("gnpy_")
    }


GnpyNetwork = Annotated[
    Path,
    typer.Option(
        "--gnpy-network",
        parser=path_from_word,
        metavar="FILE",
        help="Network of GNPy: JSON, XLS or XLSX.",
    ),
]
GnpyEquipment = Annotated[
    Path,
    typer.Option(
        "--gnpy-equipment",
        parser=path_from_word,
        metavar="FILE",
        help="Equipment of GNPy: JSON.",
    ),
]
GnpySpectrum = Annotated[
    Path | None,
    typer.Option(
        "--gnpy-spectrum",
        parser=path_from_word,
        metavar="FILE",
        help="Channels to light; else the comb of the equipment.",
    ),
]
GnpySimulation = Annotated[
    Path | None,
    typer.Option(
        "--gnpy-sim-params",
        parser=path_from_word,
        metavar="FILE",
        help="Models to compute with; else the analytic GN model.",
    ),
]
GnpyServices = Annotated[
    Path | None,
    typer.Option(
        "--gnpy-services",
        parser=path_from_word,
        metavar="FILE",
        help="Requests of GNPy: JSON, XLS or XLSX; one gives ends, transceiver and spacing.",
    ),
]
ServiceRequest = Annotated[
    str | None,
    typer.Option("--request", metavar="ID", help="Which request of --gnpy-services; the only one."),
]
FromTransceiver = Annotated[
    str | None,
    typer.Option("--from", metavar="A", help="Transceiver at one end, or part of its name."),
]
ToTransceiver = Annotated[
    str | None, typer.Option("--to", metavar="Z", help="Transceiver at the other end.")
]
TransceiverTypeWord = Annotated[
    str | None,
    typer.Option(
        "--transceiver",
        metavar="TYPE",
        help="Type of the equipment whose modes are judged; the best is chosen.",
    ),
]
ModeWord = Annotated[
    str | None,
    typer.Option("--mode", metavar="NAME", help="Judge this mode of the transceiver only."),
]
WssOtf = Annotated[
    float | None,
    typer.Option(
        "--wss-otf",
        metavar="GHZ",
        help="Bandwidth of the optical transfer function of the switches in ROADMs; counts what "
        "their filtering costs.",
    ),
]
WssPerExpress = Annotated[
    int,
    typer.Option(
        "--wss-per-express",
        metavar="N",
        help="Switches of an express path: 2 by route and select, 1 by broadcast and select.",
    ),
]
NoRedesign = Annotated[
    bool,
    typer.Option("--no-redesign", help="Take the network as it is; every setting must be stated."),
]
NoSrs = Annotated[
    bool, typer.Option("--no-srs", help="Leave out stimulated Raman scattering (optimistic).")
]

NonlinearModel = Annotated[
    str | None,
    typer.Option(
        "--nonlinear-model",
        metavar="MODEL",
        help="gn_model_analytic, ggn_approx, ggn_spectrally_separated or isrs_gn_closed_form; "
        "else that of --gnpy-sim-params.",
    ),
]


def plot_option(help_text: str) -> object:
    """The option that names a file for a picture, with what it shows."""
    return typer.Option("--plot", parser=path_ending(".svg"), metavar="FILE.svg", help=help_text)
