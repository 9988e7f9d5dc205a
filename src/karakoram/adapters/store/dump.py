"""How does everything in a store become a file, and the file a store on any database?

Lines of JSON, compressed: a header with the form and the columns, a line for each row, and a foot
with the number of rows and the digest of all lines before it. Rows stand in the order of their
keys, so that the same rows give the same digest on SQLite and on PostgreSQL.
"""

import gzip
import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, func, insert, select
from sqlalchemy.exc import IntegrityError

from karakoram.adapters.store.tables import PLACES, SCHEMA, TABLES
from karakoram.core.errors import RefusedError
from karakoram.usecases.store.store_ports import StoreBackup

ROWS_AT_ONCE = 2_000
_COMPRESSION = 3
"""Of gzip; 6, its default, takes twice as long for a tenth less."""
_FORMAT = "karakoram-store"
_UNREADABLE = (EOFError, gzip.BadGzipFile, zlib.error, UnicodeDecodeError)


def _columns_of(table: Table) -> list[Column[Any]]:
    """What is written of a row; its place among others is counted anew where it is read."""
    return [each for each in table.columns if each not in PLACES]


def counts_of(connection: Connection, tables: Iterable[Table] = TABLES) -> dict[str, int]:
    """Rows by table, of these tables."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def write_dump(connection: Connection, target: Path) -> StoreBackup:
    """What was written to a new file: everything.

    Raises
    ------
    FileExistsError
        If there is something already.
    """
    counts: Counter[str] = Counter({table.name: 0 for table in TABLES})
    digest = hashlib.sha256()
    with (
        target.open("xb") as raw,
        gzip.GzipFile("", "wb", compresslevel=_COMPRESSION, fileobj=raw, mtime=0) as packed,
    ):
        for line in _lines(connection, counts):
            digest.update(line)
            packed.write(line)
        foot = {"counts": dict(counts), "sha256": digest.hexdigest()}
        packed.write(_line(foot))
    return StoreBackup(place=str(target), counts=dict(counts), digest=digest.hexdigest())


def read_dump(connection: Connection, source: Path) -> StoreBackup:
    """What a file holds, written into an empty store in the transaction that has begun.

    Raises
    ------
    RefusedError
        With code ``store-not-empty``, ``not-a-backup``, ``backup-damaged`` or
        ``backup-other-form``.
    """
    full = [name for name, count in counts_of(connection).items() if count]
    if full:
        raise RefusedError(
            f"the store holds something already ({', '.join(full)}); a back-up is restored into an "
            "empty one",
            code="store-not-empty",
            alternatives=("restore to another place",),
        )
    try:
        with gzip.open(source, "rb") as packed:
            return _read(connection, source, packed=packed)
    except _UNREADABLE as error:
        raise _damaged(source, "its end is missing or it is no gzip file") from error


def _read(connection: Connection, source: Path, *, packed: gzip.GzipFile) -> StoreBackup:
    digest, counts = hashlib.sha256(), Counter({table.name: 0 for table in TABLES})
    header = packed.readline()
    _check_header(source, header)
    digest.update(header)
    waiting: list[dict[str, Any]] = []
    table = TABLES[0]
    for line in packed:
        row = _parsed(source, line)
        if isinstance(row, dict):
            _insert(connection, source, table, rows=waiting)
            found = {"counts": dict(counts), "sha256": digest.hexdigest()}
            if row != found or packed.readline():
                raise _damaged(source, "its rows are not those that were written")
            return StoreBackup(place=str(source), counts=dict(counts), digest=digest.hexdigest())
        digest.update(line)
        new = _table_of(source, row)
        if new is not table or len(waiting) >= ROWS_AT_ONCE:
            _insert(connection, source, table, rows=waiting)
            waiting, table = [], new
        waiting.append(_cells(source, table, row[1]))
        counts[table.name] += 1
    raise _damaged(source, "its end is missing")


def _lines(connection: Connection, counts: Counter[str]) -> Iterator[bytes]:
    yield _line({"format": _FORMAT, "form": SCHEMA, "columns": _columns_by_table()})
    streamed = connection.execution_options(stream_results=True, yield_per=ROWS_AT_ONCE)
    for table in TABLES:
        asked = select(*_columns_of(table)).order_by(*table.primary_key.columns)
        for row in streamed.execute(asked):
            counts[table.name] += 1
            yield _line([table.name, [_word(cell) for cell in row]])


def _columns_by_table() -> dict[str, list[str]]:
    return {table.name: [each.name for each in _columns_of(table)] for table in TABLES}


def _line(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _word(cell: object) -> object:
    return bytes(cell).hex() if isinstance(cell, bytes | memoryview) else cell


def _parsed(source: Path, line: bytes) -> Any:  # noqa: ANN401  (whatever the line says)
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _damaged(source, "a line is no JSON") from error


def _check_header(source: Path, line: bytes) -> None:
    header = _parsed(source, line) if line else None
    if not isinstance(header, dict) or header.get("format") != _FORMAT:
        raise RefusedError(f"{source} is no back-up of a store", code="not-a-backup")
    if header.get("form") != SCHEMA or header.get("columns") != _columns_by_table():
        raise RefusedError(
            f"{source} is of another form ({header.get('form')}; this Karakoram knows {SCHEMA}); "
            "restore it with the Karakoram that wrote it, then migrate",
            code="backup-other-form",
        )


def _table_of(source: Path, row: object) -> Table:
    named = {table.name: table for table in TABLES}
    if not isinstance(row, list) or len(row) != 2 or row[0] not in named:  # noqa: PLR2004
        raise _damaged(source, "a line is no row")
    return named[row[0]]


def _cells(source: Path, table: Table, row: Iterable[Any]) -> dict[str, Any]:
    try:
        pairs = zip(_columns_of(table), row, strict=True)
        return {
            column.name: bytes.fromhex(cell) if isinstance(column.type, LargeBinary) else cell
            for column, cell in pairs
        }
    except (TypeError, ValueError) as error:
        raise _damaged(source, f"a row of {table.name} does not fit its columns") from error


def _insert(
    connection: Connection, source: Path, table: Table, *, rows: list[dict[str, Any]]
) -> None:
    if not rows:
        return
    try:
        connection.execute(insert(table), rows)
    except IntegrityError as error:
        raise _damaged(source, f"rows of {table.name} break its rules: {error.orig}") from error


def _damaged(source: Path, why: str) -> RefusedError:
    return RefusedError(f"{source} is damaged: {why}", code="backup-damaged", where=str(source))
