"""Workers in processes of their own, some of which are killed: every row is done exactly once."""

import random
import signal
import subprocess
import sys
import time
from contextlib import closing

import pytest

from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.keeping import Keeper
from karakoram.adapters.store.opening import open_store
from karakoram.sales.jobs import Job, JobKind, JobState, RowResult
from karakoram.usecases.desk.see_jobs import job_outcomes
from tests.support.jobs import asked_job, quotes_to_decline

WORK = """
import sys, time
from karakoram.adapters.clock import SystemClock
from karakoram.adapters.identifiers import TimeOrderedIds
from karakoram.adapters.store.opening import open_store
from karakoram.core.errors import RefusedError
from karakoram.usecases.desk.desk_actions import Desk
from karakoram.usecases.desk.job_turns import Worker
from karakoram.usecases.desk.work_jobs import work_jobs
class Slow:
    def __init__(self, store):
        self.read, self.store = store.read, store
    def write(self, action):
        answer = self.store.write(action)
        time.sleep(0.01)  # a moment in which what it wrote counts, and nobody was told
        return answer
store, ids = Slow(open_store(sys.argv[1])), TimeOrderedIds()
desk = Desk(store=store, ids=ids)
worker = Worker(worker_id=ids.new_id(), who="worker", store=store, ids=ids, lease_s=0.5,
                moments=SystemClock(), desk_of=lambda _: desk)
sys.stdin.readline()
while True:
    work_jobs(worker, rows_max=5, progress=lambda done, _: print(done, flush=True))
    time.sleep(0.05)
"""
ROWS, KILLED, LIMIT_S = 80, 3, 120.0


def started(place):
    return subprocess.Popen(
        [sys.executable, "-c", WORK, place],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def let_go(worker):
    worker.stdin.write("go\n")
    worker.stdin.flush()


@pytest.fixture
def place(places):
    return places.store()


def is_over(place, job):
    with closing(open_store(place)) as store:
        return store.read(lambda tx: tx.find(Job, job.job_id)).state is JobState.COMPLETED


def test_workers_of_one_job_who_are_killed_do_every_row_once(place):
    """To decline a quote twice is refused: a row that was done twice, or half, would show."""
    rng = random.Random(3)
    with closing(open_store(place)) as store:
        quotes = quotes_to_decline(store, ROWS, rng)
        job = asked_job(
            store, TimeOrderedIds(), JobKind.QUOTE_DECLINE, *([each] for each in quotes)
        )
    workers = [started(place) for _ in range(2 + KILLED)]
    end = time.monotonic() + LIMIT_S
    try:
        *victims, heir, companion = workers
        let_go(companion)
        for each in victims:
            let_go(each)
            each.stdout.readline()  # it has done a row, and is killed in the midst of another
            time.sleep(rng.random() / 30)
            each.send_signal(signal.SIGKILL)
            assert not is_over(place, job)
        let_go(heir)
        while not is_over(place, job):
            assert time.monotonic() < end, "the job comes to its end"
            time.sleep(0.1)
    finally:
        for each in workers:
            each.kill()
            each.communicate()
    with closing(open_store(place)) as store:
        found = job_outcomes(job.job_id, store=store)
        logs = [store.read(lambda tx, each=each: tx.log_of(each)) for each in quotes]
    assert found.progress.counts == {RowResult.DONE: ROWS}
    assert [[entry.action for entry in log] for log in logs] == [["quote.decline"]] * ROWS
    assert Keeper(place).check().findings == ()
