"""Which risks do two paths share, as a planner reads it?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_table, show_title, table_of
from karakoram.planning.offers import DiversityProof, RiskSort, SharedRisk

RISKS_ON_SCREEN_MAX = 12
_SPANS_SHOWN_MAX = 3


def show_shared_risks(
    console: Console, risks: Sequence[SharedRisk], *, proof: DiversityProof | None
) -> None:
    """Print what takes both paths together, costliest common causes first, and who proved it."""
    show_title(console, "  Risks that both paths share")
    proved = "" if proof is None else texts.diversity_text(proof)
    if not risks:
        show_lines(console, f"None. {proved}".rstrip())
        return
    table = table_of("Risk", "What", "Where", "#min/year", "Figures")
    for risk in sorted(risks, key=_weight)[:RISKS_ON_SCREEN_MAX]:
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
    show_lines(console, f"In all {_by_sort(risks)}. {proved}".rstrip())


def _weight(risk: SharedRisk) -> tuple[bool, int, float]:
    """What costs nothing comes last; common causes come before spans and sites."""
    order = (RiskSort.RISK_GROUP, RiskSort.SPAN, RiskSort.SITE)
    minutes = risk.unavailable_min_per_year
    return minutes <= 0.0, order.index(risk.sort), -minutes


def _by_sort(risks: Sequence[SharedRisk]) -> str:
    nouns = {RiskSort.RISK_GROUP: "risk group", RiskSort.SPAN: "span", RiskSort.SITE: "site"}
    numbers = {sort: sum(risk.sort is sort for risk in risks) for sort in nouns}
    return ", ".join(texts.counted(n, nouns[sort]) for sort, n in numbers.items() if n)


def _where(risk: SharedRisk) -> str:
    shown = ", ".join(risk.span_ids[:_SPANS_SHOWN_MAX])
    more = len(risk.span_ids) - _SPANS_SHOWN_MAX
    return f"{shown} and {more} more" if more > 0 else shown
