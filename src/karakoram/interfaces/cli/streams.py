"""Do the standard output and the standard error take what is printed, and what if they do not?

A full disk or a closed output ends the program with one line and an exit code, whatever printed:
a command, ``--help`` or a completion. This file imports nothing heavy, for it serves all of them.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

_BAD_INPUT = 2
"""Exit code of what the user can put right; ``failures.ExitCode`` would import more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputTold:
    """Inside this context whatever cannot be printed is told, and ends the program."""

    def __enter__(self) -> None:
        """Begin; refuse to where nobody would get the answer."""
        if sys.stdout is None:
            tell_line("Error: the standard output is closed; nothing was done")
            raise SystemExit(_BAD_INPUT)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """Print what is left, and tell what could not be printed."""
        refusal = error if isinstance(error, OSError) else output_refusal()
        if refusal is None:
            return
        drop_output()
        tell_line(f"Error: {refusal_text(refusal)}")
        raise SystemExit(_BAD_INPUT) from None


def refusal_text(refusal: OSError) -> str:
    """What a person reads where the standard output takes no more.

    An answer is told once there is one, so that the work of the command may be done by then.
    """
    why = refusal.strerror or refusal
    return f"the standard output cannot be written: {why}; what was asked may be done all the same"


def output_refusal() -> OSError | None:
    """Why the standard output does not take what was printed; ``None`` where it does."""
    if sys.stdout is None:
        return None
    try:
        sys.stdout.flush()
    except OSError as refusal:
        return refusal
    return None


def drop_output() -> None:
    """Let whatever is left for the standard output go nowhere, so that it fails only once."""
    _drop(sys.stdout.fileno)


def tell_line(line: str) -> None:
    """Print a line to the standard error, if there is one that takes it."""
    if sys.stderr is None:
        return
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _drop(sys.stderr.fileno)


def _drop(descriptor: Callable[[], int]) -> None:
    with suppress(OSError), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), descriptor())
