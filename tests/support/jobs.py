"""Jobs of the sales desk, and workers that are killed."""

from datetime import timedelta

from karakoram.core.tables import columns_of
from karakoram.sales.change_log import Deed
from karakoram.sales.jobs import Job, JobKind, JobRow, JobWords, RowCell
from karakoram.sales.quotes import Quote, QuoteState
from karakoram.usecases.desk.ask_job import JobWish, ask_job
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS, Desk
from karakoram.usecases.desk.desk_rows import rows_of_desk
from karakoram.usecases.desk.job_turns import Worker
from karakoram.usecases.table_ports import TableRows
from tests.support.memory_store import CountingIds, FixedMoment
from tests.support.sales_records import NOON, any_record

ASKED = Deed(who="a clerk", why="as agreed", at=NOON)


def job(job_id="job", **changes):
    """A job of one row."""
    given = {
        "kind": JobKind.PARTY_ADD,
        "name": "parties.csv",
        "words": JobWords(),
        "asked": ASKED,
        "row_count": 1,
        "run_after": NOON,
    }
    return Job(job_id=job_id, **{**given, **changes})


def job_row(row=2, job_id="job", **changes):
    """A row of a job."""
    return JobRow(job_id=job_id, row=row, cells=(RowCell(name="party", text="CT"),), **changes)


def asked_job(store, ids, kind, *lines, words=JobWords(), deed=ASKED):  # noqa: B008  (frozen)
    """A job of rows, each the words of its columns in their order; further ones as NAME=VALUE."""
    row_type = DESK_ACTIONS[kind].row_type
    names = columns_of(row_type)
    rows, more = [], {}
    for number, line in enumerate(lines, start=2):
        plain = [word for word in line if "=" not in word]
        values = dict(word.split("=") for word in line if "=" in word)
        more |= dict.fromkeys(values)
        rows.append((number, dict(zip(names, plain, strict=False)) | values))
    header = tuple(dict.fromkeys((*names, *more)))
    table = TableRows(table="list", file="list.csv", header=header, rows=tuple(rows))
    wish = JobWish(
        kind=kind, name="list.csv", words=words, rows=rows_of_desk(table, row_type, given={})
    )
    return ask_job(wish, deed=deed, store=store, ids=ids)


def quotes_to_decline(store, count, rng):
    """Firm quotes that hold nothing; their identifiers."""
    quotes = [
        any_record(
            Quote,
            rng,
            quote_id=f"q{number:04d}",
            state=QuoteState.ORDERABLE,
            offers=(),
            ordered_offer_id=None,
            made_at=NOON,
            valid_until=NOON + timedelta(days=10_000),
            version=0,
        )
        for number in range(count)
    ]

    def write(tx):
        for each in quotes:
            tx.add(each)

    store.write(write)
    return [each.quote_id for each in quotes]


def worker_of(store, *, name="w1", moments=None, planning=None, ids=None, **changes):
    """A worker on a store, with a clock of its own unless one is given."""
    ids = ids or CountingIds()
    return Worker(
        worker_id=name,
        who="the night shift",
        store=store,
        ids=ids,
        moments=moments or FixedMoment(NOON),
        desk_of=lambda _: Desk(store=store, ids=ids, planning=planning),
        **changes,
    )


class Killed(BaseException):
    """What ends a worker at once: nothing is tidied up."""


class DyingStore:
    """A store whose program is killed at a write, before it counts or after."""

    def __init__(self, store, *, writes, counts):
        self.store, self.left, self.counts = store, writes, counts

    def read(self, question):
        return self.store.read(question)

    def write(self, action):
        if self.left == 0 and not self.counts:
            raise Killed
        answer = self.store.write(action)
        if self.left == 0:
            raise Killed
        self.left -= 1
        return answer
