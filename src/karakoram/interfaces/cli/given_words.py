"""Which words and numbers of a command line can mean nothing, whatever the command is?

They are refused here, before any command compares them with names, counts with them or writes them
down: all of them at once, for every command alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from karakoram.core.cells import WORD_CHARACTERS_MAX, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.names import line_breach
from karakoram.usecases.words import question_finding

NUMBER_MAX = 10**15
"""More than there is of anything that is counted here, and exact as a float."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenWord:
    """What a command holds for one of its arguments or options."""

    name: str
    """As the usage has it: ``ACCOUNT`` or ``--limit``."""
    value: object
    is_typed: bool
    """Whether it stands on the command line, and is no default."""


def refuse_meaningless(words: Iterable[GivenWord]) -> None:
    """Refuse what can mean nothing.

    Raises
    ------
    InvalidDataError
        With a finding for each.
    """
    findings = tuple(
        question_finding(word.name.removeprefix("--"), message)
        for word in words
        for value in (word.value if isinstance(word.value, list | tuple) else [word.value])
        if (message := _breach(value, is_typed=word.is_typed)) is not None
    )
    if findings:
        raise InvalidDataError(findings)


def _breach(value: object, *, is_typed: bool) -> str | None:
    if isinstance(value, str):
        return _word_breach(value, is_typed=is_typed)
    if not isinstance(value, int | float) or abs(value) <= NUMBER_MAX:
        return None
    return f"{value:g} must be a number from {-NUMBER_MAX:g} to {NUMBER_MAX:g}"


def _word_breach(word: str, *, is_typed: bool) -> str | None:
    if len(word) > WORD_CHARACTERS_MAX:
        return (
            f"{shown(word)} has {len(word):,} characters; no word here needs more than "
            f"{WORD_CHARACTERS_MAX}"
        )
    if is_typed and not word.strip():
        return "is blank; give it a value, or leave it out"
    return line_breach(word)
