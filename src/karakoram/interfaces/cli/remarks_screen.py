"""What of the files, and of what was made of them, must a planner know beside the answer?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.findings import Finding
from karakoram.core.provenance import Assumption
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table

FINDINGS_SHOWN_MAX = 5
ASSUMPTIONS_SHOWN_MAX = 8


def show_remarks(
    console: Console, *, warnings: Sequence[Finding], assumptions: Sequence[Assumption]
) -> None:
    """Print what is odd, then what the files leave out and what counts instead.

    Parameters
    ----------
    console
        Where to.
    warnings
        What is odd about the files and the answer.
    assumptions
        Figures that no file states.
    """
    show_found(console, "What to look at", warnings)
    if not assumptions:
        return
    show_title(console, "What the files leave out, and what counts instead")
    show_table(
        console,
        ("File", "Field", "#times", "What counts"),
        (
            (one.file, one.field, f"{one.places:,}", one.value)
            for one in assumptions[:ASSUMPTIONS_SHOWN_MAX]
        ),
    )
    _show_more(console, len(assumptions) - ASSUMPTIONS_SHOWN_MAX)


def show_found(
    console: Console, title: str, findings: Sequence[Finding], *, most: int = FINDINGS_SHOWN_MAX
) -> None:
    """Print findings under a title, as many as a person can read at once; nothing of none.

    Parameters
    ----------
    console
        Where to.
    title
        What they are.
    findings
        The weightiest first.
    most
        How many have room.
    """
    if not findings:
        return
    show_title(console, title)
    show_lines(console, *(f"{one.where}: {one.message}" for one in findings[:most]))
    _show_more(console, len(findings) - most)


def _show_more(console: Console, more: int) -> None:
    if more > 0:
        show_lines(console, f"and {more:,} more; --json shows all")
