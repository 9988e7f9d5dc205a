"""How does a command of settlement do one thing, or every row of a file or none of them?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from karakoram import bootstrap
from karakoram.adapters.formats.table_form import TableForm
from karakoram.adapters.formats.table_outcomes import outcome_table
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table, write_template
from karakoram.interfaces.cli.sales_options import check_one, deed_of
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.interfaces.cli.settlement_options import settling_of
from karakoram.sales.change_log import Deed
from karakoram.usecases.action_rows import ReadRow, action_rows
from karakoram.usecases.do_many import ListRow
from karakoram.usecases.settle.do_all import ListPlace, do_all
from karakoram.usecases.settle.ledger_ports import SettlementStore
from karakoram.usecases.settle.settlement_rows import SettlementRow
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.table_ports import TableCell

AskedT = TypeVar("AskedT", bound=SettlementRow)
DoneT = TypeVar("DoneT")


@runtime_checkable
class SettlementWords(Protocol):
    """What every command of settlement takes that can do the rows of a file."""

    @property
    def rows_from(self) -> Path | None:
        """The file of ``--from``."""

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
    def terms(self) -> Path | None:
        """The folder of settlement terms; ``None`` for the packaged ones."""

    @property
    def who(self) -> str:
        """Who acts."""

    @property
    def why(self) -> str:
        """Why."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads the answer."""


ChosenT = TypeVar("ChosenT", bound=SettlementWords)


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementCommand(Generic[ChosenT, AskedT, DoneT]):
    """A command that does one action of settlement, or one for each row of a file, all or none."""

    row_type: type[AskedT]
    example: Mapping[str, TableCell]
    """Cells of the row in a template."""
    needed: Mapping[str, str]
    """Options without which there is no single action, by how they stand on the command line."""
    one: Callable[[ChosenT, Deed, Settling], DoneT]
    """Understands the words of the single action, and does it."""
    each: Callable[[AskedT, Deed, Settling], DoneT]
    """Does the action of one row."""
    form: TableForm[DoneT, Any]
    """How an answer stands in a table."""
    payload: Callable[[DoneT], object]
    """How an answer stands in JSON."""
    show: Callable[[tuple[DoneT, ...]], None]
    """Prints the answers."""
    column_by_code: Mapping[str, str] = field(default_factory=dict)
    """Which column a refusal is about."""

    def run(self, chosen: ChosenT) -> ExitCode:
        """Do what the command line asks for; tell and write what became of it.

        Raises
        ------
        InvalidDataError
            With every finding of every row, also of what is refused; nothing was done then.
        """
        if chosen.template is not None:
            return write_template(
                chosen.template, self.row_type, self.example, as_json=chosen.as_json
            )
        words = {shown: str(getattr(chosen, name)) for shown, name in self.needed.items()}
        check_one(chosen.rows_from, words)
        check_table(chosen.table_to, rows_from=chosen.rows_from)
        settling = settling_of(chosen.store, terms=chosen.terms)
        if chosen.rows_from is not None:
            return self._run_rows(chosen, chosen.rows_from, settling)
        answer = self.one(chosen, deed_of(chosen.who, chosen.why), settling)
        tell_answer(
            chosen.as_json,
            payload=lambda: self.payload(answer),
            show=lambda: self.show((answer,)),
        )
        write_table(chosen.table_to, lambda: self.form.table((answer,)))
        return ExitCode.DONE

    def _run_rows(self, chosen: ChosenT, path: Path, settling: Settling) -> ExitCode:
        """Do every row of a file, or none."""
        table = bootstrap.table_source(path).read_rows()
        rows = action_rows(table, self.row_type, given={})

        def act(row: ReadRow[AskedT], store: SettlementStore) -> DoneT:
            deed = deed_of(chosen.who, row.record.why or chosen.why)
            return self.each(row.record, deed, replace(settling, store=store))

        outcomes = do_all(
            [ListRow(row=row.row, name=f"row {row.row}", asked=row) for row in rows],
            act,
            store=settling.store,
            place=ListPlace(table=table.table, file=table.file, column_by_code=self.column_by_code),
        )
        answers = tuple(each.answer for each in outcomes if each.answer is not None)
        tell_answer(
            chosen.as_json,
            payload=lambda: {
                "file": str(path),
                "rows": [
                    {"row": each.row, "answer": self.payload(answer)}
                    for each, answer in zip(outcomes, answers, strict=True)
                ],
            },
            show=lambda: self.show(answers),
        )
        if not chosen.as_json:
            show_files(screen(), table=chosen.table_to)
        write_table(
            chosen.table_to,
            lambda: outcome_table(
                outcomes,
                {row.row: row.cells for row in rows},
                form=self.form,
                is_no=lambda _: False,
                reasons=lambda _: (),
            ),
        )
        return ExitCode.DONE
