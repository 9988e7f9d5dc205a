"""What every store does with jobs, the plain one in memory included."""

from dataclasses import replace
from datetime import timedelta

import pytest

from karakoram.core.errors import ConflictError
from karakoram.core.findings import Finding, Place
from karakoram.sales.jobs import Job, JobEvent, RowResult, given_back, taken_up
from karakoram.sales.plans import Refusal
from karakoram.usecases.desk.job_ports import JobReader, JobStore, JobWriter, RowQuestion
from tests.support.jobs import job, job_row
from tests.support.sales_records import NOON

MINUTE = timedelta(minutes=1)


def due(store, moment, **asked):
    return [each.job_id for each in store.read(lambda tx: tx.jobs_due_at(moment, **asked))]


def rows(store, **asked):
    return store.read(lambda tx: tx.job_rows(RowQuestion(job_id="job", **asked)))


def test_it_plays_its_part(store):
    assert isinstance(store, JobStore)
    assert store.read(lambda tx: isinstance(tx, JobReader))
    assert store.write(lambda tx: isinstance(tx, JobWriter))


def test_jobs_that_are_due_come_oldest_first(store):
    def fill(tx):
        tx.add(job("j2"))
        tx.add(job("j1", run_after=NOON + MINUTE))
        tx.add(job("j3"))
        tx.add(taken_up(job("j4"), "w", now=NOON, lease_s=30.0))
        tx.add(given_back(job("j5"), JobEvent.CANCEL))

    store.write(fill)
    assert due(store, NOON - MINUTE) == []
    assert due(store, NOON) == ["j2", "j3"]
    assert due(store, NOON, limit=1) == ["j2"]
    assert due(store, NOON + MINUTE / 2) == ["j2", "j3", "j4"]
    assert due(store, NOON + MINUTE) == ["j1", "j2", "j3", "j4"]


def test_a_job_that_is_taken_up_or_ends_is_no_longer_due(store):
    store.write(lambda tx: tx.add(job()))
    store.write(lambda tx: tx.replace(taken_up(job(), "w", now=NOON)))
    assert due(store, NOON) == []
    taken = store.read(lambda tx: tx.find(Job, "job"))
    store.write(lambda tx: tx.replace(given_back(taken, JobEvent.COMPLETE)))
    assert due(store, NOON + 1000 * MINUTE) == []


def test_rows_come_in_their_order_and_keep_their_outcome(store):
    finding = Finding(code="c", place=Place(table="t", row=9, field="f"), message="m")
    refusal = Refusal(code="no", where="w", message="m", alternatives=("a", "b"))

    def fill(tx):
        tx.add(job())
        tx.add(job("other"))
        tx.add_job_rows([job_row(10), job_row(9), job_row(2), job_row(2, "other")])
        tx.add_job_rows([])

    store.write(fill)
    assert rows(store) == (job_row(2), job_row(9), job_row(10))
    told = job_row(9, result=RowResult.REFUSED, findings=(finding,), refusal=refusal)
    done = job_row(2, result=RowResult.DONE, answer_id="CT")
    for each in (told, done):
        store.write(lambda tx, each=each: tx.replace_job_row(each))
    assert rows(store) == (done, told, job_row(10))
    assert rows(store, is_open=True) == (job_row(10),)
    assert rows(store, limit=2) == (done, told)
    counts = store.read(lambda tx: tx.job_counts(["job", "other"]))
    assert {key: dict(of) for key, of in counts.items()} == {
        "job": {RowResult.REFUSED: 1, RowResult.DONE: 1},
        "other": {},
    }
    assert not store.read(lambda tx: tx.job_counts([]))


def test_an_outcome_is_written_once(store):
    store.write(lambda tx: (tx.add(job()), tx.add_job_rows([job_row()])))
    store.write(lambda tx: tx.replace_job_row(job_row(result=RowResult.NO)))
    for late in (job_row(result=RowResult.DONE), job_row(3, result=RowResult.DONE)):
        with pytest.raises(ConflictError, match="has an outcome already"):
            store.write(lambda tx, late=late: tx.replace_job_row(late))
    assert rows(store) == (job_row(result=RowResult.NO),)


def test_a_job_reads_back_the_same(store):
    taken = taken_up(job(trouble="x"), "w", now=NOON)
    store.write(lambda tx: tx.add(taken))
    assert store.read(lambda tx: tx.find(Job, "job")) == taken
    assert store.read(lambda tx: tx.find_all(Job, states=["inProgress"])) == (taken,)
    later = replace(taken, row_count=2)
    store.write(lambda tx: tx.replace(later))
    assert store.read(lambda tx: tx.find(Job, "job")) == replace(later, version=1)
