"""What do jobs need of a store?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar, runtime_checkable

from karakoram.core.identifiers import JobId
from karakoram.sales.jobs import Job, JobRow, RowResult
from karakoram.usecases.sell.sales_ports import SalesReader, SalesWriter

AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, slots=True, kw_only=True)
class RowQuestion:
    """Which rows of a job are asked for, in the order of the file."""

    job_id: JobId
    is_open: bool = False
    """Only those without an outcome."""
    limit: int | None = None
    """How many at most."""


@runtime_checkable
class JobReader(SalesReader, Protocol):
    """What is in the store at one moment, jobs and their rows included."""

    def jobs_due_at(self, moment: datetime, *, limit: int | None = None) -> tuple[Job, ...]:
        """Jobs that a worker may take up: their time has come or a lease is over; oldest first."""

    def job_rows(self, question: RowQuestion) -> tuple[JobRow, ...]:
        """The rows that are asked for."""

    def job_counts(self, job_ids: Iterable[JobId]) -> Mapping[JobId, Mapping[RowResult, int]]:
        """How many rows of each of the jobs became what; those still to be done are left out."""


@runtime_checkable
class JobWriter(JobReader, SalesWriter, Protocol):
    """A transaction: everything written in it counts, or nothing."""

    def add_job_rows(self, rows: Iterable[JobRow]) -> None:
        """Write the rows of a new job."""

    def replace_job_row(self, row: JobRow) -> None:
        """Write the outcome of a row.

        Raises
        ------
        ConflictError
            If it has one already, or there is no such row.
        """


@runtime_checkable
class JobStore(Protocol):
    """Where sales and jobs are kept."""

    def read(self, question: Callable[[JobReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""

    def write(self, action: Callable[[JobWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers, everything that it wrote being durable; as of sales."""
