"""The paper of a quote is read back: figures are the quote's, and a buyer's names no operator."""

import io
from dataclasses import replace
from unittest.mock import patch

import pypdf
import pytest
from defusedxml import ElementTree

from karakoram.adapters.formats import typesetting
from karakoram.adapters.formats.quote_paper import data_of_paper
from karakoram.adapters.formats.quote_pdf import QUOTE
from karakoram.adapters.formats.report.way_map import way_map_svg, way_spans
from karakoram.adapters.formats.typesetting import PdfFile, typeset_paper
from karakoram.core.errors import RefusedError
from karakoram.core.provenance import Confidence
from karakoram.sales.configurations import configuration
from karakoram.sales.plans import PlanMeasures
from karakoram.sales.quotes import QuoteLevel
from karakoram.usecases.sell.print_quote import QuotePaper
from tests.support.papers import words_of
from tests.support.selling import CARRIER, channels, line, quoted, seller, wave

OPERATORS = ("OP1", "OP2", "OP3")


@pytest.fixture(scope="module")
def selling():
    return seller()


@pytest.fixture(scope="module")
def quote(selling):
    return quoted(selling, wave("1+1"), "PO #7")


def paper_of(selling, quote, *, is_internal=False, name="A carrier"):
    return QuotePaper(
        quote=quote,
        buyer=replace(CARRIER, name=name),
        network=selling.network,
        is_internal=is_internal,
    )


def pdf_of(paper):
    return typeset_paper(paper, QUOTE).pdf


def test_the_figures_on_the_paper_are_those_of_the_quote(selling, quote):
    words = words_of(pdf_of(paper_of(selling, quote)))
    assert quote.offers
    for offer in quote.offers:
        measures = offer.plan.measures
        for figure in (
            f"{offer.mrc} (assumed)",
            str(offer.nrc),
            f"{measures.length_km:,.1f} km",
            f"{2 * measures.latency_ms:.2f} ms",
            f"{offer.installation_days} days (assumed)",
            offer.label,
        ):
            assert figure in words, figure
    first = quote.offers[0]
    assert f"Monthly charge (MRC) {first.mrc}" in words
    assert f"One-time charge (NRC) {first.nrc}" in words
    assert f"Round trip (RTT) {2 * first.plan.measures.latency_ms:.2f} ms" in words
    for fact in (quote.quote_id, "PO #7", "A carrier (CT)", f"{quote.valid_until:%Y-%m-%d %H:%M}"):
        assert fact in words, fact


def test_a_buyers_paper_names_no_operator_and_ours_names_them_all(selling, quote):
    words = words_of(pdf_of(paper_of(selling, quote)))
    assert not [operator for operator in OPERATORS if operator in words]
    assert "Internal" not in words
    ours = words_of(pdf_of(paper_of(selling, quote, is_internal=True)))
    assert "Internal: not for buyers" in ours
    assert all(operator in ours for operator in OPERATORS)
    assert str(quote.offers[0].shares[0].mrc) in ours


def test_the_same_quote_gives_the_same_bytes_dated_by_the_quote(selling, quote):
    first = pdf_of(paper_of(selling, quote))
    assert first == pdf_of(paper_of(selling, quote))
    assert "20261101" in pypdf.PdfReader(io.BytesIO(first)).metadata["/CreationDate"]


def test_no_name_breaks_the_paper(selling, quote):
    name = '#panic("x") $a$ [*_`\\<b>'
    words = words_of(pdf_of(paper_of(selling, quote, name=name)))
    assert str(quote.offers[0].mrc) in words
    assert f"{name} (CT)" in words


def test_a_quote_without_offers_says_why(selling):
    wish = channels()
    values = {**wish.configuration.by_name, "z_site": "B"}
    none = quoted(selling, replace(wish, configuration=configuration(values)), "none")
    words = words_of(pdf_of(paper_of(selling, none)))
    assert "Why there is no offer" in words
    assert none.reasons[0].message in words
    assert "have the network's desk open a connection for" in words


