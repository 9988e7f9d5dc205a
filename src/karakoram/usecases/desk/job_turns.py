"""How does a row's outcome count together with what its action wrote, and only once?

A worker takes a job up for a while, its *lease*. What the action of a row writes, and that the row
has its outcome, are one transaction, which counts only while the lease is the worker's. So a worker
that is killed leaves rows with their outcome and rows of which nothing was written, and one that
was slow, and lost its job to another, writes nothing any more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from karakoram.core.errors import RefusedError
from karakoram.sales.change_log import Deed
from karakoram.sales.jobs import JOB_LIFE, LEASE_S, Job, JobRow, renewed
from karakoram.usecases.desk.ask_job import end_job
from karakoram.usecases.desk.desk_actions import Desk, DeskAction
from karakoram.usecases.desk.job_ports import JobReader, JobStore, JobWriter, RowQuestion
from karakoram.usecases.do_many import RowOutcome, row_result
from karakoram.usecases.sell.sales_action import known_record
from karakoram.usecases.sell.sales_ports import (
    IdSource,
    Moments,
    SalesReader,
    SalesWriter,
    identifier,
)

AnswerT = TypeVar("AnswerT")
LEASE_LOST = "lease-lost"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Worker:
    """Who works on jobs, and with what."""

    worker_id: str
    """Of this worker alone."""
    who: str
    """For the change log; rows are done in the name of whoever asked for the job."""
    store: JobStore
    ids: IdSource
    moments: Moments
    desk_of: Callable[[Job], Desk]
    """What the rows of a job are done with."""
    lease_s: float = LEASE_S

    @property
    def deed(self) -> Deed:
        """What the worker does now of itself."""
        return Deed(who=self.who, why="", at=self.moments.now())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Turn:
    """A job in the hands of a worker."""

    job: Job
    """As it was taken up."""
    worker: Worker

    def write(self, action: Callable[[JobWriter, Job], AnswerT]) -> AnswerT:
        """What the action answers; it gets the job as it is now.

        Raises
        ------
        RefusedError
            With code ``lease-lost`` where the job is no longer the worker's; nothing is written.
        """
        mine = self.worker.worker_id

        def held(tx: JobWriter) -> AnswerT:
            job = known_record(tx, Job, self.job.job_id)
            if job.lease is None or job.lease.worker_id != mine:
                raise RefusedError(
                    f"job {job.job_id} was called off, or another worker has it",
                    code=LEASE_LOST,
                    where=job.job_id,
                )
            return action(tx, job)

        return self.worker.store.write(held)

    def note(self, tx: JobWriter, job: Job, row: JobRow) -> None:
        """Write the outcome of a row, and let the lease begin anew."""
        tx.replace_job_row(row)
        now, lease_s = self.worker.moments.now(), self.worker.lease_s
        tx.replace(renewed(job, now=now, lease_s=lease_s))

    def end(self, ended: Callable[[Job], Job]) -> None:
        """Write the job after the event by which the turn ends, if it is the worker's still."""
        worker = self.worker

        def write(tx: JobWriter, job: Job) -> None:
            after = ended(job)
            if JOB_LIFE.is_final(after.state):
                end_job(tx, worker.ids, job=after, before=job, deed=worker.deed)
            else:
                tx.replace(after)

        try:
            self.write(write)
        except RefusedError as refused:
            if refused.code != LEASE_LOST:
                raise


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RowStore:
    """The store as the action of one row sees it."""

    turn: Turn
    row: JobRow
    action: DeskAction[Any, Any]

    def read(self, question: Callable[[SalesReader], AnswerT]) -> AnswerT:
        """What ``question`` answers at one moment."""
        return self.turn.worker.store.read(question)

    def write(self, action: Callable[[SalesWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers; where that is the answer of the row, its outcome is written too.

        Raises
        ------
        RefusedError
            With code ``lease-lost`` where the job is no longer the worker's.
        """

        def together(tx: JobWriter, job: Job) -> AnswerT:
            answer = action(tx)
            if isinstance(answer, self.action.answer_type):
                outcome: RowOutcome[Any] = RowOutcome(row=self.row.row, name="", answer=answer)
                self.turn.note(tx, job, _with_outcome(self.row, outcome, action=self.action))
            return answer

        return self.turn.write(together)

    def note(self, outcome: RowOutcome[Any]) -> None:
        """Write the outcome of an action that wrote nothing."""
        told = _with_outcome(self.row, outcome, action=self.action)

        def write(tx: JobWriter, job: Job) -> None:
            self.turn.note(tx, job, told)

        if not self.turn.worker.store.read(self._is_noted):
            self.turn.write(write)

    def _is_noted(self, tx: JobReader) -> bool:
        """Whether it has its outcome; rows go in their order, so else it is the first open one."""
        first = tx.job_rows(RowQuestion(job_id=self.row.job_id, is_open=True, limit=1))
        return not first or first[0].row > self.row.row


def _with_outcome(row: JobRow, outcome: RowOutcome[Any], *, action: DeskAction[Any, Any]) -> JobRow:
    """The row with its outcome; of an answer, its identifier is kept."""
    answer = outcome.answer
    return replace(
        row,
        result=row_result(outcome, action.is_no),
        answer_id="" if answer is None else identifier(answer),
        findings=outcome.findings,
        refusal=outcome.refusal,
    )
