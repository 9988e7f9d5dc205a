"""How does a command do every row of a file, at once or as a job, and tell what became of each?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic

from karakoram import bootstrap
from karakoram.adapters.formats.json_network import json_from_findings
from karakoram.adapters.formats.table_outcomes import outcome_table, reasons_of
from karakoram.core.errors import RefusedError
from karakoram.core.tables import columns_of
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.desk_forms import DeskForm
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.sales_lists_screen import ends_text
from karakoram.interfaces.cli.sales_options import deed_of
from karakoram.interfaces.cli.sales_screen import reason_text
from karakoram.interfaces.cli.screen import progress_bar, screen, show_files, show_title
from karakoram.interfaces.cli.tables import show_table
from karakoram.sales.jobs import RowResult
from karakoram.usecases.action_rows import Check, ReadRow
from karakoram.usecases.desk.desk_actions import Desk, DeskAction, DoneT
from karakoram.usecases.desk.desk_rows import (
    WISHES,
    RowT,
    findings_of_wish,
    rows_of_desk,
    unknown_buyers_of,
)
from karakoram.usecases.do_many import ListRow, RowOutcome, do_many, row_result
from karakoram.usecases.sell.sales_ports import SalesStore
from karakoram.usecases.sell.selling import Selling
from karakoram.usecases.table_ports import Table, TableCell


@dataclass(frozen=True, slots=True, kw_only=True)
class FileWords:
    """What the command line says about files, and about who acts."""

    rows_from: Path
    table_to: Path | None
    who: str
    why: str
    as_json: bool
    given: Mapping[str, str]
    """What holds where a cell is empty; empty words are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRows(Generic[DoneT]):
    """What became of the rows of a file, and how it is told."""

    name: str
    """Of the file."""
    outcomes: Sequence[RowOutcome[DoneT]]
    cells: Mapping[int, Mapping[str, str]]
    """What each row asked, by its number."""
    action: DeskAction[Any, DoneT]
    form: DeskForm[DoneT]

    @property
    def table(self) -> Table:
        """A line for each row, or for each line of its answer."""
        return outcome_table(
            self.outcomes,
            self.cells,
            form=self.form.table,
            is_no=self.action.is_no,
            reasons=self.action.reasons,
        )

    @property
    def counts(self) -> dict[str, int]:
        """How many rows became what."""
        return counts(self.outcomes, self.action.is_no)

    @property
    def payload(self) -> list[dict[str, object]]:
        """Each row in JSON."""
        return [self._json(outcome) for outcome in self.outcomes]

    @property
    def exit_code(self) -> ExitCode:
        """``INFEASIBLE`` where a row was refused or its answer is no."""
        is_all_done = self.counts.keys() <= {RowResult.DONE.value}
        return ExitCode.DONE if is_all_done else ExitCode.INFEASIBLE

    @property
    def title(self) -> str:
        """How many rows became what, in a line."""
        told = ", ".join(f"{many:,} {word}" for word, many in self.counts.items())
        return f"{self.name}: {told or 'no row asks for anything'}"

    def show(self) -> None:
        """Print each row."""
        if self.outcomes:
            rows = [self._line(outcome) for outcome in self.outcomes]
            show_table(screen(), ("# Row", "Outcome", "Asked", "Answer", "Record", "Why"), rows)

    def _json(self, outcome: RowOutcome[DoneT]) -> dict[str, object]:
        told: dict[str, object] = {
            "row": outcome.row,
            "outcome": row_result(outcome, self.action.is_no).value,
            "reasons": [
                {
                    "code": reason.code,
                    "where": reason.where,
                    "message": reason.message,
                    "alternatives": list(reason.alternatives),
                }
                for reason in reasons_of(outcome, self.action.reasons)
            ],
        }
        if outcome.findings:
            told["findings"] = json_from_findings(outcome.findings)
        if outcome.answer is None:
            return told
        return {**told, "answer": self.form.payload(outcome.answer)}

    def _line(self, outcome: RowOutcome[DoneT]) -> tuple[str, ...]:
        lines = () if outcome.answer is None else self.form.table.cells(outcome.answer)
        reasons = reasons_of(outcome, self.action.reasons)
        return (
            str(outcome.row),
            row_result(outcome, self.action.is_no).value,
            _asked_text(self.cells.get(outcome.row, {})),
            "" if outcome.answer is None else self.form.brief(outcome.answer),
            str(lines[0][0]) if lines else "-",
            "\n".join(map(reason_text, reasons)) or "-",
        )


