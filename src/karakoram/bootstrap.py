"""Which adapter plays which part?"""

from pathlib import Path

from karakoram.adapters.clock import SystemClock
from karakoram.adapters.formats.folders import FolderSource, NewFolder
from karakoram.adapters.formats.report_file import ReportFile
from karakoram.refdata.corridor import corridor_folder
from karakoram.usecases.ports import Clock, NetworkSource, NetworkTarget, ReportWriter


def clock() -> Clock:
    """The clock that says which day's prices hold."""
    return SystemClock()


def network_source(folder: Path | None = None) -> NetworkSource:
    """The network in ``folder``; the reference corridor where none is named."""
    return FolderSource(corridor_folder() if folder is None else folder)


def network_target(folder: Path) -> NetworkTarget:
    """Where a new network is written."""
    return NewFolder(folder)


def report_file(path: Path) -> ReportWriter:
    """The page that a report is written to."""
    return ReportFile(path)
