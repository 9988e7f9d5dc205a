"""What did reading a file give: a value or not, what is wrong, and what was assumed?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place, Severity, errors_of
from karakoram.core.provenance import Assumption, Confidence, Provenance

T = TypeVar("T")

FORMAT_DEFAULT = Provenance(
    source="GNPy 3.0.1, documentation of its JSON files",
    source_date="2026",
    confidence=Confidence.ASSUMED,
    note="the file does not state it; the format's own default counts",
)
"""Where a figure comes from that a file leaves out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[T]):
    """What a file gave; without a value at least one finding is an error."""

    value: T | None
    findings: tuple[Finding, ...] = ()
    assumptions: tuple[Assumption, ...] = ()

    def required(self) -> T:
        """The value.

        Raises
        ------
        InvalidDataError
            When there is none; carries every finding.
        """
        if self.value is None:
            raise InvalidDataError(self.findings)
        return self.value


class Log:
    """Collects, while one file is read, everything that is wrong or assumed."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._findings: list[Finding] = []
        self._assumed: dict[tuple[str, str], int] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found so far, in the order of finding."""
        return tuple(self._findings)

    @property
    def assumptions(self) -> tuple[Assumption, ...]:
        """What was assumed so far."""
        return tuple(
            Assumption(
                file=self._file,
                field=field,
                value=value,
                places=places,
                provenance=FORMAT_DEFAULT,
            )
            for (field, value), places in self._assumed.items()
        )

    @property
    def has_errors(self) -> bool:
        """Whether something was found that forbids using the file."""
        return bool(errors_of(self.findings))

    def add(self, finding: Finding) -> None:
        """Keep a finding."""
        self._findings.append(finding)

    def find(
        self, code: str, message: str, *, place: Place, severity: Severity = Severity.ERROR
    ) -> None:
        """Keep a finding about a place of the file."""
        self.add(Finding(code=code, place=place, message=message, severity=severity))

    def place(self, table: str, *, record: str | None = None, field: str | None = None) -> Place:
        """A place of the file."""
        return Place(table=table, record=record, field=field, file=self._file)

    def assume(self, field: str, value: str) -> None:
        """Keep that a default stands in for a field that is not stated."""
        key = field, value
        self._assumed[key] = self._assumed.get(key, 0) + 1

    def reading(self, value: T | None) -> Reading[T]:
        """What the file gave: the value unless there are errors, and all that was collected."""
        return Reading(
            value=None if self.has_errors else value,
            findings=self.findings,
            assumptions=self.assumptions,
        )


def relocated(
    findings: tuple[Finding, ...], places: Mapping[str, Place], *, columns: Mapping[str, str]
) -> tuple[Finding, ...]:
    """Findings about a document made of sheets, at the rows that its records come from.

    Parameters
    ----------
    findings
        With paths in the document.
    places
        Row of each record.
    columns
        Name of the column by the last member of a path.
    """
    return tuple(_relocated(finding, places, columns) for finding in findings)


def _relocated(
    finding: Finding, places: Mapping[str, Place], columns: Mapping[str, str]
) -> Finding:
    row = places.get(finding.place.record or "")
    if row is None:
        return finding
    key = (finding.place.field or "").rpartition(".")[2]
    return replace(finding, place=replace(row, field=columns.get(key)))
