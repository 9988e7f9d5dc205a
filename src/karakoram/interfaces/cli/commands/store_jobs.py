"""``karakoram store jobs``: what is to be done later, and what became of it?"""

from dataclasses import dataclass, field
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_jobs import json_from_progress
from karakoram.adapters.formats.table_jobs import JOBS
from karakoram.core.identifiers import JobId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.desk_forms import desk_form
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.jobs_screen import show_jobs
from karakoram.interfaces.cli.many_rows import ToldRows, check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.sales.jobs import JobState
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS
from karakoram.usecases.desk.job_ports import JobStore
from karakoram.usecases.desk.see_jobs import job_outcomes, jobs_seen
from karakoram.usecases.words import refuse_unread


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreJobsOptions:
    """What ``karakoram store jobs`` takes."""

    job: Annotated[
        str, typer.Argument(metavar="JOB", help="Only this job, row by row; else all jobs.")
    ] = ""
    states: sales_options.InStates = field(default_factory=list)
    shares: Annotated[
        bool,
        typer.Option("--shares", help="Of quotes: what each operator earns; not for buyers."),
    ] = False
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StoreJobsOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.job_store(sales_options.store_word(chosen.store))
    return _tell_one(chosen, store) if chosen.job else _tell_all(chosen, store)


def _tell_all(chosen: StoreJobsOptions, store: JobStore) -> ExitCode:
    wanted = sales_options.wanted_records("", chosen.states, JobState)
    refuse_unread(wanted.unread)
    seen = jobs_seen(store, states=wanted.states)
    write_table(chosen.table_to, lambda: JOBS.table(seen))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"jobs": [json_from_progress(each) for each in seen]},
        show=lambda: show_jobs(screen(), seen),
    )
    return ExitCode.DONE


def _tell_one(chosen: StoreJobsOptions, store: JobStore) -> ExitCode:
    """What became of each row so far, as the command itself would have told without a job."""
    found = job_outcomes(JobId(chosen.job), store=store)
    action = DESK_ACTIONS[found.progress.job.kind]
    told = ToldRows(
        name=found.progress.job.name,
        outcomes=found.outcomes,
        cells=found.cells,
        action=action,
        form=desk_form(action.answer_type, shares=chosen.shares),
    )

    def show() -> None:
        show_jobs(screen(), [found.progress])
        told.show()
        show_files(screen(), table=chosen.table_to)

    write_table(chosen.table_to, lambda: told.table)
    tell_answer(
        chosen.as_json,
        payload=lambda: {
            **json_from_progress(found.progress),
            "counts": told.counts,
            "outcome_of_rows": told.payload,
        },
        show=show,
    )
    return told.exit_code


app = command_app(
    StoreJobsOptions,
    run,
    help_text="Show what is to be done later and how far it is; of one job, what became of each "
    "row. Exit code 1 where a row of it was refused or its answer is no.",
    examples=(
        "karakoram store jobs",
        "karakoram store jobs --state held --json",
        "karakoram store jobs JOB --to outcomes.xlsx",
    ),
)