_NAMING = ("product", "quote", "offer", "order", "leg", "event", "party", "container")
"""Columns that tell what a row asks for, besides an offering and its ends."""


def _asked_text(cells: Mapping[str, str]) -> str:
    """What a row asks for: an offering and its ends, or what it names of what is there."""
    named = (cells.get(name, "") for name in _NAMING)
    return " ".join(filter(None, (cells.get("offering", ""), ends_text(cells), *named)))


def wanted_rows(
    action: DeskAction[RowT, Any],
    words: FileWords,
    *,
    store: SalesStore,
    selling: Selling | None,
) -> tuple[ReadRow[RowT], ...]:
    """The rows of a file that ask for something, every row making sense throughout.

    Parameters
    ----------
    action
        What is done for each.
    words
        What the command line says.
    store
        Where buyers are registered.
    selling
        Judges offerings and their values, where the action plans.

    Raises
    ------
    InvalidDataError
        With every finding of every row.
    """
    check: Check | None = None
    if selling is not None and action.row_type in WISHES:
        check = partial(findings_of_wish, catalogue=selling.catalogue, network=selling.network)
    given = {name: word for name, word in words.given.items() if word}
    table = bootstrap.table_source(words.rows_from).read_rows()
    unknown = unknown_buyers_of(table, action.row_type, given=given, store=store)
    rows = rows_of_desk(table, action.row_type, given=given, check=check, unknown_buyers=unknown)
    return tuple(row for row in rows if action.is_wanted(row.record))


def run_rows(
    action: DeskAction[RowT, DoneT], desk: Desk, *, words: FileWords, form: DeskForm[DoneT]
) -> ExitCode:
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
    wanted = wanted_rows(action, words, store=desk.store, selling=desk.planning)
    listed = [ListRow(row=row.row, name=f"row {row.row}", asked=row) for row in wanted]

    def act(row: ReadRow[RowT]) -> DoneT:
        return action.act(row, deed_of(words.who, row.record.why or words.why), desk)

    outcomes: list[RowOutcome[DoneT]] = []
    told = ToldRows(
        name=words.rows_from.name,
        outcomes=outcomes,
        cells={row.row: row.cells for row in wanted},
        action=action,
        form=form,
    )
    try:
        with progress_bar(quiet=words.as_json) as progress:
            for outcome in do_many(listed, act):
                outcomes.append(outcome)
                progress(len(outcomes), len(listed))
    finally:  # what was done is told also where the rest was interrupted
        write_table(words.table_to, lambda: told.table)
    tell_answer(
        words.as_json,
        payload=lambda: {
            "file": str(words.rows_from),
            "counts": told.counts,
            "rows": told.payload,
        },
        show=lambda: _show(told, words),
    )
    return told.exit_code


def counts(outcomes: Iterable[RowOutcome[DoneT]], is_no: Callable[[DoneT], bool]) -> dict[str, int]:
    """How many rows became what."""
    many: dict[str, int] = {}
    for outcome in outcomes:
        word = row_result(outcome, is_no).value
        many[word] = many.get(word, 0) + 1
    return many


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

    Raises
    ------
    RefusedError
        With code ``there-already``: it may be the table that somebody has filled in.
    """
    if path.exists():
        raise RefusedError(
            f"{path} is there already, and an empty table would take its place",
            code="there-already",
            where=str(path),
            alternatives=("name a file that is not there yet",),
        )
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


def check_table(path: Path | None, *, rows_from: Path | None = None) -> None:
    """Refuse a table that could not be written, before anything is done.

    Parameters
    ----------
    path
        Where the table goes, where one was asked for.
    rows_from
        The file of ``--from``, whose place the table must not take.

    Raises
    ------
    typer.BadParameter
        If the table would overwrite the rows that are read.
    RefusedError, OSError
        If the file cannot be written.
    """
    refuse_overwriting(written={"--to": path}, read={"--from": rows_from})
    if path is not None:
        bootstrap.table_target(path).check()


def write_table(path: Path | None, table: Callable[[], Table]) -> None:
    """Write a table where one was asked for."""
    if path is not None:
        bootstrap.table_target(path).write_table(table())


def _show(told: ToldRows[DoneT], words: FileWords) -> None:
    """Print how many rows became what, and each row."""
    show_title(screen(), told.title)
    told.show()
    show_files(screen(), table=words.table_to)
