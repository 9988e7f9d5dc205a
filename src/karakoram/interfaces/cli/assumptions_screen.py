"""Which assumptions matter for an offer, and where does each of its figures come from?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.provenance import Confidence, Provenance
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_table, show_title, table_of
from karakoram.network.prices import ChargePeriod
from karakoram.planning.offers import Offer, TracedFigure

_MOST_WEIGHTY_FIRST = (
    *("price", "common cause", "failure rate", "glass length", "submarine design", "fibre"),
    *("derived amplifier hut", "design rule", "transceiver mode"),
    *("booster", "line amplifier", "preamplifier", "ROADM"),
)
"""Money first, then minutes a year, then kilometres, then decibels; others follow."""

_EXAMPLES_MAX = 2


def show_assumptions(console: Console, offer: Offer) -> None:
    """Print what nobody has published, grouped by subject and counted, most weighty first."""
    show_title(console, "  What is assumed")
    rows = [row for row in _by_subject(offer.traced_figures) if any(map(_is_assumed, row[1]))]
    if not rows:
        show_lines(console, "Nothing: every figure is stated or derived.")
        return
    table = table_of("Figures", "#assumed", "e.g.")
    for subject, figures in rows:
        assumed = [traced.figure for traced in figures if _is_assumed(traced)]
        more = f" and {len(assumed) - _EXAMPLES_MAX} more" if len(assumed) > _EXAMPLES_MAX else ""
        table.add_row(
            subject,
            f"{len(assumed)} of {len(figures)}",
            "; ".join(assumed[:_EXAMPLES_MAX]) + more,
        )
    show_table(console, table)
    show_lines(console, f"{_weight(offer)}; --explain traces every figure")


def show_figures(console: Console, offers: Sequence[Offer]) -> None:
    """Print every figure behind the offers once: by subject, and under each source what it gave."""
    show_title(console, "WHERE THE FIGURES COME FROM")
    every = dict.fromkeys(figure for offer in offers for figure in offer.traced_figures)
    for subject, figures in _by_subject(tuple(every)):
        show_title(console, f"  {subject[0].upper()}{subject[1:]}")
        by_source: dict[Provenance, list[str]] = {}
        for traced in figures:
            by_source.setdefault(traced.provenance, []).append(traced.figure)
        for provenance, shown in by_source.items():
            confidence = provenance.confidence.value
            show_lines(console, _source(provenance))
            show_lines(console, *(f"{figure} - {confidence}" for figure in shown), indent=6)


def _source(provenance: Provenance) -> str:
    dated = f" ({provenance.source_date})" if provenance.source_date else ""
    note = f"; {provenance.note}" if provenance.note else ""
    return f"{provenance.source}{dated}{note}"


def _by_subject(traced: Sequence[TracedFigure]) -> list[tuple[str, list[TracedFigure]]]:
    """Figures by subject, the subjects that weigh most first."""
    grouped: dict[str, list[TracedFigure]] = {}
    for figure in traced:
        grouped.setdefault(figure.subject, []).append(figure)
    order = [subject for subject in _MOST_WEIGHTY_FIRST if subject in grouped]
    return [(subject, grouped[subject]) for subject in dict.fromkeys((*order, *grouped))]


def _is_assumed(traced: TracedFigure) -> bool:
    return traced.provenance.confidence is Confidence.ASSUMED


def _weight(offer: Offer) -> str:
    """How much of the price rests on assumptions."""
    charges = [line for line in offer.price.lines if line.period is ChargePeriod.MONTH]
    assumed_minor = sum(
        line.amount.minor for line in charges if line.confidence is Confidence.ASSUMED
    )
    money = assumed_minor / offer.price.mrc.minor if offer.price.mrc.minor else 0.0
    return f"On assumed figures rests {texts.percent(money)} of the monthly charge"
