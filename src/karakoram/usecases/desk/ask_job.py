"""How is the sales desk asked to do the rows of a file later, and how is that called off?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from karakoram.core.identifiers import JobId
from karakoram.sales.change_log import Deed
from karakoram.sales.jobs import Job, JobEvent, JobKind, JobRow, JobWords, RowCell, given_back
from karakoram.usecases.action_rows import ReadRow
from karakoram.usecases.desk.job_ports import JobStore, JobWriter
from karakoram.usecases.sell.sales_action import Change, known_record, log_change
from karakoram.usecases.sell.sales_ports import IdSource, SalesWriter


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWish:
    """What is to be done later."""

    kind: JobKind
    name: str
    """Of the file that the rows stand in."""
    words: JobWords
    rows: tuple[ReadRow[Any], ...]
    """Each makes sense."""


def ask_job(asked: JobWish, *, deed: Deed, store: JobStore, ids: IdSource) -> Job:
    """The job, which waits for a worker from now on; nothing of it is done yet.

    Parameters
    ----------
    asked
        Rows and what is to be done with them.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.
    """
    job = Job(
        job_id=JobId(ids.new_id()),
        kind=asked.kind,
        name=asked.name,
        words=asked.words,
        asked=deed,
        row_count=len(asked.rows),
        run_after=deed.at,
    )

    def write(tx: JobWriter) -> Job:
        tx.add(job)
        tx.add_job_rows(_rows(job, asked.rows))
        change = Change(
            action="job.ask",
            subject_kind="job",
            subject_id=job.job_id,
            state_after=job.state.value,
            detail=f"{job.kind.value} of {job.row_count} rows of {job.name}",
        )
        log_change(tx, ids, deed=deed, change=change)
        return job

    return store.write(write)


def cancel_job(job_id: JobId, *, deed: Deed, store: JobStore, ids: IdSource) -> Job:
    """The job, called off: what is done stays, no further row is begun.

    Whoever works on it may not even end the row that it has in hand.

    Parameters
    ----------
    job_id
        Which.
    deed
        Who does it, when and why.
    store
        Where records are kept.
    ids
        Names for new records.

    Raises
    ------
    NotFoundError, IllegalTransitionError
        If there is no such job, or it has come to its end.
    """

    def write(tx: JobWriter) -> Job:
        job = known_record(tx, Job, job_id)
        return end_job(tx, ids, job=given_back(job, JobEvent.CANCEL), before=job, deed=deed)

    return store.write(write)


def end_job(tx: SalesWriter, ids: IdSource, *, job: Job, before: Job, deed: Deed) -> Job:
    """A job that has come to its end, as it is stored from now on; the log is told.

    Parameters
    ----------
    tx
        Where to write.
    ids
        Names for new records.
    job
        As it stands from now on.
    before
        As it stood.
    deed
        Who does it, when and why.
    """
    stored = tx.replace(job)
    change = Change(
        action=f"job.{job.state.value}",
        subject_kind="job",
        subject_id=job.job_id,
        state_before=before.state.value,
        state_after=job.state.value,
        detail=job.trouble,
    )
    log_change(tx, ids, deed=deed, change=change)
    return stored


def _rows(job: Job, rows: Iterable[ReadRow[Any]]) -> Iterable[JobRow]:
    for each in rows:
        cells = tuple(RowCell(name=name, text=text) for name, text in each.cells.items())
        yield JobRow(job_id=job.job_id, row=each.row, cells=cells)
