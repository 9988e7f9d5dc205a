"""How does a command do every row of a file, and tell what became of each?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from karakoram import bootstrap
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.adapters.formats.table_outcomes import (
    DONE,
    outcome_table,
    outcome_word,
    reasons_of,
)
from karakoram.adapters.formats.table_sales import TableForm
from karakoram.core.tables import columns_of
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.sales_options import deed_of
from karakoram.interfaces.cli.screen import progress_bar, screen, show_files, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.change_log import Deed
from karakoram.sales.plans import Refusal
from karakoram.usecases.desk_rows import Check, ReadRow, RowT, rows_of_desk
from karakoram.usecases.do_many import ListRow, RowOutcome, do_many
from karakoram.usecases.table_ports import Table, TableCell

DoneT = TypeVar("DoneT")


def _no_reason(_answer: object) -> tuple[Refusal, ...]:
    return ()


def _is_never_no(_answer: object) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyRows(Generic[RowT, DoneT]):
    """One action of the sales desk, done for each row of a file."""

    row_type: type[RowT]
    act: Callable[[ReadRow[RowT], Deed], DoneT]
    form: TableForm[DoneT, Any]
    """How an answer stands in the table of outcomes."""
    payload: Callable[[DoneT], object]
    """How an answer stands in JSON."""
    check: Check | None = None
    is_wanted: Callable[[RowT], bool] = lambda _row: True
    """Whether the row asks for anything at all."""
    is_no: Callable[[DoneT], bool] = _is_never_no
    """Whether an answer is no."""
    reasons: Callable[[DoneT], tuple[Refusal, ...]] = _no_reason
    """Why an answer is what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """What the command line says about files, and about who acts."""

    rows_from: Path
    table_to: Path | None
    who: str
    why: str
    as_json: bool
    given: Mapping[str, str] = field(default_factory=dict)
    """What holds where a cell is empty; empty words are left out."""


def run_rows(action: ManyRows[RowT, DoneT], words: FileWords) -> ExitCode:
    """Do every row of a file that makes sense throughout; tell and write what became of each.

    Returns
    -------
    ExitCode
        ``INFEASIBLE`` where a row was refused or its answer is no.

    Raises
    ------
    InvalidDataError
        With every finding of every row; nothing was done then.
    """
    check_table(words.table_to)
    given = {name: word for name, word in words.given.items() if word}
    source = bootstrap.table_source(words.rows_from)
    rows = rows_of_desk(source.read_rows(), action.row_type, given=given, check=action.check)
    wanted = [row for row in rows if action.is_wanted(row.record)]
    listed = [ListRow(row=row.row, name=f"row {row.row}", asked=row) for row in wanted]

    def act(row: ReadRow[RowT]) -> DoneT:
        return action.act(row, deed_of(words.who, row.record.why or words.why))

    outcomes: list[RowOutcome[DoneT]] = []
    try:
        with progress_bar(quiet=words.as_json) as progress:
            for outcome in do_many(listed, act):
                outcomes.append(outcome)
                progress(len(outcomes), len(listed))
    finally:  # what was done is told also where the rest was interrupted
        cells = {row.row: row.cells for row in wanted}
        write_table(
            words.table_to,
            lambda: outcome_table(
                outcomes, cells, form=action.form, is_no=action.is_no, reasons=action.reasons
            ),
        )
    _tell(outcomes, action, words)
    is_all_done = all(outcome_word(each, action.is_no) == DONE for each in outcomes)
    return ExitCode.DONE if is_all_done else ExitCode.INFEASIBLE


def write_template(
    path: Path, row_type: type[object], example: Mapping[str, TableCell], *, as_json: bool
) -> ExitCode:
    """Write an empty table for an action, with an example row.

    Parameters
    ----------
    path
        Where to.
    row_type
        The action.
    example
        Cells of the example by column; those that are no column of the action follow its own.
    as_json
        Whether a program reads what is told.
    """
    columns = columns_of(row_type)
    header = (*columns, *(name for name in example if name not in columns))
    row = tuple(example.get(name) for name in header)
    bootstrap.table_target(path).write_table(Table(header=header, rows=(row,)))
    tell_answer(
        as_json,
        payload=lambda: {"template": str(path), "columns": list(header)},
        show=lambda: print(f"{path} has an example in row 2; write your own rows in its place."),
    )
    return ExitCode.DONE


def check_table(path: Path | None) -> None:
    """Refuse a table that could not be written, before anything is done.

    Raises
    ------
    RefusedError, OSError
        If the file cannot be written.
    """
    if path is not None:
        bootstrap.table_target(path).check()


def write_table(path: Path | None, table: Callable[[], Table]) -> None:
    """Write a table where one was asked for."""
    if path is not None:
        bootstrap.table_target(path).write_table(table())


def _tell(
    outcomes: Sequence[RowOutcome[DoneT]], action: ManyRows[RowT, DoneT], words: FileWords
) -> None:
    tell_answer(
        words.as_json,
        payload=lambda: {
            "file": str(words.rows_from),
            "counts": counts(outcomes, action.is_no),
            "rows": [_json(outcome, action) for outcome in outcomes],
        },
        show=lambda: _show(outcomes, action, words),
    )


def counts(outcomes: Iterable[RowOutcome[DoneT]], is_no: Callable[[DoneT], bool]) -> dict[str, int]:
    """How many rows became what."""
    many: dict[str, int] = {}
    for outcome in outcomes:
        word = outcome_word(outcome, is_no)
        many[word] = many.get(word, 0) + 1
    return many


def _json(outcome: RowOutcome[DoneT], action: ManyRows[RowT, DoneT]) -> dict[str, object]:
    told: dict[str, object] = {
        "row": outcome.row,
        "outcome": outcome_word(outcome, action.is_no),
        "reasons": [
            {
                "code": reason.code,
                "where": reason.where,
                "message": reason.message,
                "alternatives": list(reason.alternatives),
            }
            for reason in reasons_of(outcome, action.reasons)
        ],
    }
    if outcome.findings:
        told["findings"] = json_from_findings(outcome.findings)
    return told if outcome.answer is None else {**told, "answer": action.payload(outcome.answer)}


def _show(
    outcomes: Sequence[RowOutcome[DoneT]], action: ManyRows[RowT, DoneT], words: FileWords
) -> None:
    """Print how many rows became what, and each row."""
    console = screen()
    counted = ", ".join(f"{many:,} {word}" for word, many in counts(outcomes, action.is_no).items())
    show_title(console, f"{words.rows_from.name}: {counted or 'no row asks for anything'}")
    if outcomes:
        rows = [_row(outcome, action) for outcome in outcomes]
        show_table(console, ("# Row", "Outcome", "Record", "Why"), rows)
    show_files(console, table=words.table_to)


def _row(outcome: RowOutcome[DoneT], action: ManyRows[RowT, DoneT]) -> tuple[str, ...]:
    lines = () if outcome.answer is None else action.form.cells(outcome.answer)
    reasons = reasons_of(outcome, action.reasons)
    return (
        str(outcome.row),
        outcome_word(outcome, action.is_no),
        str(lines[0][0]) if lines else "-",
        "; ".join(f"{each.code}: {each.message}" for each in reasons) or "-",
    )
