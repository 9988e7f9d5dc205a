"""Which files do a designed network and its drawing go to?"""

from dataclasses import dataclass
from pathlib import Path

from karakoram.adapters.formats.gnpy.network_writing import write_gnpy_network
from karakoram.adapters.formats.report.design_svg import design_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.planning.photonic.design_records import DesignedNetwork


@dataclass(frozen=True, slots=True)
class GnpyNetworkFile:
    """A network file of GNPy on the disk."""

    path: Path

    def write_photonics(self, network: PhotonicNetwork) -> None:
        """Write the network in one step."""
        write_gnpy_network(network, self.path)


@dataclass(frozen=True, slots=True)
class DesignPlotFile:
    """An SVG file on the disk."""

    path: Path

    def write_plot(self, design: DesignedNetwork) -> None:
        """Draw the amplifiers of a network."""
        write_text(design_svg(design), self.path)
