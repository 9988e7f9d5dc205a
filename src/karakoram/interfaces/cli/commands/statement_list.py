"""``karakoram statement list``: what is each owner owed?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_statement
from karakoram.adapters.formats.table_settlement import STATEMENTS
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_statements
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.known_names import refuse_unknown_owner
from karakoram.usecases.ledger_ports import SettlementReader


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementListOptions:
    """What ``karakoram statement list`` takes."""

    operator: Annotated[
        str, typer.Option("--operator", metavar="OPERATOR", help="Only those of this owner.")
    ] = ""
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StatementListOptions) -> ExitCode:
    """Read, print, write."""
    check_table(chosen.table_to)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))

    def read(tx: SettlementReader) -> tuple[OwnerStatement, ...]:
        refuse_unknown_owner(tx, chosen.operator)
        every = tx.find_all(OwnerStatement)
        return tuple(each for each in every if chosen.operator in {"", each.operator_id})

    statements = store.read(read)
    tell_answer(
        chosen.as_json,
        payload=lambda: {"statements": [json_from_statement(each) for each in statements]},
        show=lambda: show_statements(screen(), statements),
    )
    write_table(chosen.table_to, lambda: STATEMENTS.table(statements))
    return ExitCode.DONE


app = command_app(
    StatementListOptions,
    run,
    help_text="List the statements of the owners.",
    examples=("karakoram statement list --operator SCO",),
)
