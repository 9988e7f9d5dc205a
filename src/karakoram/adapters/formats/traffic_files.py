"""Which files do drawings and path lists of traffic go to?"""

from pathlib import Path

from karakoram.adapters.formats.report.traffic_svg import traffic_svg
from karakoram.adapters.formats.text_files import write_text
from karakoram.usecases.simulate.simulate_traffic import TrafficAnswer


def write_traffic_svg(answer: TrafficAnswer, path: Path) -> None:
    """Draw blocking over load into an SVG file."""
    write_text(traffic_svg(answer), path)


def write_path_list(answer: TrafficAnswer, path: Path) -> None:
    """Write the candidate paths; the SHA-256 of the file is that of the answer."""
    write_text(answer.paths.path_list, path)
