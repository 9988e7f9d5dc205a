"""Do jobs have the rows that they say, and is one that is completed done throughout?"""

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from karakoram.adapters.store.codec import record_from_text
from karakoram.adapters.store.dump import ROWS_AT_ONCE
from karakoram.adapters.store.rows import cells_from_job_row
from karakoram.adapters.store.tables import JOB_ROW, RECORD_TABLES
from karakoram.core.errors import RefusedError
from karakoram.core.findings import Finding, finding_at
from karakoram.sales.jobs import Job, JobRow, JobState


def job_findings(connection: Connection) -> Iterator[Finding]:
    """Rows that cannot be read or do not agree with their columns, and jobs without all of them."""
    yield from _unread_rows(connection)
    yield from _incomplete_jobs(connection)


def _unread_rows(connection: Connection) -> Iterator[Finding]:
    streamed = connection.execution_options(yield_per=ROWS_AT_ONCE)
    asked = select(JOB_ROW).order_by(JOB_ROW.c.job_id, JOB_ROW.c.row)
    for cells in streamed.execute(asked).mappings():
        record = f"{cells['job_id']} row {cells['row']}"
        try:
            row = record_from_text(JobRow, cells["body"])
        except RefusedError as error:
            yield finding_at("row-unreadable", (JOB_ROW.name, record, None), str(error))
            continue
        wrong = [name for name, cell in cells_from_job_row(row).items() if cell != cells[name]]
        if wrong and wrong != ["body"]:
            told = f"{', '.join(wrong)} beside the record is not what it says"
            yield finding_at("row-unreadable", (JOB_ROW.name, record, None), told)


def _incomplete_jobs(connection: Connection) -> Iterator[Finding]:
    table = RECORD_TABLES[Job]
    asked = (
        select(table.c.id, table.c.state, table.c.body)
        .add_columns(func.count(JOB_ROW.c.row), func.count(JOB_ROW.c.result))
        .select_from(table.outerjoin(JOB_ROW, JOB_ROW.c.job_id == table.c.id))
        .group_by(table.c.id, table.c.state, table.c.body)
        .order_by(table.c.id)
    )
    for job_id, state, body, rows, done in connection.execute(asked):
        expected = _row_count(body)
        if expected is not None and rows != expected:
            told = f"it says that it has {expected} rows, and {rows} are there"
            yield finding_at("job-incomplete", (table.name, job_id, None), told)
        elif state == JobState.COMPLETED.value and done < rows:
            told = f"it is {state}, and {rows - done} of its rows have no outcome"
            yield finding_at("job-incomplete", (table.name, job_id, None), told)


def _row_count(body: str) -> int | None:
    """How many rows a job says that it has; ``None`` where it cannot be read, which is told."""
    try:
        return record_from_text(Job, body).row_count
    except RefusedError:
        return None
