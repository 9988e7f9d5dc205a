"""Papers as their readers have them: the words on a PDF, its fonts, and the boxes for letters."""

import io
from collections.abc import Iterator

import pypdf
from pypdf.generic import ContentStream, DictionaryObject

BOX = 0
"""The number of the glyph that every font shows where it has no letter."""


def words_of(pdf: bytes) -> str:
    """All text on all pages, single-spaced."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def fonts_of(pdf: bytes) -> set[str]:
    """The embedded fonts by name, each without the mark of its subset."""
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    fonts = (font for page in pages for font in _fonts(page["/Resources"]).values())
    return set(map(_name, fonts))


def boxes_on(pdf: bytes) -> int:
    """How many glyphs on all pages, drawings included, are the box that means: no such letter."""
    return sum(glyph == BOX for _, glyph in _glyphs(pdf))


def glyphs_of(pdf: bytes, font: str) -> list[int]:
    """The glyphs of one font as numbers that tell only which are the same, from left to right."""
    return [glyph for name, glyph in _glyphs(pdf) if name == font]


def _glyphs(pdf: bytes) -> Iterator[tuple[str, int]]:
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    for page in reader.pages:
        yield from _shown(page.get_contents(), page["/Resources"], reader)


def _fonts(resources: DictionaryObject) -> dict[str, DictionaryObject]:
    fonts = resources.get("/Font", {})
    return {name: font.get_object() for name, font in fonts.items()}


def _name(font: DictionaryObject) -> str:
    return str(font["/BaseFont"]).lstrip("/").partition("+")[2]


def _shown(stream, resources, reader: pypdf.PdfReader) -> Iterator[tuple[str, int]]:
    """Every glyph that is shown, with its font."""
    drawings = resources.get("/XObject", {})
    font = ""
    for operands, operator in ContentStream(stream, reader).operations:
        if operator == b"Tf":
            font = _name(_fonts(resources)[operands[0]])
        elif operator in {b"Tj", b"TJ"}:
            shown = operands[0] if operator == b"TJ" else operands
            yield from ((font, code) for text in shown for code in _codes(text))
        elif operator == b"Do":
            drawing = drawings[operands[0]].get_object()
            if drawing["/Subtype"] == "/Form":
                yield from _shown(drawing, drawing["/Resources"], reader)


def _codes(text) -> Iterator[int]:
    """The two-byte codes of a text of a composite font; none of a shift between two of them."""
    if not isinstance(text, str | bytes):
        return
    raw = text if isinstance(text, bytes) else text.original_bytes
    assert len(raw) % 2 == 0, "every font of ours is composite"
    yield from (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
