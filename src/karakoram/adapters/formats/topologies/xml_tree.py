"""Which elements does an XML file hold, and on which line does each begin?

Entities and documents within documents are refused: a few lines of them unfold into gigabytes,
or fetch what the reader may see and its sender may not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from karakoram.adapters.formats.gnpy.reading import Log

ELEMENTS_MAX = 1_000_000
"""Ten times what the largest topology known has."""


@dataclass(slots=True, kw_only=True)
class XmlElement:
    """One element; its names without their namespaces."""

    tag: str
    attributes: dict[str, str]
    line: int
    """Line of the file on which it begins."""
    text: str = ""
    """Text before its first child, without blanks around it."""
    children: "list[XmlElement]" = field(default_factory=list)

    def each(self, *path: str) -> "Iterator[XmlElement]":
        """The elements at the end of every way down over these tags."""
        for child in self.children:
            if child.tag == path[0]:
                yield from child.each(*path[1:]) if len(path) > 1 else (child,)

    def first(self, *path: str) -> "XmlElement | None":
        """The first of them, if there is one."""
        return next(self.each(*path), None)

    def text_of(self, *path: str) -> str:
        """The text of the first of them; empty where there is none."""
        found = self.first(*path)
        return "" if found is None else found.text


class _TooMany(Exception):  # noqa: N818  (never leaves this module)
    """The file has more elements than anybody needs."""


@dataclass(slots=True)
class _Builder:
    """Takes what the parser meets and builds elements of it."""

    parser: Any = None
    root: XmlElement | None = None
    open: list[XmlElement] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    """Pieces of the text of each open element; joined once, for a file may have very many."""
    count: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        self.count += 1
        if self.count > ELEMENTS_MAX:
            raise _TooMany
        element = XmlElement(
            tag=_local(tag),
            attributes={_local(name): value for name, value in attributes.items()},
            line=self.parser.CurrentLineNumber,
        )
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)
        self.texts.append([])

    def data(self, text: str) -> None:
        """Take text; what follows a child belongs to nobody."""
        if self.open and not self.open[-1].children:
            self.texts[-1].append(text)

    def end(self, tag: str) -> None:  # noqa: ARG002  (the parser pairs tags)
        """Take the end of an element."""
        self.open.pop().text = "".join(self.texts.pop()).strip()

    def close(self) -> XmlElement:
        """The outermost element."""
        assert self.root is not None, "the parser refuses a file without an element"
        return self.root


def xml_from_bytes(data: bytes, log: Log, *, file: str) -> XmlElement | None:
    """The outermost element; ``None`` where the file is no XML, and the log says why.

    Parameters
    ----------
    data
        Content of the file, in the encoding that its first line names.
    log
        Where findings go.
    file
        Name of the file.
    """
    safe = import_module("defusedxml.ElementTree")
    refusals = import_module("defusedxml.common")
    builder = _Builder()
    reader = safe.DefusedXMLParser(target=builder)
    builder.parser = reader.parser
    place = log.place(file.rpartition(".")[0] or file)
    try:
        reader.feed(data)
        root: XmlElement = reader.close()
    except safe.ParseError as error:
        line, column = error.position
        message = f"is no XML: {str(error).partition(':')[0]} on line {line}, column {column + 1}"
        log.find("not-xml", message, place=place)
        return None
    except refusals.DefusedXmlException:
        message = (
            "declares entities, which can hide anything or grow without end; write out what they "
            "stand for and delete the declaration"
        )
        log.find("hostile-xml", message, place=place)
        return None
    except _TooMany:
        message = f"has more than {ELEMENTS_MAX:,} elements; no topology needs as many"
        log.find("file-too-large", message, place=place)
        return None
    except (LookupError, ValueError) as error:
        log.find("not-xml", f"is no XML: {error}; save it as UTF-8", place=place)
        return None
    return root


def _local(name: str) -> str:
    return name.rpartition("}")[2]
