"""What does ``catalogue.toml`` say about a catalogue as a whole, and how is it written?"""

import json
import re
import tomllib
from dataclasses import dataclass
from typing import Any

from karakoram.core.cells import CellBreach, control_breach, did_you_mean, shown
from karakoram.core.findings import Finding, Place

FILE = "catalogue.toml"
TABLE = "catalogue"
FORMAT_VERSION = 1

_KEYS = ("name", "description")
_SECTIONS = ("format_version", TABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueSettings:
    """What a catalogue says about itself outside its tables."""

    name: str = ""
    description: str = ""


def settings_from_toml(text: str) -> tuple[CatalogueSettings, tuple[Finding, ...]]:
    """The settings in the text of ``catalogue.toml``, and everything wrong with them."""
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        row = re.search(r"at line ([0-9]+)", str(error))
        reason = "brackets are nested too deep" if isinstance(error, RecursionError) else error
        message = f"is not TOML: {reason}; correct it there"
        place = Place(table=TABLE, file=FILE, row=int(row[1]) if row else None)
        return CatalogueSettings(), (Finding(code="not-toml", place=place, message=message),)
    findings = _unknown(document, _SECTIONS, section=None)
    version = document.get("format_version")
    if version != FORMAT_VERSION or isinstance(version, bool):
        message = f"must be {FORMAT_VERSION}, got {shown(str(version))}"
        findings.append(_finding("format-version", "format_version", message))
    table = document.get(TABLE)
    if not isinstance(table, dict):
        message = "is missing; add the table [catalogue] with name and description"
        return CatalogueSettings(), (*findings, _finding("missing-table", None, message))
    findings += _unknown(table, _KEYS, section=TABLE)
    words: dict[str, str] = {}
    for key in _KEYS:
        breach = _word_breach(table.get(key), is_needed=key == "name")
        if breach is not None:
            findings.append(_finding(breach.code, key, breach.message))
        words[key] = table[key] if breach is None and key in table else ""
    return CatalogueSettings(**words), tuple(findings)


def toml_from_settings(settings: CatalogueSettings) -> str:
    """The text of ``catalogue.toml``; reading it gives equal settings."""
    return (
        f"format_version = {FORMAT_VERSION}\n\n[{TABLE}]\n"
        f"name = {_quoted(settings.name)}\ndescription = {_quoted(settings.description)}\n"
    )


def _quoted(text: str) -> str:
    """A basic string of TOML, which is one of JSON but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _word_breach(value: object, *, is_needed: bool) -> CellBreach | None:
    if value is None and not is_needed:
        return None
    if not isinstance(value, str) or (is_needed and not value.strip()):
        return CellBreach(code="not-text", message="must be text between quotes")
    return control_breach(value)


def _unknown(
    document: dict[str, Any], known: tuple[str, ...], *, section: str | None
) -> list[Finding]:
    return [
        _finding(
            "unknown-key",
            key,
            f"{shown(key)} means nothing {'there' if section else 'in ' + FILE}; remove it"
            + did_you_mean(key, known),
        )
        for key in document
        if key not in known
    ]


def _finding(code: str, key: str | None, message: str) -> Finding:
    return Finding(code=code, place=Place(table=TABLE, file=FILE, field=key), message=message)
