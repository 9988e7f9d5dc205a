"""Which file does the drawing of a submarine cable go to?"""

from pathlib import Path

from karakoram.adapters.formats.report.submarine_svg import submarine_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.usecases.light.light_submarine import SubmarineAnswer


def write_submarine_svg(answer: SubmarineAnswer, path: Path) -> None:
    """Draw GSNR and power by channel and along the cable."""
    write_text(submarine_svg(answer), path)
