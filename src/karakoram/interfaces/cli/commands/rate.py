"""``karakoram rate``: what is owed for a period, for which product and to whom?"""

from collections.abc import Mapping
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
from karakoram.interfaces.cli.named_files import refuse_overwriting
from karakoram.interfaces.cli.rating_screen import show_rating
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.settlement.rating.samples import BandwidthSample
from karakoram.settlement.rating.usage import UsageRecord
from karakoram.usecases.settle.rate_products import (
    ZONE_DEFAULT,
    RatingAnswer,
    RatingQuestion,
    rate_products,
)
from karakoram.usecases.settle.rating_rows import ChargeRow, RatedRow, rated_row
from karakoram.usecases.table_ports import table_from_records

_CHARGE: Mapping[str, str] = {
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
_USAGE: Mapping[str, str] = {
    "usage_id": "CDR-1",
    "product_id": "P1",
    "at": "2026-07-02T10:00:00Z",
    "kind": "voice_minute",
    "unit": "minute",
    "quantity": "90",
}


_SAMPLE: Mapping[str, str] = {
    "product_id": "P1",
    "at": "2026-07-02T10:05:00Z",
    "ingress_mbps": "812.4",
    "egress_mbps": "1207.25",
    "committed_mbps": "1000",
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
    samples: Annotated[
        Path | None,
        typer.Option(
            "--samples",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Five-minute samples of bandwidth in those months, a .csv or .xlsx file.",
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
    usage_to: Annotated[
        Path | None,
        typer.Option(
            "--usage-to",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Also write all usage, what --samples come to too, as a table for invoice make.",
        ),
    ] = None
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
    samples_template: Annotated[
        Path | None,
        typer.Option(
            "--samples-template",
            parser=sales_options.table_path_from_word,
            metavar="FILE",
            help="Write an empty table for --samples, with an example row, and do nothing else.",
        ),
    ] = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: RateOptions) -> ExitCode:
    """Read, compute, write, print."""
    for path, row_type, example in (
        (chosen.template, ChargeRow, _CHARGE),
        (chosen.usage_template, UsageRecord, _USAGE),
        (chosen.samples_template, BandwidthSample, _SAMPLE),
    ):
        if path is not None:
            return write_template(path, row_type, example, as_json=chosen.as_json)
    _check(chosen)
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
        samples=None if chosen.samples is None else bootstrap.table_source(chosen.samples),
    )
    write_table(chosen.usage_to, lambda: table_from_records(answer.usage, UsageRecord))
    write_table(chosen.table_to, lambda: table_from_records(map(rated_row, answer.lines), RatedRow))
    tell_answer(
        chosen.as_json,
        payload=lambda: json_from_rating(answer),
        show=lambda: _show(answer, chosen),
    )
    return ExitCode.DONE


def _check(chosen: RateOptions) -> None:
    """Refuse what cannot be done, before anything is read."""
    if not chosen.period:
        raise typer.BadParameter("name the period: --period 2026-07")
    if chosen.usage_to is not None and chosen.samples is None and chosen.usage is None:
        raise typer.BadParameter("--usage-to writes what --usage and --samples tell; name one")
    refuse_overwriting(
        written={"--to": chosen.table_to, "--usage-to": chosen.usage_to},
        read={
            "--from": chosen.charges_from,
            "--usage": chosen.usage,
            "--samples": chosen.samples,
        },
    )
    check_table(chosen.table_to)
    check_table(chosen.usage_to)


def _show(answer: RatingAnswer, chosen: RateOptions) -> None:
    show_rating(screen(), answer)
    show_files(screen(), table=chosen.table_to, usage=chosen.usage_to)


app = command_app(
    RateOptions,
    run,
    help_text="What is owed for a period, from what was sold and used. Nothing is written to the "
    "store; taxes are not included.",
    examples=(
        "karakoram rate --period 2026-07",
        "karakoram rate --template charges.xlsx",
        "karakoram rate --period 2026-07 --samples july.csv --usage-to bandwidth.csv",
        "karakoram rate --period 2026-Q3 --from charges.csv --usage usage.csv --to rated.xlsx",
    ),
)
