"""What is wrong in data, returned as data so that all of it can be shown at once?"""

from dataclasses import dataclass
from enum import Enum


class Severity(Enum):
    """How serious a finding is for whoever must act on it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a finding is: a table, and as much of row, record and field as applies."""

    table: str
    """Table without its file extension, e.g. ``spans``; ``network`` for the folder itself."""
    record: str | None = None
    """Identifier of the record, e.g. ``CHL-BBS``."""
    field: str | None = None
    """Column name, e.g. ``length_km``."""
    file: str | None = None
    """File name; set by whoever read the file."""
    row: int | None = None
    """Row in the file as a spreadsheet counts (the header is row 1)."""

    def __str__(self) -> str:
        """One readable reference, e.g. ``spans.csv row 12 (CHL-BBS), field length_km``."""
        parts = [self.file or self.table]
        if self.row is not None:
            parts.append(f"row {self.row}")
        if self.record is not None:
            parts.append(f"({self.record})")
        place = " ".join(parts)
        return f"{place}, field {self.field}" if self.field is not None else place


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem in one place."""

    code: str
    """Stable, documented identifier, e.g. ``span-unknown-site``."""
    place: Place
    message: str
    """What is wrong and what would be right, in one sentence."""
    severity: Severity = Severity.ERROR

    @property
    def where(self) -> str:
        """The place as text."""
        return str(self.place)


def finding_at(
    code: str,
    at: tuple[str, str | None, str | None],
    message: str,
    *,
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding about a record, where no file is known.

    Parameters
    ----------
    code
        Stable, documented identifier.
    at
        Table, record and field; ``None`` for what does not apply.
    message
        What is wrong and what would be right, in one sentence.
    severity
        How serious it is.
    """
    table, record, field = at
    place = Place(table=table, record=record, field=field)
    return Finding(code=code, place=place, message=message, severity=severity)


def errors_of(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings that forbid using the data."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
