"""Which folder is a network read from, and where does a new one go?"""

from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from karakoram.adapters.formats.network_folder import (
    read_network,
    read_network_with_findings,
    write_network,
)
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding
from karakoram.network.network import Network


@dataclass(frozen=True, slots=True)
class FolderSource:
    """A network in a folder of plain tables."""

    folder: Traversable

    def read_network(self) -> Network:
        """The network; refused with every finding when something forbids using it."""
        return read_network(self.folder)

    def read_network_with_findings(self) -> tuple[Network | None, tuple[Finding, ...]]:
        """The network, unless it has errors, and every finding."""
        return read_network_with_findings(self.folder)


@dataclass(frozen=True, slots=True)
class NewFolder:
    """A folder that is yet to be made, or empty."""

    folder: Path

    def write_network(self, network: Network) -> None:
        """Write the network there.

        Raises
        ------
        RefusedError
            If the folder holds something, even an older network, or cannot be looked into.
        """
        try:
            is_filled = self.folder.is_dir() and any(self.folder.iterdir())
        except OSError as error:
            raise RefusedError(f"cannot write {self.folder}: {error.strerror or error}") from error
        if is_filled:
            raise RefusedError(f"{self.folder} is not empty; name a folder that is yet to be made")
        write_network(network, self.folder)
