"""What was understood of a network folder, file by file, before records are judged together?"""

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.network_tables import (
    LIBRARY_TABLES,
    NETWORK_TABLES,
    TableReading,
    file_name,
    read_table,
)
from karakoram.adapters.formats.network_toml import FILE as SETTINGS_FILE
from karakoram.adapters.formats.network_toml import FILE_BYTES_MAX as SETTINGS_BYTES_MAX
from karakoram.adapters.formats.network_toml import (
    Settings,
    rows_by_key,
    settings_from_toml,
    stand_in_settings,
)
from karakoram.adapters.formats.text_files import file_finding, leads_back_to_itself, read_text
from karakoram.core.cells import did_you_mean, shortened
from karakoram.core.findings import Finding, Place, Severity
from karakoram.network.network import Network
from karakoram.refdata.equipment import EquipmentLibrary
from karakoram.refdata.library import read_library

REQUIRED_FILES = (SETTINGS_FILE, *map(file_name, NETWORK_TABLES))
OPTIONAL_FILES = tuple(map(file_name, LIBRARY_TABLES))


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderReading:
    """The records of a folder that are right, and what is wrong with its files and rows."""

    network: Network
    """Of the records that are right; something stands in for settings in error."""
    tables: Mapping[str, TableReading]
    """What each table of the folder gave."""
    settings_findings: tuple[Finding, ...]
    settings_rows: Mapping[tuple[str, str | None], int]
    """Line of ``karakoram.toml`` by section and key."""
    folder_findings: tuple[Finding, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything wrong with the files and rows, file by file."""
        in_tables = (finding for table in self.tables.values() for finding in table.findings)
        return (*self.settings_findings, *in_tables, *self.folder_findings)


def read_folder(folder: Traversable) -> FolderReading | Finding:
    """Every file of a network folder; or the finding that it is no such folder.

    Parameters
    ----------
    folder
        A directory on the disk, or a packaged one.
    """
    names = _names(folder)
    if isinstance(names, Finding):
        return names
    settings, settings_findings, settings_rows = _read_settings(folder)
    library_tables = {
        table: kind for table, kind in LIBRARY_TABLES.items() if file_name(table) in names
    }
    tables = {
        table: read_table(folder, table, record_type=record_type)
        for table, record_type in {**NETWORK_TABLES, **library_tables}.items()
    }
    return FolderReading(
        network=_network(settings, tables),
        tables=tables,
        settings_findings=settings_findings,
        settings_rows=settings_rows,
        folder_findings=tuple(_unknown_files(names)),
    )


def _names(folder: Traversable) -> frozenset[str] | Finding:
    """The names in the folder, or why it is no network folder."""
    try:
        if leads_back_to_itself(folder):
            return _folder_finding(
                folder,
                code="unreadable-folder",
                message="is a symbolic link that leads back to itself; name a folder",
            )
        if isinstance(folder, Path) and _is_locked(folder):
            return _folder_finding(
                folder,
                code="unreadable-folder",
                message="cannot be read (Permission denied); allow reading it",
            )
        if not folder.is_dir():
            return _folder_finding(
                folder, code="missing-folder", message="is not a folder; name one that exists"
            )
        names = frozenset(entry.name for entry in folder.iterdir())
    except (OSError, ValueError) as error:
        return _folder_finding(
            folder, code="unreadable-folder", message=f"cannot be read ({error}); allow reading it"
        )
    if names.isdisjoint(REQUIRED_FILES):
        return _folder_finding(
            folder,
            code="not-a-network-folder",
            message=f"holds none of the files of a network; name one with {SETTINGS_FILE}, "
            f"{', '.join(REQUIRED_FILES[1:3])} and the other tables",
        )
    return names


def _is_locked(folder: Path) -> bool:
    """Whether the system lets nobody list the folder, or reach what is in it."""
    try:
        is_folder = stat.S_ISDIR(folder.stat().st_mode)
    except OSError as error:
        return error.errno == errno.EACCES
    return is_folder and not os.access(folder, os.R_OK | os.X_OK)


def _folder_finding(folder: Traversable, *, code: str, message: str) -> Finding:
    place = Place(table="network", file=shortened(str(folder)))
    return Finding(code=code, place=place, message=shortened(message))


def _read_settings(
    folder: Traversable,
) -> tuple[Settings, tuple[Finding, ...], Mapping[tuple[str, str | None], int]]:
    text = read_text(
        folder,
        SETTINGS_FILE,
        bytes_max=SETTINGS_BYTES_MAX,
        holds="it must hold the tables [network], [equipment] and [rules]",
    )
    if isinstance(text, Finding):
        return stand_in_settings(), (text,), {}
    settings, findings = settings_from_toml(text)
    return settings, findings, rows_by_key(text)


def _network(settings: Settings, tables: Mapping[str, TableReading]) -> Network:
    packaged = read_library()
    library: dict[str, Any] = {
        field.name: tables[field.name].records
        if field.name in tables
        else getattr(packaged, field.name)
        for field in fields(EquipmentLibrary)
    }
    records: dict[str, Any] = {table: tables[table].records for table in NETWORK_TABLES}
    return Network(
        name=settings.name,
        description=settings.description,
        currency=settings.currency,
        rules=settings.rules,
        library=EquipmentLibrary(**library),
        **records,
    )


def _unknown_files(names: frozenset[str]) -> Iterator[Finding]:
    """Tables nobody asked for; perhaps one that is missing, under a wrong name."""
    known = (*REQUIRED_FILES, *OPTIONAL_FILES)
    absent = [name for name in known if name not in names]
    for name in sorted(names.difference(known)):
        if name.lower().endswith((".csv", ".toml")):
            finding = file_finding(
                name,
                code="unknown-file",
                message="is not a table of a network and was not read; remove or rename it"
                + did_you_mean(name, absent),
            )
            yield replace(finding, severity=Severity.WARNING)
