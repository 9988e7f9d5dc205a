"""``karakoram exchange earnings``: what has come from abroad, and what is it worth at home?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram.adapters.formats.json_earnings import json_from_earnings
from karakoram.adapters.formats.table_settlement import EARNINGS, GAINS, gain_lines
from karakoram.core.identifiers import OperatorId
from karakoram.interfaces.cli import options, sales_options, settlement_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.earnings_screen import show_earnings
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.settlement.conversion import Revaluation
from karakoram.settlement.foreign_earnings import ForeignEarning
from karakoram.settlement.rating.periods import BillingPeriod
from karakoram.usecases.settle.report_earnings import EarningsQuestion, earnings_abroad


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeEarningsOptions:
    """What ``karakoram exchange earnings`` takes."""

    period: settlement_options.Period
    operator: Annotated[
        str, typer.Option("--operator", metavar="OPERATOR", help="Only of this owner.")
    ] = ""
    country: Annotated[
        str, typer.Option("--country", metavar="CC", help="Only of buyers there, ISO 3166-1.")
    ] = ""
    table_to: sales_options.TableTo = None
    gains_to: Annotated[
        Path | None,
        typer.Option(
            "--gains-to",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Write every line of gains and losses to a .csv or .xlsx file.",
        ),
    ] = None
    store: sales_options.Store = ""
    terms: settlement_options.Terms = None
    as_json: options.AsJson = False


def run(chosen: ExchangeEarningsOptions) -> ExitCode:
    """Gather, write, print."""
    refuse_overwriting(written={"--to": chosen.table_to, "--gains-to": chosen.gains_to}, read={})
    for path in (chosen.table_to, chosen.gains_to):
        check_table(path)
    period = settlement_options.period_of(chosen.period)
    question = EarningsQuestion(
        period=period,
        operator_id=OperatorId(chosen.operator) if chosen.operator else None,
        country=chosen.country.upper(),
    )
    settling = settlement_options.settling_of(chosen.store, terms=chosen.terms)
    found = earnings_abroad(question, settling=settling)
    write_table(chosen.table_to, lambda: EARNINGS.table(found))
    write_table(chosen.gains_to, lambda: GAINS.table(gain_lines(_gains(found))))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_earnings(found),
        show=lambda: _show(chosen, found, period),
    )
    return ExitCode.DONE


def _gains(found: tuple[ForeignEarning, ...]) -> Iterator[tuple[str, Revaluation]]:
    return (
        (f"{one.part.operator_id} of {one.part.invoice}", one.exchange)
        for one in found
        if one.exchange is not None
    )


def _show(
    chosen: ExchangeEarningsOptions, found: tuple[ForeignEarning, ...], period: BillingPeriod
) -> None:
    show_earnings(screen(), found, period=period)
    show_files(screen(), table=chosen.table_to, gains=chosen.gains_to)


app = command_app(
    ExchangeEarningsOptions,
    run,
    help_text="Tell what was billed to buyers abroad, collected and is still open, by owner, "
    "country and currency, in the original currency and in the owner's book, with every gain and "
    "loss.",
    examples=(
        "karakoram exchange earnings --period 2026-Q4",
        "karakoram exchange earnings --period 2026-Q4 --country CN --to earned.xlsx",
    ),
)
