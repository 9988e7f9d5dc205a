"""How is a paper set as PDF? By typst, with the fonts that it brings, offline.

Letters that those fonts lack (Chinese, for one) need a folder with fonts that have them. The
only date in the file is the one that is given, so the same paper gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.text_files import check_target
from karakoram.core.errors import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Typesetting:
    """Which template sets a paper, the day in the file, and where further letters come from."""

    template: str
    """File name beside this module."""
    made_at: datetime
    fonts: Path | None = None
    """A folder with more fonts than those that typst brings."""


def check_pdf(path: Path, *, fonts: Path | None = None) -> None:
    """Refuse a paper that could not be made.

    Raises
    ------
    RefusedError
        With code ``pdf-not-installed``.
    OSError
        If the place cannot be written, or there is no such folder of fonts.
    """
    _library()
    check_target(path)
    if fonts is not None and not fonts.is_dir():
        raise NotADirectoryError(20, "is no folder with fonts", str(fonts))


def pdf_from_data(data: Mapping[str, Any], setting: Typesetting) -> bytes:
    """The PDF of a paper.

    Texts are data for the template, never part of it, so no name can be read as markup.

    Parameters
    ----------
    data
        All that stands on the paper, as the template names it.
    setting
        Template, day and fonts.

    Raises
    ------
    RefusedError
        With code ``pdf-not-installed``.
    """
    pdf = _library().compile(
        files("karakoram.adapters.formats").joinpath(setting.template).read_bytes(),
        format="pdf",
        ignore_system_fonts=True,
        font_paths=[] if setting.fonts is None else [setting.fonts],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(setting.made_at.timestamp()),
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
