"""How does one member of a JSON object become a field of a record, and back?

Each field is stated once, in one list a record, which reader and writer share. A number is
multiplied by ``scale`` on its way in: files hold SI units, records engineering units.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum
from math import isfinite, isnan
from re import sub
from typing import Any, TypeVar

from karakoram.adapters.formats.gnpy.reading import Log
from karakoram.core.cells import CellBreach, control_breach, did_you_mean, shown
from karakoram.core.fields import bounds_by_field
from karakoram.core.findings import Place, Severity

R = TypeVar("R")

ONE = Decimal(1)
_DIGITS_TRIED = (15, 16, 17, 22, 28)
_DIGITS = 34
_EXPONENT_MIN = -360
_EXPONENT_MAX = 300
"""Numbers beyond 1e300 are no physics, and beyond what a float holds."""


class Required(Enum):
    """Marks a field that every file must state."""

    REQUIRED = "required"


REQUIRED = Required.REQUIRED

Parse = Callable[[object, Decimal], object]
"""Gives the value in the unit of the record, or a ``CellBreach``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One value of a document and where it stands."""

    value: Any
    path: str
    log: Log
    record: str | None = None
    """Identifier of what it is part of."""

    @property
    def place(self) -> Place:
        """Where it stands, as findings say it."""
        table = self.path.partition(".")[0].partition("[")[0] or "document"
        return self.log.place(table, record=self.record, field=self.path or None)

    @property
    def members(self) -> Mapping[str, Any]:
        """The members of an object; none for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def named(self, record: str | None) -> "Entry":
        """The same value, as part of the record of that identifier."""
        return replace(self, record=record)

    def child(self, key: str) -> "Entry":
        """The member of an object; of value ``None`` where there is none."""
        path = f"{self.path}.{key}" if self.path else key
        return replace(self, value=_plain(self.members.get(key)), path=path)

    def find(self, code: str, message: str, *, severity: Severity = Severity.ERROR) -> None:
        """Keep a finding about this value."""
        self.log.find(code, message, place=self.place, severity=severity)

    def items(self) -> "tuple[Entry, ...]":
        """The parts of a list; none, and a finding, for anything else but nothing."""
        if self.value is None:
            return ()
        if not isinstance(self.value, list):
            self.find("not-a-list", f"{value_shown(self.value)} must be a list: [..., ...]")
            return ()
        return tuple(
            replace(self, value=_plain(part), path=f"{self.path}[{index}]")
            for index, part in enumerate(self.value)
        )

    def objects(self) -> "tuple[Entry, ...]":
        """The parts of a list that are objects; a finding for each that is none."""
        return tuple(part for part in self.items() if part.is_object())

    def is_object(self) -> bool:
        """Whether the value is an object; a finding if it is not."""
        if isinstance(self.value, dict):
            return True
        self.find("not-an-object", f"{value_shown(self.value)} must be an object: {{...}}")
        return False


def _plain(value: object) -> object:
    """YANG-style files write nothing as ``[null]`` (RFC 7951, clause 6.9)."""
    return None if value == [None] else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a record and the member of a JSON object that holds it."""

    name: str
    key: str
    parse: Parse
    scale: Decimal = ONE
    unit: str = ""
    """Of the number in the file."""
    default: object = REQUIRED
    """What counts where nothing is stated; ``None`` is no figure, so nothing was assumed."""

    @property
    def numeric(self) -> bool:
        """Whether a list of numbers is read, by whatever parser."""
        return self.parse not in {text, texts, boolean}


def number(value: object, scale: Decimal) -> object:
    """A number in the unit of the record, or why it is none."""
    decimal = decimal_from(value)
    if decimal is None:
        return CellBreach(code="not-a-number", message=_why_no_number(value))
    with localcontext(prec=_DIGITS):
        scaled = float(decimal * scale)
    if isfinite(scaled):
        return scaled
    return CellBreach(code="not-a-number", message=f"{value_shown(value)} is beyond all physics")


def decimal_from(value: object) -> Decimal | None:
    """The decimal that a JSON number, or a number as YANG-style text, states; else ``None``."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        decimal = Decimal(str(value).strip() if isinstance(value, str | float) else value)
    except InvalidOperation:
        return None
    is_usable = decimal.is_finite() and _EXPONENT_MIN <= decimal.adjusted() <= _EXPONENT_MAX
    return decimal if is_usable or decimal == 0 else None


def _why_no_number(value: object) -> str:
    """What a value is that no number of a file can be."""
    if isinstance(value, float):  # JSON has no word for it, and many programs write it all the same
        return f"{_json_word(value)} is no figure; state one, or leave the member out"
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return f"{Decimal(value):.3g} is beyond all physics; check the figure and its unit"
    end = " without its unit" if isinstance(value, str) else ""
    return f"{value_shown(value)} must be a number{end}"


