"""Which file does a report go to?"""

from dataclasses import dataclass
from pathlib import Path

from karakoram.adapters.formats.report.page import write_report
from karakoram.network.network import Network
from karakoram.planning.offers import Infeasible, ServiceDesign


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A page of HTML on the disk."""

    path: Path

    def write_report(self, *, network: Network, design: ServiceDesign | Infeasible) -> None:
        """Write the page."""
        write_report(self.path, network=network, design=design)
