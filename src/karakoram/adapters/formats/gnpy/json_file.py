"""Which JSON document does a file hold, and how is one written without losing a digit?

Numbers are read as decimals, so that a change of unit moves the point and rounds nothing.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.adapters.formats.text_files import FILE_BYTES_MAX, read_text
from karakoram.core.cells import shown
from karakoram.core.findings import Finding, Place

_WHOLE_DIGITS_MAX = 18

_WORDS: Mapping[str, str] = {
    "missing-file": "is missing; name a file that exists",
    "empty-file": "is empty; a file of GNPy holds one JSON object",
    "not-a-file": "is a folder; name a file",
}
"""What other formats say in words of their own."""


def read_document(path: Path, log: Log) -> Mapping[str, Any] | None:
    """The JSON object in a file; ``None`` when there is none, and the log says why."""
    text = read_text(path.parent, path.name, bytes_max=FILE_BYTES_MAX)
    if isinstance(text, Finding):
        log.find(
            text.code,
            _WORDS.get(text.code, text.message),
            place=Place(table=path.stem, file=path.name),
        )
        return None
    return document_from_text(text, log, place=Place(table=path.stem, file=path.name))


def document_from_text(text: str, log: Log, *, place: Place) -> Mapping[str, Any] | None:
    """The JSON object in a text; ``None`` when there is none, and the log says why."""
    twice: list[tuple[dict[str, Any], str]] = []

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            keys = [key for key, _ in pairs]
            twice.extend((found, key) for key in sorted({k for k in keys if keys.count(k) > 1}))
        return found

    try:
        document = json.loads(text, object_pairs_hook=members, parse_float=_real, parse_int=_whole)
    except json.JSONDecodeError as error:
        log.find(
            "not-json",
            f"is not JSON: {error.msg} on line {error.lineno}, column {error.colno}",
            place=place,
        )
        return None
    except RecursionError:
        log.find("too-deep", "is nested too deep; no file of GNPy is", place=place)
        return None
    for owner, key in twice:
        path = _path_of(owner, document)
        log.find(
            "duplicate-key",
            f"the key {shown(key)} stands twice in one object, and only one can count; delete one",
            place=place if path is None else replace(place, field=f"{path}.{key}".lstrip(".")),
        )
    if not isinstance(document, dict):
        log.find("not-an-object", "holds no JSON object; it must begin with '{'", place=place)
        return None
    return document


def _path_of(owner: dict[str, Any], document: object) -> str | None:
    """Where an object stands in a document; ``None`` where its own key stood twice too."""
    left: list[tuple[str, object]] = [("", document)]
    while left:
        path, part = left.pop()
        if part is owner:
            return path
        if isinstance(part, dict):
            left += ((f"{path}.{key}".lstrip("."), value) for key, value in part.items())
        elif isinstance(part, list):
            left += ((f"{path}[{index}]", value) for index, value in enumerate(part))
    return None


def _real(digits: str) -> Decimal | float:
    """The decimal; infinite or zero where its exponent is beyond what a decimal can hold."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return float(digits)


def _whole(digits: str) -> int | Decimal:
    return int(digits) if len(digits) <= _WHOLE_DIGITS_MAX else Decimal(digits)


def text_from_document(document: object) -> str:
    """JSON with one element of a list a line where they are short; decimals keep their digits.

    >>> print(text_from_document({"elements": [{"uid": "a", "length": Decimal("80.10")}]}), end="")
    {
      "elements": [
        {"uid": "a", "length": 80.1}
      ]
    }
    """
    return f"{_text(document, indent=0)}\n"


def _text(value: object, *, indent: int) -> str:
    flat = _flat(value)
    if len(flat) + indent <= _LINE_CHARACTERS_MAX and indent >= _FLAT_FROM_INDENT:
        return flat
    inner, outer = " " * (indent + 2), " " * indent
    if isinstance(value, Mapping) and value:
        members = (
            f"{inner}{_flat(str(key))}: {_text(part, indent=indent + 2)}"
            for key, part in value.items()
        )
        return "{\n" + ",\n".join(members) + f"\n{outer}}}"
    if isinstance(value, list | tuple) and value:
        parts = (f"{inner}{_text(part, indent=indent + 2)}" for part in value)
        return "[\n" + ",\n".join(parts) + f"\n{outer}]"
    return flat


_LINE_CHARACTERS_MAX = 100
_FLAT_FROM_INDENT = 4
"""Two levels are always opened: the document, and its lists."""


def _flat(value: object) -> str:
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_flat(str(k))}: {_flat(v)}" for k, v in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_flat, value)) + "]"
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


_ZEROS = re.compile(r"\.?0+$")


def decimal_text(value: Decimal) -> str:
    """The digits of a decimal as JSON has them, without zeros at the end.

    >>> [decimal_text(Decimal(text)) for text in ("80.10", "1.93E+14", "0.000016700", "-0")]
    ['80.1', '193000000000000', '0.0000167', '0']
    """
    plain = value.normalize()
    if not plain:
        return "0"
    if plain.adjusted() < _SMALLEST_PLAIN or plain.adjusted() > _LARGEST_PLAIN:
        return str(plain).lower()
    text = f"{plain:f}"
    return _ZEROS.sub("", text) if "." in text else text


_SMALLEST_PLAIN = -4
_LARGEST_PLAIN = 16
