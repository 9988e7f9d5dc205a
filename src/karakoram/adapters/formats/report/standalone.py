"""How does a drawing stand: on a page that has the style, or alone in a file of its own?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from karakoram.adapters.formats.report.html import Markup, element, fragment, raw
from karakoram.adapters.formats.report.palette import LIGHT, variables

_VARIABLE = re.compile(r"var\(--([a-z-]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """What a drawing shows, for those who do not see it."""

    drawing_id: str
    """Unique on its page; letters, digits and hyphens."""
    title: str
    description: str


@cache
def style_sheet(name: str) -> str:
    """One of the style sheets that lie beside this module."""
    return (files(__package__) / f"{name}.css").read_text(encoding="utf-8")


def drawing(
    caption: Caption, *contents: Markup, size: tuple[float, float], kind: str = ""
) -> Markup:
    """The drawing as an image with a title and a description, styled by its page.

    Parameters
    ----------
    caption
        Title and description, which a screen reader reads instead of the lines.
    contents
        What is drawn, the ground first.
    size
        Width and height, in units of the drawing.
    kind
        A further class for the style sheet.
    """
    return _svg(caption, contents, size=size, attributes={"class": f"drawing {kind}".strip()})


def standalone_svg(caption: Caption, *contents: Markup, size: tuple[float, float]) -> str:
    """The drawing as a whole SVG file on light ground, with its style and no font in it.

    Parameters
    ----------
    caption
        Title and description, which a screen reader reads instead of the lines.
    contents
        What is drawn, the ground first.
    size
        Width and height, in units of the drawing.
    """
    style = f".drawing{{{variables(LIGHT)}}}{style_sheet('drawing')}"
    ground = element("rect", {"class": "paper", "width": size[0], "height": size[1]})
    return _svg(
        caption,
        [element("style", None, raw(style)), ground, *contents],
        size=size,
        attributes={
            "class": "drawing",
            "xmlns": "http://www.w3.org/2000/svg",
            "width": size[0],
            "height": size[1],
        },
    )


def plain_svg(svg: str) -> str:
    """The drawing for programs that know no variables of style: each stands as its colour.

    >>> plain_svg("<style>a{--ink:#000000;} b{fill:var(--paper)}</style>")
    '<style>a{--ink:#000000;} b{fill:#ffffff}</style>'
    """
    return _VARIABLE.sub(lambda found: LIGHT.get(found[1], found[0]), svg)


def _svg(
    caption: Caption,
    contents: Iterable[Markup],
    *,
    size: tuple[float, float],
    attributes: dict[str, str | float],
) -> Markup:
    title_id, description_id = f"{caption.drawing_id}-title", f"{caption.drawing_id}-desc"
    return element(
        "svg",
        {
            **attributes,
            "id": caption.drawing_id,
            "viewBox": f"0 0 {size[0]:g} {size[1]:g}",
            "role": "img",
            "aria-labelledby": title_id,
            "aria-describedby": description_id,
        },
        element("title", {"id": title_id}, caption.title),
        element("desc", {"id": description_id}, caption.description),
        fragment(*contents),
    )
