"""Is every argument of the facade of a type it can take, and what would be right?

One rule: an argument has the type that the reference names for it, or, where the reference says so,
is the text that the command line takes for it. Nothing else is converted.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from numbers import Integral, Real
from os import PathLike, fsencode, fspath
from pathlib import Path
from typing import Any

from karakoram.core.cells import WORD_CHARACTERS_MAX, did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.network.network import Network
from karakoram.planning.offers import Infeasible, ServiceDesign
from karakoram.planning.prepare import PreparedNetwork

ARGUMENTS = "arguments"
"""The table that findings about arguments name."""


class _Wrong:
    """What a reader gives for a value of a wrong type."""


_WRONG = _Wrong()

Reader = Callable[[object], Any]
"""The value as the platform takes it, or ``_WRONG``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArgumentKind:
    """What an argument may be."""

    words: str
    """What would be right, for the finding."""
    read: Reader


def arguments_read(
    given: Mapping[str, object], kinds: Mapping[str, ArgumentKind]
) -> dict[str, Any]:
    """The arguments as the platform takes them.

    Parameters
    ----------
    given
        By name, as the caller wrote them.
    kinds
        What each name that there is may be.

    Raises
    ------
    InvalidDataError
        With a finding for every argument that is of a wrong type or that does not exist.
    """
    read: dict[str, Any] = {}
    findings = []
    for name, value in given.items():
        if name not in kinds:
            absent = [other for other in kinds if other not in given]
            findings.append(
                argument_finding(
                    name,
                    f"there is no argument {shown(name)}; name one of {', '.join(kinds)}"
                    + did_you_mean(name, absent),
                )
            )
            continue
        read[name] = kinds[name].read(value)
        if read[name] is _WRONG:
            findings.append(
                argument_finding(name, f"must be {kinds[name].words}, got {_described(value)}")
            )
    if findings:
        raise InvalidDataError(tuple(findings))
    return read


def argument_finding(name: str, message: str) -> Finding:
    """What is wrong with an argument."""
    return Finding(code="wrong-argument", place=Place(table=ARGUMENTS, field=name), message=message)


def _described(value: object) -> str:
    """The value and its type; only the type where the value is long or cannot be written out."""
    kind = type(value).__name__
    if value is None:
        return "None"
    if isinstance(value, str | bytes | bool | int | float | date | list | tuple | set | dict):
        try:
            written = repr(value)
        except (ValueError, RecursionError):
            return f"a value of type {kind}"
        return f"{written if len(written) <= _WRITTEN_CHARACTERS_MAX else '...'} of type {kind}"
    return f"a value of type {kind}"


_WRITTEN_CHARACTERS_MAX = 60


def _of_types(*types: type) -> Reader:
    def read(value: object) -> object:
        return value if isinstance(value, types) else _WRONG

    return read


def _or_none(read: Reader) -> Reader:
    def read_or_none(value: object) -> object:
        return None if value is None else read(value)

    return read_or_none


def _number(value: object) -> object:
    """A finite number as float; ``True`` is not meant as 1."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return _WRONG
    try:
        number = float(value)
    except OverflowError:
        return _WRONG
    return number if isfinite(number) else _WRONG


def _whole(value: object) -> object:
    return _WRONG if isinstance(value, bool) or not isinstance(value, Integral) else int(value)


def _bit_rate(value: object) -> object:
    """Text, also of a number, which is Gbit/s."""
    if isinstance(value, str):
        return _text(value)
    number = _number(value)
    return _WRONG if number is _WRONG else f"{number:.9f}".rstrip("0").rstrip(".")


def _words(value: object) -> object:
    """Several words; one alone stands for a list of one."""
    if isinstance(value, str):
        return _WRONG if _text(value) is _WRONG else (value,)
    if isinstance(value, bytes | Mapping) or not isinstance(value, Iterable):
        return _WRONG
    words = tuple(value)
    return words if all(_text(word) is not _WRONG for word in words) else _WRONG


def _day(value: object) -> object:
    """A day; a moment is none, for it would hang on a time zone which day it is."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return _WRONG
    return value if isinstance(value, date) and not isinstance(value, datetime) else _WRONG


def _path(value: object) -> object:
    if not isinstance(value, str | PathLike):
        return _WRONG
    name = fspath(value)
    if not isinstance(name, str) or not name or "\0" in name:
        return _WRONG
    try:
        fsencode(name)
    except UnicodeEncodeError:
        return _WRONG
    return Path(name)


def _text(value: object) -> object:
    return value if isinstance(value, str) and len(value) <= WORD_CHARACTERS_MAX else _WRONG


def _network_or_path(value: object) -> object:
    return value if isinstance(value, Network) else _path(value)


_AT_MOST = f"of at most {WORD_CHARACTERS_MAX} characters"
TEXT = ArgumentKind(words=f"text between quotes {_AT_MOST}", read=_text)
WORDS = ArgumentKind(words=f"text, or a list of texts, each {_AT_MOST}", read=_words)
BIT_RATE = ArgumentKind(
    words=f"text such as '400G', {_AT_MOST}, or a number of Gbit/s such as 400", read=_bit_rate
)
NUMBER_OR_NONE = ArgumentKind(words="a finite number, or None", read=_or_none(_number))
WHOLE = ArgumentKind(words="a whole number", read=_whole)
TRUTH = ArgumentKind(words="True or False", read=_of_types(bool))
DAY = ArgumentKind(words="a datetime.date, text such as '2026-11-22', or None", read=_or_none(_day))
PATH = ArgumentKind(words="a path: text or pathlib.Path", read=_path)
FOLDER = ArgumentKind(
    words="a path of a folder: text or pathlib.Path, or None for the reference corridor",
    read=_or_none(_path),
)
CATALOGUE_FOLDER = ArgumentKind(
    words="a path of a folder: text or pathlib.Path, or None for the corridor's catalogue",
    read=_or_none(_path),
)
NETWORK_OR_NONE = ArgumentKind(
    words="a Network, as read_network gives it, or None", read=_or_none(_of_types(Network))
)
NETWORK = ArgumentKind(words="a Network, as read_network gives it", read=_of_types(Network))
NETWORK_OR_PATH = ArgumentKind(
    words="a Network, or the path of a folder: text or pathlib.Path", read=_network_or_path
)
ASKED_NETWORK = ArgumentKind(
    words="a Network, as read_network gives it, or what prepare gives",
    read=_of_types(Network, PreparedNetwork),
)
DESIGN = ArgumentKind(words="what design_service gives", read=_of_types(ServiceDesign, Infeasible))
