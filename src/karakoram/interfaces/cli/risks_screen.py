"""Which risks do two paths share, as a planner reads it?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_table, show_title, table_of
from karakoram.planning.offers import SharedRisk

RISKS_ON_SCREEN_MAX = 12
_SPANS_SHOWN_MAX = 3


def show_shared_risks(console: Console, risks: Sequence[SharedRisk], *, proof: str) -> None:
    """Print what takes both paths together, and who proved that no pair shares less."""
    show_title(console, "  Risks that both paths share")
    proved = f" (proved by {proof})" if proof else ""
    if not risks:
        show_lines(console, f"None{proved}")
        return
    table = table_of("Risk", "What", "Where", "#min/year", "Figures")
    for risk in risks[:RISKS_ON_SCREEN_MAX]:
        table.add_row(
            risk.name,
            texts.risk_sort_text(risk.sort),
            _where(risk),
            texts.minutes(risk.unavailable_min_per_year),
            risk.confidence.value,
        )
    show_table(console, table)
    more = len(risks) - RISKS_ON_SCREEN_MAX
    if more > 0:
        show_lines(console, f"and {more} more; --json shows all")
    if proof:
        show_lines(console, f"No two paths share less{proved}.")


def _where(risk: SharedRisk) -> str:
    shown = ", ".join(risk.span_ids[:_SPANS_SHOWN_MAX])
    more = len(risk.span_ids) - _SPANS_SHOWN_MAX
    return f"{shown} and {more} more" if more > 0 else shown
