"""Which file does a report go to?"""

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from karakoram.network.network import Network
from karakoram.planning.offers import Infeasible, ServiceDesign


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A page of HTML on the disk."""

    path: Path

    def write_report(self, *, network: Network, design: ServiceDesign | Infeasible) -> None:
        """Write the page; its maker is imported here, so that only who wants one waits for it."""
        page = import_module("karakoram.adapters.formats.report.page")
        page.write_report(self.path, network=network, design=design)
