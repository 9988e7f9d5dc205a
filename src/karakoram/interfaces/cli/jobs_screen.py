"""How does a person read how far jobs are?"""

from collections.abc import Iterable

from rich.console import Console

from karakoram.interfaces.cli.screen import show_lines
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.jobs import RowResult
from karakoram.usecases.desk.see_jobs import JobProgress


def show_jobs(console: Console, jobs: Iterable[JobProgress]) -> None:
    """Print a line for each job, and below the table what stands in the way of any."""
    seen = tuple(jobs)
    show_table(
        console,
        ("Job", "What", "File", "State", "# Rows", "# No", "# Refused"),
        map(_line, seen),
    )
    for each in seen:
        if each.job.trouble:
            due_at = each.job.due_at
            again = "" if due_at is None else f" (again at {due_at:%Y-%m-%d %H:%M:%S} UTC)"
            show_lines(console, f"{each.job.job_id}: {each.job.trouble}{again}")


def _line(progress: JobProgress) -> tuple[str, ...]:
    job = progress.job
    return (
        job.job_id,
        job.kind.value,
        job.name,
        job.state.value,
        f"{progress.done_count:,}/{job.row_count:,}",
        f"{progress.counts.get(RowResult.NO, 0):,}",
        f"{progress.counts.get(RowResult.REFUSED, 0):,}",
    )
