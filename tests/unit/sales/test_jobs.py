"""Jobs: when they are due, who has them, and when they are given up."""

from datetime import timedelta

import pytest

from karakoram.core.errors import ConflictError, IllegalTransitionError
from karakoram.sales.jobs import (
    ATTEMPTS_MAX,
    JobEvent,
    JobState,
    given_back,
    held_after,
    pause_s,
    renewed,
    taken_up,
)
from tests.support.jobs import job
from tests.support.sales_records import NOON

SECOND = timedelta(seconds=1)


def taken(**changes):
    return taken_up(job(**changes), "w1", now=NOON, lease_s=60.0)


def test_a_job_is_due_when_its_time_has_come_and_one_in_hand_when_its_lease_is_over():
    assert job(run_after=NOON + SECOND).due_at == NOON + SECOND
    assert taken().due_at == NOON + 60 * SECOND


@pytest.mark.parametrize("state", [JobState.COMPLETED, JobState.FAILED, JobState.CANCELLED])
def test_a_job_at_its_end_is_never_due_and_nobody_takes_it_up(state):
    ended = job(state=state)
    assert ended.due_at is None
    with pytest.raises(IllegalTransitionError):
        taken_up(ended, "w1", now=NOON)


def test_a_job_is_not_taken_up_before_its_time_nor_from_whoever_has_it():
    for early in (job(run_after=NOON + SECOND), taken()):
        with pytest.raises(ConflictError, match="is not due before") as refused:
            taken_up(early, "w2", now=NOON)
        assert refused.value.code == "job-not-due"


def test_a_job_whose_lease_is_over_is_anothers():
    later = taken_up(taken(), "w2", now=NOON + 60 * SECOND, lease_s=5.0)
    assert (later.state, later.lease.worker_id, later.attempts) == (JobState.IN_PROGRESS, "w2", 2)
    assert later.lease.until == NOON + 65 * SECOND


def test_a_row_that_is_done_forgets_trouble_and_lets_the_lease_begin_anew():
    after = renewed(taken(attempts=4, trouble="none listens"), now=NOON + SECOND, lease_s=60.0)
    assert (after.attempts, after.trouble, after.due_at) == (0, "", NOON + 61 * SECOND)


def test_trouble_lets_a_job_rest_longer_each_time_until_it_is_given_up():
    pauses = [pause_s(attempts) for attempts in range(1, ATTEMPTS_MAX)]
    assert pauses == sorted(pauses)
    assert sum(pauses) > 3600.0
    held = held_after(taken(attempts=2), "none listens", now=NOON)
    assert (held.state, held.lease, held.trouble) == (JobState.HELD, None, "none listens")
    assert held.due_at == NOON + 40 * SECOND
    last = held_after(taken(attempts=ATTEMPTS_MAX - 1), "none listens", now=NOON)
    assert (last.state, last.due_at) == (JobState.FAILED, None)


def test_what_is_given_back_is_nobodys():
    back = given_back(taken(), JobEvent.PUT_BACK)
    assert (back.state, back.lease, back.due_at) == (JobState.ACKNOWLEDGED, None, NOON)
    with pytest.raises(IllegalTransitionError, match="cannot put back a job"):
        given_back(back, JobEvent.PUT_BACK)
