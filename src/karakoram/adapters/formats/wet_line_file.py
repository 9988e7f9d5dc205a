"""What does a file say of a submarine line that somebody describes?

TOML: ``name``, ``fibre``, and a key for each figure, named like the option of the command line. A
figure is a number, or a table of ``value``, ``source``, ``source_date``, ``confidence`` and
``note``. A table ``[branching_units.NAME]`` has the figures ``km`` and perhaps ``loss_db``.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from karakoram.adapters.formats.network_toml import rows_by_key
from karakoram.adapters.formats.text_files import read_text
from karakoram.core.cells import control_breach, did_you_mean, shown
from karakoram.core.errors import InvalidDataError
from karakoram.core.fields import Bounds
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.wet_line import (
    BRANCHING_UNIT_BOUNDS,
    WET_LINE_BOUNDS,
    WET_LINE_FIGURES,
    BranchingUnit,
)
from karakoram.refdata.wet_line_figures import usual_branching_loss_db
from karakoram.usecases.light.light_submarine import WetLineDescription

HOLDS = f"it describes a line, with {', '.join(WET_LINE_FIGURES)}, what is not known left out"
FILE_BYTES_MAX = 64 * 2**10
_BOUNDS: Mapping[str, Bounds] = {**WET_LINE_BOUNDS, **BRANCHING_UNIT_BOUNDS}
_NUMBER_MAX = 10**300
"""A whole number beyond is too long for a float, and out of all bounds."""
_TEXT_KEYS = ("name", "fibre")
_FIGURE_KEYS = ("value", "source", "source_date", "confidence", "note")
_CONFIDENCES: Mapping[str, Confidence] = {one.value: one for one in Confidence}
_UNITS = "branching_units"
_UNITS_MAX = 1_000
_KNOWN = (*_TEXT_KEYS, *WET_LINE_FIGURES, _UNITS)


def read_wet_line(path: Path) -> WetLineDescription:
    """The description in a file.

    Raises
    ------
    InvalidDataError
        With a finding for everything that is wrong in the file.
    """
    text = read_text(path.parent, path.name, bytes_max=FILE_BYTES_MAX, holds=HOLDS)
    if isinstance(text, Finding):
        raise InvalidDataError((text,))
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        row = re.search(r"at line ([0-9]+)", str(error))
        place = Place(table=path.stem, file=path.name, row=int(row[1]) if row else None)
        found = Finding(code="not-toml", place=place, message=f"is not TOML: {error}")
        raise InvalidDataError((found,)) from error
    reader = _Reader(file=path, rows=rows_by_key(text))
    texts = {key: reader.text(key, document[key]) for key in _TEXT_KEYS if key in document}
    figures = {
        key: reader.figure(key, document[key]) for key in WET_LINE_FIGURES if key in document
    }
    unknown = tuple(
        reader.finding(
            key,
            "unknown-key",
            f"{shown(key)} is not known here; rename or remove it"
            + did_you_mean(key, [name for name in _KNOWN if name not in document]),
        )
        for key in document
        if key not in _KNOWN
    )
    units, wrong_units = reader.units(document.get(_UNITS, {}))
    wrong = tuple(one for one in (*texts.values(), *figures.values()) if isinstance(one, Finding))
    if findings := (*unknown, *wrong, *wrong_units):
        raise InvalidDataError(findings)
    fibre = texts.get("fibre")
    return WetLineDescription(
        name=str(texts.get("name") or path.stem),
        figures={key: one for key, one in figures.items() if isinstance(one, Figure)},
        fibre=None if fibre is None else str(fibre),
        branching_units=units,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """Reads values of one file, and says where each stands."""

    file: Path
    rows: Mapping[tuple[str, str | None], int]

    def finding(self, key: str, code: str, message: str) -> Finding:
        """A finding about a key, or about ``section.key`` of a branching unit."""
        section, _, within = key.rpartition(".")
        row = self.rows.get((section, within), self.rows.get((key, None)))
        if row is None:
            row = self.rows.get((section, None)) or self.rows.get((_UNITS, None))
        place = Place(table=self.file.stem, file=self.file.name, row=row, field=key[:100])
        return Finding(code=code, place=place, message=message)

    def units(self, told: object) -> tuple[tuple[BranchingUnit, ...], tuple[Finding, ...]]:
        """The branching units, and everything that is wrong with them."""
        if not isinstance(told, Mapping) or len(told) > _UNITS_MAX:
            message = f"must be at most {_UNITS_MAX:,} tables, each [{_UNITS}.NAME] with km"
            return (), (self.finding(_UNITS, "wrong-type", message),)
        units: list[BranchingUnit] = []
        findings: list[Finding] = []
        for name, figures in told.items():
            unit = self._unit(name, figures)
            if isinstance(unit, BranchingUnit):
                units.append(unit)
            else:
                findings += unit
        return tuple(units), tuple(findings)

    def _unit(self, name: str, told: object) -> BranchingUnit | list[Finding]:
        section = f"{_UNITS}.{name}"
        if not isinstance(told, Mapping):
            return [self.finding(section, "wrong-type", f"must be a table [{section}] with km")]
        found = [
            self.finding(
                f"{section}.{key}",
                "unknown-key",
                f"{shown(key)} is not known in a branching unit"
                + did_you_mean(key, tuple(BRANCHING_UNIT_BOUNDS)),
            )
            for key in told
            if key not in BRANCHING_UNIT_BOUNDS
        ]
        if "km" not in told:
            found.append(self.finding(section, "missing-key", "must say at which km it stands"))
        figures = {
            key: self.figure(f"{section}.{key}", told[key])
            for key in BRANCHING_UNIT_BOUNDS
            if key in told
        }
        found += [one for one in figures.values() if isinstance(one, Finding)]
        if found:
            return found
        stated = {key: one for key, one in figures.items() if isinstance(one, Figure)}
        return BranchingUnit(name=name, **{"loss_db": usual_branching_loss_db(), **stated})

    def text(self, key: str, value: object) -> str | Finding:
        """A text of one line."""
        if not isinstance(value, str) or not value.strip():
            return self.finding(key, "wrong-type", "must be text between double quotes")
        breach = control_breach(value)
        return value if breach is None else self.finding(key, breach.code, breach.message)

    def figure(self, key: str, value: object) -> Figure | Finding:
        """A number, or a table that also says where it is from."""
        told: Mapping[str, Any] = value if isinstance(value, Mapping) else {"value": value}
        unknown = next((name for name in told if name not in _FIGURE_KEYS), None)
        if unknown is not None:
            message = (
                f"{shown(unknown)} is not known in a figure{did_you_mean(unknown, _FIGURE_KEYS)}"
            )
            return self.finding(key, "unknown-key", message)
        number = told.get("value")
        if isinstance(number, bool) or not isinstance(number, int | float):
            message = "must be a number without quotes, or a table with a value"
            return self.finding(key, "not-a-number", message)
        bounds = _BOUNDS[key.rpartition(".")[2]]
        breach = bounds.breach(float(max(min(number, _NUMBER_MAX), -_NUMBER_MAX)))
        if breach is not None:
            return self.finding(key, "out-of-bounds", breach)
        words = {name: self.text(key, told[name]) for name in _FIGURE_KEYS[1:] if name in told}
        wrong = next((one for one in words.values() if isinstance(one, Finding)), None)
        if wrong is not None:
            return wrong
        confidence = _CONFIDENCES.get(str(words.get("confidence", Confidence.STATED.value)))
        if confidence is None:
            message = f"its confidence must be one of {', '.join(_CONFIDENCES)}"
            return self.finding(key, "unknown-word", message)
        provenance = Provenance(
            source=str(words.get("source", self.file.name)),
            source_date=str(words.get("source_date", "")),
            confidence=confidence,
            note=str(words.get("note", "")),
        )
        return Figure(value=float(number), provenance=provenance)
