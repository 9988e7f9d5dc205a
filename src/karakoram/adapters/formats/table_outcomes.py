"""How does it stand in a table what became of each row of a list?"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from karakoram.adapters.formats.table_sales import LIST_SEPARATOR, TableForm
from karakoram.core.findings import Finding
from karakoram.sales.plans import Refusal
from karakoram.usecases.do_many import DoneT, RowOutcome, row_result
from karakoram.usecases.table_ports import Table, TableCell

_ABOUT = ("row", "outcome", "code", "message", "instead")

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
    for outcome in outcomes:
        why = reasons_of(outcome, reasons)
        about = (
            outcome.row,
            row_result(outcome, is_no).value,
            LIST_SEPARATOR.join(dict.fromkeys(each.code for each in why)),
            LIST_SEPARATOR.join(dict.fromkeys(each.message for each in why)),
            LIST_SEPARATOR.join(dict.fromkeys(way for each in why for way in each.alternatives)),
        )
        if outcome.answer is None:
            asked = cells[outcome.row]
            rows.append((*about, *(asked.get(name) or None for name in form.columns)))
        else:
            rows += [(*about, *line) for line in form.cells(outcome.answer)]
    return Table(header=(*_ABOUT, *form.columns), rows=tuple(rows))


def _refusal(finding: Finding) -> Refusal:
    return Refusal(
        code=finding.code, where=finding.where, message=f"{finding.place.field}: {finding.message}"
    )
