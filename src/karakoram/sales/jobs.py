"""What was the sales desk asked to do later, and how far is it?"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import Enum

from karakoram.core.errors import ConflictError
from karakoram.core.fields import check_rules
from karakoram.core.findings import Finding
from karakoram.core.identifiers import JobId
from karakoram.core.life import Life
from karakoram.sales.change_log import Deed
from karakoram.sales.plans import Refusal

LEASE_S = 60.0
"""How long a worker may say nothing before others take its job up; planning a row takes seconds."""
ATTEMPTS_MAX = 10
"""Attempts without one more row done, after which a job fails; their pauses together are more than
an hour, in which a server may be away."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 10.0, 1800.0


class JobKind(Enum):
    """What is done for each row of a job."""

    QUALIFY = "qualify"
    QUOTE_ISSUE = "quote issue"
    QUOTE_DECLINE = "quote decline"
    ORDER_PLACE = "order place"
    ORDER_LEG = "order leg"
    ORDER_CANCEL = "order cancel"
    PARTY_ADD = "party add"
    SERVICE_CEASE = "service cease"
    SERVICE_SUSPEND = "service suspend"
    SERVICE_RESUME = "service resume"
    DXX_CLOSE = "dxx close"


class JobState(Enum):
    """Where a job stands (words of TM Forum's tasks, TMF645)."""

    ACKNOWLEDGED = "acknowledged"
    """Waits for a worker."""
    IN_PROGRESS = "inProgress"
    HELD = "held"
    """Rests after trouble, to be tried again."""
    COMPLETED = "completed"
    """Every row has an outcome."""
    FAILED = "failed"
    """Given up after too many attempts; the rows that were done are done."""
    CANCELLED = "cancelled"
    """Called off; the rows that were done are done."""


class JobEvent(Enum):
    """What can happen to a job."""

    START = "start"
    TAKE_OVER = "take over"
    """From a worker whose lease is over."""
    PUT_BACK = "put back"
    """By a worker that stops."""
    HOLD = "hold"
    COMPLETE = "complete"
    FAIL = "fail"
    CANCEL = "cancel"


