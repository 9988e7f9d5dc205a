"""What is said when SQLite cannot do what a store in a file is asked?"""

import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from karakoram.adapters.store.refusals import busy, damaged, lost, not_allowed
from karakoram.core.errors import RefusedError

_OTHER_TABLES = re.compile(
    r"no such (table|column)|duplicate column name|(table|index|trigger) .* already exists"
)
"""How SQLite names what a store of this form has, or has not yet; it has no code of its own."""

_UNDECODED = "Could not decode to UTF-8"
"""How Python's sqlite3 tells that bytes of a text were changed on the disk; it has no code."""
_TEXT_FOLLOWS = " with text "

FROM_SQLITE = (DBAPIError, sqlite3.Error, UnicodeDecodeError)
"""What reaching into a file may raise; the last where the words of an error are themselves damaged,
e.g. those that quote a table's definition."""

_TOLD: Mapping[int, Callable[[str, str], RefusedError]] = {
    sqlite3.SQLITE_READONLY: not_allowed,
    sqlite3.SQLITE_PERM: not_allowed,
    sqlite3.SQLITE_AUTH: not_allowed,
    sqlite3.SQLITE_BUSY: busy,
    sqlite3.SQLITE_LOCKED: busy,
    sqlite3.SQLITE_FULL: lost,
    sqlite3.SQLITE_IOERR: lost,
    sqlite3.SQLITE_CORRUPT: damaged,
    sqlite3.SQLITE_NOTADB: damaged,
}


@contextmanager
def plainly(path: Path) -> Iterator[None]:
    """What SQLite refuses, as a refusal of the store; our own mistakes stay what they are.

    Raises
    ------
    ConflictError
        If others held the store for too long.
    RefusedError
        If the file cannot be reached or written, or is damaged.
    """
    try:
        yield
    except FROM_SQLITE as error:
        refused = sqlite_refusal(path, error)
        if refused is None:
            raise
        raise refused from error


def sqlite_refusal(
    path: Path, error: DBAPIError | sqlite3.Error | UnicodeDecodeError
) -> RefusedError | None:
    """How an error of SQLite is told; ``None`` for one that is our own mistake."""
    if isinstance(error, UnicodeDecodeError):
        return damaged(str(path), str(error))
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = str(cause)
    if words.startswith(_UNDECODED):  # what stands there is kilobytes, and may be a buyer's
        return damaged(str(path), words.partition(_TEXT_FOLLOWS)[0])
    code = _primary(cause)
    if code == sqlite3.SQLITE_CANTOPEN:
        return _unreachable(path, words)
    if code == sqlite3.SQLITE_ERROR and _OTHER_TABLES.match(words):
        return damaged(str(path), words)
    told = _TOLD.get(code)
    return None if told is None else told(str(path), words)


def _primary(cause: object) -> int:
    """The primary result code (SQLite manual, result codes 2): the lowest eight bits."""
    return int(getattr(cause, "sqlite_errorcode", 0)) & 0xFF


def _unreachable(path: Path, words: str) -> RefusedError:
    folder = path.absolute().parent
    why = words if folder.is_dir() else f"there is no folder {folder}"
    advice = "name a file that you may read and write" if folder.is_dir() else f"mkdir -p {folder}"
    return RefusedError(
        f"{path} cannot be reached: {why}",
        code="store-unreachable",
        where=str(path),
        alternatives=(advice,),
    )