def test_a_budgetary_quote_says_that_nothing_is_held(selling):
    data = data_of_paper(
        paper_of(selling, quoted(selling, wave(), "soft", level=QuoteLevel.BUDGETARY))
    )
    assert data["conditions"][0].startswith("Budgetary: an indication")
    assert "charges" not in data["offers"][0]
    assert data["maps"][0]["label"] == data["offers"][0]["label"]


def test_a_product_at_one_site_has_no_length_and_what_is_paid_by_use_is_listed(selling):
    sold = quoted(selling, line(), "line", buyer="P1")
    (offer,) = data_of_paper(paper_of(selling, sold))["offers"]
    by_name = {figure["name"]: figure["value"] for figure in offer["figures"]}
    assert by_name["Glass"] == by_name["Round trip (RTT)"] == "-"
    assert offer["usage"]
    assert words_of(pdf_of(paper_of(selling, sold)))


def test_figures_are_trusted_as_the_plan_says_and_as_assumed_where_it_says_nothing(selling, quote):
    first = quote.offers[0]

    def trusts(measures):
        offer = replace(first, plan=replace(first.plan, measures=measures))
        paper = data_of_paper(paper_of(selling, replace(quote, offers=(offer,))))
        figures = {each["name"]: each["trust"] for each in paper["offers"][0]["figures"]}
        return figures["Glass"], figures["Round trip (RTT)"], figures["Availability"]

    told = replace(
        first.plan.measures,
        length_confidence=Confidence.STATED,
        latency_confidence=Confidence.DERIVED,
        availability_confidence=Confidence.ASSUMED,
    )
    assert trusts(told) == ("stated", "derived", "assumed")
    old = PlanMeasures(length_km=1.0, latency_ms=1.0, availability=0.9)
    assert trusts(old) == ("assumed", "assumed", "assumed")


def test_a_buyers_map_shows_the_ways_and_nothing_else_of_the_network(selling):
    ways = (("A", "Z"), ("A", "B", "Z"))
    theirs = way_map_svg(selling.network, ways, is_whole=False)
    ours = way_map_svg(selling.network, ways, is_whole=True)
    for svg in (theirs, ours):
        assert ElementTree.fromstring(svg).tag.endswith("svg")
        assert "var(--" not in svg.replace("var(--hue)", "")
        assert 'class="path working"' in svg
        assert 'class="path protection"' in svg
    assert 'class="fibre"' in ours
    assert 'class="fibre"' not in theirs
    assert 'data-site="B"' in ours
    assert 'data-site="B"' not in theirs
    assert way_spans(selling.network, ("A", "Z", "A", "A"))[2] is None


def test_a_paper_that_cannot_be_written_is_refused(selling, quote, tmp_path):
    paper = paper_of(selling, quote)
    PdfFile(path=tmp_path / "q.pdf", form=QUOTE).write_paper(paper)
    assert (tmp_path / "q.pdf").read_bytes() == pdf_of(paper)
    with pytest.raises(FileNotFoundError):
        PdfFile(path=tmp_path / "no" / "q.pdf", form=QUOTE).write_paper(paper)
    with pytest.raises(NotADirectoryError):
        PdfFile(path=tmp_path / "q.pdf", form=QUOTE, fonts=tmp_path / "no fonts").check()
    (tmp_path / "damaged.ttf").write_bytes(b"\0\1\0\0damaged")
    with pytest.raises(NotADirectoryError, match="no folder with fonts"):
        PdfFile(path=tmp_path / "q.pdf", form=QUOTE, fonts=tmp_path).check()


def test_without_typst_it_is_said_what_to_do(tmp_path):
    missing = patch.object(typesetting, "import_module", side_effect=ImportError)
    with missing, pytest.raises(RefusedError) as refused:
        PdfFile(path=tmp_path / "q.pdf", form=QUOTE).check()
    assert refused.value.code == "pdf-not-installed"
    assert "install karakoram[pdf]" in refused.value.alternatives
