"""What becomes of each row of a list, one bad row not standing in the way of the others?"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from karakoram.core.errors import InvalidDataError, KarakoramError, NotFoundError, RefusedError
from karakoram.core.findings import Finding
from karakoram.sales.jobs import RowResult
from karakoram.sales.plans import Refusal

AskedT = TypeVar("AskedT")
DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow(Generic[AskedT]):
    """One row of a list of things to be done."""

    row: int
    """As a spreadsheet counts: the header is row 1."""
    name: str
    """What whoever wrote the list calls the row, e.g. an external identifier."""
    asked: AskedT


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome(Generic[DoneT]):
    """What became of one row: an answer, findings about its values, or a refusal."""

    row: int
    name: str
    answer: DoneT | None = None
    """Also where the answer says that there is no way."""
    findings: tuple[Finding, ...] = ()
    """Each names the row."""
    refusal: Refusal | None = None


def do_many(
    rows: Iterable[ListRow[AskedT]], act: Callable[[AskedT], DoneT]
) -> Iterator[RowOutcome[DoneT]]:
    """The outcome of each row, in their order; each is an action of its own, written by itself.

    A row is done before the next one is begun, so two rows never get the same units. What bears an
    external identifier can be sent again: it gives the same answers and does nothing more.

    Parameters
    ----------
    rows
        Any number, in the order in which they get what is free.
    act
        Does one row.
    """
    for row in rows:
        yield row_outcome(row, act)


def row_outcome(row: ListRow[AskedT], act: Callable[[AskedT], DoneT]) -> RowOutcome[DoneT]:
    """The outcome of one row."""
    empty: RowOutcome[DoneT] = RowOutcome(row=row.row, name=row.name)
    try:
        answer = act(row.asked)
    except InvalidDataError as bad:
        findings = (replace(each, place=replace(each.place, row=row.row)) for each in bad.findings)
        return replace(empty, findings=tuple(findings))
    except (NotFoundError, RefusedError) as no:
        return replace(empty, refusal=_refusal(no, row.name))
    return replace(empty, answer=answer)


def row_result(outcome: RowOutcome[DoneT], is_no: Callable[[DoneT], bool]) -> RowResult:
    """What became of a row, in one word.

    Parameters
    ----------
    outcome
        Of the row.
    is_no
        Whether an answer is no.
    """
    if outcome.answer is None:
        return RowResult.REFUSED
    return RowResult.NO if is_no(outcome.answer) else RowResult.DONE


def _refusal(no: KarakoramError, name: str) -> Refusal:
    if isinstance(no, RefusedError):
        return Refusal(
            code=no.code, where=no.where or name, message=str(no), alternatives=no.alternatives
        )
    near = no.near_misses if isinstance(no, NotFoundError) else ()
    return Refusal(code="not-found", where=name, message=str(no), alternatives=near)
