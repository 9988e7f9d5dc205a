"""``karakoram rate``: what is owed for a period, for which product and to whom?"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_rating import json_from_rating
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table, write_template
from karakoram.interfaces.cli.rating_screen import show_rating
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.usecases.settle.rate_products import (
    ZONE_DEFAULT,
    RatingAnswer,
    RatingQuestion,
    rate_products,
)
from karakoram.usecases.settle.rating_rows import ChargeRow, RatedRow, rated_row
from karakoram.usecases.table_ports import table_from_records

_CHARGE = {
    "product_id": "P1",
    "payer_id": "CT",
    "operator_id": "SCO",
    "name": "minutes",
    "kind": "usage",
    "amount": "1.50",
    "currency": "PKR",
    "unit": "minute",
    "usage_kind": "voice_minute",
    "active_from": "2026-07-01T00:00:00Z",
    "source": "contract 7",
    "source_date": "2026",
    "confidence": "stated",
}
_USAGE = {
    "usage_id": "CDR-1",
    "product_id": "P1",
    "at": "2026-07-02T10:00:00Z",
    "kind": "voice_minute",
    "unit": "minute",
    "quantity": "90",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RateOptions:
    """What ``karakoram rate`` takes."""

    period: Annotated[
        str,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="A month (2026-07), quarter (2026-Q3), year (2026), or two days with / between.",
        ),
    ] = ""
    usage: Annotated[
        Path | None,
        typer.Option(
            "--usage",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="What was used in the months of the period, a .csv or .xlsx file.",
        ),
    ] = None
    charges_from: Annotated[
        Path | None,
        typer.Option(
            "--from",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Charges in a .csv or .xlsx file, in the place of those of the store.",
        ),
    ] = None
    zone: Annotated[
        str, typer.Option("--zone", metavar="ZONE", help="Time zone whose days are charged.")
    ] = ZONE_DEFAULT
    table_to: sales_options.TableTo = None
    template: sales_options.Template = None
    usage_template: Annotated[
        Path | None,
        typer.Option(
            "--usage-template",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Write an empty table for --usage, with an example row, and do nothing else.",
        ),
    ] = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: RateOptions) -> ExitCode:
    """Read, compute, print, write."""
    if chosen.template is not None:
        return write_template(chosen.template, ChargeRow, _CHARGE, as_json=chosen.as_json)
    if chosen.usage_template is not None:
        return write_template(chosen.usage_template, UsageRecord, _USAGE, as_json=chosen.as_json)
    if not chosen.period:
        raise typer.BadParameter("name the period: --period 2026-07")
    check_table(chosen.table_to)
    given = chosen.charges_from
    charges = (
        bootstrap.sales_store(sales_options.store_word(chosen.store))
        if given is None
        else bootstrap.table_source(given)
    )
    answer = rate_products(
        RatingQuestion(period=chosen.period, zone=chosen.zone),
        zones=bootstrap.time_zones(),
        charges=charges,
        usage=None if chosen.usage is None else bootstrap.table_source(chosen.usage),
    )
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_rating(answer),
        show=lambda: _show(answer, chosen.table_to),
    )
    write_table(chosen.table_to, lambda: table_from_records(map(rated_row, answer.lines), RatedRow))
    return ExitCode.DONE


def _show(answer: RatingAnswer, table_to: Path | None) -> None:
    show_rating(screen(), answer)
    show_files(screen(), table=table_to)


app = command_app(
    RateOptions,
    run,
    help_text="What is owed for a period, from what was sold and used. Nothing is written to the "
    "store; taxes are not included.",
    examples=(
        "karakoram rate --period 2026-07",
        "karakoram rate --template charges.xlsx",
        "karakoram rate --period 2026-Q3 --from charges.csv --usage usage.csv --to rated.xlsx",
    ),
)
