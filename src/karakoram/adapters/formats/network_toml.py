"""What does ``karakoram.toml`` say about a network as a whole, and how is it written?

One table ``[network]``, one ``[equipment]`` that names the types a line is built of, and one
``[rules.<figure>]`` for each figure of the design rules, with its provenance.
"""

import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_type_hints

from karakoram.core.cells import CellBreach, control_breach, did_you_mean, shown
from karakoram.core.findings import Finding, Place
from karakoram.core.provenance import Confidence, Figure, Provenance
from karakoram.network.network import DesignRules, Network

FILE = "karakoram.toml"
TABLE = "karakoram"
FILE_BYTES_MAX = 256 * 2**10
"""A few kilobytes are usual; the time TOML takes to read grows faster than its size."""

KEY_PARTS_MAX = 32
"""Parts of a dotted key; the file's own have three, and time grows with their square."""

FORMAT_VERSION = 1
"""Raised when a folder written by an older program can no longer be read as it is."""

_NUMBER_MAX = 1e300

_HINTS = get_type_hints(DesignRules)
FIGURES = tuple(field.name for field in fields(DesignRules) if _HINTS[field.name] is Figure)
"""Design rules that are a figure, each a table of its own."""
TYPE_IDS = tuple(field.name for field in fields(DesignRules) if _HINTS[field.name] is not Figure)
"""Design rules that name a type of the library."""

FIGURE_KEYS = ("value", "source", "source_date", "confidence", "note")
NETWORK_KEYS = ("format_version", "name", "description", "currency")
_OPTIONAL_KEYS = frozenset(("source_date", "note", "description"))
_KEYS_BY_SECTION: Mapping[str, tuple[str, ...]] = {
    "network": NETWORK_KEYS,
    "equipment": TYPE_IDS,
    **{f"rules.{figure}": FIGURE_KEYS for figure in FIGURES},
}
_KEYS_BY_TABLE: Mapping[str, tuple[str, ...]] = {
    "": ("network", "equipment", "rules"),
    "rules": FIGURES,
    **_KEYS_BY_SECTION,
}
"""Every key that may stand in each table of the file; the file itself is the table ``""``."""

_WORDS: Mapping[str, Confidence] = {confidence.value: confidence for confidence in Confidence}
_STAND_INS: Mapping[str, object] = {"confidence": Confidence.ASSUMED}
_STAND_IN_FIGURES: Mapping[str, float] = {"band_lower_thz": 191.3, "band_upper_thz": 196.1}
"""Figures that must be in order among themselves."""
_SECTION_LINE = re.compile(r"\s*\[\s*([A-Za-z0-9_.-]+)\s*\]")
_KEY_LINE = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")

_Key = tuple[str, str]
"""Section and key, e.g. ``("rules.margin_db", "value")``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a network says about itself outside its tables.

    Where a value is in error something stands in for it, so that the tables can still be judged.
    """

    name: str
    description: str
    currency: str
    rules: DesignRules


