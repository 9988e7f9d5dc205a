"""How is a catalogue read from a folder of plain tables, and written to one without loss?

A folder holds ``catalogue.toml`` and a CSV file for each table.
"""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.catalogue_settings import FILE as SETTINGS_FILE
from karakoram.adapters.formats.catalogue_settings import TABLE as SETTINGS_TABLE
from karakoram.adapters.formats.catalogue_settings import (
    CatalogueSettings,
    settings_from_toml,
    toml_from_settings,
)
from karakoram.adapters.formats.catalogue_tables import CATALOGUE_TABLES, TABLE_NAMED_BY_FIELD
from karakoram.adapters.formats.network_tables import (
    TableReading,
    csv_from_records,
    file_name,
    placed,
    read_table,
)
from karakoram.adapters.formats.new_folder import refuse_no_parent
from karakoram.adapters.formats.text_files import file_finding, read_text
from karakoram.core.cells import did_you_mean, shortened
from karakoram.core.errors import InvalidDataError, RefusedError
from karakoram.core.findings import Finding, Place, Severity, errors_of
from karakoram.network.network import Network
from karakoram.sales.catalogue.catalogue import Catalogue
from karakoram.sales.catalogue.validate import validate_catalogue

FILES = (SETTINGS_FILE, *map(file_name, CATALOGUE_TABLES))

_NEEDS_ALL_OF: Mapping[str, str] = {
    "offering-without-price": "product_offering_prices",
    "level-without-objective": "service_level_objectives",
    "credit-without-objective": "service_level_objectives",
    "need-without-characteristic": "characteristics",
    "need-without-units": "characteristics",
    "unknown-characteristic": "characteristics",
    "price-counts-nothing": "characteristics",
}
"""Breaches of the kind "there is no such row": only a table without errors can tell."""


@dataclass(frozen=True, slots=True)
class CatalogueFolder:
    """A catalogue in a folder of plain tables."""

    folder: Traversable

    def read_catalogue(self, network: Network | None = None) -> Catalogue:
        """The catalogue.

        Raises
        ------
        InvalidDataError
            When something forbids using it; carries every finding, each with its file.
        """
        catalogue, findings = self.read_catalogue_with_findings(network)
        if catalogue is None:
            raise InvalidDataError(findings)
        return catalogue

    def read_catalogue_with_findings(
        self, network: Network | None = None
    ) -> tuple[Catalogue | None, tuple[Finding, ...]]:
        """The catalogue, or ``None`` when it has errors; and every finding, warnings too.

        Parameters
        ----------
        network
            Whose sites, regions and operators it may name; ``None`` leaves those unjudged.
        """
        missing = _no_folder(self.folder)
        if missing is not None:
            return None, (missing,)
        settings, findings = _settings(self.folder)
        tables = {
            table: read_table(self.folder, table, record_type=record_type)
            for table, record_type in CATALOGUE_TABLES.items()
        }
        records: dict[str, Any] = {table: reading.records for table, reading in tables.items()}
        catalogue = Catalogue(name=settings.name, description=settings.description, **records)
        together = (
            placed(finding, tables)
            for finding in validate_catalogue(catalogue, network=network)
            if not _is_consequence(finding, tables)
        )
        every = (
            *findings,
            *map(_of_catalogue, (f for reading in tables.values() for f in reading.findings)),
            *together,
            *_unknown_files(self.folder),
        )
        ordered = tuple(
            replace(finding, message=shortened(finding.message))
            for finding in sorted(every, key=_order)
        )
        return (None if errors_of(ordered) else catalogue), ordered

    def write_catalogue(self, catalogue: Catalogue) -> None:
        """Write a catalogue; a catalogue that stands in the folder is replaced, file by file.

        All files are written aside first and read back; only what reads back as the same
        catalogue takes its place.

        Raises
        ------
        RefusedError
            When the folder holds something else, is packaged, or the disk refuses.
        InvalidDataError
            When a table cannot hold the catalogue.
        """
        if not isinstance(self.folder, Path):
            raise RefusedError("the packaged catalogue cannot be changed; name a folder")
        texts = _texts(catalogue)
        try:
            _refuse_other(self.folder)
            refuse_no_parent(self.folder)
            with tempfile.TemporaryDirectory(
                prefix=".karakoram-", dir=self.folder.parent
            ) as scratch:
                written = Path(scratch) / "new"
                written.mkdir()
                for name, text in texts.items():
                    (written / name).write_bytes(text.encode("utf-8"))
                _check_reads_back(catalogue, written)
                self.folder.mkdir(exist_ok=True)
                for name in FILES:
                    (written / name).replace(self.folder / name)
        except OSError as error:
            raise RefusedError(f"cannot write {self.folder}: {error.strerror or error}") from error


