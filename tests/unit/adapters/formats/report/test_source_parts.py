from karakoram.core.provenance import Confidence, Provenance
from karakoram.planning.offers import TracedFigure
from tests.support.markup import all_of, text_of
from tests.support.report_pages import DESIGN, ROOT, offer_page, section_of, table_of


def test_assumptions_are_counted_and_listed():
    offer = DESIGN.offers[0]
    section = section_of(ROOT, "offer-1")
    assert f"{len(offer.traced_figures)} figures stand behind this offer" in text_of(section)
    listed = text_of(table_of(section, "Assumed figures"))
    assert all(figure.figure in listed for figure in offer.assumptions)


def test_an_offer_without_assumptions_lists_none():
    stated = Provenance(source="Operator", confidence=Confidence.STATED)
    figures = (TracedFigure(subject="glass length", figure="1 km", provenance=stated),)
    assert "Assumed figures" not in text_of(offer_page(traced_figures=figures))


def test_every_figure_of_every_offer_stands_in_the_sources():
    words = text_of(section_of(ROOT, "sources"))
    for offer in DESIGN.offers:
        for figure in offer.traced_figures:
            assert figure.figure in words
            assert figure.provenance.source in words


def test_a_source_address_is_a_link_and_its_note_is_shown():
    provenance = Provenance(
        source="https://example.org/a?b=1&c=2",
        source_date="2024-04",
        confidence=Confidence.STATED,
        note="quotes https://example.org/note",
    )
    figures = (TracedFigure(subject="price", figure="1 USD", provenance=provenance),)
    section = section_of(offer_page(traced_figures=figures), "sources")
    assert [a.get("href") for a in all_of(section, "a")] == [
        "https://example.org/a?b=1&c=2",
        "https://example.org/note",
    ]
    assert "(2024-04)" in text_of(section)
