"""Which file does a drawing of light go to?"""

from dataclasses import dataclass
from pathlib import Path

from karakoram.adapters.formats.report.propagation_svg import propagation_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.planning.photonic.propagation_records import PathPropagation


@dataclass(frozen=True, slots=True)
class PlotFile:
    """An SVG file on the disk."""

    path: Path

    def write_plot(self, propagation: PathPropagation) -> None:
        """Draw light along a path."""
        write_text(propagation_svg(propagation), self.path)
