"""How does it stand in a table what became of each row of a list?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from karakoram.adapters.formats.table_form import LIST_SEPARATOR, TableForm
from karakoram.core.findings import Finding
from karakoram.sales.plans import Refusal
from karakoram.usecases.do_many import DoneT, RowOutcome, row_result
from karakoram.usecases.table_ports import Table, TableCell

_ABOUT = ("row", "outcome", "code", "message", "instead")

_OF_ROWS = frozenset({"days", "event", "offer", "product", "why", *_ABOUT})
"""Columns of rows that are no characteristic of what is wished."""

Reasons = Callable[[DoneT], tuple[Refusal, ...]]


def reasons_of(outcome: RowOutcome[DoneT], reasons: Reasons[DoneT]) -> tuple[Refusal, ...]:
    """Why a row was refused, or why its answer is no."""
    if outcome.answer is not None:
        return reasons(outcome.answer)
    if outcome.refusal is not None:
        return (outcome.refusal,)
    return tuple(map(_refusal, outcome.findings))


def outcome_table(
    outcomes: Iterable[RowOutcome[DoneT]],
    cells: Mapping[int, Mapping[str, str]],
    *,
    form: TableForm[DoneT, Any],
    is_no: Callable[[DoneT], bool],
    reasons: Reasons[DoneT],
) -> Table:
    """A line for each row, or for each line of its answer.

    Parameters
    ----------
    outcomes
        In the order of the rows.
    cells
        Of each row as it was read, by its number; they fill what an answer would tell.
    form
        How answers stand in a table.
    is_no
        Whether an answer is no.
    reasons
        Why an answer is what it is.
    """
    rows: list[tuple[TableCell, ...]] = []
    wished = _wished(cells.values(), told=form.columns)
    for outcome in outcomes:
        why, asked = reasons_of(outcome, reasons), cells.get(outcome.row, {})
        about = (
            outcome.row,
            row_result(outcome, is_no).value,
            LIST_SEPARATOR.join(dict.fromkeys(each.code for each in why)),
            LIST_SEPARATOR.join(dict.fromkeys(each.message for each in why)),
            LIST_SEPARATOR.join(dict.fromkeys(way for each in why for way in each.alternatives)),
        )
        if outcome.answer is None:
            rows.append((*about, *(asked.get(name) or None for name in (*wished, *form.columns))))
        else:
            wish = tuple(asked.get(name) or None for name in wished)
            rows += [(*about, *wish, *line) for line in form.cells(outcome.answer)]
    return Table(header=(*_ABOUT, *wished, *form.columns), rows=tuple(rows))


def _wished(cells: Iterable[Mapping[str, str]], *, told: Mapping[str, object]) -> tuple[str, ...]:
    """What rows asked for and answers do not tell: characteristics of what was wished."""
    names = dict.fromkeys(name for row in cells for name, cell in row.items() if cell)
    return tuple(name for name in names if name not in told and name not in _OF_ROWS)


def _refusal(finding: Finding) -> Refusal:
    return Refusal(
        code=finding.code, where=finding.where, message=f"{finding.place.field}: {finding.message}"
    )
