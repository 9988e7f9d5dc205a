"""How is a command line that cannot be read told to a program?

With ``--json`` as the same object as any other error; without it Typer tells it, with the usage.
This file imports nothing heavy, for it serves ``--help`` too.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, cast

import typer

from karakoram.interfaces.cli.streams import drop_output, tell_line

_JSON_OPTION = "--json"

_USAGE_ERROR = typer.BadParameter.__bases__[0]
"""What Typer raises where a command line cannot be read; it gives the class no public name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageTold:
    """Inside this context an error of usage is told as JSON where that was asked for."""

    as_json: bool

    def __enter__(self) -> None:
        """Begin to read the command line."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Tell the error of usage, if any, and leave with its exit code."""
        if not (self.as_json and isinstance(error, _USAGE_ERROR)):
            return
        usage = cast("Any", error)
        if not printed_as_json(json_from_error("usage", usage.format_message())):
            tell_line(f"Error: {usage.format_message()}")
        raise typer.Exit(usage.exit_code) from None


def asks_for_json(words: Sequence[str]) -> bool:
    """Whether ``--json`` stands among the options of a command line.

    >>> asks_for_json(["design", "--bogus", "--json"]), asks_for_json(["design", "--", "--json"])
    (True, False)
    """
    options = words[: words.index("--")] if "--" in words else words
    return any(word.partition("=")[0] == _JSON_OPTION for word in options)


def json_from_error(
    code: str, message: str, *, findings: Sequence[Mapping[str, object]] = ()
) -> dict[str, object]:
    """The object that every error is told as.

    Parameters
    ----------
    code
        For programs; the codes stand in ``docs/reference/cli.md``.
    message
        For people.
    findings
        What is wrong in detail, each already an object.
    """
    return {"error": {"code": code, "message": message, "findings": list(findings)}}


def printed_as_json(payload: Mapping[str, object]) -> bool:
    """Whether the standard output took the object; where it is full or gone, nothing more goes."""
    try:
        print(json.dumps(payload, indent=2, ensure_ascii=False), flush=True)
    except OSError:
        drop_output()
        return False
    return True
