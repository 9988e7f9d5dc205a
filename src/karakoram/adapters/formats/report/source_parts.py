"""Which figures does the answer rest on, and how was it worked out?"""

from collections import Counter
from collections.abc import Iterable, Sequence

from karakoram.adapters.formats.report.html import Content, Markup, element, fragment, linked
from karakoram.adapters.formats.report.parts import (
    Table,
    bullets,
    folded,
    heading,
    paragraph,
    section,
    table,
    trust,
)
from karakoram.adapters.formats.report.summary import OfferGroup
from karakoram.adapters.formats.report.words import CONFIDENCE_MEANINGS, counted, listed
from karakoram.core.provenance import Confidence, Provenance
from karakoram.network.network import Network
from karakoram.planning.offers import Offer, TracedFigure
from karakoram.refdata.attribution import CREDITS


def assumption_part(offer: Offer) -> Markup:
    """What nobody has published, by subject."""
    standing = Counter(figure.provenance.confidence for figure in offer.traced_figures)
    counts = listed([f"{standing[c]} {c.value}" for c in Confidence])
    subjects = Counter(figure.subject for figure in offer.assumptions)
    return fragment(
        heading(3, "Assumptions"),
        paragraph(
            f"{counted(len(offer.traced_figures), 'figure')} stand behind this offer: {counts}. "
            "An assumed figure is a placeholder until its owner tells the true one."
        ),
        folded(
            f"Assumed figures ({len(offer.assumptions)}): "
            + ", ".join(f"{subject} {number}" for subject, number in subjects.items()),
            _figure_table(
                [(figure, ()) for figure in offer.assumptions],
                caption="Assumed figures",
            ),
        )
        if subjects
        else "",
    )


def sources_section(groups: Sequence[OfferGroup]) -> Markup:
    """Every figure of every offer, once, with its source."""
    uses: dict[TracedFigure, tuple[int, ...]] = {}
    for group in groups:
        for figure in group.offer.traced_figures:
            uses[figure] = (*uses.get(figure, ()), group.number)
    return section(
        "sources",
        heading(2, "Where every figure comes from", anchor="sources"),
        standing_words(),
        _figure_table(
            list(uses.items()), caption=f"{counted(len(uses), 'figure')} and their sources"
        ),
    )


def standing_words() -> Markup:
    """What stated, derived and assumed mean."""
    return bullets(
        [
            fragment(trust(confidence), f": {meaning}.")
            for confidence, meaning in CONFIDENCE_MEANINGS.items()
        ]
    )


def _figure_table(uses: Sequence[tuple[TracedFigure, tuple[int, ...]]], *, caption: str) -> Markup:
    """Figures of one subject, source and use share a row."""
    by_source: dict[tuple[str, Provenance, tuple[int, ...]], list[str]] = {}
    for figure, numbers in uses:
        by_source.setdefault((figure.subject, figure.provenance, numbers), []).append(figure.figure)
    has_uses = any(numbers for _, numbers in uses)
    return table(
        Table(
            caption=caption,
            headings=[
                *("Subject", "Figures", "Standing", "Source"),
                *(("Offers",) if has_uses else ()),
            ],
            rows=[
                (
                    subject,
                    _figures(figures),
                    trust(provenance.confidence),
                    _source(provenance),
                    *((", ".join(map(str, numbers)),) if has_uses else ()),
                )
                for (subject, provenance, numbers), figures in by_source.items()
            ],
        )
    )


def _figures(figures: Iterable[str]) -> Content:
    return fragment(*(element("span", {"class": "figure"}, figure) for figure in figures))


def _source(provenance: Provenance) -> Markup:
    date = f" ({provenance.source_date})" if provenance.source_date else ""
    note = element("small", None, " ", linked(provenance.note)) if provenance.note else ""
    return fragment(linked(provenance.source), date, note)


def method_section(network: Network) -> Markup:
    """How the answer was worked out, one paragraph for each engine."""
    gap = network.rules.published_design_gap_db.value
    return section(
        "method",
        heading(2, "How it was computed", anchor="method"),
        _method(
            "Routes.",
            "Every span, every site on the way and every shared risk group is a risk. The best "
            "path is found by A* on exact distances to the far end; the pair that shares least "
            "by branching, best first, on each risk that a pair still shares. A search that ends "
            "has proven its answer; one that is cut short says so.",
        ),
        _method(
            "Light.",
            "Noise is computed under full load, every slot lit at equal power density. Amplifiers "
            "add h f (G F - 1) R to a channel of symbol rate R; nonlinear interference follows "
            "the analytic GN model in closed form, Raman scattering moves power between channels, "
            "and every amplifier restores the loss before it. Where the data name no amplifier "
            f"within {network.rules.ots_length_km_max.value:g} km, huts are derived in equal "
            "parts. Lines compose exactly: ln(1 + 1/GSNR) adds, and so does the noise of "
            "transceivers and ROADMs. A submarine line is computed repeater by repeater, or, where "
            "only the design bit rate of a fibre pair is published, from Shannon's bound: "
            f"GSNR = 2^(SE/2) - 1 plus {gap:g} dB, with SE = bit rate / bandwidth.",
        ),
        _method(
            "Lightpaths.",
            "A lightpath closes when the GSNR of its worst channel, less what its mode requires "
            "(OSNR + 10 lg(12.5 GHz / symbol rate)), is at least the margin asked. Among all ways "
            "to regenerate at ROADM sites and to choose modes, the one with the fewest "
            "transceivers is taken, then the least spectrum, then the widest margin.",
        ),
        _method(
            "Latency.",
            "t = L n / c one way, over L of glass with the group index n of the fibre; equipment "
            "adds to it.",
        ),
        _method(
            "Availability.",
            "Components fail and are repaired independently, U = rate x repair time / (1 + rate x "
            "repair time); a risk group adds a common cause to the spans in it. What both paths "
            "need takes both down: U = Uc + (1 - Uc) U1 U2, summed exactly over all components "
            "and never as 1 less a number near 1.",
        ),
        _method(
            "Price.",
            "Each owner's price book per kilometre of glass, per leg, per lightpath end and per "
            "regenerator. An amount is quantity times unit price, rounded half to even, once.",
        ),
    )


def _method(name: str, words: str) -> Markup:
    return paragraph(element("strong", None, name), " ", words)


def credits_footer(network: Network) -> Markup:
    """Whom the page must credit."""
    return element(
        "footer",
        None,
        paragraph(
            f"Network: {network.name}. Lines on maps are schematic. ",
            *(
                fragment(
                    f"{credit.words} ",
                    element("a", {"href": credit.address, "rel": "noreferrer"}, credit.address),
                    ". ",
                )
                for credit in CREDITS
            ),
        ),
        paragraph("Made by Karakoram. This page needs no network and runs no script."),
    )
