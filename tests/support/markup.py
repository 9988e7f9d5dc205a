"""What a page or drawing says, read back by the standard library."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

XHTML, SVG = "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2000/svg}"
_CORNER = re.compile(r"[ML](-?[\d.]+) (-?[\d.]+)")
VOID = frozenset({"meta", "br", "hr", "col", "link", "img"})


class Outline(HTMLParser):
    """Elements in order, the text in each, and tags that do not close what was opened."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.misnested: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        if not self._open or self._open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data))

    def attributes(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def words(self) -> str:
        return " ".join(text for tag, text in self.texts if tag not in {"style", "script"})


def outline(page: str) -> Outline:
    parser = Outline()
    parser.feed(page)
    parser.close()
    return parser


def tree(page: str) -> ET.Element:
    """The page as XML, which it must be as well."""
    return ET.fromstring(page.removeprefix("<!DOCTYPE html>\n"))


def local_name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def all_of(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if local_name(element) == name]


def classes(element: ET.Element) -> set[str]:
    return set(element.get("class", "").split())


def of_class(root: ET.Element, name: str) -> list[ET.Element]:
    return [element for element in root.iter() if name in classes(element)]


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def path_points(data: str | None) -> list[tuple[float, float]]:
    """The corners of a path of absolute moves and lines."""
    return [] if data is None else [(float(x), float(y)) for x, y in _CORNER.findall(data)]
