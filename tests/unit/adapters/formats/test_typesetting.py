"""Names of buyers and sellers stand on papers letter by letter; what no font has is told."""

from dataclasses import replace
from unittest.mock import patch

import pytest

from karakoram.adapters.formats import typesetting
from karakoram.adapters.formats.quote_pdf import QUOTE
from karakoram.adapters.formats.typesetting import FONT_PACKAGES, PdfFile, typeset_paper
from karakoram.core.findings import Severity
from karakoram.usecases.sell.print_quote import QuotePaper
from tests.support.papers import boxes_on, fonts_of, glyphs_of, words_of
from tests.support.selling import CARRIER, quoted, seller, wave

CHINESE = "中国电信集团有限公司《乌鲁木齐》"
URDU = "شاہراہِ ریشم ٹیلی کام، گلگت ڑھیے"
UYGHUR = "ئۈرۈمچى شەھىرى"
NASKH = "NotoNaskhArabic-Regular"
KOREAN = "한국통신"


@pytest.fixture(scope="module")
def selling():
    return seller()


@pytest.fixture(scope="module")
def quote(selling):
    return quoted(selling, wave("1+1"), "PO #7")


def typeset(selling, quote, name, *, site_name=None):
    network = selling.network
    if site_name is not None:
        sites = {**network.sites, "A": replace(network.sites["A"], name=site_name)}
        network = replace(network, sites=sites)
    paper = QuotePaper(
        quote=quote, buyer=replace(CARRIER, name=name), network=network, is_internal=True
    )
    return paper, typeset_paper(paper, QUOTE)


def without_fonts():
    return patch.object(typesetting, "FONT_PACKAGES", ("no_such_fonts",))


@pytest.mark.parametrize("name", [CHINESE, URDU, UYGHUR, "電信 中華", "Қарақорум", "かな"])
def test_every_letter_of_a_name_stands_on_the_paper(selling, quote, name):
    _, made = typeset(selling, quote, name, site_name=name)
    assert (made.letters_lacking, made.not_archival) == ((), None)
    assert boxes_on(made.pdf) == 0


def test_chinese_is_read_back_and_set_in_one_font(selling, quote):
    _, made = typeset(selling, quote, CHINESE)
    assert f"For {CHINESE} (CT)" in words_of(made.pdf)
    assert "NotoSerifSC-Regular-Identity-H" in fonts_of(made.pdf)


def test_urdu_is_set_in_one_font_that_has_all_of_it(selling, quote):
    _, made = typeset(selling, quote, URDU)
    fonts = fonts_of(made.pdf)
    assert NASKH in fonts
    assert not {font for font in fonts if "DejaVu" in font}, "it has some letters of Urdu, not all"


def test_urdu_runs_from_right_to_left_within_its_line(selling, quote):
    # Letters that never join and have no dots: one glyph each, the first at the right.
    _, made = typeset(selling, quote, "دودد")
    last, third, second, first = glyphs_of(made.pdf, NASKH)
    assert first == third == last != second
    words = words_of(made.pdf)
    assert "For" in words.partition("(CT)")[0], "the line itself runs from left to right"


def test_letters_of_urdu_join(selling, quote):
    # At the end, in the middle and at the beginning of a word a letter has three forms.
    _, alone = typeset(selling, quote, "س")
    _, joined = typeset(selling, quote, "سسس")
    assert len(set(glyphs_of(alone.pdf, NASKH))) == 1
    assert len(set(glyphs_of(joined.pdf, NASKH))) == 3


def test_names_of_sites_on_the_map_have_their_letters_too(selling, quote):
    _, made = typeset(selling, quote, "A carrier", site_name=KOREAN)
    assert set(made.letters_lacking) == set(KOREAN)
    assert boxes_on(made.pdf) >= len(KOREAN)


def test_a_box_is_told_with_its_letters_and_what_helps(selling, quote, tmp_path):
    paper, made = typeset(selling, quote, f"{KOREAN} {KOREAN}")
    assert made.letters_lacking == tuple(KOREAN)
    assert boxes_on(made.pdf) == 2 * len(KOREAN)
    target = tmp_path / "q.pdf"
    (warning,) = PdfFile(path=target, form=QUOTE).write_paper(paper)
    assert target.read_bytes() == made.pdf
    assert (warning.code, warning.severity) == ("letters-lacking", Severity.WARNING)
    assert warning.where == str(target)
    assert "한 (U+D55C), 국 (U+AD6D), 통 (U+D1B5), 신 (U+C2E0); name a folder" in warning.message
    assert "--fonts FOLDER" in warning.message
    assert "install" not in warning.message


def test_without_the_fonts_of_the_extra_it_is_told_how_to_have_them(selling, quote, tmp_path):
    with without_fonts():
        paper, made = typeset(selling, quote, CHINESE)
        (warning,) = PdfFile(path=tmp_path / "q.pdf", form=QUOTE).write_paper(paper)
    assert set(made.letters_lacking) == set(CHINESE)
    assert boxes_on(made.pdf) == len(CHINESE)
    assert "install karakoram[pdf]" in warning.message


def test_a_folder_of_fonts_gives_the_letters(selling, quote, tmp_path):
    paper, _ = typeset(selling, quote, CHINESE)
    folder = next(each for each in typesetting._packaged_fonts() if "zh" in each.name)
    with without_fonts():
        pdf = PdfFile(path=tmp_path / "q.pdf", form=QUOTE, fonts=folder)
        assert pdf.write_paper(paper) == ()
    assert boxes_on((tmp_path / "q.pdf").read_bytes()) == 0


def test_many_letters_are_told_by_the_first_and_by_their_number(selling, quote, tmp_path):
    name = "".join(chr(0xAC00 + at) for at in range(40))
    paper, _ = typeset(selling, quote, name)
    (warning,) = PdfFile(path=tmp_path / "q.pdf", form=QUOTE).write_paper(paper)
    assert f"{name[29]} (U+AC1D) and 10 more;" in warning.message
    assert name[30] not in warning.message


def test_letters_that_typst_tells_by_number_are_told_as_they_are():
    told = r'the text `"\u{e000}"` could not be displayed; the text `"a\"b"` could not be displayed'
    assert typesetting._letters(told) == ["\ue000", 'a"b']


def test_papers_are_for_archives(selling, quote):
    _, made = typeset(selling, quote, CHINESE)
    assert b"<pdfaid:part>2</pdfaid:part>" in made.pdf
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made.pdf


def test_what_is_no_archive_for_another_reason_is_told(selling, quote, tmp_path):
    paper, _ = typeset(selling, quote, "A carrier")
    target = tmp_path / "q.pdf"
    # The first part of the standard forbids what shines through, as seas and halos of our maps.
    with patch.object(typesetting, "ARCHIVE_FORM", "a-1b"):
        (warning,) = PdfFile(path=target, form=QUOTE).write_paper(paper)
    assert warning.code == "not-archival"
    assert target.read_bytes().startswith(b"%PDF")


def test_the_fonts_of_the_extra_are_installed():
    assert len(typesetting._packaged_fonts()) == len(FONT_PACKAGES)
