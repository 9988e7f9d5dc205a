"""``karakoram statement show``: what makes up an owner's balance?"""

from dataclasses import dataclass

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_statement
from karakoram.interfaces.cli import (
    options,
    paper_options,
    sales_options,
    settlement_options,
)
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.interfaces.cli.settlement_screen import show_statement
from karakoram.settlement.statements import OwnerStatement
from karakoram.usecases.settle.print_bill import statement_paper
from karakoram.usecases.settle.statement_rows import table_from_statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementShowOptions:
    """What ``karakoram statement show`` takes."""

    statement: settlement_options.Statement
    table_to: sales_options.TableTo = None
    pdf: paper_options.Pdf = None
    fonts: paper_options.Fonts = None
    network: paper_options.NetworkOfNames = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: StatementShowOptions) -> ExitCode:
    """Read, write, print."""
    refuse_overwriting(written={"--to": chosen.table_to, "--pdf": chosen.pdf}, read={})
    check_table(chosen.table_to)
    words = paper_options.paper_words(chosen.pdf, chosen.fonts, chosen.network)
    store = bootstrap.settlement_store(sales_options.store_word(chosen.store))
    paper = store.read(lambda tx: statement_paper(tx, chosen.statement))
    statement = paper.statement
    paper_options.write_paper(paper, words)
    write_table(chosen.table_to, lambda: table_from_statement(statement.lines))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_statement(statement),
        show=lambda: _show(chosen, statement),
    )
    return ExitCode.DONE


def _show(chosen: StatementShowOptions, statement: OwnerStatement) -> None:
    show_statement(screen(), statement)
    show_files(screen(), paper=chosen.pdf, table=chosen.table_to)


app = command_app(
    StatementShowOptions,
    run,
    help_text="Show a statement line by line.",
    examples=("karakoram statement show SCO-S2026-0001 --to sco.xlsx --pdf sco.pdf",),
)
