"""How does one cell of text become a value of the type its field declares, and back?

The words of a cell are those a person types in a spreadsheet: ``true``/``false`` in either case,
numbers with a decimal point, days as 2026-11-22, the words of an enumeration, parts of a list
separated by ``;``. Text is kept to the letter; everything else loses the blanks around it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from math import isfinite
from types import NoneType, UnionType
from typing import Annotated, Any, NewType, Union, get_args, get_origin

from karakoram.core.fields import Bounds
from karakoram.core.identifiers import near_misses
from karakoram.core.time import DAY_MAX, DAY_MIN

PART_SEPARATOR = ";"
"""Stands between the parts of a cell that holds a list."""

IDENTIFIER_CHARACTERS_MAX = 100
"""Findings, tables and drawings name records by them."""

PARTS_MAX = 1_000
"""Parts of a list; no site has as many operators, no span as many risks."""

DECIMAL_PLACES_MAX = 30
"""Digits before or after the point that a price may have; far more than any currency needs."""

WORD_CHARACTERS_MAX = 200
"""Of a word that a person gives for a site, a bit rate and the like; longer ones mean nothing."""

_WHOLE_DIGITS_MAX = 18
_SHOWN_CHARACTERS_MAX = 60
_MESSAGE_CHARACTERS_MAX = 1_000
_MESSAGE_END_CHARACTERS = 300
_NEAR_MISS_CHARACTERS_MAX = 100
"""Longer words are noise; comparing them letter by letter would take minutes."""

_WHOLE = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    _DAY.pattern + r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellBreach:
    """Why a cell's text is not a value of its field, and what would be right."""

    code: str
    message: str


CellParser = Callable[[str], object]
"""Gives the value, or a ``CellBreach``."""


def cell_from_value(value: object) -> str:
    """The text of one value; reading it back gives an equal value.

    A float has the fewest digits that read back as the same number; ``160.0`` becomes ``160``, as
    a spreadsheet would save it.

    >>> [cell_from_value(value) for value in (None, True, 160.0, 0.1, ("a", "b"))]
    ['', 'true', '160', '0.1', 'a;b']
    """
    if isinstance(value, tuple):
        return PART_SEPARATOR.join(cell_from_value(part) for part in value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, float):
        return repr(float(value)).removesuffix(".0")
    if value is None or isinstance(value, bool):
        return {None: "", True: "true", False: "false"}[value]
    return value.isoformat() if isinstance(value, date) else str(value)


def parser_from_hint(hint: Any) -> CellParser:  # noqa: ANN401  (a type hint has no type)
    """What turns the text of a cell that is not empty into a value of type ``hint``.

    Parameters
    ----------
    hint
        A type hint of a record's field, with its annotations: str, int, float, bool, Decimal,
        date, datetime, an Enum, a NewType of str, a tuple of any length of these, ``X | None`` of
        these, each perhaps annotated with ``Bounds``.

    Raises
    ------
    TypeError
        When a table cannot hold the type.
    """
    origin = get_origin(hint)
    if origin is Annotated:
        base, *extras = get_args(hint)
        return _bounded(parser_from_hint(base), extras)
    if origin in (Union, UnionType):
        inner = [arm for arm in get_args(hint) if arm is not NoneType]
        if len(inner) == 1:
            return parser_from_hint(inner[0])
    if origin is tuple and get_args(hint)[1:] == (Ellipsis,):
        return _listed(parser_from_hint(get_args(hint)[0]))
    if isinstance(hint, NewType) and hint.__supertype__ is str:
        return _identifier
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _worded(hint)
    if hint in _PARSERS:
        return _PARSERS[hint]
    raise TypeError(f"a table cannot hold a field of type {hint}")


