"""How far are the jobs, and what became of the rows of one?"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from karakoram.core.identifiers import JobId
from karakoram.sales.jobs import Job, RowResult
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS
from karakoram.usecases.desk.job_ports import JobReader, JobStore, RowQuestion
from karakoram.usecases.do_many import RowOutcome
from karakoram.usecases.sell.sales_action import known_record


@dataclass(frozen=True, slots=True, kw_only=True)
class JobProgress:
    """A job, and how many of its rows became what."""

    job: Job
    counts: Mapping[RowResult, int]

    @property
    def done_count(self) -> int:
        """Rows that have an outcome."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class JobOutcomes:
    """What became of each row of a job that has an outcome, in their order."""

    progress: JobProgress
    outcomes: tuple[RowOutcome[Any], ...]
    """Answers are as their records stand now."""
    cells: Mapping[int, Mapping[str, str]]
    """What each row asked, by its number."""


def jobs_seen(
    store: JobStore, *, states: Iterable[str] = (), job_ids: Iterable[JobId] | None = None
) -> tuple[JobProgress, ...]:
    """Jobs, oldest first; in some states, or some jobs alone, where given.

    Raises
    ------
    NotFoundError
        If one of the jobs named is not there.
    """

    def seen(tx: JobReader) -> tuple[JobProgress, ...]:
        jobs = (
            tx.find_all(Job, states=states)
            if job_ids is None
            else tuple(known_record(tx, Job, each) for each in job_ids)
        )
        return _progress(tx, jobs)

    return store.read(seen)


def job_outcomes(job_id: JobId, *, store: JobStore) -> JobOutcomes:
    """What became of the rows of a job so far.

    Raises
    ------
    NotFoundError
        If there is no such job.
    """

    def seen(tx: JobReader) -> JobOutcomes:
        job = known_record(tx, Job, job_id)
        answer_type = DESK_ACTIONS[job.kind].answer_type
        rows = tx.job_rows(RowQuestion(job_id=job_id))
        outcomes = tuple(
            RowOutcome(
                row=row.row,
                name=f"row {row.row}",
                answer=known_record(tx, answer_type, row.answer_id) if row.answer_id else None,
                findings=row.findings,
                refusal=row.refusal,
            )
            for row in rows
            if row.result is not None
        )
        cells = {row.row: {each.name: each.text for each in row.cells} for row in rows}
        (progress,) = _progress(tx, (job,))
        return JobOutcomes(progress=progress, outcomes=outcomes, cells=cells)

    return store.read(seen)


def _progress(tx: JobReader, jobs: tuple[Job, ...]) -> tuple[JobProgress, ...]:
    counts = tx.job_counts(each.job_id for each in jobs)
    return tuple(JobProgress(job=each, counts=counts[each.job_id]) for each in jobs)
