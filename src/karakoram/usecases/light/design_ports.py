"""What does the design of a photonic network need from outside?"""

from typing import Protocol, runtime_checkable

from karakoram.network.photonic.network import PhotonicNetwork
from karakoram.planning.photonic.design_records import DesignedNetwork


@runtime_checkable
class PhotonicTarget(Protocol):
    """Where a designed network goes."""

    def write_photonics(self, network: PhotonicNetwork) -> None:
        """Write the network."""


@runtime_checkable
class DesignPlotter(Protocol):
    """Who draws a designed network for somebody to hand on."""

    def write_plot(self, design: DesignedNetwork) -> None:
        """Draw ``design`` where it was asked for."""
