"""How are jobs found that are due, and their rows kept?"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from karakoram.adapters.store.bits import microseconds_from_moment
from karakoram.adapters.store.codec import record_from_text
from karakoram.adapters.store.rows import cells_from_job_row
from karakoram.adapters.store.statements import is_among
from karakoram.adapters.store.tables import JOB_ROW, RECORD_TABLES
from karakoram.core.errors import ConflictError
from karakoram.core.identifiers import JobId
from karakoram.sales.jobs import Job, JobRow, RowResult
from karakoram.usecases.desk.job_ports import RowQuestion


def due_at(connection: Connection, moment: datetime, *, limit: int | None) -> tuple[Job, ...]:
    """Jobs that a worker may take up, oldest first."""
    table = RECORD_TABLES[Job]
    is_due = table.c.due_us <= microseconds_from_moment(moment)
    asked = select(table.c.body).where(is_due).order_by(table.c.id).limit(limit)
    return tuple(record_from_text(Job, text) for text in connection.scalars(asked))


def rows(connection: Connection, question: RowQuestion) -> tuple[JobRow, ...]:
    """The rows that are asked for, in the order of the file."""
    asked = select(JOB_ROW.c.body).where(JOB_ROW.c.job_id == question.job_id)
    if question.is_open:
        asked = asked.where(JOB_ROW.c.result.is_(None))
    asked = asked.order_by(JOB_ROW.c.row).limit(question.limit)
    return tuple(record_from_text(JobRow, text) for text in connection.scalars(asked))


def counts(connection: Connection, job_ids: Iterable[JobId]) -> dict[JobId, dict[RowResult, int]]:
    """How many rows of each of the jobs became what."""
    found: dict[JobId, dict[RowResult, int]] = {each: {} for each in job_ids}
    asked = (
        select(JOB_ROW.c.job_id, JOB_ROW.c.result, func.count())
        .where(is_among(JOB_ROW.c.job_id, found, connection), JOB_ROW.c.result.is_not(None))
        .group_by(JOB_ROW.c.job_id, JOB_ROW.c.result)
    )
    for job_id, result, many in connection.execute(asked):
        found[job_id][RowResult(result)] = many
    return found


def add(connection: Connection, new: Iterable[JobRow]) -> None:
    """Write the rows of a new job."""
    cells = [cells_from_job_row(each) for each in new]
    if cells:
        connection.execute(insert(JOB_ROW), cells)


def replace(connection: Connection, row: JobRow) -> None:
    """Write the outcome of a row.

    Raises
    ------
    ConflictError
        With code ``changed-meanwhile`` if it has one already, or there is no such row.
    """
    changed = connection.execute(
        update(JOB_ROW).where(
            JOB_ROW.c.job_id == row.job_id, JOB_ROW.c.row == row.row, JOB_ROW.c.result.is_(None)
        ),
        cells_from_job_row(row),
    )
    if changed.rowcount != 1:
        raise ConflictError(
            f"row {row.row} of job {row.job_id} has an outcome already, or is not there",
            code="changed-meanwhile",
            where=row.job_id,
        )
