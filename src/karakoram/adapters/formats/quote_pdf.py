"""How is the paper of a quote set as PDF? By typst, with the fonts that it brings, offline.

Letters that those fonts lack (Chinese, for one) need a folder with fonts that have them. The
only date on the paper is the quote's, so the same quote gives the same bytes.
"""

import json
from dataclasses import dataclass
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.quote_paper import data_of_paper
from karakoram.adapters.formats.text_files import check_target, write_bytes
from karakoram.core.errors import RefusedError
from karakoram.usecases.print_quote import QuotePaper

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
        _library()
        check_target(self.path)
        if self.fonts is not None and not self.fonts.is_dir():
            raise NotADirectoryError(20, "is no folder with fonts", str(self.fonts))

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

    Texts are data for the template, never part of it, so no name can be read as markup.

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
    data = json.dumps(data_of_paper(paper), ensure_ascii=False)
    made = paper.quote.made_at
    pdf = _library().compile(
        files("karakoram.adapters.formats").joinpath(TEMPLATE).read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[] if fonts is None else [fonts],
        sys_inputs={"data": data},
        timestamp=int(made.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _library() -> Any:  # noqa: ANN401  (a library that is not always there)
    try:
        return import_module("typst")
    except ImportError:
        raise RefusedError(
            "PDF is set by typst, which is not installed",
            code="pdf-not-installed",
            alternatives=("install karakoram[pdf]", "write a table with --to"),
        ) from None
