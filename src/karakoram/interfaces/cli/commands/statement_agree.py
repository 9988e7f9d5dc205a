"""``karakoram statement agree``: does an owner say the same, and may it go into the books?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_settlement import json_from_difference, json_from_statement
from karakoram.adapters.formats.table_settlement import DIFFERENCES
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_title
from karakoram.interfaces.cli.settlement_screen import show_differences, show_statements
from karakoram.settlement.reconciling import StatementDifference
from karakoram.usecases.settle.settle_statements import agree_statement, reconciled
from karakoram.usecases.settle.settling import Settling
from karakoram.usecases.settle.statement_rows import stated_from_table


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementAgreeOptions:
    """What ``karakoram statement agree`` takes."""

    statement: settlement_options.Statement
    theirs: Annotated[
        Path | None,
        typer.Option(
            "--theirs",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="The owner's own statement, .csv or .xlsx; each line that differs is listed.",
        ),
    ] = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    who: sales_options.Who = ""
    why: sales_options.Why = ""
    as_json: options.AsJson = False


def run(chosen: StatementAgreeOptions) -> ExitCode:
    """Compare, agree, book, print."""
    check_table(chosen.table_to)
    settling = settlement_options.settling_of(chosen.store, terms=chosen.terms)
    differences = _differences(chosen, settling)
    write_table(chosen.table_to, lambda: DIFFERENCES.table(differences))
    if differences:
        tell_answer(
            chosen.as_json,
            payload=lambda: {"differences": [json_from_difference(each) for each in differences]},
            show=lambda: _show(differences),
        )
        return ExitCode.INFEASIBLE
    agreed = agree_statement(
        chosen.statement,
        deed=sales_options.deed_of(chosen.who, chosen.why),
        settling=settling,
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_statement(agreed),
        show=lambda: show_statements(screen(), (agreed,)),
    )
    return ExitCode.DONE


def _differences(
    chosen: StatementAgreeOptions, settling: Settling
) -> tuple[StatementDifference, ...]:
    if chosen.theirs is None:
        return ()
    theirs = stated_from_table(bootstrap.table_source(chosen.theirs).read_rows())
    return reconciled(chosen.statement, theirs, settling=settling)


def _show(differences: tuple[StatementDifference, ...]) -> None:
    show_title(screen(), f"{len(differences)} lines differ; nothing was agreed")
    show_differences(screen(), differences)


app = command_app(
    StatementAgreeOptions,
    run,
    help_text="Agree to a statement, which puts it into the owner's book. With the owner's own "
    "statement every line that differs is listed instead (exit code 1).",
    examples=("karakoram statement agree SCO-S2026-0001 --theirs sco.xlsx",),
)
