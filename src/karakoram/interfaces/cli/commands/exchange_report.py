"""``karakoram exchange report``: what foreign exchange was earned, gained and lost?"""

from dataclasses import dataclass
from typing import Annotated

import typer

from karakoram.adapters.formats.json_settlement import json_from_exchange
from karakoram.adapters.formats.table_settlement import GAINS, gain_lines
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_files, show_lines
from karakoram.interfaces.cli.settlement_screen import show_exchange
from karakoram.settlement.conversion import Revaluation
from karakoram.usecases.settle.close_book import exchange_result


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeReportOptions:
    """What ``karakoram exchange report`` takes."""

    operator: Annotated[str, typer.Argument(metavar="OPERATOR", help="Whose book.")]
    period: settlement_options.Period
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: ExchangeReportOptions) -> ExitCode:
    """Explain, write, print."""
    check_table(chosen.table_to)
    period = settlement_options.period_of(chosen.period)
    made = exchange_result(
        OperatorId(chosen.operator),
        period,
        settling=settlement_options.settling_of(chosen.store, terms=chosen.terms),
    )
    about = ((chosen.operator, each) for each in made)
    write_table(chosen.table_to, lambda: GAINS.table(gain_lines(about)))
    tell_answer(
        chosen.as_json,
        payload=lambda: {
            "operator": chosen.operator,
            "currencies": [json_from_exchange(each) for each in made],
        },
        show=lambda: _show(chosen, made),
    )
    return ExitCode.DONE


def _show(chosen: ExchangeReportOptions, made: tuple[Revaluation, ...]) -> None:
    if made:
        show_exchange(screen(), chosen.operator, made)
    else:
        what = f"{chosen.operator} held and moved nothing in another currency in {chosen.period}"
        show_lines(screen(), what, indent=0)
    show_files(screen(), table=chosen.table_to)


app = command_app(
    ExchangeReportOptions,
    run,
    help_text="Tell what an owner's book gained and lost by exchange rates in a period, each line "
    "with what it comes from.",
    examples=("karakoram exchange report SCO --period 2026-Q3 --to gains.xlsx",),
)
