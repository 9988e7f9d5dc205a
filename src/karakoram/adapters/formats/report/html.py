"""How does text become markup that no name in the data can break?

Everything written is both HTML5 and well-formed XML: what goes in as ``str`` is escaped, only
``Markup`` passes untouched, and only functions of this module make ``Markup`` of text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape

Attributes = Mapping[str, str | float | int | bool | None]
"""Attribute values; ``None`` and ``False`` leave the attribute out, ``True`` repeats its name."""

_VOID = frozenset({"meta", "br", "hr", "col", "link", "img"})
"""HTML elements that never have content."""

_SELF_CLOSING = frozenset({"path", "line", "rect", "circle", "polyline", "polygon", "use", "stop"})
"""SVG elements written short when empty."""

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Characters that HTML or XML 1.0 forbid."""

_REORDERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that make text read in another order than it is stored."""

_ADDRESS = re.compile(r"https?://[^\s<>\"'`]+[^\s<>\"'`.,;:!?)\]]")


class Markup(str):
    """Text that is already markup; joining it with other text does not make that safe."""

    __slots__ = ()


Content = str | Iterable[str]
"""Text to be escaped, markup, or several of these."""


def text(words: str) -> Markup:
    """The words with every character that markup uses escaped.

    >>> text('<b> & "so"')
    '&lt;b&gt; &amp; &quot;so&quot;'
    """
    if isinstance(words, Markup):
        return words
    printable = _REORDERING.sub("", _FORBIDDEN.sub("\ufffd", words))
    return Markup(escape(printable, quote=True))


def fragment(*contents: Content) -> Markup:
    """All contents one after the other, text escaped.

    >>> fragment("a<b", [element("br"), "c"])
    'a&lt;b<br/>c'
    """
    return Markup("".join(map(text, _flat(contents))))


def element(name: str, attributes: Attributes | None = None, *contents: Content) -> Markup:
    """One element; text in attributes and contents is escaped.

    >>> element("a", {"href": "https://example.org/?a=1&b=2"}, "Q & A")
    '<a href="https://example.org/?a=1&amp;b=2">Q &amp; A</a>'
    """
    opening = f"<{name}{_written(attributes or {})}"
    if name in _VOID or (not contents and name in _SELF_CLOSING):
        return Markup(f"{opening}/>")
    return Markup(f"{opening}>{fragment(*contents)}</{name}>")


def linked(words: str) -> Markup:
    """The words, escaped, with each web address in them made a link.

    >>> linked("see https://example.org.")
    'see <a href="https://example.org" rel="noreferrer">https://example.org</a>.'
    """
    pieces: list[Content] = []
    end = 0
    for match in _ADDRESS.finditer(words):
        address = match.group()
        pieces.append(words[end : match.start()])
        pieces.append(element("a", {"href": address, "rel": "noreferrer"}, address))
        end = match.end()
    return fragment(*pieces, words[end:])


def raw(markup: str) -> Markup:
    """What the program itself wrote, e.g. a style sheet; never text from data."""
    return Markup(markup)


def _flat(contents: Iterable[Content]) -> Iterator[str]:
    for content in contents:
        if isinstance(content, str):
            yield content
        else:
            yield from content


def _written(attributes: Attributes) -> str:
    return "".join(
        f' {name}="{text(_shown(name if value is True else value))}"'
        for name, value in attributes.items()
        if value is not None and value is not False
    )


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)
