"""Jobs that are asked for, done, disturbed and called off."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from karakoram.core.errors import ConflictError, IllegalTransitionError, RefusedError
from karakoram.sales.jobs import ATTEMPTS_MAX, Job, JobKind, JobState, JobWords, RowResult
from karakoram.sales.parties import Party
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.desk.ask_job import cancel_job
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS
from karakoram.usecases.desk.job_ports import JobReader, JobStore, JobWriter, RowQuestion
from karakoram.usecases.desk.job_turns import LEASE_LOST, RowStore, Turn
from karakoram.usecases.desk.see_jobs import job_outcomes, jobs_seen
from karakoram.usecases.desk.work_jobs import PASSING, work_jobs
from tests.support.jobs import (
    ASKED,
    DyingStore,
    Killed,
    asked_job,
    job_row,
    quotes_to_decline,
    worker_of,
)
from tests.support.memory_store import CountingIds, FixedMoment, MemoryStore, MemoryTransaction
from tests.support.sales_records import NOON
from tests.support.selling import START, seller

MINUTE = timedelta(minutes=1)
PARTIES = [
    ("S1", "A school", "public_body", "public_rural", "PK", "PKR"),
    ("S2", "A shop", "business", "private_urban", "CN", "CNY"),
    ("S2", "Another shop", "business", "private_urban", "CN", "CNY"),
]


@pytest.fixture
def store():
    return MemoryStore()


@pytest.fixture
def ids():
    return CountingIds()


@pytest.fixture
def parties(store, ids):
    """A job of which the last row is refused."""
    return asked_job(store, ids, JobKind.PARTY_ADD, *PARTIES)


def now_of(store, job):
    return store.read(lambda tx: tx.find(Job, job.job_id))


def results(store, job):
    rows = store.read(lambda tx: tx.job_rows(RowQuestion(job_id=job.job_id)))
    return [row.result for row in rows]


DONE, NO, REFUSED = RowResult.DONE, RowResult.NO, RowResult.REFUSED


def test_the_parts_can_be_played():
    transaction = MemoryTransaction(MemoryStore().tables)
    assert isinstance(MemoryStore(), JobStore)
    assert isinstance(transaction, JobReader)
    assert isinstance(transaction, JobWriter)


def test_what_is_asked_for_waits_and_nothing_is_done_yet(store, parties):
    assert (parties.state, parties.row_count, parties.due_at) == (JobState.ACKNOWLEDGED, 3, NOON)
    assert store.read(lambda tx: tx.find_all(Party)) == ()
    assert results(store, parties) == [None] * 3
    (entry,) = store.read(lambda tx: tx.log_of(parties.job_id))
    assert (entry.action, entry.deed, entry.detail) == (
        "job.ask",
        ASKED,
        "party add of 3 rows of list.csv",
    )


def test_a_worker_does_every_row_in_the_name_of_whoever_asked(store, ids, parties):
    told = []
    worker = worker_of(store, moments=FixedMoment(NOON + MINUTE), ids=ids)
    worked = work_jobs(worker, progress=lambda *told_now: told.append(told_now))
    assert (worked.job_ids, worked.row_count, worked.expired_count) == ((parties.job_id,), 3, 0)
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert now_of(store, parties).state is JobState.COMPLETED
    assert results(store, parties) == [DONE, DONE, REFUSED]
    (entry,) = store.read(lambda tx: tx.log_of("S1"))
    assert (entry.deed.who, entry.deed.why, entry.deed.at) == (
        "a clerk",
        "as agreed",
        NOON + MINUTE,
    )
    ended = store.read(lambda tx: tx.log_of(parties.job_id))[-1]
    assert (ended.action, ended.deed.who) == ("job.completed", "the night shift")


def test_the_outcome_of_a_row_is_its_answer_or_why_there_is_none(store, ids, parties):
    work_jobs(worker_of(store, ids=ids))
    found = job_outcomes(parties.job_id, store=store)
    assert [each.answer and each.answer.name for each in found.outcomes] == [
        "A school",
        "A shop",
        None,
    ]
    assert found.outcomes[2].refusal.code == "party-differs"
    assert found.cells[3]["party"] == "S2"
    assert found.progress.counts == {DONE: 2, REFUSED: 1}
    assert found.progress.done_count == 3


def test_a_worker_that_may_do_no_more_puts_the_job_back_for_others(store, ids, parties):
    assert work_jobs(worker_of(store, ids=ids), rows_max=2).row_count == 2
    job = now_of(store, parties)
    assert (job.state, job.lease, job.due_at) == (JobState.ACKNOWLEDGED, None, NOON)
    other = asked_job(store, ids, JobKind.PARTY_ADD, ("S9", *PARTIES[0][1:]))
    again = work_jobs(worker_of(store, name="w2", ids=ids), rows_max=1)
    assert (again.row_count, again.job_ids) == (1, (parties.job_id,))
    assert now_of(store, parties).state is JobState.COMPLETED
    assert now_of(store, other).state is JobState.ACKNOWLEDGED


def test_what_somebody_has_in_hand_nobody_else_takes_before_its_lease_is_over(store, ids):
    asked_job(store, ids, JobKind.PARTY_ADD, *PARTIES)
    dying = DyingStore(store, writes=3, counts=False)
    with pytest.raises(Killed):
        work_jobs(worker_of(dying, ids=ids))
    for moment, count in ((NOON, 0), (NOON + MINUTE, 2)):
        worker = worker_of(store, name="w2", moments=FixedMoment(moment), ids=ids)
        assert work_jobs(worker).row_count == count


@pytest.mark.parametrize("counts", [False, True])
@pytest.mark.parametrize("writes", range(8))
def test_wherever_a_worker_is_killed_every_row_is_done_once(store, ids, writes, counts):
    """Declining a quote twice is refused, so a row done twice would show."""
    quotes = quotes_to_decline(store, 4, Random(1))
    job = asked_job(store, ids, JobKind.QUOTE_DECLINE, *([each] for each in [*quotes, "gone"]))
    dying = DyingStore(store, writes=writes, counts=counts)
    try:
        work_jobs(worker_of(dying, ids=ids))
    except Killed:
        work_jobs(worker_of(store, name="w2", moments=FixedMoment(NOON + MINUTE), ids=ids))
    assert now_of(store, job).state is JobState.COMPLETED
    assert results(store, job) == [*[DONE] * 4, REFUSED]
    for each in quotes:
        actions = [entry.action for entry in store.read(lambda tx, each=each: tx.log_of(each))]
        assert actions == ["quote.decline"]


def test_a_worker_that_was_too_slow_writes_nothing_more(store, ids):
    (quote,) = quotes_to_decline(store, 1, Random(1))
    job = asked_job(store, ids, JobKind.QUOTE_DECLINE, [quote])
    late = FixedMoment(NOON)
    slow = worker_of(store, name="slow", moments=late, ids=ids)
    real = slow.desk_of

    def stalled(asked):
        late.moment = NOON + MINUTE
        quick = worker_of(store, name="quick", moments=FixedMoment(NOON + MINUTE), ids=ids)
        assert work_jobs(quick).row_count == 1
        return real(asked)

    assert work_jobs(replace(slow, desk_of=stalled)).row_count == 0
    assert (now_of(store, job).state, results(store, job)) == (JobState.COMPLETED, [DONE])
    (row,) = store.read(lambda tx: tx.job_rows(RowQuestion(job_id=job.job_id)))
    gone = RowStore(turn=Turn(job=job, worker=slow), row=row, action=DESK_ACTIONS[job.kind])
    with pytest.raises(RefusedError) as refused:
        gone.write(lambda tx: tx.add(store))
    assert refused.value.code == LEASE_LOST


def test_a_job_that_is_called_off_keeps_what_is_done_and_begins_no_further_row(store, ids, parties):
    def called_off(done, _whole):
        if done == 1:
            cancel_job(parties.job_id, deed=ASKED, store=store, ids=ids)

    worked = work_jobs(worker_of(store, ids=ids), progress=called_off)
    assert worked.row_count == 1
    assert now_of(store, parties).state is JobState.CANCELLED
    assert results(store, parties) == [DONE, None, None]
    assert [each.party_id for each in store.read(lambda tx: tx.find_all(Party))] == ["S1"]
    with pytest.raises(IllegalTransitionError, match="cannot cancel a job that is cancelled"):
        cancel_job(parties.job_id, deed=ASKED, store=store, ids=ids)
    assert work_jobs(worker_of(store, ids=ids)).job_ids == ()
    last = store.read(lambda tx: tx.log_of(parties.job_id))[-1]
    assert (last.action, last.state_after) == ("job.cancelled", "cancelled")


class Troubled:
    """A store that refuses some writes, as one does whose server is away."""

    def __init__(self, store, *refusals):
        self.store, self.refusals = store, list(refusals)

    def read(self, question):
        return self.store.read(question)

    def write(self, action):
        refusal = self.refusals.pop(0) if self.refusals else None
        if refusal is not None:
            raise refusal
        return self.store.write(action)


@pytest.mark.parametrize("code", sorted(PASSING))
def test_what_says_nothing_of_a_row_lets_the_job_rest_and_the_row_is_tried_again(
    store, ids, parties, code
):
    away = ConflictError("none listens", code=code)
    troubled = Troubled(store, None, None, None, away)  # expiry, taken up, the first row
    worker = worker_of(store, ids=ids)
    worked = work_jobs(replace(worker, store=troubled))
    job = now_of(store, parties)
    assert (worked.row_count, job.state, job.trouble) == (1, JobState.HELD, "none listens")
    assert results(store, parties) == [DONE, None, None]
    assert work_jobs(worker).row_count == 0
    later = worker_of(store, moments=FixedMoment(job.due_at), ids=ids)
    assert work_jobs(later).row_count == 2
    assert now_of(store, parties).trouble == ""


def test_a_store_that_is_gone_for_good_is_told(store, ids, parties):
    away = RefusedError("none listens", code="store-lost")
    with pytest.raises(RefusedError, match="none listens"):
        work_jobs(replace(worker_of(store, ids=ids), store=Troubled(store, None, None, away, away)))
    assert now_of(store, parties).state is JobState.IN_PROGRESS


def test_a_job_that_cannot_begin_is_given_up_after_so_many_attempts(store, ids, parties):
    def gone(_):
        raise FileNotFoundError("no such folder: /gone")

    clock = FixedMoment(NOON)
    worker = replace(worker_of(store, moments=clock, ids=ids), desk_of=gone)
    for attempt in range(1, ATTEMPTS_MAX + 1):
        assert work_jobs(worker).job_ids == (parties.job_id,)
        job = now_of(store, parties)
        assert job.attempts == attempt
        clock.moment = job.due_at or clock.moment
    assert (job.state, job.trouble) == (JobState.FAILED, "no such folder: /gone")
    assert work_jobs(worker).job_ids == ()


def test_a_job_that_kills_its_workers_is_given_up_too(store, ids, parties):
    clock = FixedMoment(NOON)

    def killed(_):
        raise Killed

    for _ in range(ATTEMPTS_MAX):
        with pytest.raises(Killed):
            work_jobs(replace(worker_of(store, moments=clock, ids=ids), desk_of=killed))
        clock.moment = now_of(store, parties).due_at
    assert work_jobs(worker_of(store, moments=clock, ids=ids)).job_ids == ()
    job = now_of(store, parties)
    assert (job.state, job.trouble) == (
        JobState.FAILED,
        "each worker that took it up stopped without a word",
    )


def test_a_bug_is_no_outcome_of_a_row_and_is_told(store, ids, parties, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("karakoram.usecases.desk.desk_actions.register_party", broken)
    with pytest.raises(ZeroDivisionError):
        work_jobs(worker_of(store, ids=ids))
    job = now_of(store, parties)
    assert (job.state, job.trouble) == (JobState.HELD, "ZeroDivisionError: a bug")


def test_who_interrupts_a_worker_leaves_the_job_to_be_gone_on_with_at_once(store, ids, parties):
    def interrupted(done, _whole):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work_jobs(worker_of(store, ids=ids), progress=interrupted)
    job = now_of(store, parties)
    assert (job.state, job.attempts) == (JobState.ACKNOWLEDGED, 0)
    assert work_jobs(worker_of(store, ids=ids)).row_count == 1


def test_rows_are_quoted_and_ordered_as_at_once_and_a_list_asked_twice_gives_the_same():
    selling = seller()
    store, ids = selling.store, selling.ids
    deed = replace(ASKED, at=START)
    worker = worker_of(store, moments=FixedMoment(START), planning=selling, ids=ids)
    wishes = [
        ("w1", "CT", "WAVE-100G-1P1", "a_site=A", "z_site=Z", "term_months=36"),
        ("w2", "CT", "DXX-N64", "a_site=A", "z_site=B", "timeslots=2"),
        ("w3", "CT", "PSTN-LINE", "a_site=A"),
        ("w4", "CT", "WAVE-100G-1P1", "a_site=A", "z_site=NOWHERE"),
    ]
    jobs = [asked_job(store, ids, JobKind.QUOTE_ISSUE, *wishes, deed=deed) for _ in range(2)]
    assert work_jobs(worker).row_count == 8
    first, second = (job_outcomes(job.job_id, store=store) for job in jobs)
    assert first.progress.counts == {DONE: 1, NO: 1, REFUSED: 2}
    assert first.outcomes == second.outcomes
    assert [each.code for each in first.outcomes[3].findings] == ["unknown-site"]
    quote = first.outcomes[0].answer
    ordered = asked_job(
        store, ids, JobKind.ORDER_PLACE, ("o1", "CT", quote.quote_id, ""), deed=deed
    )
    work_jobs(worker)
    assert results(store, ordered) == [DONE]
    assert store.read(lambda tx: tx.find(Quote, quote.quote_id)).state is QuoteState.ACCEPTED


def test_quotes_whose_time_is_over_expire_before_any_row_is_done():
    selling = seller()
    deed, clock = replace(ASKED, at=START), FixedMoment(START)
    worker = worker_of(selling.store, moments=clock, planning=selling, ids=selling.ids)
    wish = ("w1", "CT", "WAVE-100G-1P1", "a_site=A", "z_site=Z")
    asked_job(selling.store, selling.ids, JobKind.QUOTE_ISSUE, wish, deed=deed)
    assert work_jobs(worker).expired_count == 0
    clock.moment += timedelta(days=31)
    assert work_jobs(worker).expired_count == 1
    (quote,) = selling.store.read(lambda tx: tx.find_all(Quote))
    assert quote.state is QuoteState.EXPIRED


def test_the_operator_whose_word_rows_are_is_kept_with_the_job(store, ids):
    words = JobWords(legs_of="SCO")
    job = asked_job(store, ids, JobKind.ORDER_LEG, ("o", "leg", "start"), words=words)
    assert now_of(store, job).words == words


def test_jobs_are_seen_by_state_or_by_name(store, ids, parties):
    other = asked_job(store, ids, JobKind.PARTY_ADD, ("S9", *PARTIES[0][1:]))
    cancel_job(other.job_id, deed=ASKED, store=store, ids=ids)
    assert [each.job.job_id for each in jobs_seen(store)] == [parties.job_id, other.job_id]
    (seen,) = jobs_seen(store, states=[JobState.CANCELLED.value])
    assert seen.job.job_id == other.job_id
    (seen,) = jobs_seen(store, job_ids=[parties.job_id])
    assert (seen.job, seen.done_count) == (parties, 0)
    assert job_row().result is None
