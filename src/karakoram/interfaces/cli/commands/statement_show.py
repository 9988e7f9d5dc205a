"""``karakoram statement show``: what makes up an owner's balance?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_statement
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen
from karakoram.interfaces.cli.settlement_screen import show_statement
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.settling import found
from karakoram.usecases.statement_rows import table_from_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementShowOptions:
    """What ``karakoram statement show`` takes."""

    statement: settlement_options.Statement
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StatementShowOptions) -> ExitCode:
    """Read, print."""
    check_table(chosen.table_to)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    statement = store.read(lambda tx: found(tx, OwnerStatement, chosen.statement))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_statement(statement),
        show=lambda: show_statement(screen(), statement),
    )
    write_table(chosen.table_to, lambda: table_from_statement(statement.lines))
    return ExitCode.DONE


app = command_app(
    StatementShowOptions,
    run,
    help_text="Show a statement line by line.",
    examples=("karakoram statement show SCO-S2026-0001 --to sco.xlsx",),
)