def _json_word(value: float) -> str:
    """How programs write into JSON what is no number."""
    if isnan(value):
        return "NaN"
    return "Infinity" if value > 0.0 else "-Infinity"


def whole(value: object, _: Decimal) -> object:
    """A whole number, or why it is none."""
    decimal = decimal_from(value)
    if decimal is None:
        message = _why_no_number(value).replace("must be a number", "must be a whole number")
        return CellBreach(code="not-a-whole-number", message=message)
    if decimal.adjusted() > _WHOLE_MAX or decimal != decimal.to_integral_value():
        return CellBreach(
            code="not-a-whole-number", message=f"{value_shown(value)} must be a whole number"
        )
    return int(decimal)


_WHOLE_MAX = 15


def boolean(value: object, _: Decimal) -> object:
    """True or false, or why it is neither."""
    if isinstance(value, bool):
        return value
    return CellBreach(
        code="not-true-or-false",
        message=f"{value_shown(value)} must be true or false, without quotes",
    )


def text(value: object, _: Decimal) -> object:
    """Text that can be shown and written, or why it cannot."""
    if not isinstance(value, str):
        return CellBreach(code="not-text", message=f"{value_shown(value)} must be text in quotes")
    if any(_HALF_FIRST <= character <= _HALF_LAST for character in value):
        return CellBreach(code="not-text", message=f"{ascii(value)[:60]} holds half a character")
    return control_breach(value) or value


_HALF_FIRST, _HALF_LAST = "\ud800", "\udfff"


def texts(value: object, scale: Decimal) -> object:
    """A list of texts, or why it is none."""
    return _all_of(value, scale, parse=text)


def numbers(value: object, scale: Decimal) -> object:
    """A list of numbers in the unit of the record, or why it is none."""
    return _all_of(value, scale, parse=number)


def _all_of(value: object, scale: Decimal, *, parse: Parse) -> object:
    if not isinstance(value, list):
        return CellBreach(
            code="not-a-list", message=f"{value_shown(value)} must be a list: [..., ...]"
        )
    parts = [parse(part, scale) for part in value]
    breaches = [part for part in parts if isinstance(part, CellBreach)]
    return breaches[0] if breaches else tuple(parts)


def word(value: object) -> str:
    """A word of a fixed vocabulary, without the module that a YANG-style file puts before it.

    >>> word("gnpy-network-topology:Fiber")
    'Fiber'
    """
    plain = value if isinstance(value, str) else ""
    return plain.partition(":")[2] if plain.startswith("gnpy-") else plain


def find_wrong_word(
    member: Entry, known: Iterable[str], *, code: str = "unknown-word", noun: str = ""
) -> None:
    """Tell of a word that is not one of a fixed vocabulary, or that is not there at all.

    Parameters
    ----------
    member
        Where the word stands, or should.
    known
        Every word that would be right.
    code
        Of the finding on a word that is there.
    noun
        What the words are words for, where the key of the member does not say it.
    """
    words = tuple(known)
    choice = f"it must be one of {', '.join(words)}"
    if member.value is None:
        member.find("missing", f"{member.path.rpartition('.')[2]} is missing; {choice}")
        return
    hint = did_you_mean(word(member.value), words)
    known_as = f" is no {noun}" if noun else " means nothing here"
    member.find(code, f"{value_shown(member.value)}{known_as}; {choice}{hint}")


def value_shown(value: object) -> str:
    """A value of a document as a message shows it: cut, and nested ones by their kind."""
    if isinstance(value, str):
        return shown(value)
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    kinds: Mapping[type, str] = {dict: "an object", list: "a list"}
    return kinds.get(type(value)) or str(value)[:_SHOWN_MAX]


_SHOWN_MAX = 60


def values_of(
    entry: Entry,
    fields: Iterable[Field],
    *,
    record_type: Any,  # noqa: ANN401  (a class of records)
) -> dict[str, Any] | None:
    """The values of the fields by name, in the units of the record; ``None`` if one is wrong.

    Every breach becomes a finding, and every default but ``None`` an assumption.
    """
    bounds = bounds_by_field(record_type)
    values: dict[str, Any] = {}
    is_whole = True
    for field in fields:
        member = entry.child(field.key)
        if member.value is None or (member.value == "" and field.parse is not text):
            is_whole &= _take_default(values, field, member)
            continue
        if field.default is REQUIRED and isinstance(member.value, str) and not member.value.strip():
            member.find("missing", f"{field.key} is empty; write what it is")
            is_whole = False
            continue
        value = _parsed(field, member)
        if not isinstance(value, CellBreach) and field.name in bounds:
            value = _within(value, field, member, message=bounds[field.name].breach)
        if isinstance(value, CellBreach):
            member.find(value.code, value.message)
            is_whole = False
        else:
            values[field.name] = value
    return values if is_whole else None


