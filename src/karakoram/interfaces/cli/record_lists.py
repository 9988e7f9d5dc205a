"""How does a command list records of one kind?"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, Protocol, runtime_checkable

from rich.console import Console

from karakoram import bootstrap
from karakoram.adapters.formats.table_form import TableForm
from karakoram.interfaces.cli import sales_options
from karakoram.interfaces.cli.command import tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.sales_options import WantedRecords
from karakoram.interfaces.cli.screen import screen
from karakoram.sales.parties import Party
from karakoram.usecases.sell.sales_ports import RecordT
from karakoram.usecases.settle.known_names import refuse_unknown, refuse_unknown_names
from karakoram.usecases.settle.ledger_ports import SettlementReader

EVERY = WantedRecords(buyer_id=None, states=())


@runtime_checkable
class ListWords(Protocol):
    """What every command takes that lists records."""

    @property
    def table_to(self) -> Path | None:
        """Where they go as a table."""

    @property
    def store(self) -> str:
        """The store, as it was named."""

    @property
    def as_json(self) -> bool:
        """Whether a program reads the list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordList(Generic[RecordT]):
    """Records of one kind, and how they are told."""

    kind: type[RecordT]
    name: str
    """Of all of them, in JSON."""
    payload: Callable[[RecordT], object]
    """One of them, in JSON."""
    show: Callable[[Console, tuple[RecordT, ...]], None]
    form: TableForm[RecordT, Any]
    """How they stand in a table."""

    def tell(
        self,
        chosen: ListWords,
        *,
        wanted: WantedRecords = EVERY,
        check: Callable[[SettlementReader], None] = lambda _tx: None,
        is_asked: Callable[[RecordT], bool] = lambda _record: True,
    ) -> ExitCode:
        """List the records that are wanted, oldest first.

        Parameters
        ----------
        chosen
            What the command line says.
        wanted
            Whose they are, and in which states.
        check
            Refuses names that nobody has.
        is_asked
            What else is said of them.

        Raises
        ------
        InvalidDataError
            With a finding for each word that is no state, and for a buyer whose name nobody has.
        NotFoundError
            As of ``check``.
        """
        check_table(chosen.table_to)
        store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

        def read(tx: SettlementReader) -> tuple[RecordT, ...]:
            refuse_unknown_names(
                {wanted.buyer_field: lambda: refuse_unknown(tx, Party, wanted.buyer_id or "")},
                besides=wanted.unread,
            )
            check(tx)
            return tx.find_all(self.kind, buyer_id=wanted.buyer_id, states=wanted.states)

        found = store.read(read)
        records = tuple(filter(is_asked, found))
        write_table(chosen.table_to, lambda: self.form.table(records))
        tell_answer(
            chosen.as_json,
            payload=lambda: {self.name: [self.payload(each) for each in records]},
            show=lambda: self.show(screen(), records),
        )
        return ExitCode.DONE
