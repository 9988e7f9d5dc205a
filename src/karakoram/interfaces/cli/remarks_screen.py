"""What of the files, and of what was made of them, must a planner know beside the answer?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.findings import Finding
from karakoram.core.provenance import Assumption, Confidence, computed_trust
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table

FINDINGS_SHOWN_MAX = 5
ASSUMPTIONS_SHOWN_MAX = 8


def show_remarks(
    console: Console,
    *,
    warnings: Sequence[Finding],
    assumptions: Sequence[Assumption],
    computed: Confidence | None = None,
) -> None:
    """Print what is odd, what the files leave out, and how far the figures may be trusted.

    Parameters
    ----------
    console
        Where to.
    warnings
        What is odd about the files and the answer.
    assumptions
        Figures that no file states.
    computed
        How far computed figures may be trusted; ``None`` where files and assumptions say it.
    """
    show_found(console, "What to look at", warnings)
    if assumptions:
        _show_assumptions(console, assumptions)
    trust = computed_trust(assumptions) if computed is None else computed
    show_title(console, "How far the figures may be trusted")
    show_lines(
        console,
        f"What files state is stated; what is computed is {trust.value}, as the worst of what it "
        "rests on.",
    )


def _show_assumptions(console: Console, assumptions: Sequence[Assumption]) -> None:
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
