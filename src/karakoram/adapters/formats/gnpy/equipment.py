"""Which types does an equipment file of GNPy hold, and the files that it names?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from karakoram.adapters.formats.gnpy.amplifiers import (
    FLAT_UNLESS_STATED,
    AmplifierConfig,
    amplifier_types_of,
    config_of,
)
from karakoram.adapters.formats.gnpy.equipment_parts import (
    check_type_name,
    fibre_type_of,
    roadm_type_of,
    span_design_of,
    spectrum_information_of,
    type_name,
)
from karakoram.adapters.formats.gnpy.fields import Entry, assume, find_unknown_members
from karakoram.adapters.formats.gnpy.json_file import read_document
from karakoram.adapters.formats.gnpy.reading import Log, Reading
from karakoram.adapters.formats.gnpy.transceivers import transceiver_type_of
from karakoram.core.cells import control_breach, did_you_mean, shown
from karakoram.core.findings import Severity
from karakoram.core.identifiers import AmplifierTypeId, FibreTypeId, RoadmTypeId
from karakoram.network.photonic.amplifiers import AmplifierType, MultibandAmplifierType
from karakoram.network.photonic.equipment import PhotonicLibrary
from karakoram.network.photonic.spectral import TransceiverTypeId

T = TypeVar("T")

NAMESPACE = "gnpy-eqpt-config:equipment"
CONFIG_NAMESPACE = "gnpy-edfa-config:edfa-config"
_SECTIONS = (
    "Edfa",
    "Fiber",
    "RamanFiber",
    "Span",
    "Roadm",
    "SI",
    "Transceiver",
)
_MAY_BE_NAMELESS = ("Roadm", "Span", "SI")
"""Sections whose entries are ``default`` where they state no name."""
_NEEDED = ("Span", "SI")
"""Sections without which nothing can be designed or lit; others only if they are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What one equipment file holds, by section."""

    amplifier_types: dict[str, AmplifierType] = field(default_factory=dict)
    multiband_amplifier_types: dict[str, MultibandAmplifierType] = field(default_factory=dict)
    others: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_gnpy_equipment(
    path: Path,
    *,
    extra_equipment: Iterable[Path] = (),
    extra_configs: Iterable[Path] = (),
) -> Reading[PhotonicLibrary]:
    """The types in an equipment file of GNPy, and how it has networks designed.

    Parameters
    ----------
    path
        The file, in GNPy's own style or YANG-style.
    extra_equipment
        More equipment files, e.g. of pluggables; a type that is known already is left out, and
        said to be.
    extra_configs
        Amplifier configurations that types name; others are looked for beside the file that
        names them.
    """
    known = {config.name: config for config in extra_configs}
    readings = [
        _read_parts(file, configs=known, needs=needs)
        for file, needs in ((path, _NEEDED), *((extra, ()) for extra in extra_equipment))
    ]
    findings = tuple(finding for reading in readings for finding in reading.findings)
    assumptions = tuple(made for reading in readings for made in reading.assumptions)
    parts = [reading.value for reading in readings if reading.value is not None]
    if len(parts) < len(readings):
        return Reading(value=None, findings=findings, assumptions=assumptions)
    log = Log(path.name)
    library = _library(_merged(parts, log))
    _check_references(library, log)
    judged = log.reading(library)
    return replace(judged, findings=(*findings, *judged.findings), assumptions=assumptions)


def _read_parts(
    path: Path, *, configs: Mapping[str, Path], needs: tuple[str, ...]
) -> Reading[_Parts]:
    log = Log(path.name)
    document = read_document(path, log)
    if document is None:
        return log.reading(None)
    root = Entry(value=document, path="", log=log)
    if NAMESPACE in document:
        root = root.child(NAMESPACE)
    if not any(section in root.members for section in _SECTIONS):
        root.find(
            "not-equipment",
            f"holds none of {', '.join(_SECTIONS)}; name an equipment file of GNPy",
        )
        return log.reading(None)
    find_unknown_members(root, (*_SECTIONS, "library-information"))
    for section in needs:
        if not root.child(section).items():
            root.child(section).find("missing", f"{section} is missing; nothing can be lit without")
    source = partial(_config, beside=path.parent, known=configs, seen={})
    return log.reading(_parts(root, source))


def _parts(root: Entry, source: Callable[[Entry], AmplifierConfig | None]) -> _Parts:
    parts = _Parts()
    entries = _entries(root.child("Edfa"))
    for entry, found in amplifier_types_of(entries, source):
        for name in _names(entry):
            renamed = replace(found, amplifier_type_id=AmplifierTypeId(name))
            if isinstance(renamed, AmplifierType):
                parts.amplifier_types[name] = renamed
            else:
                parts.multiband_amplifier_types[name] = renamed
    readers: Mapping[str, tuple[Callable[[Entry], Any], str | None]] = {
        "Fiber": (fibre_type_of, "fibre_type_id"),
        "RamanFiber": (fibre_type_of, "fibre_type_id"),
        "Roadm": (roadm_type_of, "roadm_type_id"),
        "Transceiver": (transceiver_type_of, "transceiver_type_id"),
        "Span": (span_design_of, None),
        "SI": (spectrum_information_of, None),
    }
    for section, (reader, id_field) in readers.items():
        entries = _entries(root.child(section))
        for entry in entries if section in _MAY_BE_NAMELESS else ():
            check_type_name(entry)
        parts.others[section] = _section(entries, reader, id_field=id_field)
    return parts


def _entries(section: Entry) -> tuple[Entry, ...]:
    """The entries of a section, each under its name; a finding for each name that comes twice."""
    entries = tuple(entry.named(type_name(entry)) for entry in section.objects())
    seen: set[str] = set()
    for entry in entries:
        for name in _names(entry):
            if name in seen:
                entry.find(
                    "duplicate-id",
                    f"{shown(name)} stands twice in {section.path}; rename or delete one",
                )
            seen.add(name)
    return entries


def _names(entry: Entry) -> tuple[str, ...]:
    """The name of an entry, and the others it goes by."""
    others = entry.child("other_name").value
    listed = others if isinstance(others, list) else []
    return (type_name(entry), *(name for name in listed if isinstance(name, str)))


def _section(
    entries: tuple[Entry, ...], reader: Callable[[Entry], Any], *, id_field: str | None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for entry in entries:
        record = reader(entry)
        for name in _names(entry) if record is not None else ():
            found[name] = replace(record, **{id_field: name}) if id_field else record
    return found


def _config(
    member: Entry,
    *,
    beside: Path,
    known: Mapping[str, Path],
    seen: dict[str, AmplifierConfig | None],
) -> AmplifierConfig | None:
    """The configuration that a member names, from the given files or from beside its own."""
    name = member.value
    is_name = isinstance(name, str) and bool(name.strip()) and control_breach(name) is None
    if not is_name or Path(name).name != name:
        member.find("not-text", "must be the name of a file, without a folder")
        return None
    if name not in seen:
        seen[name] = _read_config(member, known.get(name, beside / name))
    return seen[name]


def _read_config(member: Entry, path: Path) -> AmplifierConfig | None:
    log = Log(path.name)
    document = read_document(path, log)
    if document is not None:
        root = Entry(value=document, path="", log=log)
        held = root.child(CONFIG_NAMESPACE) if CONFIG_NAMESPACE in document else root
        config = config_of(held)
        for key in FLAT_UNLESS_STATED:
            if held.child(key).value is None:
                assume(member, "flat", name=f"{key} of {path.name}")
    else:
        config = None
    for finding in log.findings:
        member.log.add(finding)
    if config is None:
        member.find(
            "missing-config",
            f"{shown(path.name)} cannot be used; put it beside this file, or name it among the "
            "extra configurations",
        )
    return config


def _merged(parts: list[_Parts], log: Log) -> _Parts:
    """All types; of several of one name the first, and a warning for each other."""
    whole = _Parts(others={section: {} for section in _SECTIONS})
    for part in parts:
        _merge(whole.amplifier_types, part.amplifier_types, section="Edfa", log=log)
        _merge(
            whole.multiband_amplifier_types,
            part.multiband_amplifier_types,
            section="Edfa",
            log=log,
        )
        for section, records in part.others.items():
            _merge(whole.others[section], records, section=section, log=log)
    return whole


def _merge(into: dict[str, T], more: Mapping[str, T], *, section: str, log: Log) -> None:
    for name, record in more.items():
        if into.setdefault(name, record) is not record:
            log.find(
                "duplicate-id",
                f"{shown(name)} stands in two equipment files; that of the first counts",
                place=log.place(section, record=name),
                severity=Severity.WARNING,
            )


def _library(parts: _Parts) -> PhotonicLibrary:
    spectra, spans = (_with_default(parts.others[section]) for section in ("SI", "Span"))
    kinds = parts.others
    return PhotonicLibrary(
        fibre_types={FibreTypeId(key): kind for key, kind in kinds["Fiber"].items()},
        raman_fibre_types={FibreTypeId(key): kind for key, kind in kinds["RamanFiber"].items()},
        amplifier_types={AmplifierTypeId(key): t for key, t in parts.amplifier_types.items()},
        multiband_amplifier_types={
            AmplifierTypeId(key): t for key, t in parts.multiband_amplifier_types.items()
        },
        roadm_types={RoadmTypeId(key): kind for key, kind in kinds["Roadm"].items()},
        transceiver_types={
            TransceiverTypeId(key): kind for key, kind in kinds["Transceiver"].items()
        },
        spans=spans,
        spectra=spectra,
    )


def _with_default(named: dict[str, T]) -> dict[str, T]:
    """The first one counts as ``default`` where none is named so."""
    if named and "default" not in named:
        first, *others = named
        return {"default": named[first], **{key: named[key] for key in others}}
    return named


def _check_references(library: PhotonicLibrary, log: Log) -> None:
    """Tell of every amplifier that a type names and that no file describes."""
    named: list[tuple[str, str, str, tuple[AmplifierTypeId, ...]]] = [
        ("Edfa", type_id, "amplifiers", multiband.member_type_ids)
        for type_id, multiband in library.multiband_amplifier_types.items()
    ]
    for key, roadm in library.roadm_types.items():
        named.append(
            ("Roadm", key, "restrictions.preamp_variety_list", roadm.preamplifier_type_ids)
        )
        named.append(("Roadm", key, "restrictions.booster_variety_list", roadm.booster_type_ids))
    amplifiers = {**library.amplifier_types, **library.multiband_amplifier_types}
    for section, record, member, type_ids in named:
        known = library.amplifier_types if section == "Edfa" else amplifiers
        for type_id in type_ids:
            if type_id not in known:
                log.find(
                    "unknown-type",
                    f"{shown(type_id)} is no amplifier of the equipment files"
                    + did_you_mean(type_id, known),
                    place=log.place(section, record=record, field=member),
                )