def empty_value(hint: Any) -> object:  # noqa: ANN401  (a type hint has no type)
    """What an empty cell means for type ``hint``: no parts, nothing, or a ``CellBreach``."""
    if get_origin(hint) is Annotated:
        return empty_value(get_args(hint)[0])
    if get_origin(hint) is tuple:
        return ()
    if NoneType in get_args(hint):
        return None
    return CellBreach(code="empty-cell", message="is empty; every row needs a value here")


def shown(text: str) -> str:
    """The text in quotes, cut where it is too long to read.

    >>> shown("ab")
    "'ab'"
    """
    if len(text) <= _SHOWN_CHARACTERS_MAX:
        return repr(text)
    return f"{text[:_SHOWN_CHARACTERS_MAX]!r}..."


def shortened(message: str) -> str:
    """A message without its middle where it is too long to read; the remedy stands at its end.

    >>> shortened("a" * 2_000) == "a" * 300 + " ... " + "a" * 300
    True
    """
    if len(message) <= _MESSAGE_CHARACTERS_MAX:
        return message
    return f"{message[:_MESSAGE_END_CHARACTERS]} ... {message[-_MESSAGE_END_CHARACTERS:]}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The end of a message that proposes the known words most like ``word``; else nothing.

    >>> did_you_mean("length_mi", ["length_km", "status"])
    '; did you mean length_km?'
    """
    close = near_misses(word, known) if len(word) <= _NEAR_MISS_CHARACTERS_MAX else ()
    return f"; did you mean {' or '.join(close)}?" if close else ""


def _bool(cell: str) -> bool | CellBreach:
    value = {"true": True, "false": False}.get(cell.strip().lower())
    if value is None:
        return CellBreach(
            code="not-true-or-false", message=f"{shown(cell)} must be true or false, in words"
        )
    return value


def _int(cell: str) -> int | CellBreach:
    digits = cell.strip()
    if _WHOLE.fullmatch(digits) is None or len(digits) > _WHOLE_DIGITS_MAX:
        return CellBreach(
            code="not-a-whole-number",
            message=f"{shown(cell)} must be a whole number of at most {_WHOLE_DIGITS_MAX} digits",
        )
    return int(digits)


def _float(cell: str) -> float | CellBreach:
    digits = cell.strip()
    if _NUMBER.fullmatch(digits) is None or not isfinite(value := float(digits)):
        return _not_a_number(cell)
    return value


def _decimal(cell: str) -> Decimal | CellBreach:
    digits = cell.strip()
    if _NUMBER.fullmatch(digits) is None:
        return _not_a_number(cell)
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "the pattern lets no infinity and no NaN through"
    if max(value.adjusted(), abs(exponent)) > DECIMAL_PLACES_MAX:
        return CellBreach(
            code="out-of-bounds",
            message=f"{shown(cell)} must have at most {DECIMAL_PLACES_MAX} digits "
            "before and after the point",
        )
    return value


def _date(cell: str) -> date | CellBreach:
    day = cell.strip()
    try:
        if _DAY.fullmatch(day):
            return _meant(cell, date.fromisoformat(day))
    except ValueError as error:
        return CellBreach(code="not-a-date", message=f"{shown(cell)} is not a day: {error}")
    return CellBreach(
        code="not-a-date", message=f"{shown(cell)} must be a day written like 2026-11-22"
    )


def _meant(cell: str, day: date) -> date | CellBreach:
    """A day, unless it is one that nobody means and nobody can count from."""
    if DAY_MIN <= day <= DAY_MAX:
        return day
    return CellBreach(
        code="out-of-bounds", message=f"{shown(cell)} must lie between {DAY_MIN} and {DAY_MAX}"
    )


def _moment(cell: str) -> datetime | CellBreach:
    """A moment in UTC; where no offset is written it is UTC, since a spreadsheet knows none."""
    word = cell.strip()
    try:
        if _MOMENT.fullmatch(word):
            moment = datetime.fromisoformat(word)
            day = _meant(cell, moment.date())
            if isinstance(day, CellBreach):
                return day
            return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except ValueError as error:
        return CellBreach(code="not-a-moment", message=f"{shown(cell)} is no moment: {error}")
    return CellBreach(
        code="not-a-moment",
        message=f"{shown(cell)} must be a moment written like 2026-11-22T14:30:00Z; UTC where no "
        "offset such as +05:00 is given",
    )


def _not_a_number(cell: str) -> CellBreach:
    return CellBreach(
        code="not-a-number",
        message=f"{shown(cell)} must be a number: digits with a decimal point, "
        "without unit or thousands separator",
    )


_STEERING = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""Control characters of ASCII and Latin-1 but tab and line ends."""