_ENDS: Mapping[JobEvent, JobState] = {}
JOB_LIFE: Life[JobState, JobEvent] = Life(
    subject="job",
    first=JobState.ACKNOWLEDGED,
    transitions={
        JobState.ACKNOWLEDGED: {
            JobEvent.START: JobState.IN_PROGRESS,
            JobEvent.CANCEL: JobState.CANCELLED,
        },
        JobState.IN_PROGRESS: {
            JobEvent.TAKE_OVER: JobState.IN_PROGRESS,
            JobEvent.PUT_BACK: JobState.ACKNOWLEDGED,
            JobEvent.HOLD: JobState.HELD,
            JobEvent.COMPLETE: JobState.COMPLETED,
            JobEvent.FAIL: JobState.FAILED,
            JobEvent.CANCEL: JobState.CANCELLED,
        },
        JobState.HELD: {
            JobEvent.START: JobState.IN_PROGRESS,
            JobEvent.CANCEL: JobState.CANCELLED,
        },
        JobState.COMPLETED: _ENDS,
        JobState.FAILED: _ENDS,
        JobState.CANCELLED: _ENDS,
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Which worker has a job, and until when nobody else may take it."""

    worker_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class JobWords:
    """What was said beside the rows; folders are where the asker's machine has them."""

    network: str = ""
    """Folder of the network; empty for the reference corridor."""
    catalogue: str = ""
    """Folder of the catalogue; empty for that of the corridor."""
    legs_of: str = ""
    """The operator whose word the rows are; empty for our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Rows of a file that are done one after another, by whichever worker comes."""

    job_id: JobId
    kind: JobKind
    name: str
    """Of the file that the rows stood in."""
    words: JobWords
    asked: Deed
    """By whom, when and why."""
    row_count: int
    state: JobState = JOB_LIFE.first
    run_after: datetime
    """Before it nobody takes the job up."""
    attempts: int = 0
    """How often it was taken up since a row was done last."""
    lease: Lease | None = None
    """While it is in progress."""
    trouble: str = ""
    """What went wrong last; empty again once a row is done."""
    version: int = 0

    def __post_init__(self) -> None:
        is_had = self.state is JobState.IN_PROGRESS
        check_rules(
            self,
            (self.row_count >= 0, f"row_count must be at least 0, got {self.row_count}"),
            (self.attempts >= 0, f"attempts must be at least 0, got {self.attempts}"),
            ((self.lease is not None) == is_had, "lease must be given while in progress, and then"),
        )

    @property
    def due_at(self) -> datetime | None:
        """From when on a worker may take it up; ``None`` where it has come to its end."""
        if JOB_LIFE.is_final(self.state):
            return None
        return self.run_after if self.lease is None else self.lease.until


class RowResult(Enum):
    """What became of a row, in one word."""

    DONE = "done"
    NO = "no"
    """Done, and the answer is no."""
    REFUSED = "refused"
    """Not done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCell:
    """A cell of a row, by its column."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRow:
    """One row of a job, and its outcome once there is one."""

    job_id: JobId
    row: int
    """As a spreadsheet counts: the header is row 1."""
    cells: tuple[RowCell, ...]
    """As they were read, what was given for empty ones filled in."""
    result: RowResult | None = None
    """``None`` while it is still to be done."""
    answer_id: str = ""
    """Identifier of the record that is its answer, if any."""
    findings: tuple[Finding, ...] = ()
    refusal: Refusal | None = None


def taken_up(job: Job, worker_id: str, *, now: datetime, lease_s: float = LEASE_S) -> Job:
    """The job, a worker's for ``lease_s`` seconds.

    Parameters
    ----------
    job
        As it is stored.
    worker_id
        Who takes it.
    now
        The moment.
    lease_s
        Seconds after which another may take it over.

    Raises
    ------
    ConflictError
        With code ``job-not-due`` where another worker has it, or its time has not come.
    IllegalTransitionError
        If it has come to its end.
    """
    event = JobEvent.START if job.lease is None else JobEvent.TAKE_OVER
    state = JOB_LIFE.next_state(job.state, event)
    if job.due_at is None or job.due_at > now:
        raise ConflictError(
            f"job {job.job_id} is not due before {job.due_at}", code="job-not-due", where=job.job_id
        )
    lease = Lease(worker_id=worker_id, until=now + timedelta(seconds=lease_s))
    return replace(job, state=state, lease=lease, attempts=job.attempts + 1)


def renewed(job: Job, *, now: datetime, lease_s: float = LEASE_S) -> Job:
    """The job after one more row: the lease begins anew, and what went wrong is forgotten."""
    assert job.lease is not None, "a row is done by whoever has the job"
    lease = replace(job.lease, until=now + timedelta(seconds=lease_s))
    return replace(job, lease=lease, attempts=0, trouble="")


def given_back(job: Job, event: JobEvent) -> Job:
    """The job after an event that ends the lease."""
    return replace(job, state=JOB_LIFE.next_state(job.state, event), lease=None)


def held_after(job: Job, trouble: str, *, now: datetime) -> Job:
    """The job, to be tried again after a pause that doubles each time, or given up."""
    event = JobEvent.FAIL if job.attempts >= ATTEMPTS_MAX else JobEvent.HOLD
    pause = timedelta(seconds=pause_s(job.attempts))
    return replace(given_back(job, event), trouble=trouble, run_after=now + pause)


def pause_s(attempts: int) -> float:
    """Seconds for which a job rests after so many attempts in a row, at least one.

    >>> [pause_s(attempts) for attempts in (1, 2, 3, 10)]
    [10.0, 20.0, 40.0, 1800.0]
    """
    return min(_FIRST_PAUSE_S * 2.0 ** (attempts - 1), _LONGEST_PAUSE_S)
