"""How is a paper of settlement set as PDF? The only date in the file is that of its record."""

from dataclasses import dataclass
from pathlib import Path

from karakoram.adapters.formats.settlement_paper import data_of_paper, made_at
from karakoram.adapters.formats.text_files import write_bytes
from karakoram.adapters.formats.typesetting import Typesetting, check_pdf, pdf_from_data
from karakoram.usecases.settle.print_bill import SettlementPaper

TEMPLATE = "settlement.typ"


@dataclass(frozen=True, slots=True)
class SettlementPdf:
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

    def write_paper(self, paper: SettlementPaper) -> None:
        """Write the paper; the same record gives the same bytes.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """
        self.check()
        setting = Typesetting(template=TEMPLATE, made_at=made_at(paper), fonts=self.fonts)
        write_bytes(pdf_from_data(data_of_paper(paper), setting), self.path)
