"""Which assumptions matter for an offer, and where does each of its figures come from?"""

from collections.abc import Sequence

from rich.console import Console

from karakoram.core.provenance import Confidence, Provenance
from karakoram.interfaces.cli import texts
from karakoram.interfaces.cli.screen import show_lines, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.network.prices import ChargePeriod
from karakoram.planning.offers import Offer, TracedFigure
from karakoram.planning.traces import METHOD_SUBJECT

_MOST_WEIGHTY_FIRST = (
    *("price", "common cause", "failure rate", "glass length", "submarine design", "fibre"),
    *("derived amplifier hut", "design rule", "transceiver mode"),
    *("booster", "line amplifier", "preamplifier", "ROADM"),
)
"""Money first, then minutes a year, then kilometres, then decibels; others follow."""

_EXAMPLES_MAX = 2


def show_assumptions(console: Console, offer: Offer) -> None:
    """Print what nobody has published, grouped by subject and counted, most weighty first.

    How every figure is made, whatever the offer, is told by :func:`show_method`.
    """
    show_title(console, "  What is assumed")
    rows = [
        (subject, figures, assumed)
        for subject, figures in _by_subject(offer.traced_figures)
        if subject != METHOD_SUBJECT
        and (assumed := [traced.figure for traced in figures if _is_assumed(traced)])
    ]
    if not rows:
        show_lines(console, "Nothing: every figure is stated or derived.")
        return
    show_table(
        console,
        ("Figures", "#assumed", "e.g."),
        (
            (
                subject,
                f"{len(assumed)} of {len(figures)}",
                texts.and_more(assumed, most=_EXAMPLES_MAX, where="--explain", between="; "),
            )
            for subject, figures, assumed in rows
        ),
    )
    show_lines(console, f"{_weight(offer)}; --explain traces every figure")


def show_method(console: Console, offers: Sequence[Offer]) -> None:
    """Print what the program itself assumes for every offer, all of it, weightiest first."""
    told = dict.fromkeys(
        traced.figure
        for offer in offers
        for traced in offer.traced_figures
        if traced.subject == METHOD_SUBJECT
    )
    if told:
        show_title(console, "Assumed for every offer, what changes the answer most first")
        show_lines(console, *(f"{number}. {text}" for number, text in enumerate(told, start=1)))


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
