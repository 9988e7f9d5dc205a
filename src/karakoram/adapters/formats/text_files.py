"""What text does a file hold, or which finding says why it holds none?

Files are UTF-8; a byte-order mark is passed over. Whatever else a disk, a spreadsheet or an
accident may leave under the name of a file becomes a finding that says what to do.
"""

import codecs
import errno
import os
import re
import stat
import tempfile
from importlib.resources.abc import Traversable
from pathlib import Path

from karakoram.core.cells import shown
from karakoram.core.findings import Finding, Place

FILE_BYTES_MAX = 16 * 2**20
"""A table of 16 MiB holds some 100,000 spans, more than any network; more is no table."""

LINES_MAX = 200_000
"""More than the rows of the largest table allowed; blank lines take time to read too."""

_STREAMS = re.compile(r"/proc/[0-9]+/(task/[0-9]+/)?fd|/dev/fd")
_DATABASE = b"SQLite format 3\0"
"""How every file of SQLite begins (SQLite, database file format, section 1.3)."""
_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH

EMPTY_TABLE = "its first row names the columns"

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),  # begins with the mark of UTF-16, so it is asked first
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read_text(
    folder: Traversable,
    file: str,
    *,
    bytes_max: int = FILE_BYTES_MAX,
    lines_max: int = LINES_MAX,
    holds: str = EMPTY_TABLE,
) -> str | Finding:
    """The text of one file of a folder, line ends as they are; or the finding that forbids it.

    Parameters
    ----------
    folder
        A directory, or a packaged one.
    file
        Name of the file, e.g. ``spans.csv``; the table is its name without the extension.
    bytes_max
        Size beyond which the file is not read.
    lines_max
        Lines beyond which it is not.
    holds
        What an empty file is told to hold, as the end of a sentence.
    """
    data = read_bytes(folder, file, bytes_max=bytes_max, lines_max=lines_max)
    return data if isinstance(data, Finding) else text_from_bytes(data, file, holds=holds)


def read_bytes(
    folder: Traversable,
    file: str,
    *,
    bytes_max: int = FILE_BYTES_MAX,
    lines_max: int = LINES_MAX,
) -> bytes | Finding:
    """What stands in one file of a folder; or the finding that forbids reading it.

    Parameters
    ----------
    folder
        A directory, or a packaged one.
    file
        Name of the file.
    bytes_max
        Size beyond which the file is not read.
    lines_max
        Lines beyond which it is not.
    """
    try:
        entry = folder.joinpath(file)
        if entry.is_dir():
            return file_finding(
                file,
                code="not-a-file",
                message="is a folder; put a file of this name in its place",
            )
        if not entry.is_file():
            return _no_file(entry, file)
        with entry.open("rb") as stream:
            data: bytes = stream.read(bytes_max + 1)
    except OSError as error:
        return file_finding(
            file,
            code="unreadable-file",
            message=f"cannot be read ({error.strerror or error}); allow reading it",
        )
    if len(data) > bytes_max:
        return file_finding(
            file,
            code="file-too-large",
            message=f"is larger than {_size_text(bytes_max)}; no network needs as much",
        )
    lines = data.count(b"\n")
    if lines > lines_max:
        return file_finding(
            file,
            code="file-too-large",
            message=f"has {lines:,} lines, more than {lines_max:,}; no network needs as many",
        )
    return data


