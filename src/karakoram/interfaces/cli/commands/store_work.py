"""``karakoram store work``: how are jobs done?"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_jobs import json_from_progress
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.desk_command import desk_of
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.jobs_screen import show_jobs
from karakoram.interfaces.cli.screen import progress_bar, screen
from karakoram.sales.jobs import Job, JobKind, JobState, JobWords
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS, Desk
from karakoram.usecases.desk.job_turns import Worker
from karakoram.usecases.desk.see_jobs import JobProgress, jobs_seen
from karakoram.usecases.desk.work_jobs import Worked, work_jobs


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreWorkOptions:
    """What ``karakoram store work`` takes."""

    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="Stop after N rows; others go on."),
    ] = None
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    as_json: options.AsJson = False


def run(chosen: StoreWorkOptions) -> ExitCode:
    """Work, then say how far each job is that was in hand."""
    store = bootstrap.job_store(sales_options.store_word(chosen.store))
    ids = bootstrap.identifiers()
    worker = Worker(
        worker_id=ids.new_id(),
        who=sales_options.deed_of(chosen.who, "").who,
        store=store,
        ids=ids,
        moments=bootstrap.moments(),
        desk_of=_desks(chosen.store),
    )
    with progress_bar(quiet=chosen.as_json) as progress:
        worked = work_jobs(worker, rows_max=chosen.limit, progress=progress)
    seen = jobs_seen(store, job_ids=worked.job_ids)
    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "rows": worked.row_count,
            "expired_quotes": worked.expired_count,
            "jobs": [json_from_progress(each) for each in seen],
        },
        show=lambda: _show(worked, seen),
    )
    in_trouble = {JobState.HELD, JobState.FAILED}
    is_trouble = any(each.job.state in in_trouble for each in seen)
    return ExitCode.INFEASIBLE if is_trouble else ExitCode.DONE


def _desks(store: str) -> Callable[[Job], Desk]:
    """What a job is done with; a network is prepared once for all jobs on it."""

    @cache
    def prepared(kind: JobKind, words: JobWords) -> Desk:
        return desk_of(DESK_ACTIONS[kind], words, store=store)

    planned = next(kind for kind, each in DESK_ACTIONS.items() if each.is_planned)

    def desk(job: Job) -> Desk:
        kind = planned if DESK_ACTIONS[job.kind].is_planned else JobKind.PARTY_ADD
        return prepared(kind, job.words)

    return desk


def _show(worked: Worked, seen: tuple[JobProgress, ...]) -> None:
    expired = f"; {worked.expired_count:,} quotes expired" if worked.expired_count else ""
    print(f"{worked.row_count:,} rows done{expired}; nothing more is due.")
    if seen:
        show_jobs(screen(), seen)


app = command_app(
    StoreWorkOptions,
    run,
    help_text="Let quotes expire whose time is over, then do the rows of jobs until nothing is "
    "due. Any number of workers may run; one that is killed leaves its job to the next. Exit code "
    "1 where a job had trouble.",
    examples=("karakoram store work", "karakoram store work --limit 100 --json"),
)
