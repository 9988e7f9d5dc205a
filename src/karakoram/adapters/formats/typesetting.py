"""How is a paper set as PDF? By typst, with the fonts that it brings, offline.

Letters that those fonts lack (Chinese, for one) need a folder with fonts that have them. The
only date in the file is the one that is given, so the same paper gives the same bytes.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any, Generic, TypeVar

from karakoram.adapters.formats.text_files import check_target, write_bytes
from karakoram.core.errors import RefusedError

PaperT = TypeVar("PaperT")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm(Generic[PaperT]):
    """How papers of one kind are set."""

    template: str
    """File name beside this module."""
    data: Callable[[PaperT], Mapping[str, Any]]
    """All that stands on a paper, as the template names it."""
    made_at: Callable[[PaperT], datetime]
    """The day in the file: that of the record, not of the printing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile(Generic[PaperT]):
    """A PDF file on the disk."""

    path: Path
    form: PaperForm[PaperT]
    fonts: Path | None = None
    """A folder with more fonts than those that typst brings."""

    def check(self) -> None:
        """Refuse a paper that could not be made.

        Raises
        ------
        RefusedError
            With code ``pdf-not-installed``.
        OSError
            If the place cannot be written, or there is no such folder, or no font in it.
        """
        library = _library()
        check_target(self.path)
        if self.fonts is None:
            return
        if not self.fonts.is_dir() or not _families(library, self.fonts):
            raise NotADirectoryError(20, "is no folder with fonts", str(self.fonts))

    def write_paper(self, paper: PaperT) -> None:
        """Write the paper; the same record gives the same bytes.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """
        self.check()
        write_bytes(pdf_from_paper(paper, self.form, fonts=self.fonts), self.path)


def pdf_from_paper(paper: PaperT, form: PaperForm[PaperT], *, fonts: Path | None = None) -> bytes:
    """The PDF of a paper.

    Texts are data for the template, never part of it, so no name can be read as markup.

    Parameters
    ----------
    paper
        What stands on it.
    form
        How it is set.
    fonts
        A folder with further fonts.

    Raises
    ------
    RefusedError
        With code ``pdf-not-installed``.
    """
    pdf = _library().compile(
        files("karakoram.adapters.formats").joinpath(form.template).read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[] if fonts is None else [fonts],
        sys_inputs={"data": json.dumps(form.data(paper), ensure_ascii=False)},
        timestamp=int(form.made_at(paper).timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def _families(library: Any, folder: Path) -> list[str]:  # noqa: ANN401  (as below)
    """The fonts of a folder that can be read; what is damaged is none."""
    found = library.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return list(found.families())


def _library() -> Any:  # noqa: ANN401  (a library that is not always there)
    try:
        return import_module("typst")
    except ImportError:
        raise RefusedError(
            "PDF is set by typst, which is not installed",
            code="pdf-not-installed",
            alternatives=("install karakoram[pdf]", "write a table with --to"),
        ) from None