def _parsed(field: Field, member: Entry) -> object:
    """The value of a member; a number in quotes is one in YANG-style files only (RFC 7951)."""
    breach = None
    if field.parse in {number, whole}:
        breach = quoted_number(member)
    elif field.numeric and isinstance(member.value, list):
        parts = (replace(member, value=part) for part in member.value)
        breach = next(filter(None, map(quoted_number, parts)), None)
    return field.parse(member.value, field.scale) if breach is None else breach


def quoted_number(member: Entry) -> CellBreach | None:
    """Why a number that stands in quotes is none; ``None`` in YANG-style files (RFC 7951)."""
    is_quoted = isinstance(member.value, str) and decimal_from(member.value) is not None
    if not is_quoted or member.path.startswith(_YANG_PREFIX):
        return None
    message = f"{value_shown(member.value)} must be a number without quotes"
    return CellBreach(code="not-a-number", message=message)


_YANG_PREFIX = "gnpy-"
"""Begins the name of every module of a YANG-style file of GNPy."""


def _within(
    value: Any,  # noqa: ANN401  (whatever the field's parser gave)
    field: Field,
    member: Entry,
    *,
    message: Callable[[float], str | None],
) -> object:
    if not isinstance(value, int | float):
        return value
    breach = message(float(value))
    if breach is None:
        return value
    if field.scale == ONE and not field.unit:
        return CellBreach(code="out-of-bounds", message=breach)
    return CellBreach(
        code="out-of-bounds",
        message=f"{value_shown(member.value)} in {field.unit} is {value:.6g} as {field.name}, "
        f"which {breach}; check the unit",
    )


def _take_default(values: dict[str, Any], field: Field, member: Entry) -> bool:
    """Put the default in its place; whether there is one."""
    if field.default is REQUIRED:
        unit = f" (in {field.unit})" if field.unit else ""
        member.find("missing", f"{field.key}{unit} is missing; the format has no default for it")
        return False
    values[field.name] = field.default
    if field.default is not None:
        assume(member, field.default, name=field.name)
    return True


def assume(member: Entry, value: object, *, name: str) -> None:
    """Keep that a default stands in for what a file does not state."""
    shown_value = f"{value:g}" if isinstance(value, float) else str(value)
    pattern = sub(r"\[[0-9]+\]", "[]", member.path)
    member.log.assume(pattern, f"{name} = {shown_value}")


def made(entry: Entry, record_type: Callable[..., R], values: Mapping[str, Any] | None) -> R | None:
    """The record of these values; ``None``, and a finding, where they contradict each other."""
    if values is None:
        return None
    try:
        return record_type(**values)
    except ValueError as error:
        entry.find("contradiction", str(error))
        return None


def find_unknown_members(entry: Entry, known: Iterable[str]) -> None:
    """Tell of every member that nobody reads; perhaps another under a wrong name.

    What should be an object and is something else has no members, and is told as that.
    """
    if entry.value is not None:
        entry.is_object()
    names = tuple(known)
    for key in entry.members:
        if key not in names and not key.startswith("_comment"):
            member = entry.child(str(key)[:_SHOWN_MAX])
            member.find(
                "not-modelled",
                f"{value_shown(member.value)} is not read: no such member is known here"
                + did_you_mean(str(key), names),
                severity=Severity.WARNING,
            )


def object_of(record: object, fields: Iterable[Field]) -> dict[str, Any]:
    """The members of a JSON object for the fields of a record; a field of ``None`` has none."""
    found: dict[str, Any] = {}
    for field in fields:
        value = getattr(record, field.name)
        if value is not None:
            found[field.key] = json_from(value, scale=field.scale)
    return found


def json_from(value: Any, *, scale: Decimal = ONE) -> Any:  # noqa: ANN401  (JSON has no type)
    """A value of a record as a JSON value in the unit of the file; reads back as the same."""
    if isinstance(value, bool | int | str) or value is None:
        return value
    if isinstance(value, tuple):
        return [json_from(part, scale=scale) for part in value]
    with localcontext(prec=_DIGITS):
        exact = Decimal(repr(value)) / scale
        for digits in _DIGITS_TRIED:
            rounded = Decimal(f"{exact:.{digits - 1}e}")
            if float(rounded * scale) == value:
                return rounded
        return exact
