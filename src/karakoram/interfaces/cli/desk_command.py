"""How does every command of the sales desk do one thing, or every row of a file, now or later?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_jobs import json_from_job
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import sales_options
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.desk_forms import DeskForm, desk_form
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import (
    FileWords,
    check_table,
    run_rows,
    wanted_rows,
    write_table,
    write_template,
)
from karakoram.interfaces.cli.screen import status_line
from karakoram.sales.jobs import JobKind, JobWords
from karakoram.usecases.action_rows import ReadRow
from karakoram.usecases.desk.ask_job import JobWish, ask_job
from karakoram.usecases.desk.desk_actions import DESK_ACTIONS, Desk, DeskAction
from karakoram.usecases.desk.desk_rows import WISHES, DeskRow
from karakoram.usecases.table_ports import TableCell


@runtime_checkable
class DeskWords(Protocol):
    """What every command of the desk takes besides words of its own."""

    @property
    def rows_from(self) -> Path | None:
        """The file of ``--from``."""

    @property
    def later(self) -> bool:
        """Whether the rows become a job."""

    @property
    def table_to(self) -> Path | None:
        """Where the answer goes as a table."""

    @property
    def template(self) -> Path | None:
        """Where an empty table goes."""

    @property
    def store(self) -> str:
        """The store, as it was named."""

    @property
    def who(self) -> str:
        """Who acts."""

    @property
    def why(self) -> str:
        """Why."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads the answer."""


ChosenT = TypeVar("ChosenT", bound=DeskWords)
DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCommand(Generic[ChosenT, DoneT]):
    """A command that does one action of the desk, or one for each row of a file."""

    kind: JobKind
    example: Mapping[str, TableCell]
    """Cells of the row in a template."""
    needed: Mapping[str, str]
    """Options without which there is no single action, by how they stand on the command line."""
    given: tuple[str, ...]
    """Options that hold where a cell of the column of that name is empty."""
    record: Callable[[ChosenT], DeskRow]
    """The single action."""
    show: Callable[[ChosenT, DoneT], None]
    """Prints its answer."""

    @property
    def action(self) -> DeskAction[Any, DoneT]:
        """What is done."""
        return DESK_ACTIONS[self.kind]

    def run(self, chosen: ChosenT) -> ExitCode:
        """Do, or write down for later, what the command line asks for; tell the answer."""
        if chosen.template is not None:
            return write_template(
                chosen.template, self.action.row_type, self.example, as_json=chosen.as_json
            )
        words = {shown: str(getattr(chosen, name)) for shown, name in self.needed.items()}
        sales_options.check_one(chosen.rows_from, words)
        _check_later(chosen)
        check_table(chosen.table_to, rows_from=chosen.rows_from)
        if chosen.rows_from is None:
            return self._run_one(chosen)
        files = FileWords(
            rows_from=chosen.rows_from,
            table_to=chosen.table_to,
            who=chosen.who,
            why=chosen.why,
            as_json=chosen.as_json,
            given={name: str(getattr(chosen, name)) for name in self.given} | _values(chosen),
        )
        if chosen.later:
            return self._ask(chosen, files)
        desk = desk_of(self.action, job_words(chosen), store=chosen.store)
        return run_rows(self.action, desk, words=files, form=self._form(chosen))

    def _run_one(self, chosen: ChosenT) -> ExitCode:
        """Understand the words, then do the one action."""
        row: ReadRow[Any] = ReadRow(
            row=0, record=self.record(chosen), cells={}, values=_values(chosen)
        )
        with status_line(quiet=chosen.as_json) as progress:
            if self.action.is_planned:
                progress("Preparing the network")
            desk = desk_of(self.action, job_words(chosen), store=chosen.store)
            if self.action.is_planned:
                progress("Planning")
            answer = self.action.act(row, sales_options.deed_of(chosen.who, chosen.why), desk)
        form = self._form(chosen)
        tell_answer(
            chosen.as_json,
            payload=lambda: form.payload(answer),
            show=lambda: self.show(chosen, answer),
        )
        write_table(chosen.table_to, lambda: form.table.table((answer,)))
        return ExitCode.INFEASIBLE if self.action.is_no(answer) else ExitCode.DONE

    def _ask(self, chosen: ChosenT, files: FileWords) -> ExitCode:
        """Judge every row, then keep them as a job."""
        words = job_words(chosen)
        place = sales_options.store_word(chosen.store)
        selling = None
        if self.action.row_type in WISHES:
            selling = bootstrap.opening_lines(
                place, network=_folder(words.network), catalogue=_folder(words.catalogue)
            )
        store = bootstrap.job_store(place)
        rows = wanted_rows(self.action, files, store=store, selling=selling)
        job = ask_job(
            JobWish(kind=self.kind, name=files.rows_from.name, words=words, rows=rows),
            deed=sales_options.deed_of(chosen.who, chosen.why),
            store=store,
            ids=bootstrap.identifiers(),
        )
        tell_answer(
            chosen.as_json,
            payload=lambda: json_from_job(job),
            show=lambda: print(
                f"{files.rows_from.name}: {job.row_count:,} rows to be done, job {job.job_id}. "
                "Next:\n  karakoram store work"
            ),
        )
        return ExitCode.DONE

    def _form(self, chosen: ChosenT) -> DeskForm[DoneT]:
        """How answers are told; only some commands may tell the shares of operators."""
        return desk_form(self.action.answer_type, shares=getattr(chosen, "shares", False))


def job_words(chosen: object) -> JobWords:
    """What holds for all rows; folders as paths that mean the same from anywhere on the machine."""
    folders = {
        name: str(folder.absolute())
        for name in ("network", "catalogue")
        if (folder := getattr(chosen, name, None)) is not None
    }
    return JobWords(**folders, legs_of=getattr(chosen, "legs_of", ""))


def desk_of(action: DeskAction[Any, Any], words: JobWords, *, store: str) -> Desk:
    """What an action is done with."""
    place = sales_options.store_word(store)
    legs_of = OperatorId(words.legs_of) if words.legs_of else None
    if action.is_planned:
        selling = bootstrap.selling(
            place, network=_folder(words.network), catalogue=_folder(words.catalogue)
        )
        return Desk(store=selling.store, ids=selling.ids, planning=selling, legs_of=legs_of)
    return Desk(store=bootstrap.sales_store(place), ids=bootstrap.identifiers(), legs_of=legs_of)


def _folder(word: str) -> Path | None:
    return Path(word) if word else None


def _values(chosen: object) -> dict[str, str]:
    """Characteristics of an offering, where the command takes any."""
    return dict(sales_options.configuration_of(getattr(chosen, "values", [])).by_name)


def _check_later(chosen: DeskWords) -> None:
    """Refuse a job without rows, and one whose answer should be told before it is there.

    Raises
    ------
    typer.BadParameter
        With what would be right.
    """
    if chosen.later and chosen.rows_from is None:
        raise typer.BadParameter("--later is for the rows of a file: --from FILE")
    if chosen.later and chosen.table_to is not None:
        raise typer.BadParameter(
            "with --later there is no answer yet; then:  karakoram store jobs JOB --to FILE"
        )
