"""Which options do the commands about light share?"""

from pathlib import Path
from typing import Annotated

import typer

GnpyNetwork = Annotated[
    Path,
    typer.Option("--gnpy-network", metavar="FILE", help="Network of GNPy: JSON, XLS or XLSX."),
]
GnpyEquipment = Annotated[
    Path, typer.Option("--gnpy-equipment", metavar="FILE", help="Equipment of GNPy: JSON.")
]
GnpySpectrum = Annotated[
    Path | None,
    typer.Option(
        "--gnpy-spectrum",
        metavar="FILE",
        help="Channels to light; else the comb of the equipment.",
    ),
]
GnpySimulation = Annotated[
    Path | None,
    typer.Option(
        "--gnpy-sim-params",
        metavar="FILE",
        help="Models to compute with; else the analytic GN model.",
    ),
]
FromTransceiver = Annotated[
    str, typer.Option("--from", metavar="A", help="Transceiver at one end, or part of its name.")
]
ToTransceiver = Annotated[
    str, typer.Option("--to", metavar="Z", help="Transceiver at the other end.")
]
NoRedesign = Annotated[
    bool,
    typer.Option("--no-redesign", help="Take the network as it is; every setting must be stated."),
]
NoSrs = Annotated[
    bool, typer.Option("--no-srs", help="Leave out stimulated Raman scattering (optimistic).")
]


def plot_option(help_text: str) -> object:
    """The option that names a file for a picture, with what it shows."""
    return typer.Option("--plot", metavar="FILE.svg", help=help_text)
