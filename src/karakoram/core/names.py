"""What may something be called? One line that a person can read, and that names one thing.

Whoever types a word and whoever reads it from a file may have left it empty, or caught characters
that steer a terminal, hide or turn round what stands after them; nobody finds such a name again.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from karakoram.core.cells import (
    IDENTIFIER_CHARACTERS_MAX,
    WORD_CHARACTERS_MAX,
    hidden_breach,
    shown,
)

_LONE = re.compile(r"[\ud800-\udfff]")
"""Halves of a character: what is left of bytes that are no UTF-8 (PEP 383)."""
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Control characters, line and paragraph ends, and what turns the direction of the text; joiners
stay, for Urdu and Persian are not written without them."""


def lone_breach(text: str) -> str | None:
    r"""Why a text cannot be written as UTF-8.

    >>> lone_breach("plain") is None, lone_breach("\ud800")
    (True, "is not UTF-8: '\\ud800'; type it again, or set the locale to UTF-8")
    """
    if _LONE.search(text) is None:
        return None
    return f"is not UTF-8: {shown(text)}; type it again, or set the locale to UTF-8"


def line_breach(text: str) -> str | None:
    r"""Why a text cannot stand on one line as it is; empty and blank ones can.

    >>> line_breach("plain") is None, line_breach("two\nlines")
    (True, 'holds the control character U+000A; delete it')
    """
    lone = lone_breach(text)
    if lone is not None:
        return lone
    steering = _STEERING.search(text)
    if steering is not None:
        return f"holds the control character U+{ord(steering[0]):04X}; delete it"
    return None


def name_breach(text: str) -> str | None:
    """Why a text can be no name: it is blank, too long or not one line.

    >>> name_breach("Telecom of the North") is None, name_breach(" ")
    (True, 'must not be blank')
    """
    if not text.strip():
        return "must not be blank"
    if len(text) > WORD_CHARACTERS_MAX:
        return f"must have at most {WORD_CHARACTERS_MAX} characters, got {shown(text)}"
    return line_breach(text)


def identifier_breach(text: str) -> str | None:
    """Why a text can be no identifier: besides, it has no blanks at its ends and hides nothing.

    >>> identifier_breach("CT-7") is None, identifier_breach(" CT")
    (True, "must have no blank before or after it, got ' CT'")
    """
    breach = name_breach(text)
    if breach is not None:
        return breach
    if len(text) > IDENTIFIER_CHARACTERS_MAX:
        return f"must have at most {IDENTIFIER_CHARACTERS_MAX} characters, got {shown(text)}"
    if text != text.strip():
        return f"must have no blank before or after it, got {shown(text)}"
    hidden = hidden_breach(text)
    return None if hidden is None else hidden.message


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFields:
    """Which fields of a record are names, and which are identifiers."""

    identifiers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    def breaches(self, record: object) -> tuple[tuple[str, str], ...]:
        """Every field that is wrong, and what would be right; ``None`` is not judged."""
        kinds = ((self.identifiers, identifier_breach), (self.names, name_breach))
        return tuple(
            (field, breach)
            for fields, judge in kinds
            for field in fields
            if (value := getattr(record, field)) is not None
            and (breach := judge(value)) is not None
        )

    def check(self, record: object) -> None:
        """Refuse a record that could not be found or read by its names.

        Raises
        ------
        ValueError
            Naming every field that is wrong, and what would be right.
        """
        if breaches := self.breaches(record):
            kind = type(record).__name__
            raise ValueError("; ".join(f"{kind}.{field} {breach}" for field, breach in breaches))


def is_mended(known: Any, told: Any) -> bool:  # noqa: ANN401  (two records of one kind)
    """Whether a record is told with right names in the place of wrong ones, all else being alike.

    Identifiers are never mended: other records name them.
    """
    wrong = {field for field, _ in known.NAMED.breaches(known)} & set(known.NAMED.names)
    alike = {each.name for each in fields(known)} - wrong - {"version"}
    return bool(wrong) and all(getattr(known, name) == getattr(told, name) for name in alike)


def check_names(
    record: object, *, identifiers: Iterable[str] = (), names: Iterable[str] = ()
) -> None:
    """Refuse a record that could not be found or read by its names.

    Parameters
    ----------
    record
        Any record; a field that is ``None`` is not looked at.
    identifiers, names
        The fields that hold one.

    Raises
    ------
    ValueError
        Naming every field that is wrong, and what would be right.
    """
    NameFields(identifiers=tuple(identifiers), names=tuple(names)).check(record)
