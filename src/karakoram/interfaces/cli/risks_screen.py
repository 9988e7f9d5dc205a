"""Which risks do two paths share, and what costs a service most, as a planner reads it?"""

from collections.abc import Mapping, Sequence

from rich.console import Console

from karakoram.core.units import MINUTES_PER_YEAR
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.planning.offers import DiversityProof, Offer, RiskSort, SharedRisk

RISKS_ON_SCREEN_MAX = 12
OUTAGES_ON_SCREEN_MAX = 3
_SPANS_SHOWN_MAX = 3

COUNTED_AS: Mapping[RiskSort, str] = {
    RiskSort.RISK_GROUP: "risk group",
    RiskSort.SPAN: "span",
    RiskSort.SITE: "site",
}
"""What one risk of a sort is called where risks are counted, common causes first."""


def show_shared_risks(
    console: Console, risks: Sequence[SharedRisk], *, proof: DiversityProof | None
) -> None:
    """Print what takes both paths together, costliest common causes first, and who proved it.

    Parameters
    ----------
    console
        Where to.
    risks
        What both paths are exposed to.
    proof
        Why no other two paths share less; ``None`` where nobody asked.
    """
    show_title(console, "  Risks that both paths share")
    proved = "" if proof is None else texts.diversity_text(proof)
    if not risks:
        show_lines(console, f"None. {proved}".rstrip())
        return
    show_table(
        console,
        ("Risk", "What", "Where", "#min/year", "Figures"),
        (
            (
                risk.name,
                texts.risk_sort_text(risk.sort),
                texts.and_more(risk.span_ids, most=_SPANS_SHOWN_MAX, where="--json"),
                texts.minutes(risk.unavailable_min_per_year),
                risk.confidence.value,
            )
            for risk in sorted(risks, key=_weight)[:RISKS_ON_SCREEN_MAX]
        ),
    )
    more = len(risks) - RISKS_ON_SCREEN_MAX
    if more > 0:
        show_lines(console, f"and {more} more; --json shows all")
    show_lines(console, f"In all {_by_sort(risks)}. {proved}".rstrip())


def shared_count(offer: Offer, sort: RiskSort) -> int:
    """How many risks of one sort both paths of an offer share; a single path shares none."""
    return sum(risk.sort is sort for risk in offer.shared_risks)


def show_outages(console: Console, offer: Offer) -> None:
    """Print the components that cost the service most minutes a year, each with its share."""
    show_title(console, "  What takes it down most")
    if not offer.outage_shares:
        show_lines(console, "Nothing: no failure of anything on the way is on record.")
        return
    lost = offer.unavailability * MINUTES_PER_YEAR
    show_table(
        console,
        ("Cause", "#min/year", "#of the outage", "Figures"),
        (
            (
                share.name,
                texts.minutes(share.unavailable_min_per_year),
                texts.percent(share.unavailable_min_per_year / lost) if lost else "-",
                share.confidence.value,
            )
            for share in offer.outage_shares[:OUTAGES_ON_SCREEN_MAX]
        ),
    )
    more = len(offer.outage_shares) - OUTAGES_ON_SCREEN_MAX
    rest = f"; the next {more} are in --json and --report" if more > 0 else ""
    show_lines(console, f"Minutes that the service would gain if the cause never struck{rest}")


def _weight(risk: SharedRisk) -> tuple[bool, int, float]:
    """What costs nothing comes last; common causes come before spans and sites."""
    order = tuple(COUNTED_AS)
    minutes = risk.unavailable_min_per_year
    return minutes <= 0.0, order.index(risk.sort), -minutes


def _by_sort(risks: Sequence[SharedRisk]) -> str:
    numbers = {sort: sum(risk.sort is sort for risk in risks) for sort in COUNTED_AS}
    return ", ".join(texts.counted(n, COUNTED_AS[sort]) for sort, n in numbers.items() if n)
