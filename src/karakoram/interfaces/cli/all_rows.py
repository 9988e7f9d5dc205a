"""How does a command of settlement do every row of a file, or none, and tell what became of it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar, runtime_checkable

from karakoram import bootstrap
from karakoram.adapters.formats.table_outcomes import outcome_table
from karakoram.adapters.formats.table_sales import TableForm
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import write_table
from karakoram.interfaces.cli.sales_options import deed_of
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.sales.change_log import Deed
from karakoram.usecases.desk.desk_rows import ReadRow, rows_of_desk
from karakoram.usecases.do_many import ListRow
from karakoram.usecases.settle.do_all import ListPlace, do_all
from karakoram.usecases.settle.ledger_ports import SettlementStore
from karakoram.usecases.settle.settlement_rows import SettlementRow
from karakoram.usecases.settle.settling import Settling

AskedT = TypeVar("AskedT", bound=SettlementRow)
DoneT = TypeVar("DoneT")


@dataclass(frozen=True, slots=True, kw_only=True)
class AllRows(Generic[AskedT, DoneT]):
    """One action of settlement, done for all rows of a file together."""

    row_type: type[AskedT]
    act: Callable[[AskedT, Deed, Settling], DoneT]
    form: TableForm[DoneT, Any]
    """How an answer stands in the table of outcomes."""
    payload: Callable[[DoneT], object]
    """How an answer stands in JSON."""
    show: Callable[[tuple[DoneT, ...]], None]
    """Prints the answers."""
    column_by_code: Mapping[str, str] = field(default_factory=dict)
    """Which column a refusal is about."""


@runtime_checkable
class RowsAsked(Protocol):
    """What the command line says about the file, and about who acts."""

    @property
    def rows_from(self) -> Path | None:
        """The file of ``--from``."""

    @property
    def table_to(self) -> Path | None:
        """Where the answer goes as a table."""

    @property
    def who(self) -> str:
        """Who acts."""

    @property
    def why(self) -> str:
        """Why."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads the answer."""


def run_all_rows(
    action: AllRows[AskedT, DoneT], asked: RowsAsked, *, settling: Settling
) -> ExitCode:
    """Do every row of a file, or none; tell and write what became of each.

    Raises
    ------
    InvalidDataError
        With every finding of every row, also of what is refused; nothing was done then.
    """
    assert asked.rows_from is not None, "asked of commands with a file only"
    table = bootstrap.table_source(asked.rows_from).read_rows()
    rows = rows_of_desk(table, action.row_type, given={})

    def act(row: ReadRow[AskedT], store: SettlementStore) -> DoneT:
        deed = deed_of(asked.who, row.record.why or asked.why)
        return action.act(row.record, deed, replace(settling, store=store))

    outcomes = do_all(
        [ListRow(row=row.row, name=f"row {row.row}", asked=row) for row in rows],
        act,
        store=settling.store,
        place=ListPlace(table=table.table, file=table.file, column_by_code=action.column_by_code),
    )
    answers = tuple(each.answer for each in outcomes if each.answer is not None)
    tell_answer(
        asked.as_json,
        payload=lambda: {
            "file": str(asked.rows_from),
            "rows": [
                {"row": each.row, "answer": action.payload(answer)}
                for each, answer in zip(outcomes, answers, strict=True)
            ],
        },
        show=lambda: action.show(answers),
    )
    if not asked.as_json:
        show_files(screen(), table=asked.table_to)
    write_table(
        asked.table_to,
        lambda: outcome_table(
            outcomes,
            {row.row: row.cells for row in rows},
            form=action.form,
            is_no=lambda _: False,
            reasons=lambda _: (),
        ),
    )
    return ExitCode.DONE


def tell_one(action: AllRows[AskedT, DoneT], asked: RowsAsked, answer: DoneT) -> ExitCode:
    """Tell and write what became of the one action that the command line itself asks for."""
    tell_answer(
        asked.as_json,
        payload=lambda: action.payload(answer),
        show=lambda: action.show((answer,)),
    )
    write_table(asked.table_to, lambda: action.form.table((answer,)))
    return ExitCode.DONE
