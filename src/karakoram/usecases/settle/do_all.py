"""How is every row of a list done, or none of them, with every reason at once?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from karakoram.core.errors import InvalidDataError
from karakoram.core.findings import Finding, Place
from karakoram.usecases.do_many import ListRow, RowOutcome, do_many
from karakoram.usecases.settle.ledger_ports import (
    SettlementReader,
    SettlementStore,
    SettlementWriter,
)

AnswerT = TypeVar("AnswerT")
AskedT = TypeVar("AskedT")
DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True)
class OneTransaction:
    """A store all of whose actions count together, or not at all."""

    tx: SettlementWriter

    def read(self, question: Callable[[SettlementReader], AnswerT]) -> AnswerT:
        """What ``question`` answers, everything that was written before included."""
        return question(self.tx)

    def write(self, action: Callable[[SettlementWriter], AnswerT]) -> AnswerT:
        """What ``action`` answers; it is durable when the whole transaction is."""
        return action(self.tx)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlace:
    """Which file the rows are of, and which column a refusal is about."""

    table: str
    file: str
    column_by_code: Mapping[str, str]
    """By the code of a refusal; other refusals are about the row."""


def do_all(
    rows: Sequence[ListRow[AskedT]],
    act: Callable[[AskedT, SettlementStore], DoneT],
    *,
    store: SettlementStore,
    place: ListPlace,
) -> tuple[RowOutcome[DoneT], ...]:
    """What became of each row, each done after those before it; all of them are written, or none.

    Parameters
    ----------
    rows
        In the order in which they are done.
    act
        Does one row in a store.
    store
        Where it counts.
    place
        Where the rows come from.

    Raises
    ------
    InvalidDataError
        With a finding for each row that is refused; nothing was written then.
    """

    def write(tx: SettlementWriter) -> tuple[RowOutcome[DoneT], ...]:
        within = OneTransaction(tx)
        outcomes = tuple(do_many(rows, lambda asked: act(asked, within)))
        findings = tuple(finding for each in outcomes for finding in refused_row(each, place))
        if findings:
            raise InvalidDataError(findings)
        return outcomes

    return store.write(write)


def refused_row(outcome: RowOutcome[DoneT], place: ListPlace) -> tuple[Finding, ...]:
    """Why a row was refused, at its file, row and column."""
    at = Place(table=place.table, file=place.file, row=outcome.row)
    found = tuple(
        Finding(
            code=each.code,
            place=Place(table=at.table, file=at.file, row=at.row, field=each.place.field),
            message=each.message,
        )
        for each in outcome.findings
    )
    no = outcome.refusal
    if no is None:
        return found
    column = place.column_by_code.get(no.code)
    instead = f"; instead: {', '.join(no.alternatives)}" if no.alternatives else ""
    refused = Finding(
        code=no.code,
        place=Place(table=at.table, file=at.file, row=at.row, field=column),
        message=f"{no.message}{instead}",
    )
    return (*found, refused)
