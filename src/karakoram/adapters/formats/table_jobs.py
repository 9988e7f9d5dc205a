"""How do jobs stand in a table for a spreadsheet?"""

from karakoram.adapters.formats.table_form import TableForm, itself
from karakoram.sales.jobs import RowResult
from karakoram.usecases.desk.see_jobs import JobProgress

JOBS: TableForm[JobProgress, JobProgress] = TableForm(
    lines=itself,
    columns={
        "job": lambda progress: progress.job.job_id,
        "kind": lambda progress: progress.job.kind.value,
        "file": lambda progress: progress.job.name,
        "state": lambda progress: progress.job.state.value,
        "rows": lambda progress: progress.job.row_count,
        "done": lambda progress: progress.counts.get(RowResult.DONE, 0),
        "no": lambda progress: progress.counts.get(RowResult.NO, 0),
        "refused": lambda progress: progress.counts.get(RowResult.REFUSED, 0),
        "attempts": lambda progress: progress.job.attempts,
        "due_utc": lambda progress: progress.job.due_at,
        "asked_utc": lambda progress: progress.job.asked.at,
        "who": lambda progress: progress.job.asked.who,
        "why": lambda progress: progress.job.asked.why,
        "trouble": lambda progress: progress.job.trouble,
    },
)
