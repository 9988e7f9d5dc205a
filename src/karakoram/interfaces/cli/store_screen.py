"""How does a person read what is in a store?"""

from collections.abc import Iterable, Mapping

from rich.console import Console

from karakoram.interfaces.cli.findings_screen import show_findings
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.change_log import LogEntry
from karakoram.usecases.store.store_ports import StoreBackup, StoreCheck


def show_check(console: Console, found: StoreCheck, *, store: str) -> None:
    """Print what is in a store, and every finding."""
    show_title(console, f"What is in {store}")
    _show_counts(console, found.counts)
    if found.findings:
        show_findings(console, found.findings, folder=store)
    else:
        show_lines(console, "Everything fits together.")


def show_backup(console: Console, made: StoreBackup, *, title: str) -> None:
    """Print what a back-up holds."""
    show_title(console, title)
    _show_counts(console, made.counts)
    show_lines(console, f"SHA-256 {made.digest}")


def show_log(console: Console, entries: Iterable[LogEntry], *, subject_id: str) -> None:
    """Print what was done to a record, oldest first."""
    show_title(console, f"What was done to {subject_id}")
    show_table(
        console,
        ("When (UTC)", "Who", "What", "From", "To", "Why"),
        (
            (
                f"{entry.deed.at:%Y-%m-%d %H:%M:%S}",
                entry.deed.who,
                entry.action,
                entry.state_before or "-",
                entry.state_after or "-",
                "; ".join(filter(None, (entry.deed.why, entry.detail))) or "-",
            )
            for entry in entries
        ),
    )


def _show_counts(console: Console, counts: Mapping[str, int]) -> None:
    rows = ((name.replace("_", " "), f"{count:,}") for name, count in counts.items())
    show_table(console, ("Table", "# Rows"), rows)
