"""How does a person read what is wrong with a network folder?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.findings import Finding, errors_of
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table

FINDINGS_ON_SCREEN_MAX = 50


def show_findings(console: Console, findings: Sequence[Finding], *, folder: str) -> None:
    """Print the findings, as many as a person can read at once.

    Parameters
    ----------
    console
        Where to.
    findings
        Errors first.
    folder
        What was checked, for the verdict.
    """
    errors = len(errors_of(tuple(findings)))
    warnings = len(findings) - errors
    verdict = "cannot be used" if errors else "can be used"
    show_title(
        console,
        f"{folder} {verdict}: {texts.counted(errors, 'error')}, "
        f"{texts.counted(warnings, 'warning')}",
    )
    if not findings:
        return
    show_table(
        console,
        ("", "File and row", "Record", "Field", "What is wrong, and what would be right"),
        (
            (
                finding.severity.value,
                texts.place_text(finding),
                finding.place.record or "",
                finding.place.field or "",
                finding.message,
            )
            for finding in findings[:FINDINGS_ON_SCREEN_MAX]
        ),
    )
    more = len(findings) - FINDINGS_ON_SCREEN_MAX
    if more > 0:
        show_lines(console, f"and {more} more; --json shows all")
