"""How is a store looked after: checked, backed up, restored, brought up to date?"""

import errno
import hashlib
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from karakoram.adapters.store.addresses import is_address
from karakoram.adapters.store.checking import checked
from karakoram.adapters.store.dump import counts_of, read_dump, write_dump
from karakoram.adapters.store.opening import begin_store, is_free, migrate_store, open_store
from karakoram.adapters.store.sqlite_opening import FILES_BESIDE
from karakoram.adapters.store.sqlite_refusals import plainly
from karakoram.adapters.store.transaction import Transaction
from karakoram.core.errors import NotFoundError, RefusedError
from karakoram.usecases.sell.sales_ports import SalesReader
from karakoram.usecases.store.store_ports import StoreBackup, StoreCheck

_SQLITE = b"SQLite format 3\0"
"""How a file of SQLite begins."""
_HEADER_BYTES = 100
_PAGES = (slice(16, 18), slice(28, 32))
"""Where a file of SQLite says the size of its pages, and how many it has."""
_LARGEST_PAGE_BYTES = 65_536
"""Of which the size is written as 1."""
_NOT_WRITTEN = frozenset(
    {
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR_WRITE,
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_TRUNCATE,
    }
)
_PACKED = ".gz"
"""How the name of a portable back-up ends."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Looks after the store that a word names."""

    word: str

    def check(self) -> StoreCheck:
        """Every broken rule of the whole store."""
        with closing(open_store(self.word)) as store:
            return store.read(lambda reader: checked(_connection(reader)))

    def back_up(self, target: str) -> StoreBackup:
        """What was written to a new file, which is there whole or not at all."""
        path = Path(target)
        _refuse_place_of_log(path, self.word)
        if path.name.endswith(_PACKED):
            with closing(open_store(self.word)) as store:
                return _written_whole(
                    path,
                    lambda part: store.read(lambda reader: write_dump(_connection(reader), part)),
                )
        if is_address(self.word):
            raise RefusedError(
                f"a store on a server is backed up to a file whose name ends in {_PACKED}, "
                f"got {target}",
                code="backup-not-portable",
            )
        open_store(self.word).close()
        return _written_whole(path, lambda part: _copy(Path(self.word), part))

    def restore(self, source: str) -> StoreBackup:
        """What an empty store, or a new one, was filled with: all of it or nothing."""
        path = Path(source)
        if not path.is_file():
            raise NotFoundError(f"There is no back-up at {source}.")
        with path.open("rb") as raw:
            is_copy = raw.read(len(_SQLITE)) == _SQLITE
        if is_copy:
            return self._restore_copy(path)
        if is_free(self.word):
            return begin_store(self.word, lambda connection: read_dump(connection, path))
        with closing(open_store(self.word)) as store:
            return store.write(lambda writer: read_dump(_connection(writer), path))

    def migrate(self) -> tuple[str, str]:
        """The forms of the store before and after it was brought to that of this program."""
        return migrate_store(self.word)

    def _restore_copy(self, source: Path) -> StoreBackup:
        if is_address(self.word):
            raise RefusedError(
                f"{source} is a copy of a file and makes no store on a server; make a back-up "
                f"whose name ends in {_PACKED}",
                code="backup-not-portable",
            )
        _check_whole(source)
        open_store(str(source)).close()
        made = _written_whole(Path(self.word), lambda part: _copy(source, part))
        return StoreBackup(place=str(source), counts=made.counts, digest=made.digest)


def _connection(reader: SalesReader) -> Connection:
    assert isinstance(reader, Transaction), "a store reads and writes through its transactions"
    return reader.connection


def _refuse_place_of_log(path: Path, word: str) -> None:
    """Refuse a back-up where SQLite writes what belongs to the store: it would be taken for that.

    Raises
    ------
    RefusedError
        With code ``there-already``.
    """
    if not is_address(word) and str(path.absolute()) in {
        f"{Path(word).absolute()}{end}" for end in FILES_BESIDE
    }:
        raise RefusedError(
            f"SQLite keeps what belongs to {word} at {path}, and would take the back-up for it",
            code="there-already",
            where=str(path),
            alternatives=("choose another name",),
        )


def _written_whole(path: Path, write: Callable[[Path], StoreBackup]) -> StoreBackup:
    """What ``write`` made beside the path, put there once it is whole and durable.

    Raises
    ------
    RefusedError
        If there is something at the path already.
    NotFoundError
        If there is no folder for it.
    OSError
        If it cannot be written; names the path, and not the part.
    """
    if path.exists():
        raise RefusedError(
            f"{path} is there already; choose a place where nothing is",
            code="there-already",
            where=str(path),
        )
    if not path.absolute().parent.is_dir():
        raise NotFoundError(f"There is no folder {path.absolute().parent} to write {path} in.")
    part = path.with_name(f"{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        made = write(part)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(path)
    except OSError as error:
        raise type(error)(error.errno, error.strerror, str(path)) from error
    finally:
        part.unlink(missing_ok=True)
    return StoreBackup(place=str(path), counts=made.counts, digest=made.digest)


def _check_whole(source: Path) -> None:
    """Refuse a copy that is cut off: SQLite reads what is missing of its last page as zeros.

    The header says the size of a page and how many there are (SQLite manual, database file format,
    1.3). With a log beside it they may stand in the log.
    """
    with source.open("rb") as raw:
        header = raw.read(_HEADER_BYTES)
    page_bytes, page_count = (int.from_bytes(header[at], "big") for at in _PAGES)
    size_bytes = (page_bytes if page_bytes > 1 else _LARGEST_PAGE_BYTES) * page_count
    log = source.with_name(f"{source.name}-wal")
    if source.stat().st_size < size_bytes and not log.exists():
        raise RefusedError(
            f"{source} is damaged: its end is missing", code="backup-damaged", where=str(source)
        )


def _copy_pages(there: sqlite3.Connection, here: sqlite3.Connection, target: Path) -> None:
    """Copy every page; what is refused while writing is about the target.

    Raises
    ------
    OSError
        If the target cannot be written.
    """
    try:
        there.backup(here)
    except sqlite3.Error as error:
        if error.sqlite_errorcode in _NOT_WRITTEN:
            raise OSError(errno.ENOSPC, str(error), str(target)) from error
        raise


def _copy(source: Path, target: Path) -> StoreBackup:
    """Copy a store in a file, by SQLite itself, while others write to it."""
    with (
        plainly(source),
        closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        _copy_pages(there, here, target)
        told = here.execute("PRAGMA integrity_check").fetchone()[0]
    if told != "ok":
        raise RefusedError(f"{source} is damaged: {told}", code="store-damaged", where=str(source))
    with closing(open_store(str(target))) as store:
        counts = store.read(lambda reader: counts_of(_connection(reader)))
    with target.open("rb") as raw:
        digest = hashlib.file_digest(raw, "sha256").hexdigest()
    return StoreBackup(place=str(target), counts=counts, digest=digest)