def settings_from_toml(text: str) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings in the text of ``karakoram.toml``, and everything wrong with them."""
    too_long = _row_of_too_long_key(text)
    if too_long is not None:
        place = Place(table=TABLE, file=FILE, row=too_long)
        message = f"a key has more than {KEY_PARTS_MAX} parts joined by dots; correct it there"
        return stand_in_settings(), (Finding(code="not-toml", place=place, message=message),)
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason = "brackets are nested too deep" if isinstance(error, RecursionError) else error
        row = re.search(r"at line ([0-9]+)", str(error))
        place = Place(table=TABLE, file=FILE, row=int(row[1]) if row else None)
        message = f"is not TOML: {reason}; correct it there"
        return stand_in_settings(), (Finding(code="not-toml", place=place, message=message),)

    rows = rows_by_key(text)
    values: dict[_Key, Any] = {}
    findings = list(_unknown_keys(document))
    for section, keys in _KEYS_BY_SECTION.items():
        table = _table(document, section)
        if isinstance(table, CellBreach):
            findings.append(_finding(table, section=section))
            continue
        for key in keys:
            value = _value(table, key)
            if isinstance(value, CellBreach):
                findings.append(_finding(value, section=section, key=key))
            else:
                values[section, key] = value
    settings, refusals = _settings_or_stand_ins(values)
    findings.extend(refusals)
    return settings, tuple(with_row(finding, rows) for finding in findings)


_QUOTED = re.compile(r'"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')
_LONG_KEY = re.compile(rf"(?<![A-Za-z0-9_-])(?:[A-Za-z0-9_-]+[ \t]*\.[ \t]*){{{KEY_PARTS_MAX},}}")


def _row_of_too_long_key(text: str) -> int | None:
    """The line of a key of more parts than ``KEY_PARTS_MAX``, quoted ones counted as parts."""
    bare = _QUOTED.sub("q", text)
    found = _LONG_KEY.search(bare)
    return None if found is None else bare.count("\n", 0, found.start()) + 1


def stand_in_settings() -> Settings:
    """Settings that stand in for those of a file that cannot be read."""
    return _settings({})


def toml_from_network(network: Network) -> str:
    """The text of ``karakoram.toml``; every key is written, also the empty ones."""
    sections: dict[str, dict[str, object]] = {
        "network": {
            "format_version": FORMAT_VERSION,
            "name": network.name,
            "description": network.description,
            "currency": network.currency,
        },
        "equipment": {key: getattr(network.rules, key) for key in TYPE_IDS},
    }
    for name in FIGURES:
        figure: Figure = getattr(network.rules, name)
        provenance = figure.provenance
        sections[f"rules.{name}"] = {
            "value": float(figure.value),
            "source": provenance.source,
            "source_date": provenance.source_date,
            "confidence": provenance.confidence.value,
            "note": provenance.note,
        }
    return "\n".join(
        f"[{section}]\n" + "".join(f"{key} = {_literal(value)}\n" for key, value in table.items())
        for section, table in sections.items()
    )


def _literal(value: object) -> str:
    """A TOML literal; JSON escapes all that TOML does but the delete character."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def _settings_or_stand_ins(
    values: Mapping[_Key, Any],
) -> tuple[Settings, tuple[Finding, ...]]:
    """The settings; where the figures contradict each other, stand-ins and the finding."""
    try:
        return _settings(values), ()
    except ValueError as error:
        message = str(error).removeprefix(f"{DesignRules.__name__}.")
        named = next((name for name in FIGURES if message.startswith(name)), None)
        section = "rules" if named is None else f"rules.{named}"
        breach = CellBreach(code="broken-rule", message=message)
        others = {key: value for key, value in values.items() if not key[0].startswith("rules")}
        return _settings(others), (_finding(breach, section=section, key=named and "value"),)


def _settings(values: Mapping[_Key, Any]) -> Settings:
    """The settings of values of the right types; what is missing is stood in for."""

    def value(section: str, key: str) -> Any:  # noqa: ANN401  (as the key declares)
        return values.get((section, key), _STAND_INS.get(key, ""))

    def figure(name: str) -> Figure:
        section = f"rules.{name}"
        provenance = Provenance(**{key: value(section, key) for key in FIGURE_KEYS[1:]})
        stand_in = _STAND_IN_FIGURES.get(name, 1.0)
        return Figure(value=values.get((section, "value"), stand_in), provenance=provenance)

    figures: dict[str, Any] = {name: figure(name) for name in FIGURES}
    type_ids: dict[str, Any] = {key: value("equipment", key) for key in TYPE_IDS}
    return Settings(
        name=value("network", "name"),
        description=value("network", "description"),
        currency=value("network", "currency"),
        rules=DesignRules(**figures, **type_ids),
    )


def _table(document: Mapping[str, Any], section: str) -> Mapping[str, Any] | CellBreach:
    """The table of a section such as ``rules.margin_db``."""
    table = document
    for name in section.split("."):
        if name not in table:
            return CellBreach(code="missing-table", message=f"table [{section}] is missing; add it")
        inner = table[name]
        if not isinstance(inner, Mapping):
            return CellBreach(
                code="wrong-type", message=f"{name} must be a table; write it as [{section}]"
            )
        table = inner
    return table