def text_from_bytes(data: bytes, file: str, *, holds: str = EMPTY_TABLE) -> str | Finding:
    """The text that the bytes of a file are in UTF-8; or the finding that they are none.

    Parameters
    ----------
    data
        What stands in the file.
    file
        Its name.
    holds
        What an empty file is told to hold, as the end of a sentence.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return file_finding(
                file,
                code="not-utf-8",
                message=f"is written in {encoding}; save it as UTF-8",
                row=1,
            )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return file_finding(
            file,
            code="not-utf-8",
            message=f"byte 0x{data[error.start]:02x} on line {line} is not UTF-8; "
            "save the file as UTF-8",
            row=line,
        )
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        return file_finding(
            file,
            code="nul-byte",
            message=f"line {line} holds a NUL byte: the file is damaged or written in UTF-16 or "
            "UTF-32; save it as UTF-8",
            row=line,
        )
    if not text.strip():
        return file_finding(file, code="empty-file", message=f"is empty; {holds}")
    return text


def leads_back_to_itself(entry: Traversable) -> bool:
    """Whether a name cannot be followed, because symbolic links lead round in a circle."""
    if not isinstance(entry, Path):
        return False
    try:
        entry.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False


def write_text(text: str, path: Path) -> None:
    """Write a file as UTF-8; see ``write_bytes``.

    Raises
    ------
    OSError
        As of ``write_bytes``.
    """
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: Path) -> None:
    """Write a file in one step: what was there stays until all of it is written.

    A symbolic link keeps its place, and what it points at is written.

    Raises
    ------
    OSError
        As of ``check_target``, or when the disk refuses; ``path`` is then unchanged.
    """
    check_target(path)
    target = followed(path)
    try:
        with tempfile.TemporaryDirectory(prefix=".karakoram-", dir=target.parent) as scratch:
            written = Path(scratch) / "new"
            written.write_bytes(data)
            written.replace(target)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def check_target(path: Path) -> None:
    """Refuse a place where no file can be written.

    Raises
    ------
    OSError
        Naming ``path``, when the folder does not exist, when ``path`` is a folder, device or pipe,
        is read-only, leads back to itself, or is a database: it may be the store itself.
    """
    target = followed(path)
    if _is_stream(path):
        raise OSError(errno.EINVAL, "is a stream of the program; name a file", str(path))
    if not target.parent.is_dir():
        raise FileNotFoundError(errno.ENOENT, "there is no such folder", str(target.parent))
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "is a folder, device or pipe; name a file", str(path))
    if target.exists() and not _may_be_written(target):
        raise PermissionError(
            errno.EACCES, "is read-only; allow writing it or name another file", str(path)
        )
    if target.exists() and _is_database(target):
        raise FileExistsError(
            errno.EEXIST, "is a database, perhaps the store itself; name another file", str(path)
        )


def _is_database(path: Path) -> bool:
    """Whether a file holds what nobody writes a report over: tables of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(_DATABASE)) == _DATABASE
    except OSError:  # what cannot be read, e.g. for want of a right, is no store of ours
        return False


def _is_stream(path: Path) -> bool:
    """Whether a name such as ``/dev/stdout`` stands for a file that the program holds open.

    The system follows such a name to the file that a shell redirected the stream to, and to
    replace that file would take away what the program prints.
    """
    step = path.absolute()
    while not _STREAMS.fullmatch(str(step.parent.resolve())):
        if not step.is_symlink():
            return False
        step = step.parent / step.readlink()
    return True


def _may_be_written(path: Path) -> bool:
    """Whether a file is not read-only; to an administrator the system would allow it all."""
    return bool(path.stat().st_mode & _WRITE_BITS) and os.access(path, os.W_OK)


def followed(path: Path) -> Path:
    """What a path leads to, its symbolic links followed.

    Raises
    ------
    OSError
        Naming ``path``, when it leads back to itself.
    """
    try:
        return path.resolve()
    except RuntimeError as error:  # pathlib of Python 3.11 and 3.12 tells a loop so
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def file_finding(file: str, *, code: str, message: str, row: int | None = None) -> Finding:
    """A finding about a file as such."""
    table = file.rpartition(".")[0] or file
    return Finding(code=code, place=Place(table=table, file=file, row=row), message=message)


def _no_file(entry: Traversable, file: str) -> Finding:
    """What stands under the name of a file, if anything does."""
    if not isinstance(entry, Path) or not os.path.lexists(entry):
        message = "is missing; put it there, or name a file that exists"
        return file_finding(file, code="missing-file", message=message)
    if leads_back_to_itself(entry):
        message = "is a symbolic link that leads back to itself; put the file in its place"
        return file_finding(file, code="unreadable-file", message=message)
    if entry.is_symlink() and not entry.exists():
        message = (
            f"is a symbolic link to {shown(str(entry.readlink()))}, which is not there; put the "
            "file in its place"
        )
        return file_finding(file, code="unreadable-file", message=message)
    message = "is a pipe, socket or device; put a file of this name in its place"
    return file_finding(file, code="not-a-file", message=message)


def _size_text(size_bytes: int) -> str:
    """A size in the unit that people use.

    >>> _size_text(2**20), _size_text(256 * 2**10)
    ('1 MiB', '256 KiB')
    """
    return f"{size_bytes // 2**20} MiB" if size_bytes >= 2**20 else f"{size_bytes // 2**10} KiB"
