"""Of which parts is a page made: tables, headings, words of trust?"""

from collections.abc import Sequence
from dataclasses import dataclass

from karakoram.adapters.formats.report.html import Content, Markup, element, fragment
from karakoram.core.provenance import Confidence

Row = Sequence[Content]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table whose first column names its rows."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Row]
    number_columns: frozenset[int] = frozenset()
    """Columns of figures, set to the right."""
    total: Row = ()
    """The last row, if there is one, in bold."""


def table(content: Table) -> Markup:
    """The table in a frame that scrolls by itself, also by keyboard, on a narrow screen."""
    head = element(
        "tr",
        None,
        *(
            element("th", {"scope": "col", "class": _kind(content, i)}, heading)
            for i, heading in enumerate(content.headings)
        ),
    )
    foot = element("tfoot", None, _row(content, content.total)) if content.total else ""
    return element(
        "div",
        {"class": "scroll", "role": "region", "tabindex": 0, "aria-label": content.caption},
        element(
            "table",
            None,
            element("caption", None, content.caption),
            element("thead", None, head),
            element("tbody", None, *(_row(content, row) for row in content.rows)),
            foot,
        ),
    )


def trust(confidence: Confidence) -> Markup:
    """How far a figure may be trusted, as a word."""
    word = confidence.value
    return element("span", {"class": f"trust {word}"}, word)


def with_trust(figure: Content, confidence: Confidence) -> Markup:
    """A figure and how far it may be trusted."""
    return fragment(figure, " ", trust(confidence))


def heading(level: int, words: str, *, anchor: str | None = None) -> Markup:
    """A heading, with the name that links to it use."""
    return element(f"h{level}", {"id": anchor}, words)


def paragraph(*contents: Content, kind: str | None = None) -> Markup:
    """A paragraph of text."""
    return element("p", {"class": kind}, *contents)


def bullets(items: Sequence[Content]) -> Markup:
    """A list without order."""
    return element("ul", None, *(element("li", None, item) for item in items))


def folded(summary: str, *contents: Content) -> Markup:
    """What a reader opens when wanted; on paper it is always open."""
    return element("details", None, element("summary", None, summary), *contents)


def section(anchor: str, *contents: Content) -> Markup:
    """A part of the page, named by the heading that has ``anchor`` for its id."""
    return element("section", {"aria-labelledby": anchor}, *contents)


def _row(content: Table, cells: Row) -> Markup:
    first, *others = cells
    return element(
        "tr",
        None,
        element("th", {"scope": "row", "class": _kind(content, 0)}, first),
        *(
            element("td", {"class": _kind(content, i)}, cell)
            for i, cell in enumerate(others, start=1)
        ),
    )


def _kind(content: Table, column: int) -> str | None:
    return "n" if column in content.number_columns else None
