"""What does a worker do until nothing is due?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from karakoram.core.errors import KarakoramError, RefusedError
from karakoram.core.identifiers import JobId
from karakoram.sales.change_log import Deed
from karakoram.sales.jobs import (
    ATTEMPTS_MAX,
    Job,
    JobEvent,
    JobRow,
    given_back,
    held_after,
    taken_up,
)
from karakoram.usecases.desk.ask_job import end_job
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS, Desk
from karakoram.usecases.desk.desk_rows import rows_of_desk
from karakoram.usecases.desk.job_ports import JobWriter, RowQuestion
from karakoram.usecases.desk.job_turns import LEASE_LOST, RowStore, Turn, Worker
from karakoram.usecases.do_many import ListRow, row_outcome
from karakoram.usecases.sell.expire_quotes import expire_quotes
from karakoram.usecases.table_ports import TableRows

PASSING = frozenset({"changed-meanwhile", "store-busy", "store-lost", "store-unreachable"})
"""Refusals that say nothing of a row: its job rests, and it is tried again."""
_TROUBLE_CHARACTERS_MAX = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """What a worker has done."""

    job_ids: tuple[JobId, ...]
    """Jobs that it had in hand, each once."""
    row_count: int
    """Rows that got their outcome."""
    expired_count: int
    """Quotes that expired, their time being over."""


def work_jobs(
    worker: Worker,
    *,
    rows_max: int | None = None,
    progress: Callable[[int, int], None] = lambda _done, _whole: None,
) -> Worked:
    """What was done of all that was due: quotes expire, then rows, job by job, the oldest first.

    Parameters
    ----------
    worker
        Who works.
    rows_max
        After so many rows the worker stops, and puts back what it has in hand.
    progress
        Is told after each row how many of its job are done, and how many there are.

    Raises
    ------
    RefusedError
        If the store cannot be reached any more; the lease then runs out by itself.
    """
    expired_count = expire_quotes(deed=worker.deed, store=worker.store, ids=worker.ids)
    job_ids: dict[JobId, None] = {}
    row_count = 0
    while rows_max is None or row_count < rows_max:
        job = _next_job(worker)
        if job is None:
            break
        job_ids[job.job_id] = None
        left = None if rows_max is None else rows_max - row_count
        row_count += _work_on(Turn(job=job, worker=worker), left=left, progress=progress)
    return Worked(job_ids=tuple(job_ids), row_count=row_count, expired_count=expired_count)


def _next_job(worker: Worker) -> Job | None:
    """The oldest job that is due, taken up; one that was taken up too often is given up."""
    deed = worker.deed
    if not worker.store.read(lambda tx: tx.jobs_due_at(deed.at, limit=1)):
        return None

    def write(tx: JobWriter) -> Job | None:
        while due := tx.jobs_due_at(deed.at, limit=1):
            taken = taken_up(due[0], worker.worker_id, now=deed.at, lease_s=worker.lease_s)
            if taken.attempts <= ATTEMPTS_MAX:
                return tx.replace(taken)
            trouble = taken.trouble or "each worker that took it up stopped without a word"
            lost = replace(given_back(taken, JobEvent.FAIL), trouble=trouble)
            end_job(tx, worker.ids, job=lost, before=due[0], deed=deed)
        return None

    return worker.store.write(write)


def _work_on(turn: Turn, *, left: int | None, progress: Callable[[int, int], None]) -> int:
    """Do the rows of a job, as many as are left to do; how many were done."""
    count = 0
    try:
        for done in _done(turn, left=left):
            count += 1
            progress(done, turn.job.row_count)
    except (KarakoramError, OSError) as trouble:
        if getattr(trouble, "code", None) != LEASE_LOST:
            _hold(turn, str(trouble))
    except Exception as bug:
        _hold(turn, f"{type(bug).__name__}: {bug}")
        raise
    except KeyboardInterrupt:
        _put_back(turn)
        raise
    return count


def _done(turn: Turn, *, left: int | None) -> Iterator[int]:
    """How many rows of the job have an outcome, each time that one more has; ends the turn."""
    job, store = turn.job, turn.worker.store
    desk = turn.worker.desk_of(job)
    rows = store.read(lambda tx: tx.job_rows(RowQuestion(job_id=job.job_id, is_open=True)))
    for number, row in enumerate(rows[:left], start=1):
        _do(turn, row, desk=desk)
        yield job.row_count - len(rows) + number
    if left is None or left >= len(rows):
        turn.end(lambda mine: given_back(mine, JobEvent.COMPLETE))
    else:
        _put_back(turn)


def _do(turn: Turn, row: JobRow, *, desk: Desk) -> None:
    """Do one row, in the name of whoever asked for the job.

    Raises
    ------
    RefusedError
        If the lease is lost, or something is in the way that has nothing to do with the row.
    """
    action = DESK_ACTIONS[turn.job.kind]
    store = RowStore(turn=turn, row=row, action=action)

    def act(asked: JobRow) -> object:
        (read,) = rows_of_desk(_table(turn.job, asked), action.row_type, given={})
        why = read.record.why or turn.job.asked.why
        deed = Deed(who=turn.job.asked.who, why=why, at=turn.worker.moments.now())
        return action.act(read, deed, replace(desk, store=store))

    outcome = row_outcome(ListRow(row=row.row, name=f"row {row.row}", asked=row), act)
    refusal = outcome.refusal
    if refusal is not None and refusal.code in {LEASE_LOST, *PASSING}:
        raise RefusedError(refusal.message, code=refusal.code, where=refusal.where)
    store.note(outcome)


def _table(job: Job, row: JobRow) -> TableRows:
    """The row as it would be read from its file."""
    cells = {each.name: each.text for each in row.cells}
    return TableRows(
        table=job.name.partition(".")[0],
        file=job.name,
        header=tuple(cells),
        rows=((row.row, cells),),
    )


def _hold(turn: Turn, trouble: str) -> None:
    now, told = turn.worker.moments.now(), trouble[:_TROUBLE_CHARACTERS_MAX]
    turn.end(lambda mine: held_after(mine, told, now=now))


def _put_back(turn: Turn) -> None:
    """Let others go on at once; that the worker stopped is no failed attempt."""
    turn.end(lambda mine: replace(given_back(mine, JobEvent.PUT_BACK), attempts=0))