def _value(table: Mapping[str, Any], key: str) -> object:
    """The value of a key, of the type the key asks for, or the breach."""
    if key not in table and key not in _OPTIONAL_KEYS:
        return CellBreach(code="missing-key", message=f"{key} is missing; add it")
    return _READERS.get(key, _text)(table.get(key, ""))


def _text(value: object) -> str | CellBreach:
    if isinstance(value, str):
        return control_breach(value) or value
    return CellBreach(
        code="wrong-type", message=f"{_described(value)} must be text between double quotes"
    )


def _confidence(value: object) -> Confidence | CellBreach:
    word = _text(value)
    if isinstance(word, CellBreach) or word in _WORDS:
        return word if isinstance(word, CellBreach) else _WORDS[word]
    return CellBreach(
        code="unknown-word",
        message=f"{shown(word)} must be one of {', '.join(_WORDS)}" + did_you_mean(word, _WORDS),
    )


def _described(value: object) -> str:
    """The value, or only its type where it may be too deep to be written out."""
    if isinstance(value, str | int | float):
        return shown(str(value))
    return "a table" if isinstance(value, Mapping) else f"a {type(value).__name__}"


def _number(value: object) -> float | CellBreach:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return CellBreach(
            code="not-a-number", message=f"{_described(value)} must be a number without quotes"
        )
    if not -_NUMBER_MAX <= value <= _NUMBER_MAX:
        return CellBreach(
            code="out-of-bounds", message=f"must be a finite number, got {_described(value)}"
        )
    return float(value)


def _version(value: object) -> int | CellBreach:
    if value == FORMAT_VERSION and type(value) is int:
        return FORMAT_VERSION
    if type(value) is not int:
        return CellBreach(
            code="wrong-type",
            message=f"{_described(value)} must be a whole number without quotes; write "
            f"format_version = {FORMAT_VERSION}",
        )
    return CellBreach(
        code="unknown-format-version",
        message=f"{_described(value)} is not a format this program reads; it reads "
        f"{FORMAT_VERSION}",
    )


_READERS: Mapping[str, Callable[[object], object]] = {
    "value": _number,
    "format_version": _version,
    "confidence": _confidence,
}


def _unknown_keys(document: Mapping[str, Any]) -> Iterator[Finding]:
    for section, known in _KEYS_BY_TABLE.items():
        table = document if section == "" else _table(document, section)
        if isinstance(table, CellBreach):
            continue
        absent = [key for key in known if key not in table]
        for key in table:
            if key not in known:
                breach = CellBreach(
                    code="unknown-key",
                    message=f"{shown(key)} is not known in "
                    f"{f'[{section}]' if section else 'the file'}; rename or remove it"
                    + did_you_mean(key, absent),
                )
                yield _finding(breach, section=section, key=key[:100])


def _finding(breach: CellBreach, *, section: str, key: str | None = None) -> Finding:
    place = Place(table=TABLE, file=FILE, record=section or None, field=key)
    return Finding(code=breach.code, place=place, message=breach.message)


def rows_by_key(text: str) -> dict[tuple[str, str | None], int]:
    """The line of each section and key, for those written in the plain way."""
    rows: dict[tuple[str, str | None], int] = {}
    section = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if match := _SECTION_LINE.match(line):
            section = match[1]
            rows.setdefault((section, None), number)
        elif match := _KEY_LINE.match(line):
            rows.setdefault((section, match[1]), number)
    return rows


def with_row(finding: Finding, rows: Mapping[tuple[str, str | None], int]) -> Finding:
    """The finding with the line of the key it is about, else of its section, where known."""
    place = finding.place
    section = place.record or ""
    row = rows.get((section, place.field), rows.get((section, None)))
    return replace(finding, place=replace(place, row=row))
