"""How does a record of sales become text, and the text the same record?

JSON, by pydantic from the dataclasses themselves. Sets of units are written in hexadecimal: a block
of a million numbers has more digits than JSON readers and Python take for one number.
"""

from collections.abc import Hashable, Mapping
from dataclasses import replace
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeVar, cast

from pydantic import TypeAdapter
from pydantic_core import SchemaSerializer, SchemaValidator, ValidationError, core_schema

from karakoram.core.errors import RefusedError
from karakoram.core.names import NameFields

RecordT = TypeVar("RecordT")

_SETS_OF_UNITS = frozenset({"units", "taken"})
"""Fields whose integer is a set of units, bit by bit."""
_FORMER_NAMES: Mapping[str, str] = {"ways": "way", "labels": "label"}
"""Fields that stores know by the name that they were first written with."""
_JOINED = frozenset({"labels"})
"""Fields of several words that stores hold as one text, with a comma between."""
_COMMA = ", "
RECORDS_KEPT = 256
"""Records that are kept as they were read: frozen, so that all may share them. A quote over seventy
spans has 45 kB of text and takes a millisecond to read."""
_FIT = "X"
"""Stands for a name that would be refused, while all else is judged."""
_INFINITE_AS_WORDS: Mapping[str, str] = {"ser_json_inf_nan": "strings"}


def text_from_record(record: object) -> str:
    """The record as JSON on one line."""
    return _serializer(cast("Hashable", type(record))).to_json(record, by_alias=True).decode()


def record_from_text(kind: type[RecordT], text: str) -> RecordT:
    """The record that was written as ``text``.

    Raises
    ------
    RefusedError
        If the text is not such a record.
    """
    return cast("RecordT", _read(cast("Hashable", kind), text))


@lru_cache(maxsize=RECORDS_KEPT)
def _read(kind: Hashable, text: str) -> object:
    """The record; one that was read lately from the same text is not read again."""
    try:
        return _validator(kind).validate_json(text)
    except ValidationError as error:
        if (known := _read_but_for_names(kind, text)) is not None:
            return known
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise RefusedError(
            f"what is stored is no {getattr(kind, '__name__', kind)}: {place}: {first['msg']}",
            code="store-damaged",
        ) from error


def named_amiss(record: object) -> tuple[tuple[str, str], ...]:
    """Names of a stored record that would be refused today, and what would be right."""
    named: NameFields | None = getattr(type(record), "NAMED", None)
    return () if named is None else named.breaches(record)


def _read_but_for_names(kind: Any, text: str) -> object | None:  # noqa: ANN401  (any dataclass)
    """The record, where nothing but its names is wrong; else ``None``.

    Earlier programs took any name, and what they wrote is no damage.
    """
    if getattr(kind, "NAMED", None) is None:
        return None
    try:
        record = _unjudged(kind).validate_json(text)
        wrong = {field: _FIT for field, _ in named_amiss(record)}
        replace(record, **wrong)  # judges all else
    except ValueError:
        return None
    return cast("object", record)


@cache
def _unjudged(kind: Hashable) -> SchemaValidator:
    """Reads the record without asking it whether it is right; its parts are asked."""
    schema = _schema(kind)
    assert schema["type"] == "dataclass", "records with names are plain dataclasses"
    return SchemaValidator(cast("core_schema.CoreSchema", {**schema, "post_init": False}))


@cache
def _serializer(kind: Hashable) -> SchemaSerializer:
    return SchemaSerializer(_schema(kind))


@cache
def _validator(kind: Hashable) -> SchemaValidator:
    return SchemaValidator(_schema(kind))


def _schema(kind: Any) -> core_schema.CoreSchema:  # noqa: ANN401  (any dataclass)
    """How pydantic reads and writes the dataclass, sets of units and infinite figures our way."""
    return cast("core_schema.CoreSchema", _adapted(TypeAdapter[Any](kind).core_schema))


def _adapted(part: Any) -> Any:  # noqa: ANN401  (any part of a schema)
    if isinstance(part, list):
        return [_adapted(each) for each in part]
    if isinstance(part, tuple):
        return tuple(_adapted(each) for each in part)
    if not isinstance(part, Mapping):
        return part
    changed = {key: _adapted(each) for key, each in part.items()}
    if part.get("type") == "dataclass-field" and part.get("name") in _SETS_OF_UNITS:
        changed["schema"] = _with_integer(part["schema"])
    if part.get("type") == "dataclass-field" and part.get("name") in _FORMER_NAMES:
        former = _FORMER_NAMES[part["name"]]
        changed |= {"validation_alias": former, "serialization_alias": former}
    if part.get("type") == "dataclass-field" and part.get("name") in _JOINED:
        changed["schema"] = _with_joined_words(changed["schema"])
    if part.get("type") == "dataclass":
        changed["config"] = {**changed.get("config", {}), **_INFINITE_AS_WORDS}
    return changed


def _with_integer(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of a field, its integer in hexadecimal; a default stays."""
    if schema["type"] == "default":
        return {**schema, "schema": _with_integer(schema["schema"])}
    assert schema["type"] == "int", f"a set of units is an integer, not {schema['type']}"
    return cast(
        "Mapping[str, Any]",
        core_schema.no_info_plain_validator_function(
            _units_from_text,
            serialization=core_schema.plain_serializer_function_ser_schema(_text_from_units),
        ),
    )


def _with_joined_words(schema: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """The schema of a field of words, written as one text."""
    return core_schema.no_info_before_validator_function(
        _words_from_text,
        schema=schema,
        serialization=core_schema.plain_serializer_function_ser_schema(_text_from_words),
    )


def _words_from_text(text: object) -> tuple[str, ...]:
    if not isinstance(text, str):
        raise ValueError(f"words are written as one text, got {text!r}")
    return tuple(text.split(_COMMA)) if text else ()


def _text_from_words(words: tuple[Enum, ...]) -> str:
    return _COMMA.join(each.value for each in words)


def _units_from_text(text: object) -> int:
    if not isinstance(text, str):
        raise ValueError(f"a set of units is written in hexadecimal, got {text!r}")
    return int(text, 16)


def _text_from_units(units: int) -> str:
    return f"{units:x}"
