"""``karakoram levy report``: which taxes and levies did an owner collect, and which does it owe?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_levies import json_from_levies
from karakoram.adapters.formats.table_settlement import LEVIES
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.levies_screen import show_levies
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.usecases.settle.report_levies import LevyReport, levy_report


@dataclass(frozen=True, slots=True, kw_only=True)
class LevyReportOptions:
    """What ``karakoram levy report`` takes."""

    operator: Annotated[str, typer.Argument(metavar="OPERATOR", help="Whose book.")]
    period: settlement_options.Period
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: LevyReportOptions) -> ExitCode:
    """Gather, print, write."""
    check_table(chosen.table_to)
    period = settlement_options.period_of(chosen.period)
    report = levy_report(
        OperatorId(chosen.operator),
        period,
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    write_table(chosen.table_to, lambda: LEVIES.table(report.lines))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_levies(report),
        show=lambda: _show(chosen, report),
    )
    return ExitCode.DONE


def _show(chosen: LevyReportOptions, report: LevyReport) -> None:
    show_levies(screen(), report)
    show_files(screen(), table=chosen.table_to)


app = command_app(
    LevyReportOptions,
    run,
    help_text="Tell the taxes that an owner collected, those that buyers kept back, and the levies "
    "on its revenue that its book has accrued, document by document.",
    examples=("karakoram levy report SCO --period 2026-Q4 --to levies.xlsx",),
)
