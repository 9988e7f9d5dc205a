"""Jobs as JSON."""

from karakoram.adapters.formats.json_jobs import json_from_job, json_from_progress
from karakoram.adapters.formats.table_jobs import JOBS
from karakoram.sales.jobs import JobState, RowResult
from karakoram.usecases.desk.see_jobs import JobProgress
from tests.support.jobs import job


def test_a_job_tells_who_asked_and_when_it_is_due():
    told = json_from_job(job(trouble="none listens", attempts=2))
    assert told == {
        "id": "job",
        "kind": "party add",
        "file": "parties.csv",
        "state": "acknowledged",
        "rows": 1,
        "asked_by": "a clerk",
        "asked_at": "2026-11-28T12:00:00+00:00",
        "why": "as agreed",
        "attempts": 2,
        "due_at": "2026-11-28T12:00:00+00:00",
        "trouble": "none listens",
    }
    assert json_from_job(job(state=JobState.COMPLETED))["due_at"] is None


def test_how_far_it_is_names_every_outcome():
    progress = JobProgress(job=job(), counts={RowResult.NO: 3})
    assert json_from_progress(progress)["outcomes"] == {"done": 0, "no": 3, "refused": 0}
    (row,) = JOBS.table([progress]).rows
    told = dict(zip(JOBS.columns, row, strict=True))
    assert (told["done"], told["no"], told["who"]) == (0, 3, "a clerk")
