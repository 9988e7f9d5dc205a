"""``karakoram invoice aged``: who owes what since when?"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

import typer

from karakoram import bootstrap
from karakoram.adapters.formats.json_aging import AGED, json_from_aged
from karakoram.interfaces.cli import options, sales_options
from karakoram.interfaces.cli.aging_screen import show_aged
from karakoram.interfaces.cli.command import command_app, tell_answer
from karakoram.interfaces.cli.failures import ExitCode
from karakoram.interfaces.cli.many_rows import check_table, write_table
from karakoram.interfaces.cli.screen import screen, show_files
from karakoram.settlement.aging import AgedInvoice
from karakoram.usecases.settle.age_receivables import AgeQuestion, aged_receivables


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceAgedOptions:
    """What ``karakoram invoice aged`` takes."""

    seller: Annotated[
        str,
        typer.Option("--seller", metavar="OPERATOR", help="Only what is owed to this operator."),
    ] = ""
    payer: Annotated[
        str, typer.Option("--payer", metavar="PARTY", help="Only what this party owes.")
    ] = ""
    on_day: Annotated[
        date | None,
        typer.Option(
            "--on",
            metavar="DAY",
            parser=options.day_given,
            help="As it stood at the end of this day; else today.",
        ),
    ] = None
    table_to: sales_options.TableTo = None
    store: sales_options.Store = ""
    as_json: options.AsJson = False


def run(chosen: InvoiceAgedOptions) -> ExitCode:
    """Read, write, print."""
    check_table(chosen.table_to)
    on_day = chosen.on_day or bootstrap.moments().now().date()
    aged = aged_receivables(
        AgeQuestion(on_day=on_day, seller=chosen.seller, payer=chosen.payer),
        store=bootstrap.settlement_store(sales_options.store_word(chosen.store)),
    )
    write_table(chosen.table_to, lambda: AGED.table(aged))
    tell_answer(
        chosen.as_json,
        payload=lambda: {"onDay": on_day.isoformat(), **json_from_aged(aged)},
        show=lambda: _show(chosen, aged, on_day),
    )
    return ExitCode.DONE


def _show(chosen: InvoiceAgedOptions, aged: tuple[AgedInvoice, ...], on_day: date) -> None:
    show_aged(screen(), aged, on_day=on_day)
    show_files(screen(), table=chosen.table_to)


app = command_app(
    InvoiceAgedOptions,
    run,
    help_text="Tell which invoices are open, since when they are due, and what each payer owes by "
    "how long.",
    examples=(
        "karakoram invoice aged --seller SCO",
        "karakoram invoice aged --on 2026-12-31 --to aged.xlsx",
    ),
)
