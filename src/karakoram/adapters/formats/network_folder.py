"""How is a network read from a folder of plain tables, and written to one without loss?

A folder holds ``karakoram.toml`` and a CSV file for each table. A table of the equipment library
is written only where it differs from the packaged one, and a folder without it takes the packaged
one: the types that a planner did not touch come with the program.
"""

import tempfile
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.folder_judgement import judged
from karakoram.adapters.formats.folder_reading import OPTIONAL_FILES, REQUIRED_FILES, read_folder
from karakoram.adapters.formats.network_tables import (
    LIBRARY_TABLES,
    NETWORK_TABLES,
    csv_from_records,
    file_name,
)
from karakoram.adapters.formats.network_toml import FILE as SETTINGS_FILE
from karakoram.adapters.formats.network_toml import TABLE as SETTINGS_TABLE
from karakoram.adapters.formats.network_toml import toml_from_network
from karakoram.adapters.formats.new_folder import refuse_no_parent
from karakoram.adapters.formats.text_files import followed
from karakoram.core.cells import shown
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding, Place, errors_of
from karakoram.network.network import Network
from karakoram.refdata.library import read_library

_FILES = (*REQUIRED_FILES, *OPTIONAL_FILES)


def read_network(folder: Traversable) -> Network:
    """The network in a folder.

    Parameters
    ----------
    folder
        A directory on the disk (``pathlib.Path``), or a packaged one.

    Raises
    ------
    InvalidDataError
        When something forbids using it; carries every finding, each with its file.
    """
    network, findings = read_network_with_findings(folder)
    if network is None:
        raise InvalidDataError(findings)
    return network


def read_network_with_findings(
    folder: Traversable,
) -> tuple[Network | None, tuple[Finding, ...]]:
    """The network in a folder, or ``None`` when it has errors; and every finding, warnings too."""
    reading = read_folder(folder)
    if isinstance(reading, Finding):
        return None, (reading,)
    findings = judged(reading)
    return (None if errors_of(findings) else reading.network), findings


def write_network(network: Network, folder: Path) -> None:
    """Write a network as a folder of tables, all of it or nothing.

    All files are written aside first and read back; only what reads back as the same network
    takes its place. Other files of a network folder that exists already are left alone. The rules
    between records are not asked: a plan may be stored before it is sound.

    Parameters
    ----------
    network
        What to write.
    folder
        Where to; new, empty, or a network folder, which is replaced.

    Raises
    ------
    RefusedError
        When the folder holds something else, or the disk refuses.
    InvalidDataError
        When a table cannot hold the network, e.g. an identifier that begins with a blank.
    """
    texts = _texts(network)
    try:
        target = followed(folder)
        exists = _is_replaceable(target)
        parent = target if exists else target.parent
        refuse_no_parent(target)
        with tempfile.TemporaryDirectory(prefix=".karakoram-", dir=parent) as scratch:
            written = Path(scratch) / "new"
            written.mkdir()
            for name, data in texts.items():
                (written / name).write_bytes(data)
            _check_reads_back(network, written)
            if exists:
                _replace_files(written, target=target, backup=Path(scratch))
            else:
                written.rename(target)
    except OSError as error:
        raise RefusedError(f"cannot write {folder}: {error.strerror or error}") from error


def _texts(network: Network) -> dict[str, bytes]:
    """The files of a network, by name."""
    packaged = read_library()
    texts = {SETTINGS_FILE: toml_from_network(network)}
    for table, record_type in NETWORK_TABLES.items():
        texts[file_name(table)] = csv_from_records(getattr(network, table), record_type=record_type)
    for table, record_type in LIBRARY_TABLES.items():
        records = getattr(network.library, table)
        if records != getattr(packaged, table):
            texts[file_name(table)] = csv_from_records(records, record_type=record_type)
    try:
        return {name: text.encode("utf-8") for name, text in texts.items()}
    except UnicodeEncodeError as error:
        finding = Finding(
            code="not-text",
            place=Place(table="network"),
            message=f"{shown(error.object[error.start : error.end])} is half a character and "
            "cannot be written; remove it",
        )
        raise InvalidDataError((finding,)) from error


def _is_replaceable(target: Path) -> bool:
    """Whether the folder exists and may be filled; ``False`` when it is yet to be made.

    Raises
    ------
    RefusedError
        When something else than a network stands there.
    """
    if not target.exists():
        return False
    if not target.is_dir():
        raise RefusedError(f"{target} is a file; name a folder")
    is_empty = next(target.iterdir(), None) is None
    holds_folders = any((target / name).is_dir() for name in _FILES)
    if holds_folders or not (is_empty or (target / SETTINGS_FILE).is_file()):
        raise RefusedError(
            f"{target} holds something else than a network; name a new folder or an empty one"
        )
    return True


def _check_reads_back(network: Network, written: Path) -> None:
    reading = read_folder(written)
    assert not isinstance(reading, Finding), "what was just written is a network folder"
    findings = errors_of(reading.findings) or tuple(_losses(network, reading.network))
    if findings:
        raise InvalidDataError(findings)
    assert reading.network == network, "every part of a network is compared"


def _losses(network: Network, read: Network) -> Iterator[Finding]:
    """What the folder would not give back as it was."""
    pairs = [
        *((table, getattr(network, table), getattr(read, table)) for table in NETWORK_TABLES),
        *(
            (table, getattr(network.library, table), getattr(read.library, table))
            for table in LIBRARY_TABLES
        ),
    ]
    for table, given, kept in pairs:
        for key in _changed(given, kept):
            yield Finding(
                code="not-storable",
                place=Place(table=table, record=str(key), file=file_name(table)),
                message="a table cannot hold this record as it is; it must stand under its own "
                "identifier, and identifiers and parts of lists have no blanks around them, "
                "no ';' inside them and are not empty",
            )
    for key in ("name", "description", "currency", "rules"):
        if getattr(network, key) != getattr(read, key):
            yield Finding(
                code="not-storable",
                place=Place(table=SETTINGS_TABLE, field=key, file=SETTINGS_FILE),
                message="karakoram.toml cannot hold this value as it is",
            )


def _changed(given: Mapping[Any, Any], kept: Mapping[Any, Any]) -> list[Any]:
    keys = dict.fromkeys((*given, *kept))
    return [key for key in keys if given.get(key) != kept.get(key)]


def _replace_files(written: Path, *, target: Path, backup: Path) -> None:
    """Move the files of a network into its folder; when one cannot be moved, undo all.

    Raises
    ------
    OSError
        When the disk refuses; the folder is then as it was.
    """
    before = [name for name in _FILES if (target / name).exists()]
    try:
        for name in before:
            (target / name).rename(backup / name)
        for entry in sorted(written.iterdir()):
            entry.rename(target / entry.name)
    except OSError:
        for name in _FILES:
            if (backup / name).exists():
                (backup / name).replace(target / name)
            elif name not in before:
                (target / name).unlink(missing_ok=True)
        raise