def control_breach(text: str) -> CellBreach | None:
    """Why a text cannot be shown: a character that steers a terminal; line ends and tabs may be.

    >>> control_breach("plain") is None
    True
    """
    steering = _STEERING.search(text)
    if steering is None:
        return None
    return CellBreach(
        code="control-character",
        message=f"holds the control character U+{ord(steering[0]):04X}; delete it",
    )


_HIDDEN = re.compile(r"[\t\n\r\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""What nobody sees, ends a line or turns its direction: no two people type such a name alike."""


def hidden_breach(text: str) -> CellBreach | None:
    """Why a text can name nothing: it holds what nobody sees.

    >>> hidden_breach("Gilgit Town") is None
    True
    """
    hidden = _HIDDEN.search(text)
    if hidden is None:
        return None
    return CellBreach(
        code="control-character",
        message=f"holds U+{ord(hidden[0]):04X}, which cannot be seen; delete it",
    )


def _text(cell: str) -> str | CellBreach:
    return control_breach(cell) or cell


def _identifier(cell: str) -> str | CellBreach:
    identifier = cell.strip()
    if len(identifier) > IDENTIFIER_CHARACTERS_MAX:
        return CellBreach(
            code="out-of-bounds",
            message=f"{shown(identifier)} has {len(identifier):,} characters; an identifier has at "
            f"most {IDENTIFIER_CHARACTERS_MAX}",
        )
    return control_breach(identifier) or hidden_breach(identifier) or identifier


_PARSERS: Mapping[object, CellParser] = {
    str: _text,
    bool: _bool,
    int: _int,
    float: _float,
    Decimal: _decimal,
    date: _date,
    datetime: _moment,
}


def _bounded(parser: CellParser, extras: list[object]) -> CellParser:
    all_bounds = [extra for extra in extras if isinstance(extra, Bounds)]

    def parse(cell: str) -> object:
        value = parser(cell)
        if not isinstance(value, int | float | Decimal):
            return value
        breaches = (bounds.breach(float(value)) for bounds in all_bounds)
        message = next(filter(None, breaches), None)
        return value if message is None else CellBreach(code="out-of-bounds", message=message)

    return parse


def _worded(enumeration: type[Enum]) -> CellParser:
    by_word = {str(member.value): member for member in enumeration}

    def parse(cell: str) -> object:
        word = cell.strip()
        if word in by_word:
            return by_word[word]
        return CellBreach(
            code="unknown-word",
            message=f"{shown(cell)} must be one of {', '.join(by_word)}"
            + did_you_mean(word, by_word),
        )

    return parse


def _listed(parser: CellParser) -> CellParser:
    def parse(cell: str) -> object:
        if cell.count(PART_SEPARATOR) >= PARTS_MAX:
            return CellBreach(
                code="out-of-bounds", message=f"{shown(cell)} must have at most {PARTS_MAX} parts"
            )
        parts = [part.strip() for part in cell.split(PART_SEPARATOR)]
        if not all(parts):
            return CellBreach(
                code="empty-part",
                message=f"{shown(cell)} has an empty part; write the parts with one "
                f"{PART_SEPARATOR!r} between them",
            )
        values = tuple(parser(part) for part in parts)
        breaches = [value for value in values if isinstance(value, CellBreach)]
        return breaches[0] if breaches else values

    return parse
