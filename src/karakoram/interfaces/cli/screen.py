"""How does text reach a terminal, a pipe or a file, and how is waiting shown?"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from karakoram.usecases.ports import Progress, silent

WIDTH_MIN, WIDTH_MAX = 40, 120
"""A narrower window wraps by itself."""
PIPE_WIDTH = 100
"""Of a pipe or a file, which have no width; ``COLUMNS`` sets another."""

BAR_CHARACTERS = 20

_CLEAR_LINE = "\r\x1b[K"


def screen() -> Console:
    """The standard output; text is shown as it is, never read as markup.

    As wide as the terminal within ``WIDTH_MIN`` and ``WIDTH_MAX`` columns.
    """
    console = Console(markup=False, highlight=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in os.environ:
        console.width = PIPE_WIDTH
    console.width = min(max(console.width, WIDTH_MIN), WIDTH_MAX)
    return console


def show_title(console: Console, title: str) -> None:
    """Print a line that begins a part of the answer."""
    console.print()
    console.print(Text(title, style="bold"))


def show_lines(console: Console, *lines: str, indent: int = 2) -> None:
    """Print lines of text, wrapped within the indent.

    Parameters
    ----------
    console
        Where to, and how wide it is.
    lines
        Each begins a line of its own.
    indent
        Blanks before each line, wrapped ones included.
    """
    for line in lines:
        for part in Text(line).wrap(console, console.width - indent):
            part.rstrip()
            console.print(Text(" " * indent).append_text(part))


def show_files(console: Console, **paths: Path | None) -> None:
    """Name the files that were written by what they are; ``None`` was not asked for."""
    for name, path in paths.items():
        if path is not None:
            console.print(f"\n{name.capitalize()}: {path}", soft_wrap=True)


@contextmanager
def status_line(*, quiet: bool) -> Iterator[Progress]:
    """Who says on the standard error what is being done; the line goes when it is done.

    Nothing is said when nobody watches: in a pipe, in a file, with ``quiet``.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield silent
        return
    try:
        yield _say
    finally:
        print(_CLEAR_LINE, end="", file=sys.stderr, flush=True)


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Callable[[int, int], None]]:
    """Who shows on the standard error how many of many are done; the bar goes when they are.

    Nothing is shown when nobody watches: in a pipe, in a file, with ``quiet``.
    """
    with status_line(quiet=quiet) as say:
        yield lambda done, whole: say(bar_text(done, whole))


def bar_text(done: int, whole: int) -> str:
    """How many of many are done, as a bar with both figures.

    >>> bar_text(1, 4)
    '[#####---------------] 1 of 4'
    """
    filled = BAR_CHARACTERS * done // max(whole, 1)
    return f"[{'#' * filled}{'-' * (BAR_CHARACTERS - filled)}] {done:,} of {whole:,}"


def _say(step: str) -> None:
    print(f"{_CLEAR_LINE}{step} ...", end="", file=sys.stderr, flush=True)
