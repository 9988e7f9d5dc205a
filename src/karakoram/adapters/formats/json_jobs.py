"""How do jobs look as JSON?"""

from karakoram.sales.jobs import Job, RowResult
from karakoram.usecases.desk.see_jobs import JobProgress


def json_from_job(job: Job) -> dict[str, object]:
    """A job as it was asked for, and where it stands."""
    return {
        "id": job.job_id,
        "kind": job.kind.value,
        "file": job.name,
        "state": job.state.value,
        "rows": job.row_count,
        "asked_by": job.asked.who,
        "asked_at": job.asked.at.isoformat(),
        "why": job.asked.why,
        "attempts": job.attempts,
        "due_at": None if job.due_at is None else job.due_at.isoformat(),
        "trouble": job.trouble,
    }


def json_from_progress(progress: JobProgress) -> dict[str, object]:
    """A job, and how many of its rows became what."""
    counts = {each.value: progress.counts.get(each, 0) for each in RowResult}
    return {**json_from_job(progress.job), "outcomes": counts}
