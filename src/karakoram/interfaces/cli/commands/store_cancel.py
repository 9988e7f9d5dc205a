"""``karakoram store cancel``: how is a job called off?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_jobs import json_from_job
from karakoram.core.identifiers import JobId
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.usecases.desk.ask_job import cancel_job


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreCancelOptions:
    """What ``karakoram store cancel`` takes."""

    job: Annotated[str, typer.Argument(metavar="JOB", help="Identifier of the job.")]
    store: sales_options.Store = ""
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: StoreCancelOptions) -> ExitCode:
    """Cancel, print."""
    job = cancel_job(
        JobId(chosen.job),
        deed=sales_options.deed_of(chosen.who, chosen.why),
        store=bootstrap.job_store(sales_options.store_word(chosen.store)),
        ids=bootstrap.identifiers(),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_job(job),
        show=lambda: print(
            f"Job {job.job_id} is {job.state.value}; what was done stays done:\n"
            f"  karakoram store jobs {job.job_id}"
        ),
    )
    return ExitCode.DONE


app = command_app(
    StoreCancelOptions,
    run,
    help_text="Call a job off: rows that are done stay done, no other row is begun.",
    examples=("karakoram store cancel JOB --why 'the wrong list'",),
)
