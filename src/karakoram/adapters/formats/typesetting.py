"""How is a paper set as PDF, and which of its letters do the fonts lack?

By typst, offline, with the fonts that it brings and those of the extra ``pdf``: Latin, Greek and
Cyrillic letters, those of Arabic (Urdu, Uyghur), Chinese and Japanese ones. Fonts of the machine
are left out and the only date in the file is the one that is given, so the same paper gives the
same bytes. It is PDF/A-2b (ISO 19005-2), which archives ask for and which forbids a box in place
of a letter: so typst itself says which letters no font has.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

from karakoram.adapters.formats.text_files import check_target, write_bytes
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, Place, Severity

PaperT = TypeVar("PaperT")

FONT_PACKAGES = ("pylopdf_fonts_ar", "pylopdf_fonts_zh_cn")
"""Packages of the extra ``pdf`` whose folder holds fonts (Noto, SIL Open Font License 1.1)."""

ARCHIVE_FORM = "a-2b"
"""PDF/A for archives, the part and level that our maps, which shine through, can keep."""

LETTERS_TOLD_MAX = 30

_LACKING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)")


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
class TypesetPaper:
    """A paper as it is printed."""

    pdf: bytes
    letters_lacking: tuple[str, ...] = ()
    """What no font has, each once, in the order of the paper: a box stands there instead."""
    not_archival: str | None = None
    """Why it is plain PDF and not PDF/A, where no letter is the cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfFile(Generic[PaperT]):
    """A PDF file on the disk."""

    path: Path
    form: PaperForm[PaperT]
    fonts: Path | None = None
    """A folder with more fonts than those that typst and the extra ``pdf`` bring."""

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

    def write_paper(self, paper: PaperT) -> tuple[Finding, ...]:
        """Write the paper; the same record gives the same bytes.

        Returns
        -------
        tuple of Finding
            Warnings of what its reader would miss.

        Raises
        ------
        RefusedError, OSError
            As of ``check``.
        """
        self.check()
        typeset = typeset_paper(paper, self.form, fonts=self.fonts)
        write_bytes(typeset.pdf, self.path)
        return _findings(typeset, self.path)


def typeset_paper(
    paper: PaperT, form: PaperForm[PaperT], *, fonts: Path | None = None
) -> TypesetPaper:
    """A paper as PDF, and what is short in it.

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
    library = _library()
    further = [] if fonts is None else [fonts]
    setting = {
        "input": files("karakoram.adapters.formats").joinpath(form.template).read_bytes(),
        "format": "pdf",
        "ignore_system_fonts": True,
        "font_paths": [*further, *_packaged_fonts()],
        "sys_inputs": {"data": json.dumps(form.data(paper), ensure_ascii=False)},
        "timestamp": int(form.made_at(paper).timestamp()),
    }
    try:
        return TypesetPaper(pdf=library.compile(**setting, pdf_standards=ARCHIVE_FORM))
    except library.TypstError as refusal:
        lacking = tuple(dict.fromkeys(_letters(refusal.diagnostic)))
        return TypesetPaper(
            pdf=library.compile(**setting),
            letters_lacking=lacking,
            not_archival=None if lacking else refusal.message,
        )


def _letters(told: str) -> list[str]:
    """The texts that could not be set, as typst tells them, which writes some by number."""
    return [_ESCAPED.sub(_plain, found) for found in _LACKING.findall(told)]


def _plain(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else escaped[2]


def _findings(typeset: TypesetPaper, path: Path) -> tuple[Finding, ...]:
    """What is short, in words; nothing where every letter stands there."""
    place = Place(table="paper", file=str(path))
    if typeset.letters_lacking:
        code = "letters-lacking"
        letters = _told(typeset.letters_lacking)
        message = f"a box stands in place of letters that no font has: {letters}; {_remedy()}"
    elif typeset.not_archival is not None:
        code = "not-archival"
        message = f"it is plain PDF, and not PDF/A as archives ask: {typeset.not_archival}"
    else:
        return ()
    return (Finding(code=code, place=place, message=message, severity=Severity.WARNING),)


def _told(letters: tuple[str, ...]) -> str:
    told = [f"{each} ({_code_points(each)})" for each in letters[:LETTERS_TOLD_MAX]]
    more = len(letters) - len(told)
    return ", ".join(told) + (f" and {more} more" if more else "")


def _code_points(text: str) -> str:
    return " ".join(f"U+{ord(letter):04X}" for letter in text)


def _remedy() -> str:
    named = "name a folder with fonts that have them with --fonts FOLDER"
    if len(_packaged_fonts()) == len(FONT_PACKAGES):
        return named
    return f"install karakoram[pdf], which brings Chinese and Urdu letters, or {named}"


def _packaged_fonts() -> list[Path]:
    """The folders of fonts that are installed beside the program."""
    found = (find_spec(name) for name in FONT_PACKAGES)
    return [Path(each.origin).parent for each in found if each is not None and each.origin]


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
