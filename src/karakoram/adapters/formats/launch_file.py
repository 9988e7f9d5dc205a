"""Which file does a drawing of launch powers go to?"""

from pathlib import Path

from karakoram.adapters.formats.report.launch_svg import launch_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.planning.section_launch import SectionLaunch


def write_launch_svg(launch: SectionLaunch, path: Path, *, row: int) -> None:
    """Draw one section of ``launch`` into an SVG file."""
    write_text(launch_svg(launch, row), path)
