"""How is the paper of a quote set as PDF? The only date on it is the quote's."""

from dataclasses import dataclass
from pathlib import Path

from karakoram.adapters.formats.quote_paper import data_of_paper
from karakoram.adapters.formats.text_files import write_bytes
from karakoram.adapters.formats.typesetting import Typesetting, check_pdf, pdf_from_data
from karakoram.usecases.sell.print_quote import QuotePaper

TEMPLATE = "quote.typ"


@dataclass(frozen=True, slots=True)
class QuotePdf:
    """A PDF file on the disk."""

    path: Path
    fonts: Path | None = None
    """A folder with more fonts than those that typst brings."""

    def check(self) -> None:
        """Refuse a paper that could not be made.

        Raises
        ------
        RefusedError
            With code ``pdf-not-installed``.
        OSError
            If the place cannot be written, or there is no such folder of fonts.
        """
        check_pdf(self.path, fonts=self.fonts)

    def write_quote(self, paper: QuotePaper) -> None:
        """Write the paper; the same quote gives the same bytes.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """
        self.check()
        write_bytes(pdf_from_paper(paper, fonts=self.fonts), self.path)


def pdf_from_paper(paper: QuotePaper, *, fonts: Path | None = None) -> bytes:
    """The PDF of a paper.

    Parameters
    ----------
    paper
        What stands on it.
    fonts
        A folder with further fonts.

    Raises
    ------
    RefusedError
        With code ``pdf-not-installed``.
    """
    setting = Typesetting(template=TEMPLATE, made_at=paper.quote.made_at, fonts=fonts)
    return pdf_from_data(data_of_paper(paper), setting)