def _texts(catalogue: Catalogue) -> dict[str, str]:
    """The files of a catalogue, by name."""
    settings = CatalogueSettings(name=catalogue.name, description=catalogue.description)
    return {
        SETTINGS_FILE: toml_from_settings(settings),
        **{
            file_name(table): csv_from_records(getattr(catalogue, table), record_type=record_type)
            for table, record_type in CATALOGUE_TABLES.items()
        },
    }


def _no_folder(folder: Traversable) -> Finding | None:
    try:
        names = {entry.name for entry in folder.iterdir()} if folder.is_dir() else None
    except (OSError, ValueError) as error:
        return _folder_finding(folder, "unreadable-folder", f"cannot be read ({error})")
    if names is None:
        return _folder_finding(folder, "missing-folder", "is not a folder; name one that exists")
    if names.isdisjoint(FILES):
        return _folder_finding(
            folder,
            "not-a-catalogue-folder",
            f"holds none of the files of a catalogue; name one with {', '.join(FILES[:3])} and "
            "the other tables",
        )
    return None


def _folder_finding(folder: Traversable, code: str, message: str) -> Finding:
    place = Place(table=SETTINGS_TABLE, file=shortened(str(folder)))
    return Finding(code=code, place=place, message=shortened(message))


def _settings(folder: Traversable) -> tuple[CatalogueSettings, tuple[Finding, ...]]:
    text = read_text(folder, SETTINGS_FILE, holds="it must hold the table [catalogue]")
    if isinstance(text, Finding):
        return CatalogueSettings(), (_of_catalogue(text),)
    return settings_from_toml(text)


def _of_catalogue(finding: Finding) -> Finding:
    """A finding of a file that is missing, in the words of this folder."""
    if finding.code != "missing-file":
        return finding
    return replace(finding, message="is missing; a catalogue folder holds this file")


def _unknown_files(folder: Traversable) -> Iterator[Finding]:
    """Tables nobody asked for; perhaps one that is missing, under a wrong name."""
    names = {entry.name for entry in folder.iterdir()}
    for name in sorted(names.difference(FILES)):
        if name.lower().endswith((".csv", ".toml")):
            message = "is not a table of a catalogue and was not read; remove or rename it"
            absent = [file for file in FILES if file not in names]
            finding = file_finding(
                name, code="unknown-file", message=message + did_you_mean(name, absent)
            )
            yield replace(finding, severity=Severity.WARNING)


def _is_consequence(finding: Finding, tables: Mapping[str, TableReading]) -> bool:
    """Whether a breach only follows from a row that is reported already."""
    cause = _NEEDS_ALL_OF.get(finding.code)
    if cause is not None and not tables[cause].is_whole:
        return True
    named = tables.get(TABLE_NAMED_BY_FIELD.get(finding.place.field or "", ""))
    if named is None or not finding.code.startswith("unknown-"):
        return False
    in_error = named.row_by_id.keys() - named.records.keys()
    return not named.knows_every_id or any(
        finding.message.startswith(repr(key)) for key in in_error
    )


def _order(finding: Finding) -> tuple[int, int]:
    order = (SETTINGS_TABLE, *CATALOGUE_TABLES)
    table = finding.place.table
    return order.index(table) if table in order else len(order), finding.place.row or 0


def _refuse_other(folder: Path) -> None:
    """Refuse a folder that holds something else than a catalogue."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise RefusedError(f"{folder} is a file; name a folder")
    is_empty = next(folder.iterdir(), None) is None
    if not (is_empty or (folder / SETTINGS_FILE).is_file()):
        raise RefusedError(
            f"{folder} holds something else than a catalogue; name a new folder or an empty one"
        )


def _check_reads_back(catalogue: Catalogue, written: Path) -> None:
    """Refuse what the tables would not give back as it was.

    The rules between records are not asked: a catalogue may be stored before it is sound.
    """
    settings, findings = _settings(written)
    every = list(errors_of(findings))
    if not every and settings != CatalogueSettings(
        name=catalogue.name, description=catalogue.description
    ):
        every.append(_not_storable(SETTINGS_TABLE, None))
    for table, record_type in CATALOGUE_TABLES.items():
        reading = read_table(written, table, record_type=record_type)
        given = getattr(catalogue, table)
        every += errors_of(reading.findings)
        if not every:
            keys = dict.fromkeys((*given, *reading.records))
            changed = [key for key in keys if given.get(key) != reading.records.get(key)]
            every += [_not_storable(table, str(key)) for key in changed]
    if every:
        raise InvalidDataError(tuple(every))


def _not_storable(table: str, record: str | None) -> Finding:
    return Finding(
        code="not-storable",
        place=Place(table=table, record=record),
        message="a table cannot hold this record as it is; it must stand under its own "
        "identifier, and identifiers and parts of lists have no blanks around them, no ';' "
        "inside them and are not empty",
    )
